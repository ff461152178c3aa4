"""How gunicorn serves the site. GUNICORN_CMD_ARGS overrides any of it."""

import gc
import os
from typing import Any

host = os.environ.get("HOST") or "127.0.0.1"
port = os.environ.get("PORT") or "8000"

bind = f"{host}:{port}"
workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
threads = 4
keepalive = 75  # seconds; shorter than a proxy or browser waits, it resets requests under way
preload_app = True  # A mistake in the program shows before the address does.
loglevel = "warning"
control_socket_disable = True


def when_ready(server: Any) -> None:
    """Called in the parent, before any worker is forked."""
    # What the program is made of never becomes garbage: to look through it again and again would
    # make one page in a hundred slow, and unshare the memory of the workers.
    gc.freeze()
    everywhere = host in {"0.0.0.0", "[::]"}  # noqa: S104 - compared, not bound
    shown = "localhost" if everywhere else host
    print(f"Open http://{shown}:{port}/", flush=True)
