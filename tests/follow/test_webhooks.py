import base64
import hashlib
import hmac
import socket
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from reports.follow import AddressError, check_address, webhooks

SECRET = "ab" * 32


@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "fe80::1%eth0",
        "fc00::1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "fec0::1",
        "::7f00:1",
        "64:ff9b:1::a00:1",
        "::ffff:0:a00:1",
    ],
)
def test_no_webhook_goes_inside(number: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhooks, "look_up", lambda host, port: [number])

    with pytest.raises(AddressError, match="is not a public address"):
        check_address("https://example.org/hook")


@pytest.mark.parametrize("number", ["1.1.1.1", "2606:4700::1111", "64:ff9b::101:101"])
def test_a_public_address_is_taken(number: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhooks, "look_up", lambda host, port: [number])

    assert check_address("https://example.org/hook")[1] == number


def test_one_inner_address_among_public_ones_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhooks, "look_up", lambda host, port: ["93.184.216.34", "127.0.0.1"])

    with pytest.raises(AddressError):
        check_address("https://example.org/hook")


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("ftp://example.org/", "Write a whole address"),
        ("https://", "Write a whole address"),
        ("", "Write a whole address"),
        ("https://user:secret@example.org/", "Leave the user name"),
        ("https://example.org:8000/", "Only ports 443 and 80"),
        ("https://example.org:99999/", "Only ports 443 and 80"),
    ],
)
def test_an_address_that_cannot_be_used_says_why(address: str, sentence: str) -> None:
    with pytest.raises(AddressError, match=sentence):
        check_address(address)


def test_a_host_that_is_not_found_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(host: str, port: int) -> list[str]:
        raise OSError

    monkeypatch.setattr(webhooks, "look_up", fail)

    with pytest.raises(AddressError, match="is not found"):
        check_address("https://example.org/hook")


class _Receiver(BaseHTTPRequestHandler):
    status = 204
    got: list[tuple[dict[str, str], bytes]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.got.append((dict(self.headers), body))
        self.send_response(self.status)
        self.send_header("Location", "http://127.0.0.1/")
        self.end_headers()

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def receiver(monkeypatch: pytest.MonkeyPatch):
    """A server on this machine that passes for a public one, at the address its name leads to."""
    server = HTTPServer(("127.0.0.1", 0), _Receiver)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    _Receiver.got = []
    monkeypatch.setattr(webhooks, "PORTS", {"http": server.server_port})
    monkeypatch.setattr(webhooks, "look_up", lambda host, port: ["127.0.0.1"])
    monkeypatch.setattr(webhooks, "is_public", lambda number: True)
    yield _Receiver
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_receiver_can_tell_who_sent_it(receiver) -> None:
    receiver.status = 204

    webhooks.post("http://example.org/hook?a=1", "one", SECRET, b'{"a": 1}')

    [(headers, body)] = receiver.got
    signed = f"one.{headers['webhook-timestamp']}.".encode() + body
    digest = hmac.new(bytes.fromhex(SECRET), signed, hashlib.sha256).digest()
    assert headers["webhook-signature"] == f"v1,{base64.b64encode(digest).decode()}"
    assert (headers["webhook-id"], headers["Host"].partition(":")[0]) == ("one", "example.org")


@pytest.mark.parametrize("status", [302, 404, 500])
def test_what_is_not_taken_fails_and_no_redirect_is_followed(receiver, status: int) -> None:
    receiver.status = status

    with pytest.raises(webhooks.WebhookError, match=f"answered with status {status}"):
        webhooks.post("http://example.org/hook", "one", SECRET, b"{}")
    assert len(receiver.got) == 1


def test_a_receiver_that_answers_byte_by_byte_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    left = threading.Event()

    def drip(server: socket.socket) -> None:
        connection, _ = server.accept()
        with connection:
            connection.sendall(b"HTTP/1.1 ")
            for _ in range(500):  # it ends, so that the test fails and does not hang
                try:
                    connection.sendall(b"2")
                except OSError:
                    left.set()
                    return
                left.wait(0.01)

    with socket.create_server(("127.0.0.1", 0)) as server:
        monkeypatch.setattr(webhooks, "PORTS", {"http": server.getsockname()[1]})
        monkeypatch.setattr(webhooks, "look_up", lambda host, port: ["127.0.0.1"])
        monkeypatch.setattr(webhooks, "is_public", lambda number: True)
        monkeypatch.setattr(webhooks, "LONGEST", 0.1)
        thread = threading.Thread(target=drip, args=[server], daemon=True)
        thread.start()
        with pytest.raises(webhooks.WebhookError, match="did not answer"):
            webhooks.post("http://example.org/hook", "one", SECRET, b"{}")
        thread.join()
    assert left.is_set()
