"""Slow visitors, against a real nginx in front of a real server."""

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from http.client import HTTPConnection
from pathlib import Path

import pytest
from django.conf import settings

from tests.support.nginx import HOW, find_nginx, nginx
from tests.support.own_process import serving
from tests.support.ports import free_port

THREADS = 4  # of the one worker: as many slow visitors would stop a server that stands alone
SLOW = 24
CONNECTIONS = 60  # what deploy/nginx.conf allows one address


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    if not find_nginx():
        pytest.skip(HOW)
    folder = tmp_path_factory.mktemp("site")
    site_port = free_port()
    site = serving(
        folder / "var",
        folder / "log",
        PORT=str(site_port),
        WEB_CONCURRENCY="1",
        TRUST_PROXY="1",
        LOG_REQUESTS="1",
    )
    with site, nginx(folder / "nginx", site_port) as own:
        yield own


def get(port: int, path: str, **headers: str) -> tuple[int, dict[str, str], float]:
    began = time.monotonic()
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers={"Host": f"localhost:{port}", **headers})
    response = connection.getresponse()
    response.read()
    connection.close()
    return response.status, dict(response.getheaders()), time.monotonic() - began


HEAD = b"Host: localhost\r\n"
SLOW_VISITORS = {
    "headers": b"GET /about/ HTTP/1.1\r\n",
    "body": b"POST /admin/login/ HTTP/1.1\r\n" + HEAD + b"Content-Length: 1000\r\n\r\na",
    "reading": b"GET /authorities/ HTTP/1.1\r\n" + HEAD + b"\r\n",
}


@pytest.mark.parametrize("kind", SLOW_VISITORS)
def test_slow_visitors_keep_nobody_waiting(port: int, kind: str) -> None:
    get(port, "/about/")
    with ExitStack() as held:
        slow = []
        for _ in range(SLOW):
            visitor = held.enter_context(socket.create_connection(("127.0.0.1", port)))
            visitor.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
            visitor.sendall(SLOW_VISITORS[kind])
            slow.append(visitor)
        answers = []
        for _ in range(5):
            for visitor in slow:
                if kind != "reading":
                    visitor.sendall(b"a")
            answers.append(get(port, "/about/"))

    assert [status for status, _, _ in answers] == [200] * 5
    # Alone, the server would answer when the slow ones are let go: after 10 seconds and more.
    assert max(seconds for _, _, seconds in answers) < 8


def test_a_body_that_is_too_large_does_not_reach_the_site(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port)) as visitor:
        visitor.sendall(
            b"POST /admin/login/ HTTP/1.1\r\n" + HEAD + b"Content-Length: 300000000\r\n\r\n"
        )
        assert visitor.recv(100).startswith(b"HTTP/1.1 413")


def test_a_visitor_cannot_say_who_they_are(port: int) -> None:
    forged = {"X-Forwarded-Proto": "gopher", "X-Request-ID": "forged-by-a-visitor"}
    status, headers, _ = get(port, "/about/", **forged)

    assert status == 200
    assert headers["X-Request-ID"] != "forged-by-a-visitor"


def test_a_flood_from_one_address_is_refused(port: int) -> None:
    """Asked in one breath for what nginx answers itself, or it would be the server that is slow;
    from another address than the other tests."""
    one = b"GET /readyz HTTP/1.1\r\n" + HEAD
    address = ("127.0.0.2", 0)
    with socket.create_connection(("127.0.0.1", port), 30, address) as visitor:
        visitor.sendall((one + b"\r\n") * 399 + one + b"Connection: close\r\n\r\n")
        answer = b""
        while part := visitor.recv(65536):
            answer += part

    counts = {status: answer.count(b"HTTP/1.1 %d " % status) for status in (403, 429)}
    assert sum(counts.values()) == 400
    assert counts[429] >= 200


def test_one_address_cannot_hold_every_connection(port: int) -> None:
    """nginx counts a connection once it has read the headers of a request on it."""
    address = ("127.0.0.3", 0)
    with ExitStack() as held:
        for _ in range(CONNECTIONS):
            visitor = held.enter_context(
                socket.create_connection(("127.0.0.1", port), source_address=address)
            )
            visitor.sendall(SLOW_VISITORS["body"])
        one_more = held.enter_context(socket.create_connection(("127.0.0.1", port), 30, address))
        one_more.sendall(b"GET /readyz HTTP/1.1\r\n" + HEAD + b"Connection: close\r\n\r\n")

        assert one_more.recv(100).startswith(b"HTTP/1.1 429")
        assert get(port, "/healthz")[0] == 200


def test_readiness_is_for_those_within(port: int) -> None:
    assert get(port, "/readyz")[0] == 403
    assert get(port, "/healthz")[0] == 200


def test_the_configuration_has_no_upload_larger_than_the_site_takes() -> None:
    text = Path(settings.BASE_DIR, "deploy/nginx.conf").read_text("utf-8")

    for most in (settings.MAX_ARCHIVE_BYTES, settings.MAX_DOCUMENT_BYTES):
        assert f"client_max_body_size {most // 2**20 + 1}m;" in text
