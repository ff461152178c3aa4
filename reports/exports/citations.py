"""References to findings, sections, searches and packs for reference managers: RIS, BibTeX and
CSL-JSON.

The author of a finding or section is the Care Quality Commission, and its date is the date of the
assessment. A search or a pack is a page of this site. Each reference carries the address, and a
link that opens the page at the exact words (a text fragment, wicg.github.io/scroll-
to-text-fragment).
"""

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import quote

from reports.exports.tables import AbsoluteUrl
from reports.facts import labels
from reports.models import Finding, ListedFinding, Section
from reports.reading import invented

PUBLISHER = "Care Quality Commission"
SITE = "Adult social care findings"
CONTENT_TYPES = {
    "ris": "application/x-research-info-systems; charset=utf-8",
    "bib": "application/x-bibtex; charset=utf-8",
    "csl.json": "application/vnd.citationstyles.csl+json",
}
LONGEST_FRAGMENT = 300  # characters; a longer quotation is named by its first and last words
FRAGMENT_WORDS = 6


@dataclass(frozen=True, slots=True)
class Citation:
    """`kind` is report, webpage or dataset. `published` is a partial ISO date; `notes` are
    sentences."""

    key: str
    kind: str
    title: str
    author: str
    url: str
    accessed: date
    published: str = ""
    container: str = ""
    quotation: str = ""
    notes: tuple[str, ...] = ()
    version: str = ""


def cite_finding(finding: ListedFinding, absolute_url: AbsoluteUrl, today: date) -> Citation:
    heading = f", under “{finding.heading}”" if finding.heading else ""
    return Citation(
        key=f"cqc-finding-{finding.public_id}",
        kind="report",
        title=f"{finding.definition.name}: finding {finding.number}{heading}",
        author=PUBLISHER,
        container=_report_title(finding.authority_name),
        published=finding.published,
        url=text_fragment(absolute_url(finding.get_absolute_url()), finding.text),
        accessed=today,
        quotation=finding.text,
        notes=(
            f"Permalink: {absolute_url(finding.get_absolute_url())}",
            *_report_notes(finding.report_address),
            _score_note(finding.score),
            *_status_notes(finding),
            *correction_notes(finding),
        ),
    )


def cite_section(section: Section, absolute_url: AbsoluteUrl, today: date) -> Citation:
    corrected = section.score != section.parsed_score
    printed = section.parsed_score or "none that sources agree on"
    return Citation(
        key=f"cqc-section-{section.public_id}",
        kind="report",
        title=section.name,
        author=PUBLISHER,
        container=_report_title(section.assessment.authority_name),
        published=section.assessment.published,
        url=absolute_url(section.get_absolute_url()),
        accessed=today,
        notes=(
            *_report_notes(section.assessment.report_address),
            _score_note(section.score),
            *((f"The score is as corrected by an editor; printed: {printed}.",) * corrected),
        ),
    )


def cite_page(key: str, title: str, url: str, today: date, notes: tuple[str, ...] = ()) -> Citation:
    """A reference to a search or a pack, which is a page that this site makes from CQC's
    findings."""
    return Citation(
        key=key,
        kind="webpage",
        title=title,
        author=SITE,
        container=SITE,
        published=today.isoformat(),
        url=url,
        accessed=today,
        notes=(*notes, f"Text of findings © {PUBLISHER}."),
    )


def correction_notes(finding: ListedFinding) -> tuple[str, ...]:
    """One sentence for each value of CQC's that an editor changed, with the printed value."""
    printed = {
        "text": f"“{finding.read_text}”" if finding.read_text else "nothing: an editor added it",
        "heading": f"“{finding.read_heading}”" if finding.read_heading else "no heading",
        "quality statement": finding.read_statement,
        "score": str(finding.read_score or "none that sources agree on"),
        "authority": finding.read_authority or "none that could be identified",
    }
    return tuple(
        f"The {name} is as corrected by an editor; printed: {printed[name]}."
        for name in finding.corrected
    )


def text_fragment(url: str, words: str) -> str:
    """The address that opens the page at these words."""
    words = " ".join(words.split())
    if len(words) <= LONGEST_FRAGMENT:
        return f"{url}#:~:text={_fragment(words)}"
    parts = words.split(" ")
    start, end = " ".join(parts[:FRAGMENT_WORDS]), " ".join(parts[-FRAGMENT_WORDS:])
    return f"{url}#:~:text={_fragment(start)},{_fragment(end)}"


def as_ris(citations: Iterable[Citation]) -> str:
    return "".join(_ris(citation) for citation in _marked(citations))


def as_bibtex(citations: Iterable[Citation]) -> str:
    return "\n".join(_bibtex(citation) for citation in _marked(citations))


def as_csl_json(citations: Iterable[Citation]) -> str:
    written = [_csl(citation) for citation in _marked(citations)]
    return json.dumps(written, ensure_ascii=False, indent=2)


WRITERS: dict[str, Callable[[Iterable[Citation]], str]] = {
    "ris": as_ris,
    "bib": as_bibtex,
    "csl.json": as_csl_json,
}

_RIS_TYPES = {"report": "RPRT", "webpage": "ELEC", "dataset": "DATA"}
_BIBTEX_TYPES = {"report": "techreport", "webpage": "misc", "dataset": "misc"}
_LATEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "%": r"\%",
    "&": r"\&",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


def _marked(citations: Iterable[Citation]) -> list[Citation]:
    """The citations with a note if what they cite is invented."""
    notices = invented.notices()
    return [replace(citation, notes=(*notices, *citation.notes)) for citation in citations]


def _report_title(authority: str) -> str:
    return f"Local authority assessment: {authority}"


def _report_notes(address: str) -> tuple[str, ...]:
    return (f"CQC’s own report: {address}",) if address else ()


def _score_note(score: int | None) -> str:
    return f"Score {score}: {labels.score(score)}." if score else f"{labels.score(None)}."


def _status_notes(finding: ListedFinding) -> tuple[str, ...]:
    if finding.status == Finding.Status.PUBLISHED:
        return ()
    return (f"{Finding.Status(finding.status).label}.",)


def _fragment(words: str) -> str:
    """Percent-encoded, with the dash, comma and ampersand, which have a meaning in text
    fragments."""
    return quote(words, safe="").replace("-", "%2D")


def _ris(citation: Citation) -> str:
    published = citation.published.replace("-", "/")
    fields = [
        ("TY", _RIS_TYPES[citation.kind]),
        ("ID", citation.key),
        ("AU", citation.author),
        ("TI", citation.title),
        ("T2", citation.container),
        ("PB", PUBLISHER if citation.kind == "report" else SITE),
        ("PY", citation.published[:4]),
        ("DA", published + "/" * (3 - published.count("/")) if citation.published else ""),
        ("ET", citation.version),
        ("AB", citation.quotation),
        *(("N1", note) for note in citation.notes),
        ("UR", citation.url),
        ("Y2", citation.accessed.strftime("%Y/%m/%d/")),
    ]
    lines = [f"{tag}  - {_line(value)}" for tag, value in fields if value]
    return "\r\n".join([*lines, "ER  - ", "", ""])


def _bibtex(citation: Citation) -> str:
    year, _, rest = citation.published.partition("-")
    month = rest[:2]
    fields = {
        "author": f"{{{_latex(citation.author)}}}",
        "title": f"{{{_latex(citation.title)}}}",
        "type": _latex(citation.container) if citation.kind == "report" else "",
        "institution": PUBLISHER if citation.kind == "report" else "",
        "howpublished": _latex(citation.container) if citation.kind != "report" else "",
        "year": year,
        "month": month,
        "version": _latex(citation.version),
        "abstract": _latex(citation.quotation),
        "note": _latex(" ".join(citation.notes)),
        "url": _bibtex_url(citation.url),
        "urldate": citation.accessed.isoformat(),
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return f"@{_BIBTEX_TYPES[citation.kind]}{{{citation.key},\n" + ",\n".join(lines) + "\n}\n"


def _csl(citation: Citation) -> dict[str, object]:
    values: dict[str, object] = {
        "id": citation.key,
        "type": citation.kind,
        "title": citation.title,
        "author": [{"literal": citation.author}],
        "container-title": citation.container,
        "publisher": PUBLISHER if citation.kind == "report" else SITE,
        "issued": _date_parts(citation.published),
        "accessed": _date_parts(citation.accessed.isoformat()),
        "abstract": citation.quotation,
        "note": " ".join(citation.notes),
        "version": citation.version,
        "URL": citation.url,
        "language": "en-GB",
    }
    return {name: value for name, value in values.items() if value}


def _date_parts(partial: str) -> dict[str, list[list[int]]] | None:
    return {"date-parts": [[int(part) for part in partial.split("-")]]} if partial else None


def _line(text: str) -> str:
    """The text on one line: a line break would begin another field."""
    return re.sub(r"\s+", " ", text).strip()


def _latex(text: str) -> str:
    return "".join(_LATEX.get(sign, sign) for sign in _line(text))


def _bibtex_url(url: str) -> str:
    """The address with the characters encoded that would end the field early or begin a comment."""
    return url.replace("{", "%7B").replace("}", "%7D")
