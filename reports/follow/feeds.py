"""Atom feeds of a search, with the findings that were added last."""

from collections.abc import Iterator, Sequence
from itertools import count, islice
from typing import Any

from django.db.models import QuerySet
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from reports.exports.citations import correction_notes
from reports.exports.tables import AbsoluteUrl
from reports.facts import framework, labels
from reports.models import Finding, ListedFinding, listed
from reports.reading import invented
from reports.search import SearchQuery, matching

SUBTITLE = "New findings, by the date they were added here."
ENTRIES = 50
BATCH = 500
MOST_LOOKED_AT = 10_000  # findings; a feed only lists the newest


def latest(query: SearchQuery) -> list[ListedFinding]:
    """The newest findings that the search finds, newest first."""
    added = Finding.objects.published().order_by("-created_at", "-pk")
    ids = added.values_list("public_id", flat=True)[:MOST_LOOKED_AT]
    return listed(added.filter(public_id__in=list(islice(found_among(query, ids), ENTRIES))))


def found_among(query: SearchQuery, ids: Sequence[str] | QuerySet[Any, str]) -> Iterator[str]:
    """Those of the public ids that the search finds, in their order, looked for batch by batch."""
    for start in count(0, BATCH):
        batch = list(ids[start : start + BATCH])
        yield from matching(query, batch)
        if len(batch) < BATCH:
            return


def atom(
    findings: Sequence[ListedFinding],
    title: str,
    page: str,
    address: str,
    absolute_url: AbsoluteUrl,
) -> str:
    """The feed as XML. `page` is the search that it follows, `address` its own."""
    feed = Atom1Feed(
        title=title,
        link=page,
        description="",
        subtitle=" ".join([*invented.notices(), SUBTITLE]),
        language="en-GB",
        feed_url=address,
        feed_guid=address,
        author_name="Care Quality Commission",
        feed_copyright=framework.ATTRIBUTION,
    )
    for finding in findings:
        feed.add_item(
            title=f"{finding.authority_name}: {finding.definition.name}",
            link=absolute_url(finding.get_absolute_url()),
            # Feed readers show it as HTML, in which a “<” of a report hides the words after it.
            description="".join(
                f"<p>{escape(part)}</p>" for part in (finding.text, *correction_notes(finding))
            ),
            unique_id=absolute_url(finding.get_absolute_url()),
            pubdate=finding.created_at,
            updateddate=finding.created_at,
            author_name="Care Quality Commission",
            categories=[labels.score(finding.score), finding.definition.name],
            item_copyright=framework.ATTRIBUTION,
        )
    written: str = feed.writeString("utf-8")
    return written
