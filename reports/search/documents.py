"""Rows become search documents."""

import unicodedata
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Max

from reports import dates, framework, gazetteer
from reports.models import Finding, FindingQuerySet, Section
from reports.search.facets import UNDATED, UNIDENTIFIED, UNSCORED
from reports.search.seam import SearchDocument

BATCH = 2_000

_STATEMENT_RANK = {slug: rank for rank, slug in enumerate(framework.STATEMENT_BY_SLUG)}
_AUTHORITY_RANK = {entry.slug: rank for rank, entry in enumerate(gazetteer.entries())}
_LAST_AUTHORITY = 255
_LAST_POSITION = (1 << 12) - 1


def documents_of(public_ids: Iterable[str]) -> list[SearchDocument]:
    """Those that readers search, in no order."""
    return _documents(Finding.objects.published().filter(public_id__in=list(public_ids)))


def every_document() -> Iterator[list[SearchDocument]]:
    """All there are at the beginning, a batch at a time. Walks the primary keys, so that memory
    stays bounded and no cursor stays open; what changes meanwhile may come either way."""
    findings = Finding.objects.published().order_by("pk")
    last = 0
    end = findings.aggregate(end=Max("pk"))["end"]  # else a rebuild could run after its writers
    while end is not None and last < end:
        rest = findings.filter(pk__gt=last, pk__lte=end)
        keys = list(rest.values_list("pk", flat=True)[:BATCH])
        if not keys:
            return
        yield _documents(rest.filter(pk__lte=keys[-1]))
        last = keys[-1]


@dataclass(frozen=True, slots=True)
class _Place:
    """What all findings of a section share."""

    score: str
    statement: str
    authority: str
    year: str
    newest: int
    by_authority: int


def _documents(findings: FindingQuerySet) -> list[SearchDocument]:
    rows = list(
        findings.values_list(
            "public_id",
            "section_id",
            "position",
            "heading",
            "heading_slug",
            "text",
            "topics",
            "evidence",
        )
    )
    places = _places({row[1] for row in rows})
    documents = []
    for public_id, section, position, heading, heading_slug, text, topics, evidence in rows:
        place = places.get(section)
        if place is None:  # deleted between the two queries; the outbox will say so
            continue
        position = min(position, _LAST_POSITION)
        documents.append(
            SearchDocument(
                public_id,
                unicodedata.normalize("NFC", text),
                unicodedata.normalize("NFC", heading),
                {
                    "score": (place.score,),
                    "statement": (place.statement,),
                    "heading": (heading_slug,) if heading_slug else (),
                    "topic": topics,
                    "evidence": evidence,
                    "authority": (place.authority,),
                    "year": (place.year,),
                },
                place.newest + position,
                place.by_authority + position,
            )
        )
    return documents


def _places(sections: Iterable[int]) -> dict[int, _Place]:
    rows = Section.objects.filter(pk__in=list(sections)).order_by()
    return {
        pk: _place(public_id, score, statement, authority, published)
        for pk, public_id, score, statement, authority, published in rows.values_list(
            "pk",
            "public_id",
            "score",
            "statement",
            "assessment__authority__slug",
            "assessment__published",
        )
    }


def _place(
    public_id: str, score: int | None, statement: str, authority: str | None, published: str
) -> _Place:
    """The sort keys hold, from the highest bit: date (17 bits, newest first) and authority (8), in
    either order, statement (4), which section (22), and room for the position in it (12)."""
    age = _age(published)
    rank = _AUTHORITY_RANK.get(authority or "", _LAST_AUTHORITY)
    section = zlib.crc32(public_id.encode()) >> 10
    within = (_STATEMENT_RANK.get(statement, 15) << 22 | section) << 12
    return _Place(
        score=UNSCORED if score is None else str(score),
        statement=statement,
        authority=authority or UNIDENTIFIED,
        year=dates.year_of(published) or UNDATED,
        newest=(age << 8 | rank) << 38 | within,
        by_authority=(rank << 17 | age) << 38 | within,
    )


def _age(published: str) -> int:
    """17 bits, less for a later date. A month sorts after its days, undated after everything."""
    parts = [int(part) for part in published.split("-")] if published else []
    year, month, day = [*parts, 0, 0, 0][:3]
    year = min(max(year - 1900, 0), 255)
    return (1 << 17) - 1 - (year << 9 | month << 5 | day)
