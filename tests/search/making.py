"""A small way to make findings, with everything they stand on."""

import uuid
from typing import Any

from reports.models import Assessment, Authority, Finding, IndexChange, Section, SourceDocument
from reports.search import SearchQuery, search


def make_section(
    *,
    score: int | None = 3,
    statement: str = "learning",
    authority: str | None = "harrow",
    published: str = "2025-02-28",
) -> Section:
    document = SourceDocument.objects.create(
        sha256=_new_id() * 4, text_sha256=_new_id() * 4, path="report.txt", size=1
    )
    assessment = _assessment(authority, published)
    return Section.objects.create(
        public_id=_new_id(),
        assessment=assessment,
        document=document,
        position=0,
        statement=statement,
        parsed_statement=statement,
        score=score,
        parsed_score=score,
    )


def _assessment(authority: str | None, published: str) -> Assessment:
    """The one of an authority and date, or a new one of no authority."""
    if authority is None:
        return Assessment.objects.create(public_id=_new_id(), published=published)
    found, _ = Assessment.objects.get_or_create(
        authority=Authority.objects.get(slug=authority),
        published=published,
        defaults={"public_id": _new_id()},
    )
    return found


def make_finding(
    text: str = "Staff told us of a positive culture.",
    *,
    heading: str = "Learning from feedback",
    topics: tuple[str, ...] = (),
    groups: tuple[str, ...] = (),
    evidence: tuple[str, ...] = (),
    tone: str = "",
    section: Section | None = None,
    position: int = 0,
    **section_values: Any,
) -> Finding:
    """A finding, in a section of its own unless one is given, and its row in the outbox."""
    finding = Finding.objects.create(
        public_id=_new_id(),
        section=section or make_section(**section_values),
        position=position,
        heading=heading,
        text=text,
        topics=list(topics),
        groups=list(groups),
        evidence=list(evidence),
        tone=tone,
    )
    IndexChange.objects.record([finding.public_id])
    return finding


def found(q: str = "", **values: Any) -> list[str]:
    """The texts a search finds on its first page, in order."""
    hits = search(SearchQuery(q=q, **values)).hits
    return [hit.finding.text for hit in hits]


def _new_id() -> str:
    """Unlike any other, also of another process."""
    return uuid.uuid4().hex[:16]
