"""Headings over both columns of a PDF, and to which statement the text around them belongs."""

import io
from collections.abc import Sequence

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

from reports.parsing import parse_report
from reports.parsing.formats import read_pdf

MARGIN, GUTTER, SIZE, LEADING = 56.0, 22.0, 10.0, 13.0
WIDTH = (A4[0] - 2 * MARGIN - GUTTER) / 2
LABEL = "Key findings for this quality statement"


def _findings(what: str) -> list[str]:
    return [
        f"{who} told us that {what} had changed since the year before, that they had been asked"
        f" what they thought of it, and that their answers could be seen in the plan. {who} had"
        f" also heard from others that {what} was easier to understand now."
        for who in ("Carers", "Providers", "Staff", "Partners", "Leaders")
    ]


class _Sheet:
    """A page on which blocks are drawn from top to bottom."""

    def __init__(self) -> None:
        self.buffer = io.BytesIO()
        self.canvas = Canvas(self.buffer, pagesize=A4, pageCompression=0, invariant=1)
        self.y = A4[1] - 60

    def heading(self, text: str, size: float, *, centred: bool = False, bold: bool = True) -> None:
        self.y -= 2 * size
        self.canvas.setFont("Helvetica-Bold" if bold else "Helvetica", size)
        if centred:
            self.canvas.drawCentredString(A4[0] / 2, self.y, text)
        else:
            self.canvas.drawString(MARGIN, self.y, text)
        self.y -= size

    def columns(self, paragraphs: Sequence[str]) -> None:
        """Paragraphs in two columns of one length, a gap between them."""
        lines: list[str] = []
        for paragraph in paragraphs:
            lines += [*simpleSplit(paragraph, "Helvetica", SIZE, WIDTH), ""]
        half = (len(lines) + 1) // 2
        self.canvas.setFont("Helvetica", SIZE)
        top = self.y - LEADING
        for x, side in ((MARGIN, lines[:half]), (MARGIN + WIDTH + GUTTER, lines[half:])):
            for number, line in enumerate(side):
                self.canvas.drawString(x, top - LEADING * number, line)
        self.y = top - LEADING * half

    def data(self) -> bytes:
        self.canvas.save()
        return self.buffer.getvalue()


@pytest.mark.parametrize(
    ("second", "slug", "look"),
    [
        ("Safeguarding", "safeguarding", {"size": 16}),
        ("Safeguarding", "safeguarding", {"size": 12}),
        ("Safeguarding", "safeguarding", {"size": 16, "centred": True}),
        ("Safeguarding", "safeguarding", {"size": 10}),
        ("Governance, management and sustainability", "governance", {"size": 18}),
        ("Governance, management and sustainability", "governance", {"size": 12}),
        ("Governance, management and sustainability", "governance", {"size": 16, "bold": False}),
    ],
)
def test_what_stands_below_a_heading_over_both_columns_is_of_its_statement(second, slug, look):
    sheet = _Sheet()
    sheet.heading("London Borough of Barnet: local authority assessment", 18)
    sheet.heading("Assessing needs", **look)
    sheet.heading("Score: 3", 10, bold=False)
    sheet.columns([LABEL, *_findings("the form")])
    sheet.heading(second, **look)
    sheet.heading("Score: 2", 10, bold=False)
    sheet.columns([LABEL, *_findings("the board")])

    record = parse_report(read_pdf(sheet.data()).text)

    assert [
        (section.statement, section.score, [paragraph.text for paragraph in section.paragraphs])
        for section in record.sections
    ] == [("assessing-needs", 3, _findings("the form")), (slug, 2, _findings("the board"))]
    assert record.problems == ()
