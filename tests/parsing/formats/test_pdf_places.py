"""What the places of text on a PDF's pages mean: just within each limit, and just beyond it."""

from collections.abc import Sequence

import pytest

from reports.parsing.formats.pdf import text_of_pages
from reports.parsing.formats.pdf_page import PageContent, PdfSegment

LEFT, TOP, HEIGHT, LEADING, LETTER = 70.0, 700.0, 10.0, 12.0, 5.0
WORDS = "and people told us so when they were asked about it again and they had heard of it too"


def at(
    text: str,
    down: float,
    *,
    left: float = LEFT,
    right: float = 0.0,
    height: float = HEIGHT,
    bold: bool = False,
    turn: int = 0,
    is_mark: bool = False,
) -> PdfSegment:
    """A text so many points below the first line."""
    first_word = text.split(maxsplit=1)[0]
    return PdfSegment(
        text,
        left,
        right or left + LETTER * len(text),
        left + LETTER * len(first_word),
        TOP - down,
        height,
        bold,
        turn,
        is_mark,
    )


def prose(first: str = "Staff", *, lines: int = 13, down: float = 0.0) -> list[PdfSegment]:
    """A paragraph whose lines all end at 500, but for the last."""
    wrapped = [at(WORDS, down + LEADING * number, right=500.0) for number in range(1, lines)]
    return [
        at(f"{first} {WORDS}", down, right=500.0),
        *wrapped,
        at("and that was all.", down + LEADING * lines),
    ]


PROSE = " ".join(["Staff", *[WORDS] * 13, "and that was all."])


def blocks(*pages: Sequence[PdfSegment]) -> list[str]:
    read = text_of_pages([PageContent(page) for page in pages])
    return read.text.rstrip("\n").split("\n\n")


def below(*more: PdfSegment) -> list[str]:
    """The blocks that follow the prose."""
    first, *rest = blocks([*prose(), *more])
    assert first == PROSE
    return rest


@pytest.mark.parametrize(("gap", "joined"), [(14.3, True), (14.5, False)])
def test_a_gap_of_more_than_a_fifth_of_a_line_ends_a_paragraph(gap: float, joined: bool):
    texts = below(
        at("People had waited for it and said", 200, right=500), at("So had others.", 200 + gap)
    )

    parted = ["People had waited for it and said", "So had others."]
    assert texts == ([" ".join(parted)] if joined else parted)


@pytest.mark.parametrize(("indent", "joined"), [(6.9, True), (7.1, False)])
def test_a_line_set_in_begins_a_paragraph(indent: float, joined: bool):
    texts = below(
        at("People had waited for it.", 200, right=500),
        at("So had others.", 212, left=LEFT + indent),
    )

    assert len(texts) == (1 if joined else 2)


@pytest.mark.parametrize(("out", "joined"), [(6.9, True), (7.1, False)])
def test_a_line_set_out_begins_a_paragraph_after_two_lines(out: float, joined: bool):
    left = LEFT - out
    two = at("They had waited.", 212, right=500)

    assert len(below(at("People had too.", 200, right=500), two, at("So.", 224, left=left))) == (
        1 if joined else 2
    )
    assert len(below(at("People had too.", 200, right=500), at("So.", 212, left=left))) == 1


@pytest.mark.parametrize(("short", "joined"), [(1.4, True), (1.6, False)])
def test_where_all_lines_have_one_length_a_shorter_one_ends_a_paragraph(short: float, joined: bool):
    texts = below(at("People had waited.", 200, right=500 - short), at("So had others.", 212))

    assert len(texts) == (1 if joined else 2)


@pytest.mark.parametrize(("right", "joined"), [(477.1, True), (476.9, False)])
def test_where_lines_end_raggedly_room_for_the_next_word_ends_a_paragraph(
    right: float, joined: bool
):
    # The word "People" and the space before it need 32 points, and one more is allowed for.
    ragged = [at(WORDS, 12.0 * number, right=510.0 - number % 3) for number in range(14)]
    lines = [*ragged, at("and that was all.", 168, right=right), at("People had.", 180)]

    assert len(blocks(lines)) == (1 if joined else 2)


@pytest.mark.parametrize(("height", "joined"), [(10.7, True), (10.9, False), (9.3, True)])
def test_a_line_in_other_type_begins_a_paragraph(height: float, joined: bool):
    texts = below(
        at("People had waited for it and", 200, right=500), at("so had others.", 212, height=height)
    )

    assert len(texts) == (1 if joined else 2)


@pytest.mark.parametrize(
    ("height", "text"), [(11.1, "What people said"), (11.3, "# What people said")]
)
def test_type_that_is_larger_by_an_eighth_is_a_heading(height: float, text: str):
    assert below(at("What people said", 200, height=height), at("They had waited.", 230)) == [
        text,
        "They had waited.",
    ]


def test_headings_rank_by_their_height_and_bold_ones_come_last():
    texts = below(
        at("A report", 200, height=22),
        at("A part", 240, height=18),
        at("A section", 270, height=14),
        at("A heading", 300, bold=True),
        at("Words.", 320),
    )

    assert texts == ["# A report", "## A part", "### A section", "###### A heading", "Words."]


@pytest.mark.parametrize(
    ("text", "is_heading"),
    [
        ("What do people say?", True),
        ("People had said so.", False),
        ("1. People", False),
        (" ".join(["word"] * 40), True),
        (" ".join(["word"] * 41), False),
    ],
)
def test_bold_type_is_a_heading_if_it_is_no_sentence_and_no_item(text: str, is_heading: bool):
    [found] = below(at(text, 200, bold=True))

    assert found == (f"###### {text}" if is_heading else text)


@pytest.mark.parametrize(("words", "mark"), [(50, "# "), (51, "")])
def test_larger_type_is_a_heading_up_to_fifty_words(words: int, mark: str):
    text = " ".join(["word"] * words)

    assert below(at(text, 200, height=14)) == [f"{mark}{text}"]


def test_bold_type_is_no_heading_where_all_type_is_bold():
    lines = [at(WORDS, LEADING * number, right=500, bold=True) for number in range(3)]
    found = blocks([*lines, at("Words", 100, bold=True)])

    assert found[-1] == "Words"


@pytest.mark.parametrize(
    ("height", "text"), [(8.9, "[^3]: Census of 2021."), (9.1, "3 Census of 2021.")]
)
def test_a_note_is_smaller_than_the_type_of_the_body(height: float, text: str):
    assert below(at("3 Census of 2021.", 200, height=height)) == [text]


def test_notes_come_after_the_paragraphs_of_their_page():
    first = [
        at("They met", 0, right=500),
        at("1 Census.", 40, height=8),
        at("and so on.", 50, height=8),
    ]
    second = [at("and they left.", 0)]

    assert blocks(first, second) == ["They met and they left.", "[^1]: Census. and so on."]


@pytest.mark.parametrize(("apart", "texts"), [(2.9, ["One Two"]), (3.1, ["One", "Two"])])
def test_texts_at_one_height_are_one_row(apart: float, texts: list[str]):
    assert blocks([at("One", 0), at("Two", apart, left=LEFT + 18, right=400)]) == texts


TABLE = (("Measure", "Barnet"), ("Carers", "210"), ("Adults", "430"))


def table(*, gap: float = 20.0, shift: float = 0.0, apart: float = 200.0) -> list[PdfSegment]:
    """Three rows of two cells; the second cell of the last row is shifted to the right."""
    cells = []
    for number, (one, two) in enumerate(TABLE):
        cells.append(at(one, gap * number, right=LEFT + 40))
        left = LEFT + 40 + apart + (shift if number == 2 else 0)
        cells.append(at(two, gap * number, left=left, right=left + 30 + 40 * bool(shift)))
    return cells


ROWS = ["| Measure | Barnet |", "| Carers | 210 |", "| Adults | 430 |"]


@pytest.mark.parametrize(("apart", "is_table"), [(9.1, True), (9.0, False)])
def test_cells_are_further_apart_than_words(apart: float, is_table: bool):
    assert (blocks(table(apart=apart)) == ROWS) is is_table


@pytest.mark.parametrize(("gap", "is_table"), [(40.0, True), (40.1, False)])
def test_rows_of_a_table_are_near_one_another(gap: float, is_table: bool):
    assert (blocks(table(gap=gap)) == ROWS) is is_table


@pytest.mark.parametrize(("shift", "last"), [(4.0, True), (4.1, False)])
def test_a_cell_begins_ends_or_is_centred_where_its_column_does(shift: float, last: bool):
    found = blocks(table(shift=shift))

    assert found[:2] == ROWS[:2]
    assert (found[2:] == ROWS[2:]) is last


def test_one_line_with_a_wide_gap_is_no_table():
    assert blocks([at("Measure", 0), at("Barnet", 0, left=300), at("Words.", 60)]) == [
        "Measure Barnet",
        "Words.",
    ]


@pytest.mark.parametrize(("gap", "same_cell"), [(13.0, True), (13.1, False)])
def test_a_cell_goes_on_in_the_next_line_only_if_that_is_near(gap: float, same_cell: bool):
    found = blocks([*table()[:4], at("who wait", 20 + gap), at("Words.", 90)])

    assert found == (
        ["| Measure | Barnet |", "| Carers who wait | 210 |", "Words."]
        if same_cell
        else ["| Measure | Barnet |", "| Carers | 210 |", "who wait", "Words."]
    )


def pages(header: Sequence[str], heights: Sequence[float] = ()) -> list[list[PdfSegment]]:
    """A page for each header, with a sentence of its own below."""
    downs = heights or [-60.0] * len(header)
    names = ("Carers", "Adults", "Leaders", "Partners", "Staff", "Providers")
    return [
        [*([at(text, down)] if text else []), at(f"{name} said so.", 0)]
        for name, text, down in zip(names, header, downs, strict=False)
    ]


@pytest.mark.parametrize(("number", "times"), [(5, 1), (6, 2)])
def test_words_at_the_edge_of_two_in_five_pages_are_a_margin(number: int, times: int):
    found = blocks(*pages(["Barnet", "Barnet", *[""] * (number - 2)]))

    assert " ".join(found).count("Barnet") == times


@pytest.mark.parametrize(("apart", "times"), [(4.0, 1), (8.1, 2)])
def test_words_of_a_margin_are_at_about_one_height(apart: float, times: int):
    found = blocks(*pages(["Barnet", "Barnet"], [-60.0, -60.0 - apart]))

    assert " ".join(found).count("Barnet") == times


@pytest.mark.parametrize("text", ["7", "Page 7", "page 7 of 12", "- 7 -", "7/12", "| 7"])
def test_a_page_number_is_a_margin_wherever_it_is(text: str):
    first, second = [at("They met", 0, right=500)], [at(text, -60), at("and they left.", 0)]

    assert blocks(first, second) == ["They met and they left.", text]


def test_a_margin_has_four_rows_at_most():
    header = [f"Row {letter}" for letter in "abcde"]
    one = [at(text, -100.0 + 15 * row) for row, text in enumerate(header)]

    found = blocks([*one, at("They met.", 0)], [*one, at("They left.", 0)])

    assert [" ".join(found).count(text) for text in header] == [1, 1, 1, 1, 2]


@pytest.mark.parametrize(
    ("dot", "text"),
    [
        ((51.0, 55.0, 702.0, 706.0), "• One thing"),
        ((50.9, 54.9, 702.0, 706.0), "One thing"),
        ((66.0, 70.0, 702.0, 706.0), "• One thing"),
        ((66.1, 70.1, 702.0, 706.0), "One thing"),
        ((60.0, 64.0, 704.0, 708.0), "• One thing"),
        ((60.0, 64.0, 704.1, 708.1), "One thing"),
        ((60.0, 64.0, 700.0, 704.0), "• One thing"),
        ((60.0, 64.0, 699.9, 703.9), "One thing"),
    ],
)
def test_a_drawn_dot_is_a_bullet_close_before_a_line(dot: tuple[float, ...], text: str):
    page = PageContent([at("One thing", 0)], [dot])

    assert text_of_pages([page]).text == f"{text}\n"


def test_text_at_an_angle_to_its_page_is_told_once_and_divides_nothing():
    first = [at("They met", 0, right=500), at("DRAFT", 20, turn=4)]
    second = [at("and they left.", 0), at("DRAFT", 20, turn=4)]

    assert blocks(first, second) == ["DRAFT", "They met and they left."]


def test_the_mark_of_a_note_is_left_out_of_its_words():
    note = [at("†", 200, height=8, is_mark=True), at("Census of 2021.", 200, left=80, height=8)]

    assert below(*note) == ["[^†]: Census of 2021."]
