"""Which lines are running headers, footers and page numbers."""

import pytest

from reports.parsing.lines import split_lines
from reports.parsing.repeated import repeated_lines

PROSE = ("People said so.", "Others said so.", "Partners said so.")


def found(*texts: str, gap: str = "\n\n") -> list[str]:
    lines = split_lines(gap.join(texts))
    return [lines[index].text for index in sorted(repeated_lines(lines))]


def among(*repeated: str, prose: tuple[str, ...] = PROSE, gap: str = "\n\n") -> list[str]:
    """What is found of these lines, each below some prose."""
    return found(*(text for line in repeated for text in (*prose, line)), gap=gap)


def numbered(line: str, *numbers: int) -> list[str]:
    return [f"{line} {number}" for number in numbers]


def test_a_line_whose_number_grows_from_page_to_page_is_furniture():
    lines = numbered("Barnet council", 1, 2, 3)

    assert among(*lines) == lines
    assert among(*lines[:2]) == []


@pytest.mark.parametrize(("numbers", "are"), [((1, 11, 21), True), ((1, 12, 22), False)])
def test_the_numbers_of_pages_are_near_one_another(numbers: tuple[int, ...], are: bool):
    assert bool(among(*numbered("Barnet council", *numbers))) is are


@pytest.mark.parametrize("numbers", [(3, 2, 1), (1, 2, 2), (1, 3, 2)])
def test_numbers_that_do_not_grow_number_no_pages(numbers: tuple[int, ...]):
    assert among(*numbered("Barnet council", *numbers)) == []


@pytest.mark.parametrize(("prose", "are"), [(PROSE[:2], True), (PROSE[:1], False)])
def test_rows_of_a_list_that_follow_one_another_are_none(prose: tuple[str, ...], are: bool):
    assert bool(among(*numbered("Barnet council", 1, 2, 3), prose=prose)) is are


@pytest.mark.parametrize(
    ("line", "are"),
    [
        ("Local authority report", True),
        ("Our assessment", True),
        ("CQC in Barnet", True),
        ("Care Quality Commission in Barnet", True),
        ("Waiting times", False),
    ],
)
def test_a_line_without_a_number_is_furniture_if_it_names_the_report(line: str, are: bool):
    assert among(line, line, line) == ([line] * 3 if are else [])
    assert among(line, line) == []


def test_a_line_without_a_number_is_furniture_only_where_it_stands_alone():
    line = "Local authority report"

    assert among(line, line, line, gap="\n") == []
    for above, below in (("\n", "\n\n"), ("\n\n", "\n")):
        text = "".join(
            f"{'  '.join(PROSE[:1])}\n\n{PROSE[1]}{above}{line}{below}" for _ in range(3)
        )
        assert repeated_lines(split_lines(text)) == frozenset()


@pytest.mark.parametrize(
    "line",
    [
        "• Barnet council {}",
        "| Barnet | {} |",
        "[^1]: Barnet council {}",
        "Barnet had {}.",
        "barnet council {}",
        "## Barnet council {}",
        "Score of Barnet {}",
        "B" * 119 + " {}",
    ],
)
def test_what_can_be_part_of_the_findings_is_no_furniture(line: str):
    assert among(*(line.format(number) for number in (1, 2, 3))) == []


def test_a_line_is_furniture_up_to_120_characters():
    lines = numbered("B" * 118, 1, 2, 3)

    assert among(*lines) == lines


@pytest.mark.parametrize("label", ["Key findings for this quality statement", "What people expect"])
def test_a_label_is_no_furniture(label: str):
    numbers = [part for number in "123" for part in (*PROSE, label, number)]

    assert label not in found(*numbers)


@pytest.mark.parametrize(
    ("line", "are"),
    [
        ("Care Quality Commission", True),
        ("Page 7", True),
        ("12 May 2025", True),
        ("Local authority assessment", True),
        ("Barnet", False),
    ],
)
def test_a_regulator_a_date_or_a_number_is_furniture_if_it_is_there_twice(line: str, are: bool):
    assert among(line, line) == ([line] * 2 if are else [])
    assert among(line) == []
    assert among(line, line, gap="\n") == []


@pytest.mark.parametrize(
    ("numbers", "counted"),
    [("34", "34"), ("35", ""), ("43", ""), ("245", "45"), ("346", "34")],
)
def test_figures_that_go_on_counting_are_the_numbers_of_pages(numbers: str, counted: str):
    assert among(*numbers) == list(counted)


@pytest.mark.parametrize("lines", [1, 2, 3])
def test_a_header_has_up_to_three_lines_beside_the_number_of_the_page(lines: int):
    header = ["Barnet", "Adults", "Winter", "Carers"][-lines:]
    parts = [part for number in "123" for part in (*PROSE, *header, number)]

    assert found(*parts) == [part for number in "123" for part in (*header, number)]


def test_a_header_has_no_more_than_three_lines():
    header = ["Barnet", "Adults", "Winter", "Carers"]
    parts = [part for number in "123" for part in (*PROSE, *header, number)]

    assert "Barnet" not in found(*parts)


def test_what_is_repeated_away_from_the_ends_of_pages_is_no_header():
    parts = [part for number in "123" for part in ("Waiting times", *PROSE, number, *PROSE)]

    assert found(*parts) == ["1", "2", "3"]


def test_a_line_that_a_form_feed_puts_at_the_top_of_each_page_is_a_header():
    page = "\n\n".join(("Barnet", *PROSE))

    lines = split_lines(f"\f{page}\n\n\f{page}\n\n\f{page}")
    assert [lines[index].text for index in sorted(repeated_lines(lines))] == ["Barnet"] * 3


def test_a_line_that_begins_a_wrapped_paragraph_on_each_page_is_none():
    begins = [f"Barnet council {number}\nand its partners said so." for number in (1, 2, 3)]

    assert among(*begins) == []
    middle = [f"and\n\n{line}" for line in begins[1:]]
    assert among(begins[0], *middle) == numbered("Barnet council", 1, 2, 3)
