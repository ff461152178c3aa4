"""What a browser transfers for a page of findings: at the first view, and at the next."""

import argparse
import re
from collections.abc import Iterator
from dataclasses import dataclass

import brotli
from django.urls import reverse

from benchmarks import environment
from benchmarks.serving import Server, site

QUERY = "q=training&score=2"
MOST_FIRST = 60_000  # bytes
MOST_NEXT = 15_000
ACCEPT = {"Accept-Encoding": "br, gzip"}


@dataclass(frozen=True, slots=True)
class Part:
    """`size` is what was sent, `packed` its size after Brotli."""

    path: str
    size: int
    packed: int
    encoding: str
    cache: str
    etag: str


def main(options: argparse.Namespace) -> dict[str, object]:
    with site(environment.folder_of(options.findings)) as server:
        parts = list(_parts(server, f"{reverse('findings')}?{QUERY}"))
    page, *assets = parts
    first = sum(part.size for part in parts)
    for part in parts:
        print(f"{part.path}: {part.size:,} bytes, {part.encoding or 'not packed'};", end=" ")
        print(f"cache: {part.cache or 'not said'}; ETag: {part.etag or 'none'}")
    return {
        "first_view": first,
        "next_view": page.size,
        "next_view_packed": page.packed,
        "first_view_packed": page.packed + sum(part.size for part in assets),
        "first_view_good": first < MOST_FIRST,
        "next_view_good": page.size < MOST_NEXT,
    }


def _parts(server: Server, path: str) -> Iterator[Part]:
    """The page, then what it needs."""
    page, body = _part(server, path)
    yield page
    for asset in _assets(body.decode()):
        yield _part(server, asset)[0]


def _part(server: Server, path: str) -> tuple[Part, bytes]:
    headers, sent = server.response(path, ACCEPT)
    plain = server.get(path)
    part = Part(
        path,
        len(sent),
        len(brotli.compress(plain, quality=5)),
        headers.get("content-encoding", ""),
        headers.get("cache-control", ""),
        headers.get("etag", ""),
    )
    return part, plain


def _assets(html: str) -> list[str]:
    found = re.findall(r'<(?:script|link)[^>]*?(?:src|href)="(/static/[^"]+)"', html)
    return list(dict.fromkeys(found))
