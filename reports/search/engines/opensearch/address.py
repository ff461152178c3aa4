"""The address of OpenSearch in SEARCH_URL:

opensearch://user:password@host:9200/prefix          plain HTTP
opensearchs://user:password@host:9200/prefix         TLS, with a certificate that is checked
    ?ca=/etc/ssl/own.pem     who signs the certificate, if that is not known to the system
    ?shards=3&replicas=1     how a new index is laid out; 1 and 0 without
"""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

PORT = 9200
PREFIX = re.compile(r"[a-z0-9][a-z0-9_-]{0,79}")
KNOWN = {"ca", "shards", "replicas"}


@dataclass(frozen=True, slots=True)
class Address:
    """The names of all indexes of this site begin with `prefix`."""

    host: str
    port: int
    prefix: str
    tls: bool = False
    user: str = ""
    password: str = ""
    ca: str = ""
    shards: int = 1
    replicas: int = 0


def address_of(url: str) -> Address:
    """Raises ValueError with a sentence about what is wrong; it does not repeat the password."""
    parts = urlsplit(url)
    options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    prefix = parts.path.removeprefix("/")
    if not parts.hostname:
        raise ValueError("it names no host")
    if not PREFIX.fullmatch(prefix):
        raise ValueError(
            f"“{prefix}” cannot begin the names of indexes: write small letters, digits, - and _"
        )
    if unknown := options.keys() - KNOWN:
        raise ValueError(f"“{min(unknown)}” is not one of {', '.join(sorted(KNOWN))}")
    return Address(
        parts.hostname,
        parts.port or PORT,
        prefix,
        parts.scheme == "opensearchs",
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        options.get("ca", ""),
        _number(options, "shards", 1),
        _number(options, "replicas", 0),
    )


def _number(options: dict[str, str], name: str, least: int) -> int:
    text = options.get(name, str(least))
    if not text.isascii() or not text.isdigit() or int(text) < least:
        raise ValueError(f"{name} is “{text}”: write a whole number, {least} or more")
    return int(text)
