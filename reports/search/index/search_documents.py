"""Turns findings of the database into search documents."""

import json
import unicodedata
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from django.db.models import Max, TextField
from django.db.models.functions import Cast

from reports.facts import dates, framework, gazetteer
from reports.facts.taxonomy import SHOWN_TONES
from reports.models import Finding, FindingQuerySet, Section
from reports.search.engines.seam import SearchDocument
from reports.search.language.facets import UNDATED, UNIDENTIFIED, UNSCORED

BATCH = 2_000

_STATEMENT_RANK = {slug: rank for rank, slug in enumerate(framework.STATEMENT_BY_SLUG)}
_AUTHORITY_RANK = {entry.slug: rank for rank, entry in enumerate(gazetteer.entries())}
_LAST_AUTHORITY = 255
_LAST_POSITION = (1 << 12) - 1


def documents_of(public_ids: Iterable[str]) -> Iterator[SearchDocument]:
    """The documents of those findings that readers can search, in any order."""
    return _documents(_rows(Finding.objects.published().filter(public_id__in=list(public_ids))))


def every_document() -> Iterator[SearchDocument]:
    """The documents of all findings published at the start, read a batch at a time. It walks the
    primary keys, so that memory stays bounded and no cursor stays open. A finding that changes
    meanwhile may come as it was or as it is."""
    findings = Finding.objects.published().order_by("pk")
    # Without this limit a rebuild might never end while others write.
    end = findings.aggregate(end=Max("pk"))["end"] or 0
    rows = _rows(findings.filter(pk__lte=end)[:BATCH])
    while rows:
        yield from _documents(rows)
        rows = _rows(findings.filter(pk__gt=rows[-1].pk, pk__lte=end)[:BATCH])


@dataclass(frozen=True, slots=True)
class _Place:
    """What all findings of a section share."""

    score: str
    statement: str
    authority: str
    year: str
    newest: int
    by_authority: int


class _Columns(NamedTuple):
    pk: int
    public_id: str
    section: int
    number: int
    heading: str
    heading_slug: str
    text: str
    topics: str
    groups: str
    evidence: str
    tone: str


# JSON comes as text. The same few lists come a million times, and to parse each costs as much as
# everything else.
_VALUES = [
    Cast(name, TextField()) if name in {"topics", "groups", "evidence"} else name
    for name in _Columns._fields
]


def _rows(findings: FindingQuerySet) -> list[_Columns]:
    return [_Columns(*values) for values in findings.values_list(*_VALUES)]


def _documents(rows: Sequence[_Columns]) -> Iterator[SearchDocument]:
    places = _places({row.section for row in rows})
    # A section deleted between the two queries has no place; its deletion is in the outbox.
    return (_document(row, places[row.section]) for row in rows if row.section in places)


def _document(row: _Columns, place: _Place) -> SearchDocument:
    position = min(row.number - 1, _LAST_POSITION)
    return SearchDocument(
        row.public_id,
        unicodedata.normalize("NFC", row.text),
        unicodedata.normalize("NFC", row.heading),
        {
            "score": (place.score,),
            "statement": (place.statement,),
            "heading": (row.heading_slug,) if row.heading_slug else (),
            "topic": _list(row.topics),
            "group": _list(row.groups),
            "evidence": _list(row.evidence),
            "tone": (row.tone,) if row.tone in SHOWN_TONES else (),
            "authority": (place.authority,),
            "year": (place.year,),
        },
        place.newest + position,
        place.by_authority + position,
    )


@lru_cache(maxsize=10_000)
def _list(json_text: str) -> tuple[str, ...]:
    return tuple(json.loads(json_text))


def _places(sections: Iterable[int]) -> dict[int, _Place]:
    rows = Section.objects.filter(pk__in=list(sections)).order_by()
    names = ("score", "statement", "assessment__authority__slug", "assessment__published")
    return {pk: _place(*values) for pk, *values in rows.values_list("pk", "public_id", *names)}


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
