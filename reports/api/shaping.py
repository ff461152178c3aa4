"""Turns rows into the API's answers."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from reports import models
from reports.api import schemas
from reports.exports.citations import text_fragment
from reports.facts import framework, gazetteer, inferred
from reports.models import ListedFinding
from reports.quotes import Judgement, QuotedPlace
from reports.search import Hit, SearchPage

AbsoluteUrl = Callable[[str], str]


def finding(row: ListedFinding, absolute_url: AbsoluteUrl) -> dict[str, Any]:
    url = absolute_url(row.get_absolute_url())
    statement = row.definition
    return {
        "id": row.public_id,
        "url": url,
        "words_url": text_fragment(url, row.text),
        "status": row.status,
        "authority": _label(row.authority, row.name),
        "theme": _label(statement.theme.slug, statement.theme.name),
        "statement": _label(statement.slug, statement.name),
        "score": row.score,
        "score_description": row.score_description,
        "heading": row.heading,
        "number": row.number,
        "text": row.text,
        "published": row.published,
        "assessment": row.assessment,
        "section": row.section,
        "assessment_kind": row.kind,
        "topics": _labels(inferred.TOPICS, row),
        "evidence": _labels(inferred.EVIDENCE, row),
        "figures": row.quoted_figures,
        "corrected": list(row.corrected),
        "printed": printed(row),
        "added": row.created_at,
        "source_sha256": row.document,
        "licence": framework.ATTRIBUTION,
    }


def _labels(value: inferred.Inferred, row: ListedFinding) -> list[dict[str, str] | None]:
    return [_label(slug, value.name_of(slug)) for slug in value.shown(row)]


def understood(page: SearchPage) -> dict[str, Any]:
    """How the words of a search were read."""
    return {
        "words": page.understood,
        "left_out": list(page.left_out),
        "also_searched": [{"typed": also.typed, "others": list(also.others)} for also in page.also],
        "corrections": [
            {"word": one.word, "nearest": one.nearest, "q": one.query.q} for one in page.corrections
        ],
        "corrected": page.corrected,
        "notes": list(page.notes),
    }


def nearly(hits: Iterable[Hit], absolute_url: AbsoluteUrl) -> list[dict[str, Any]]:
    """Findings that hold most of the words, each with those it does not hold."""
    return [finding(hit.finding, absolute_url) | {"missing": list(hit.missing)} for hit in hits]


def authority(entry: gazetteer.GazetteerEntry, absolute_url: AbsoluteUrl) -> dict[str, Any]:
    return {
        "slug": entry.slug,
        "url": absolute_url(f"/authorities/{entry.slug}/"),
        "name": entry.name,
        "official_name": entry.official_name,
        "gss_code": entry.gss_code,
        "region": _named(framework.REGIONS, entry.region),
        "kind": _named(framework.AUTHORITY_KINDS, entry.kind),
    }


def figure(row: models.Figure, absolute_url: AbsoluteUrl) -> dict[str, Any]:
    return {
        "finding": row.finding.public_id,
        "url": absolute_url(row.finding.get_absolute_url()),
        "text": row.text,
        "value": None if row.value is None else float(row.value),
        "unit": row.unit,
        "measure": row.measure,
        "whose": row.whose,
        "period": row.period,
        "direction": row.direction,
        "clear": row.clear,
    }


def judgement(row: Judgement, absolute_url: AbsoluteUrl) -> dict[str, Any]:
    return {
        "quotation": row.quotation.text,
        "start": row.quotation.start,
        "verdict": row.verdict.value,
        "explanation": row.explanation,
        "places": [_place(place, absolute_url) for place in row.places],
        "differences": [{"kind": part.kind, "text": part.text} for part in row.differences],
    }


def spans(pairs: Iterable[Sequence[int]]) -> list[schemas.Span]:
    return [schemas.Span(start=start, end=end) for start, end in pairs]


def _place(place: QuotedPlace, absolute_url: AbsoluteUrl) -> dict[str, Any]:
    address = (
        place.finding.get_absolute_url() if place.finding else f"/sources/{place.document_sha256}/"
    )
    return {
        "words": place.words,
        "spans": spans(place.spans),
        "finding": place.finding.public_id if place.finding else None,
        "document": place.document,
        "document_sha256": place.document_sha256,
        "url": text_fragment(absolute_url(address), place.words),
    }


def printed(row: ListedFinding) -> dict[str, Any]:
    """What CQC printed, by the name of each value that an editor changed."""
    names = {"quality statement": "statement"}
    return {names.get(name, name): value for name, value in row.printed.items()}


def _label(slug: str | None, name: str | None) -> dict[str, str] | None:
    return {"slug": slug, "name": name or slug} if slug else None


def _named(known: tuple[framework.Label, ...], slug: str) -> dict[str, str]:
    return {"slug": slug, "name": next(entry.name for entry in known if entry.slug == slug)}
