import os
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

from django.conf import settings

from tests.support.ports import free_port


def test_gunicorn_prints_the_address_alone_and_answers_there(tmp_path: Path) -> None:
    port = free_port()
    address = f"http://127.0.0.1:{port}/"
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "--config=cqc_site/gunicorn.py", "cqc_site.wsgi"],
        env={"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path), "PORT": str(port)},
        cwd=settings.BASE_DIR,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert server.stdout
        assert server.stdout.readline() == f"Open {address}\n"
        with urlopen(f"{address}healthz", timeout=20) as response:
            assert response.read() == b"ok\n"
    finally:
        server.terminate()
        rest, _ = server.communicate(timeout=20)

    assert rest == ""
