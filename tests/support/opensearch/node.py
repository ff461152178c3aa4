"""One real OpenSearch node for tests and benchmarks, on this machine's own address.

    python -m tests.support.opensearch.node

starts one and prints its address. Its programs come from Maven once, into a folder that later runs
share (OPENSEARCH_JARS, else `opensearch-<version>` in the folder for temporary files). Java 11 or
later and Maven must be there. All data is thrown away at the end.
"""

import fcntl
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from tests.support.ports import free_port

POM = Path(__file__).with_name("pom.xml")
HOW = (
    "NOT TESTED: Java and Maven are not found, so OpenSearch cannot be started "
    "(Debian: apt-get install openjdk-17-jre-headless maven)"
)
HOST = "127.0.0.1"
PATIENCE = 120.0  # seconds for a node to answer
HEAP = "512m"

# A distribution has these files in the module's folder; the jars alone do not bring them.
DESCRIPTOR = """
name=transport-netty4
description=HTTP and transport by Netty
version={version}
opensearch.version={version}
java.version=11
classname=org.opensearch.transport.Netty4Plugin
"""
POLICY = """
grant {
  permission java.lang.RuntimePermission "*";
  permission java.net.SocketPermission "*", "accept,connect";
  permission java.io.FilePermission "/proc/sys/net/core/somaxconn", "read";
  permission java.util.PropertyPermission "sun.nio.ch.bugLevel", "write";
};
"""
LOGGING = """
appender.out.type = Console
appender.out.name = out
appender.out.layout.type = PatternLayout
appender.out.layout.pattern = %d %p %c{1.} %m%n
rootLogger.level = warn
rootLogger.appenderRef.out.ref = out
"""
SETTINGS = """
cluster.name: tests
node.name: tests
discovery.type: single-node
network.host: {host}
http.port: {port}
transport.port: {transport}
action.auto_create_index: false
cluster.routing.allocation.disk.threshold_enabled: false
"""


def can_start() -> bool:
    """Whether Java and Maven are there."""
    return bool(shutil.which("java") and shutil.which("mvn"))


@dataclass
class Node:
    folder: Path
    port: int
    heap: str = HEAP
    user: str | None = None
    process: "subprocess.Popen[bytes] | None" = field(default=None, repr=False)

    @property
    def address(self) -> str:
        return f"{HOST}:{self.port}"

    def start(self) -> None:
        """Returns when the node answers, with the data of an earlier start."""
        log = (self.folder / "log").open("ab")
        self.process = subprocess.Popen(
            [
                "java",
                f"-Xms{self.heap}",
                f"-Xmx{self.heap}",
                # As OpenSearch is shipped: its guard against too little memory relies on G1.
                "-XX:+UseG1GC",
                "-XX:G1ReservePercent=25",
                "-XX:InitiatingHeapOccupancyPercent=30",
                "-Djava.security.manager=allow",
                f"-Djava.io.tmpdir={self.folder / 'tmp'}",
                f"-Dopensearch.path.home={self.folder}",
                f"-Dopensearch.path.conf={self.folder / 'config'}",
                "-cp",
                f"{self.folder / 'lib'}/*",
                "org.opensearch.bootstrap.OpenSearch",
            ],
            user=self.user,
            cwd=self.folder,
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
        )
        log.close()
        until = time.monotonic() + PATIENCE
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() > until:
                sys.exit(f"OpenSearch does not start:\n{(self.folder / 'log').read_text()}")
            time.sleep(0.1)

    def answers(self) -> bool:
        """Whether its indexes can be searched."""
        with suppress(OSError, HTTPException):
            connection = HTTPConnection(HOST, self.port, timeout=5)
            try:
                connection.request("GET", "/_cluster/health?wait_for_status=yellow&timeout=4s")
                return connection.getresponse().status == 200
            finally:
                connection.close()
        return False

    def kill(self) -> None:
        """At once, as by a loss of power."""
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None

    def pause(self) -> None:
        """It holds its connections and answers nothing, as behind a network that swallows all."""
        assert self.process
        self.process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        assert self.process
        self.process.send_signal(signal.SIGCONT)


@contextmanager
def running_node(heap: str = HEAP, port: int = 0) -> Iterator[Node]:
    """A node in a folder of its own, gone with its data at the end."""
    jars = _jars()
    user = _harmless_user()
    folder = Path(tempfile.mkdtemp(prefix="opensearch-node-"))
    node = Node(folder, port or free_port(), heap, user)
    try:
        _furnish(node, jars)
        node.start()
        yield node
    finally:
        node.kill()
        shutil.rmtree(folder, ignore_errors=True)


def _furnish(node: Node, jars: Path) -> None:
    for name in ("config", "data", "logs", "tmp"):
        (node.folder / name).mkdir()
    (node.folder / "lib").symlink_to(jars / "lib")
    # Java's security manager lets a module read files only where they really are.
    shutil.copytree(jars / "transport-netty4", node.folder / "modules" / "transport-netty4")
    config = node.folder / "config"
    config.joinpath("log4j2.properties").write_text(LOGGING)
    config.joinpath("opensearch.yml").write_text(
        SETTINGS.format(host=HOST, port=node.port, transport=free_port())
    )
    if node.user:
        for path in (node.folder, *node.folder.rglob("*")):
            shutil.chown(path, node.user)


def _jars() -> Path:
    """The folder with the programs, fetched by whichever process comes first."""
    [version] = re.findall("<opensearch.version>(.*)<", POM.read_text())
    default = Path(tempfile.gettempdir()) / f"opensearch-{version}"
    folder = Path(os.environ.get("OPENSEARCH_JARS") or default)
    folder.mkdir(mode=0o755, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "complete").exists():
            _fetch(folder, version)
            (folder / "complete").touch()
    return folder


def _fetch(folder: Path, version: str) -> None:
    library, module = folder / "lib", folder / "transport-netty4"
    command = ["mvn", "--quiet", "--batch-mode", f"--file={POM}", "dependency:copy-dependencies"]
    done = subprocess.run(
        [*command, f"-DoutputDirectory={library}"], capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"Maven cannot fetch OpenSearch:\n{done.stdout}{done.stderr}")
    module.mkdir(exist_ok=True)
    for pattern in ("netty-*.jar", "transport-netty4-client-*.jar"):
        for jar in library.glob(pattern):
            jar.rename(module / jar.name)
    (module / "plugin-descriptor.properties").write_text(DESCRIPTOR.format(version=version))
    (module / "plugin-security.policy").write_text(POLICY)


def _harmless_user() -> str | None:
    """Whom to run it as: OpenSearch refuses to run as root."""
    if os.getuid() != 0:
        return None
    return "nobody" if "nobody" in {entry.pw_name for entry in pwd.getpwall()} else None


if __name__ == "__main__":
    if not can_start():
        sys.exit(HOW)
    with running_node() as running:
        print(running.address, flush=True)
        signal.sigwait({signal.SIGINT, signal.SIGTERM})
