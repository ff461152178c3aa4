"""The same findings as flat rows, with what each facet would show."""

import json
from collections.abc import Iterator

from reports.facts import dates, framework
from reports.models import Finding

SINGLE = ("score", "theme", "statement", "heading_slug", "authority", "region", "kind", "year")
MANY = ("topic", "evidence")
COLUMN = {"heading": "heading_slug"}  # of a filter; the others are named alike
COLUMNS = ("id", "text", "heading", *SINGLE, *MANY)


def column_of(facet: str) -> str:
    return COLUMN.get(facet, facet)


def rows() -> Iterator[tuple[object, ...]]:
    """In the order of `COLUMNS`; topics and evidence as JSON."""
    findings = (
        Finding.objects.published()
        .order_by("pk")
        .values_list(
            "public_id",
            "text",
            "heading",
            "section__score",
            "section__statement",
            "heading_slug",
            "section__assessment__authority__slug",
            "section__assessment__authority__region",
            "section__assessment__authority__kind",
            "section__assessment__published",
            "topics",
            "evidence",
        )
    )
    for found in findings.iterator(chunk_size=5_000):
        *texts, score, statement, slug, name, region, kind, published, topics, evidence = found
        yield (
            *texts,
            str(score or "unscored"),
            framework.STATEMENT_BY_SLUG[statement].theme.slug,
            statement,
            slug,
            name,
            region,
            kind,
            dates.year_of(published) or "undated",
            json.dumps(topics),
            json.dumps(evidence),
        )
