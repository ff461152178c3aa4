import csv

import pytest

from reports import exports
from reports.models import ListedFinding


def test_a_row_says_everything_about_a_finding() -> None:
    lines = exports.csv_lines([_finding()], lambda path: f"https://example.org{path}")

    [row] = csv.DictReader(line.removeprefix("\ufeff") for line in lines)
    assert row == {
        "Finding": "abc",
        "Authority": "York",
        "Theme": "Leadership",
        "Quality statement": "Learning, improvement and innovation",
        "Score": "3",
        "Score description": "Evidence shows a good standard",
        "Heading": "Learning from feedback",
        "Text": "Staff “learned” 12%, they said.",
        "Assessment date": "2025-12",
        "Assessment kind": "Formal",
        "Topics (inferred)": "Co-production; Peer review",
        "Evidence (inferred)": "Staff and leaders",
        "Figures (inferred)": "12%",
        "Link": "https://example.org/findings/abc/",
        "Source": "© Care Quality Commission",
    }


def test_what_is_not_known_is_empty() -> None:
    finding = _finding()._replace(score=None, authority=None, name=None, published="")

    row = dict(zip(exports.HEADER, exports.row(finding, str), strict=True))

    assert row["Score"] == row["Assessment date"] == ""
    assert row["Authority"] == "Authority not identified"


def test_starts_with_a_byte_order_mark_for_excel() -> None:
    assert next(exports.csv_lines([], str)).startswith("\ufeffFinding,")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＠"])
def test_a_cell_never_starts_a_formula(start: str) -> None:
    assert exports.safe_cell(f"{start}HYPERLINK()") == f"'{start}HYPERLINK()"


@pytest.mark.parametrize("start", [" =", "  @", "\u00a0=", "\u200b+"])
def test_blanks_do_not_hide_a_formula(start: str) -> None:
    assert exports.safe_cell(f"{start}1").startswith("'")


@pytest.mark.parametrize("text", ["", "Score 2 = some shortfalls", "’tis", "3"])
def test_other_cells_stay_as_they_are(text: str) -> None:
    assert exports.safe_cell(text) == text


def _finding() -> ListedFinding:
    return ListedFinding(
        public_id="abc",
        position=0,
        heading="Learning from feedback",
        text="Staff “learned” 12%, they said.",
        topics=["co-production", "peer-review"],
        evidence=["staff-and-leaders"],
        figures=["12%", "not there"],
        statement="learning",
        score=3,
        published="2025-12",
        kind="formal",
        authority="york",
        name="York",
    )
