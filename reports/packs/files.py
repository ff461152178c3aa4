"""A pack as Word, PDF and CSV: the same entries, each with its full citation."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import IO
from xml.sax.saxutils import escape

import reportlab
from docx import Document
from docx.shared import Pt
from reportlab.lib.enums import TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, KeepTogether, Paragraph, SimpleDocTemplate, Spacer

from reports.exports.tables import LICENCE, About, AbsoluteUrl, Column, ColumnType, Export, Table
from reports.facts import dates, framework
from reports.models import Pack
from reports.packs.comparing import PackEntry
from reports.reading import invented

# Characters that neither Word files nor PDFs can hold.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class _Written:
    """An entry in words, the same in every format."""

    heading: str
    quotation: str
    citation: str
    note: str
    warnings: tuple[str, ...]


def write_word(
    pack: Pack,
    entries: Sequence[PackEntry],
    file: IO[bytes],
    absolute_url: AbsoluteUrl,
    today: date,
) -> None:
    document = Document()
    document.core_properties.title = _printable(pack.name)
    document.core_properties.author = ""
    document.core_properties.language = "en-GB"
    document.styles["Normal"].font.size = Pt(11)
    document.add_heading(_printable(pack.name), level=0)
    for line in _about(pack, entries, absolute_url, today):
        document.add_paragraph(_printable(line))
    for written in _all_written(entries, absolute_url, today):
        document.add_heading(written.heading, level=1)
        document.add_paragraph(written.quotation, style="Quote")
        for warning in written.warnings:
            document.add_paragraph().add_run(warning).bold = True
        if written.note:
            document.add_paragraph(f"Note: {written.note}")
        document.add_paragraph(written.citation).runs[0].font.size = Pt(9)
    document.save(file)


def write_pdf(
    pack: Pack,
    entries: Sequence[PackEntry],
    file: IO[bytes],
    absolute_url: AbsoluteUrl,
    today: date,
) -> None:
    styles = _pdf_styles()
    story: list[Flowable] = [_paragraph(pack.name, styles["title"])]
    story += [
        _paragraph(line, styles["small"]) for line in _about(pack, entries, absolute_url, today)
    ]
    for written in _all_written(entries, absolute_url, today):
        head: list[Flowable] = [_paragraph(written.heading, styles["heading"])]
        story.append(KeepTogether([*head, _paragraph(f"“{written.quotation}”", styles["quote"])]))
        story += [_paragraph(warning, styles["strong"]) for warning in written.warnings]
        if written.note:
            story.append(_paragraph(f"Note: {written.note}", styles["body"]))
        story += [_paragraph(written.citation, styles["small"]), Spacer(0, 3 * mm)]
    template = SimpleDocTemplate(
        file,
        pagesize=A4,
        title=_printable(pack.name),
        author="",
        subject="Findings of the Care Quality Commission",
        lang="en-GB",
        leftMargin=22 * mm,
        rightMargin=22 * mm,
        topMargin=20 * mm,
        bottomMargin=20 * mm,
    )
    template.build(story, onFirstPage=_page_number, onLaterPages=_page_number)


def pack_csv_export(
    pack: Pack, entries: Sequence[PackEntry], absolute_url: AbsoluteUrl, now: datetime
) -> Export[PackEntry]:
    return Export(
        _table(absolute_url, now.date()),
        entries,
        About(
            (("Pack", pack.name),),
            absolute_url(pack.share_url),
            now,
            len(entries),
            len(entries),
            "As arranged in the pack",
        ),
        absolute_url,
    )


def _table(absolute_url: AbsoluteUrl, today: date) -> Table[PackEntry]:
    return Table(
        "pack",
        "Findings of a pack",
        (
            Column("place", "Place", lambda entry: entry.item.position + 1, ColumnType.WHOLE),
            Column("id", "Finding", lambda entry: entry.item.finding),
            Column("authority", "Authority", lambda entry: str(entry.said["authority"])),
            Column("statement", "Quality statement", lambda entry: entry.statement_name),
            Column("heading", "Heading", lambda entry: str(entry.said["heading"])),
            Column("score", "Score", lambda entry: entry.said["score"], ColumnType.WHOLE),
            Column("text", "Text", lambda entry: str(entry.said["text"]), prose=True),
            Column("published", "Assessment date", lambda entry: str(entry.said["published"])),
            Column("note", "Note", lambda entry: entry.item.note),
            Column("added", "Added", lambda entry: entry.item.added_at.date().isoformat()),
            Column(
                "corrected", "Corrected", lambda e: tuple(e.said["corrections"]), ColumnType.LIST
            ),
            Column("changed", "Changed since", _warnings, ColumnType.LIST),
            Column("citation", "Citation", lambda entry: entry.citation(absolute_url, today)),
            Column(
                "link", "Link", lambda entry: f"/findings/{entry.item.finding}/", ColumnType.LINK
            ),
            Column("licence", "Source", lambda entry: framework.ATTRIBUTION),
        ),
    )


def _about(
    pack: Pack, entries: Sequence[PackEntry], absolute_url: AbsoluteUrl, today: date
) -> list[str]:
    count = f"{len(entries)} finding{'' if len(entries) == 1 else 's'}"
    address = absolute_url(pack.share_url)
    made = f"{count}. {dates.display(today.isoformat())}. {address}"
    return [*invented.notices(), made, LICENCE]


def _all_written(
    entries: Sequence[PackEntry], absolute_url: AbsoluteUrl, today: date
) -> Iterator[_Written]:
    for number, entry in enumerate(entries, 1):
        yield _Written(
            _printable(f"{number}. {entry.place}"),
            _printable(entry.said["text"]),
            _printable(entry.citation(absolute_url, today)),
            _printable(entry.item.note),
            tuple(_printable(warning) for warning in _warnings(entry)),
        )


def _warnings(entry: PackEntry) -> tuple[str, ...]:
    """Sentences about changes to the finding since it was added."""
    gone = (entry.gone,) if entry.gone else ()
    return (
        *gone,
        *(
            f"{change.label} changed since it was added. It said: {change.before}. "
            f"It says now: {change.now}"
            for change in entry.changes
        ),
    )


def _printable(text: str) -> str:
    return _CONTROLS.sub("", text)


def _paragraph(text: str, style: ParagraphStyle) -> Paragraph:
    lines = escape(_printable(text)).splitlines()
    return Paragraph("<br/>".join(lines), style)


@cache
def _pdf_styles() -> dict[str, ParagraphStyle]:
    """Styles with fonts that are embedded in the file, so that it looks the same everywhere."""
    folder = Path(reportlab.__file__).parent / "fonts"
    for name, font in (("Text", "Vera.ttf"), ("Text-Bold", "VeraBd.ttf")):
        pdfmetrics.registerFont(TTFont(name, str(folder / font)))
    body = ParagraphStyle(
        "body", fontName="Text", fontSize=10, leading=14.5, alignment=TA_LEFT, spaceAfter=6
    )
    return {
        "body": body,
        "title": ParagraphStyle("title", body, fontName="Text-Bold", fontSize=18, leading=23),
        "heading": ParagraphStyle(
            "heading", body, fontName="Text-Bold", fontSize=11.5, leading=15, spaceBefore=8
        ),
        "quote": ParagraphStyle("quote", body, leftIndent=14),
        "strong": ParagraphStyle("strong", body, fontName="Text-Bold", fontSize=9),
        "small": ParagraphStyle("small", body, fontSize=8, leading=11.5),
    }


def _page_number(canvas, template) -> None:  # type: ignore[no-untyped-def]  # reportlab's own call
    canvas.setFont("Text", 8)
    canvas.drawRightString(A4[0] - 22 * mm, 12 * mm, f"Page {template.page}")
