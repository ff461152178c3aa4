"""The place of each finding in its source as W3C Web Annotations, by its words and by position.

One JSON object per line (www.w3.org/TR/annotation-model): for each part of the finding a
`TextQuoteSelector` with the words before and after, and a `TextPositionSelector`, in code points of
the decoded text that the report's page shows.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from reports.models import Finding, Paragraph

BATCH = 200
AROUND = 32  # characters before and after
CONTEXT = "http://www.w3.org/ns/anno.jsonld"


def write_selectors(path: Path, site: str) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for annotation in _annotations(site):
            file.write(json.dumps(annotation, ensure_ascii=False, sort_keys=True) + "\n")


def _annotations(site: str) -> Iterator[dict[str, Any]]:
    """Findings that an editor added have no place in a source and are left out."""
    last, texts = "", _Texts()
    while batch := list(_rows(last)):
        for finding in batch:
            if finding.paragraph:
                yield _annotation(finding, finding.paragraph, texts, site)
        last = batch[-1].public_id


def _rows(last: str) -> Any:
    rows = Finding.objects.published().filter(public_id__gt=last).order_by("public_id")
    return rows.select_related("paragraph__document")[:BATCH]


class _Texts:
    """The decoded texts of the documents asked for last. A few are kept, because the findings of
    several reports are mixed."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}

    def of(self, paragraph: Paragraph) -> str:
        document = paragraph.document
        if document.text_sha256 not in self._texts:
            if len(self._texts) > 20:
                self._texts.clear()
            self._texts[document.text_sha256] = document.read_text()
        return self._texts[document.text_sha256]


def _annotation(finding: Finding, paragraph: Paragraph, texts: _Texts, site: str) -> dict[str, Any]:
    text = texts.of(paragraph)
    selectors = [
        selector for start, end in paragraph.spans for selector in _selectors(text, start, end)
    ]
    return {
        "@context": CONTEXT,
        "id": f"{site}{finding.get_absolute_url()}#annotation",
        "type": "Annotation",
        "motivation": "identifying",
        "body": f"{site}{finding.get_absolute_url()}",
        "target": {"source": f"urn:sha256:{paragraph.document.text_sha256}", "selector": selectors},
    }


def _selectors(text: str, start: int, end: int) -> list[dict[str, Any]]:
    """The selectors of one part. A finding that page furniture interrupts has several parts."""
    return [
        {
            "type": "TextQuoteSelector",
            "exact": text[start:end],
            "prefix": text[max(0, start - AROUND) : start],
            "suffix": text[end : end + AROUND],
        },
        {"type": "TextPositionSelector", "start": start, "end": end},
    ]
