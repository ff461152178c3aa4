"""Webhooks: signed as Standard Webhooks does (standardwebhooks.com), to public addresses only.

The host's name is looked up once, all its addresses must be public, and the connection goes to the
address that was checked, so that a name cannot be changed after the check. Redirects are not
followed. A receiver has `LONGEST` seconds to answer, however slowly it sends.
"""

import base64
import hashlib
import hmac
import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from threading import Timer
from urllib.parse import SplitResult, urlsplit

TIMEOUT = 10.0  # seconds to connect, and for each read and write
LONGEST = 20.0  # seconds for all that follows the connection
PORTS = {"https": 443, "http": 80}
MOST_READ = 65_536
PUBLIC_IPV6 = ipaddress.ip_network("2000::/3")


class AddressError(Exception):
    """An address that webhooks must not be sent to; the message says why."""


class WebhookError(Exception):
    """The receiver did not accept the webhook; the message says why."""


def check_address(address: str) -> tuple[SplitResult, str]:
    """The parts of the address, and the IP address of its host. Raises AddressError."""
    parts = urlsplit(address)
    if parts.scheme not in PORTS or not parts.hostname:
        raise AddressError("Write a whole address, such as https://example.org/hook.")
    if parts.username or parts.password:
        raise AddressError("Leave the user name and password out of the address.")
    try:
        port = parts.port or PORTS[parts.scheme]
    except ValueError:
        port = 0
    if port not in PORTS.values():
        raise AddressError("Only ports 443 and 80 can be reached.")
    try:
        numbers = look_up(parts.hostname, port)
    except (OSError, UnicodeError):
        raise AddressError(f"The host “{parts.hostname}” is not found.") from None
    if not numbers or not all(map(is_public, numbers)):
        raise AddressError(f"“{parts.hostname}” is not a public address.")
    return parts, numbers[0]


def look_up(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]


def is_public(number: str) -> bool:
    """Whether an address is public, and the IPv4 address inside an IPv6 one (mapped or tunnelled)
    too. Python calls some IPv6 addresses global that only an organisation uses, so all must be
    among those given out to the public."""
    address = ipaddress.ip_address(number.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        wrapped = address.ipv4_mapped or address.sixtofour or (address.teredo or (None,))[0]
        if wrapped is not None:
            return is_public(str(wrapped))
        if address in ipaddress.ip_network("64:ff9b::/96"):
            return is_public(str(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)))
        if address not in PUBLIC_IPV6:
            return False
    return address.is_global and not address.is_multicast


def signature(secret: str, name: str, moment: int, body: bytes) -> str:
    signed = f"{name}.{moment}.".encode() + body
    digest = hmac.new(bytes.fromhex(secret), signed, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(digest).decode()}"


def post(address: str, name: str, secret: str, body: bytes) -> None:
    """Raises WebhookError unless the receiver answers with a status of 200 to 299."""
    try:
        parts, number = check_address(address)
    except AddressError as error:
        raise WebhookError(str(error)) from error
    moment = int(time.time())
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "adult-social-care-findings",
        "webhook-id": name,
        "webhook-timestamp": str(moment),
        "webhook-signature": signature(secret, name, moment, body),
    }
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        with _connection(parts, number) as connection:
            connection.request("POST", path, body, headers)
            response = connection.getresponse()
            response.read(MOST_READ)
    except (OSError, http.client.HTTPException) as error:
        raise WebhookError(f"“{parts.hostname}” did not answer: {error}.") from error
    if not 200 <= response.status <= 299:
        raise WebhookError(f"“{parts.hostname}” answered with status {response.status}.")


@contextmanager
def _connection(parts: SplitResult, number: str) -> Iterator[http.client.HTTPConnection]:
    """A connection to that address, for the name of the host. It ends after `LONGEST` seconds: what
    is read or written then fails."""
    host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
    plain = socket.create_connection((number, port), timeout=TIMEOUT)
    # A second handle of the connection, because TLS takes over the first.
    with plain.dup() as handle, closing(http.client.HTTPConnection(host, port)) as connection:
        timer = Timer(LONGEST, handle.shutdown, [socket.SHUT_RDWR])
        timer.start()
        try:
            connection.sock = plain
            if parts.scheme == "https":
                context = ssl.create_default_context()
                connection.sock = context.wrap_socket(plain, server_hostname=host)
            yield connection
        finally:
            timer.cancel()
            timer.join()
