import io
import sys
import zlib

import pytest
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from reports.parsing import ReadError, read_document
from reports.parsing.formats import pdf_glyphs, read_pdf
from reports.parsing.formats.pdf import text_of_pages
from reports.parsing.formats.pdf_page import PageContent, PdfSegment
from tests.parsing.formats.samples import (
    PAGE_TOP,
    pdf_of_content,
    pdf_of_lines,
    pdf_of_paragraph,
    pdf_of_pictures,
)

MEBIBYTE = 1024 * 1024
PROSE = simpleSplit(
    "People told us that staff were kind, and that they knew whom to call when something had gone "
    "wrong at the weekend. Some had waited for many weeks. Leaders knew about this and had a plan "
    "with a date for each of its steps. The plan was shared with partners, who thought that it "
    "could be achieved, and were glad to have been asked.",
    *("Helvetica", 11, 380),
)


def refusal(data: bytes) -> ReadError:
    with pytest.raises(ReadError) as raised:
        read_pdf(data)
    return raised.value


def page_of(
    *lines: str, top: float = PAGE_TOP, header: str = "", footer: str = ""
) -> list[tuple[float, float, str]]:
    placed = [(70.0, top - 14 * number, line) for number, line in enumerate(lines)]
    margins = [(70.0, 815.0, header), (300.0, 30.0, footer)]
    return [*placed, *(row for row in margins if row[2])]


def blocks(data: bytes) -> list[str]:
    return read_pdf(data).text.rstrip("\n").split("\n\n")


def test_lines_are_joined_and_paragraphs_separated():
    upper = page_of(*PROSE)
    lower = page_of(*PROSE, top=PAGE_TOP - len(PROSE) * 14 - 9)

    assert blocks(pdf_of_lines([*upper, *lower])) == [" ".join(PROSE)] * 2


def test_a_paragraph_goes_on_over_the_page_and_its_margins():
    first = page_of(*PROSE[:2], header="Barnet report", footer="Page 1 of 3")
    second = page_of(*PROSE[2:], header="Barnet report", footer="Page 2 of 3")
    third = page_of("Another paragraph.", header="Barnet report", footer="Page 3 of 3")

    assert blocks(pdf_of_lines(first, second, third)) == [
        "Barnet report",
        "Page 1 of 3",
        " ".join(PROSE),
        "Another paragraph.",
    ]


def test_text_at_the_edge_of_one_page_only_is_not_a_margin():
    words = ("One", "Another", "A third")
    pages = [page_of(f"{word} heading", *PROSE, f"{word} end.") for word in words]

    assert blocks(pdf_of_lines(*pages))[0] == "One heading"


@pytest.mark.parametrize(
    ("ends", "begins", "joined"),
    [
        ("improve-", "ment of the service", "improvement of the service"),
        ("well-", "run service", "well-run service"),
        ("short-", "and long-term", "short- and long-term"),
        ("between 2024-", "25 and now", "between 2024-25 and now"),
    ],
)
def test_words_are_joined_only_where_the_document_shows_how(ends: str, begins: str, joined: str):
    lines = (
        *PROSE,
        f"There was improvement, and this is what all of the people asked for: {ends}",
        begins,
    )

    assert blocks(pdf_of_paragraph(lines))[-1].endswith(f"asked for: {joined}")


def test_columns_are_read_one_after_the_other_though_drawn_row_by_row():
    left = [f"left line {number} goes over its whole column" for number in range(12)]
    right = [f"right line {number} goes over its whole column" for number in range(12)]
    rows = [
        place
        for number, pair in enumerate(zip(left, right, strict=True))
        for place in zip((50.0, 310.0), (PAGE_TOP - 14.0 * number,) * 2, pair, strict=True)
    ]
    title = (50.0, 815.0, "A title that goes over the whole of the page and both of its columns")

    text = read_pdf(pdf_of_lines([title, *rows])).text

    assert " ".join((*left, *right)) in " ".join(text.split())
    assert text.startswith("A title")


def test_a_table_is_read_row_by_row():
    rows = [
        (x, PAGE_TOP - 20.0 * number, text)
        for number in range(9)
        for x, text in ((70.0, f"Statement {number}"), (400.0, f"Score: {number}"))
    ]

    assert blocks(pdf_of_lines(rows)) == [f"| Statement {n} | Score: {n} |" for n in range(9)]


def test_a_cell_of_several_lines_stays_one_cell():
    table = [
        (70.0, 700.0, "Measure"),
        (300.0, 700.0, "2023"),
        (400.0, 700.0, "2024"),
        (70.0, 676.0, "People who had waited"),
        (300.0, 676.0, "310"),
        (400.0, 676.0, "84"),
        (70.0, 662.0, "for more than six weeks"),
        (70.0, 638.0, "Carers with an"),
        (300.0, 631.0, "41%"),
        (400.0, 631.0, "59%"),
        (70.0, 624.0, "assessment of their own"),
    ]
    below = [(70.0, 590.0 - 14 * number, line) for number, line in enumerate(PROSE)]

    assert blocks(pdf_of_lines([*table, *below])) == [
        "| Measure | 2023 | 2024 |",
        "| People who had waited for more than six weeks | 310 | 84 |",
        "| Carers with an assessment of their own | 41% | 59% |",
        " ".join(PROSE),
    ]


def test_marks_of_notes_are_dropped_and_notes_at_the_foot_stand_behind_the_paragraph():
    first = page_of(*PROSE[:-1])
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pageCompression=0, invariant=1)
    for x, y, line in first:
        canvas.setFont("Helvetica", 11)
        canvas.drawString(x, y, line)
    end = x + stringWidth(line, "Helvetica", 11)
    canvas.setFont("Helvetica", 7)
    canvas.drawString(end, y + 4, "12")
    for height, mark, words in ((80, "12", "Survey of carers, which goes"), (60, "†", "Census.")):
        canvas.setFont("Helvetica", 5)
        canvas.drawString(70, height + 3, mark)
        canvas.setFont("Helvetica", 8)
        canvas.drawString(77, height, words)
    canvas.drawString(77, 71, "on below.")
    canvas.showPage()
    canvas.setFont("Helvetica", 11)
    canvas.drawString(70, PAGE_TOP, PROSE[-1])
    canvas.save()

    assert blocks(buffer.getvalue()) == [
        " ".join(PROSE),
        "[^12]: Survey of carers, which goes on below.",
        "[^†]: Census.",
    ]


@pytest.mark.parametrize(
    ("bullet", "item"), [("", "one thing"), ("•", "• one thing"), ("-", "- one thing")]
)
def test_items_of_a_list_stand_alone(bullet: str, item: str):
    lead = PAGE_TOP - 14 * len(PROSE)
    lists = [
        place
        for number in range(3)
        for place in ((70.0, lead - 14 * number, bullet), (90.0, lead - 14 * number, "one thing"))
    ]

    assert blocks(pdf_of_lines([*page_of(*PROSE), *lists])) == [" ".join(PROSE), *[item] * 3]


def test_a_bullet_that_is_drawn_is_a_bullet():
    content = (
        b"BT /F1 11 Tf 90 700 Td (One thing) Tj ET 78 702 4 4 re f "
        b"BT /F1 11 Tf 90 650 Td (Another) Tj ET 60 600 4 4 re f 0 500 400 1 re f"
    )

    assert blocks(pdf_of_content(content)) == ["• One thing", "Another"]


def test_text_turned_by_a_quarter_is_read():
    content = b"BT /F1 11 Tf 0 1 -1 0 200 100 Tm (People told us) Tj ET"

    assert blocks(pdf_of_content(content)) == ["People told us"]


@pytest.mark.parametrize(
    ("turn", "first", "second"),
    [
        (b"0 1 -1 0", b"200 100", b"240 100"),
        (b"-1 0 0 -1", b"400 600", b"400 640"),
        (b"0 -1 1 0", b"240 700", b"200 700"),
    ],
)
def test_lines_that_are_turned_are_read_in_their_order(turn: bytes, first: bytes, second: bytes):
    lines = ((second, b"They had waited."), (first, b"People told us."))
    content = b" ".join(
        b"BT /F1 11 Tf %s %s Tm (%s) Tj ET" % (turn, place, words) for place, words in lines
    )

    assert blocks(pdf_of_content(content)) == ["People told us.", "They had waited."]


def test_a_pdf_of_pictures_says_so():
    error = refusal(pdf_of_pictures(2))

    assert error.code == "scanned"
    assert "pictures of pages" in error.message


def test_pages_of_pictures_among_others_are_noted():
    picture = PageContent([], is_picture=True)
    words = PageContent([PdfSegment("Words.", 70, 99, 99, 700, 12, bold=False)])

    read = text_of_pages([picture, words])

    assert (read.text, read.notes) == ("Words.\n", ("Pages that hold only a picture: 1.",))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "damaged"),
        (b"not a PDF", "damaged"),
        (b"%PDF-1.7\nbroken", "damaged"),
        (pdf_of_paragraph(PROSE)[:200], "damaged"),
        (pdf_of_lines(page_of(*PROSE), password="secret"), "encrypted"),
        (pdf_of_content(b"q Q"), "empty"),
    ],
    ids=["nothing", "text", "broken", "cut", "locked", "blank"],
)
def test_what_cannot_be_read_says_why(data: bytes, code: str):
    assert refusal(data).code == code


@pytest.mark.parametrize("limit", ["MAX_PAGES", "MAX_CHARACTERS", "MAX_SEGMENTS"])
def test_more_than_a_report_can_hold_is_refused(monkeypatch: pytest.MonkeyPatch, limit: str):
    monkeypatch.setattr(pdf_glyphs, limit, 1)

    assert refusal(pdf_of_lines(page_of(*PROSE), page_of(*PROSE))).code == "too-large"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not limit a process's memory")
def test_a_bomb_ends_its_own_process_and_no_other():
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * MEBIBYTE) for _ in range(900)) + packer.flush()

    with pytest.raises(ReadError) as caught:
        read_document(pdf_of_content(packed, compressed=True), "bomb.pdf")
    assert caught.value.code in {"damaged", "empty", "too-large"}
