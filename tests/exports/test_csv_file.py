import pytest

from reports.exports.csv_file import safe_cell


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＠"])
def test_a_formula_is_marked_as_text(start: str) -> None:
    assert safe_cell(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize("blank", [" ", "\u00a0", "\u200b", "\ufeff"])
def test_a_formula_after_a_blank_is_one_too(blank: str) -> None:
    assert safe_cell(f"{blank}=1+1") == f"'{blank}=1+1"


@pytest.mark.parametrize("text", ["", "1+1", "Staff = people", "# Query: =1"])
def test_other_cells_stay_as_they_are(text: str) -> None:
    assert safe_cell(text) == text
