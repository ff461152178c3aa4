"""The parts of a site of two web machines, all of them real and on this machine."""

import logging
import os
import secrets
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path

import boto3
from moto.server import ThreadedMotoServer

from benchmarks.environment import ROOT
from benchmarks.serving import GUNICORN, HOST, ask
from tests.support.opensearch.node import running_node
from tests.support.pgbouncer import pooled
from tests.support.ports import free_port
from tests.support.postgres import find_programs, primary_and_standby

REGION = "us-east-1"
KEYS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}


@dataclass(frozen=True)
class Part:
    kill: Callable[[], None]
    start: Callable[[], None]


@dataclass
class Saved:
    """Corrections by the word that they added: the finding's id. `late` were not found in time."""

    findings: dict[str, str] = field(default_factory=dict)
    refused: int = 0
    late: list[str] = field(default_factory=list)


@dataclass
class Web:
    """A web machine with separate folders."""

    folder: Path
    port: int
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        self.folder.mkdir(exist_ok=True)
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                GUNICORN,
                env=os.environ | {"VAR_DIR": str(self.folder), "PORT": str(self.port)},
                cwd=ROOT,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self) -> None:
        """With its workers, at once."""
        if self.process:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def ask(self, path: str) -> tuple[int, str]:
        """Status and page; 0 if it does not answer."""
        status, body = ask(self.port, path)
        return status, body.decode(errors="replace")


class Bucket:
    """A server of S3 in this process, which keeps what it holds when the server stops."""

    def __init__(self) -> None:
        logging.getLogger("werkzeug").setLevel(logging.ERROR)  # else it prints every request
        self.port = free_port()
        self.start()

    @property
    def endpoint(self) -> str:
        return f"http://{HOST}:{self.port}"

    def start(self) -> None:
        self._server = ThreadedMotoServer(ip_address=HOST, port=self.port, verbose=False)
        self._server.start()

    def kill(self) -> None:
        self._server.stop()


def start_all(stack: ExitStack, folder: Path) -> tuple[dict[str, Part], list[Web]]:
    """The parts that can fail, by name, and the web machines, with the seeds taken in. The
    environment of this process names them all from now on."""
    programs = find_programs()
    assert programs, "PostgreSQL is not found."
    primary, standby = stack.enter_context(primary_and_standby(programs))
    pooler = stack.enter_context(pooled(primary, size=20))
    node = stack.enter_context(running_node())
    bucket = Bucket()
    stack.callback(bucket.kill)
    os.environ |= KEYS | {
        "DATABASE_URL": pooler.url,
        "DATABASE_POOLED": "1",
        "DATABASE_REPLICA_URLS": standby.url,
        "SEARCH_URL": f"opensearch://{node.address}/proof",
        "STORAGE_URL": f"s3://proof?endpoint={bucket.endpoint}&region={REGION}",
        "SECRET_KEY": secrets.token_urlsafe(48),  # both machines get it
        "RATE_LIMITS": "0",
        "LOG_LEVEL": "ERROR",
        "VAR_DIR": str(folder / "editor"),
        "DJANGO_SETTINGS_MODULE": "cqc_site.settings",
    }
    client = boto3.client("s3", endpoint_url=bucket.endpoint, region_name=REGION)
    client.create_bucket(Bucket="proof")
    for arguments in (["migrate"], ["load_scores"], ["ingest", "seeds/"]):
        command = [sys.executable, "manage.py", *arguments]
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    webs = [Web(folder / f"web{number}", free_port()) for number in (1, 2)]
    for web in webs:
        web.start()
        stack.callback(web.kill)
    return {
        "a web machine": Part(webs[0].kill, webs[0].start),
        "the replica": Part(standby.stop, standby.start),
        "OpenSearch": Part(node.kill, node.start),
        "the bucket": Part(bucket.kill, bucket.start),
        "pgbouncer": Part(pooler.stop, pooler.start),
        "the primary": Part(primary.stop, primary.start),
    }, webs
