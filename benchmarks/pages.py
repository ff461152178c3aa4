"""Every kind of page, and the searches that are hardest to answer, as the site gives them."""

import argparse
import string
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from benchmarks import environment, machine
from benchmarks.queries import COMMON
from benchmarks.serving import Server, site
from benchmarks.timing import percentiles
from reports.models import Assessment, Authority, Finding

TIMES = 20
SELECTED = 150
STATEMENT = "safeguarding"
TOPIC = "training"


def main(options: argparse.Namespace) -> dict[str, Any]:
    pages = dict(_pages())
    with site(environment.folder_of(options.findings)) as server:
        server.get("/healthz")  # a worker is there
        first = _time(server, pages["common word"])
        for _ in range(4 * len(pages)):  # every thread of every worker
            server.get(pages["common word"])
        figures = {name: _times(server, path) for name, path in pages.items()}
        memory = machine.memory_of_workers(server.pid)
    return {"first_after_start": round(first, 1), "pages": figures, "memory": memory}


def _pages() -> Iterator[tuple[str, str]]:
    """Names and paths."""
    for name in ("home", "authorities", "findings", "about"):
        yield name, reverse(name)
    finding = Finding.objects.published().with_context().earliest("pk")
    assessment = Assessment.objects.exclude(authority=None).earliest("pk")
    yield "finding", finding.get_absolute_url()
    yield "section", finding.section.get_absolute_url()
    yield "authority", assessment.authority.get_absolute_url() if assessment.authority else ""
    slugs = list(Authority.objects.values_list("slug", flat=True)[:SELECTED])
    words = " OR ".join(COMMON)
    for name, params in (
        ("common word", [("q", "people")]),
        ("last page of all", [("page", "1000000")]),
        ("last page of a common word", [("q", "people"), ("page", "1000000")]),
        ("150 authorities", [("q", "people"), *(("authority", slug) for slug in slugs)]),
        ("500 characters", [("q", (f"{words} " * 20)[:500])]),
        ("26 prefixes", [("q", " OR ".join(f"{letter}*" for letter in string.ascii_lowercase))]),
        ("one letter", [("q", "a*")]),
        ("phrase of common words", [("q", '"the people of the local authority"')]),
        ("by authority", [("sort", "authority")]),
    ):
        yield name, f"{reverse('findings')}?{urlencode(params)}"
    yield from _reading_pages()


def _reading_pages() -> Iterator[tuple[str, str]]:
    """The pages of Compare and Learn, on what takes longest."""
    slugs = list(Authority.objects.values_list("slug", flat=True)[:5])
    authority = ("authority", slugs[0])
    statement = ("statement", STATEMENT)
    for name, label, params in (
        ("side-by-side", "side by side", [("q", "people"), statement]),
        ("compare-authorities", "compare five", [statement, *(("a", slug) for slug in slugs)]),
        ("like-mine", "like mine", [authority, ("by", "scores"), ("by", "distance")]),
        ("matrix", "matrix", [statement]),
        ("matrix", "matrix of a topic", [("topic", TOPIC)]),
        ("matrix", "matrix of a year", [statement, ("year", "2023")]),
        ("over-time", "over time", [authority, statement]),
        ("practice", "practice finder", [authority, ("topic", TOPIC)]),
        ("next-rating", "next rating", [authority]),
        ("language", "language", [statement]),
        ("sentences", "sentences", [statement, ("phrase", "people")]),
        ("evidence-map", "evidence map", []),
        ("evidence-map", "evidence map of a statement", [statement]),
        ("figures", "figures", [("sort", "highest")]),
        ("figures", "a recognised measure", [("known", "vacancies")]),
        ("tensions", "tensions", []),
        ("behind", "findings behind a number", [statement, ("topic", TOPIC)]),
    ):
        yield label, f"{reverse(name)}?{urlencode(params)}"


def _times(server: Server, path: str) -> dict[str, float]:
    return percentiles(_time(server, path) for _ in range(TIMES))


def _time(server: Server, path: str) -> float:
    """Milliseconds."""
    began = time.perf_counter()
    server.get(path)
    return (time.perf_counter() - began) * 1000
