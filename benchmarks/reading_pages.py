"""The pages of Compare and Learn, on what takes longest."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.urls import reverse

from reports.models import Authority

STATEMENT = "safeguarding"
TOPIC = "training"


def reading_pages() -> Iterator[tuple[str, str]]:
    """Names and paths."""
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
