"""How gunicorn serves the site. GUNICORN_CMD_ARGS overrides any of it."""

import gc
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from cqc_site import logs

host = os.environ.get("HOST") or "127.0.0.1"
port = os.environ.get("PORT") or "8000"

metrics_port = os.environ.get("METRICS_PORT") or "0"

bind = [f"{host}:{port}"]
if metrics_port != "0":
    bind.append(f"{os.environ.get('METRICS_HOST') or '127.0.0.1'}:{metrics_port}")
    # Set before the library is imported, because on import it decides that each process counts in
    # its own file. So nothing here may import it at the top.
    counts = Path(tempfile.mkdtemp(prefix="metrics-"))
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(counts)
workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
threads = 4
keepalive = 75  # seconds; shorter than a proxy or browser waits, it resets requests under way
preload_app = True  # A mistake in the program stops the server before it binds its address.
control_socket_disable = True
limit_request_line = 8190  # bytes: many facets make a long address
# No header may set the path of the site or the visitor: `cqc_site.proxy` decides what to believe.
forwarder_headers = ""
forwarded_allow_ips = ""

_level = (os.environ.get("LOG_LEVEL") or "INFO").upper()
_format = (os.environ.get("LOG_FORMAT") or "LINES").upper()
if _level in logs.LEVELS and _format in logs.FORMATS:  # if not, the settings say so
    logconfig_dict = logs.configuration(_level, _format)


def when_ready(server: Any) -> None:
    """Called in the parent, before any worker is forked."""
    # The program's own objects never become garbage. If the collector searched them, one page in a
    # hundred would be slow, and memory that the workers share would be copied.
    gc.freeze()
    everywhere = host in {"0.0.0.0", "[::]"}  # noqa: S104 - compared, not bound
    shown = "localhost" if everywhere else host
    print(f"Open http://{shown}:{port}/", flush=True)


def child_exit(server: Any, worker: Any) -> None:
    """Called in the parent, after a worker has ended."""
    if metrics_port != "0":
        from prometheus_client import multiprocess  # noqa: PLC0415 - see above

        multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]


def on_exit(server: Any) -> None:
    """Called in the parent, at the end."""
    if metrics_port != "0":
        shutil.rmtree(counts, ignore_errors=True)
