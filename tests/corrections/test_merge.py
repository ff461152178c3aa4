"""The three-way merge keeps an edit, and takes what the parser reads if nobody edited the field."""

from hypothesis import given
from hypothesis import strategies as st

from reports.corrections import merge


def test_an_untouched_field_follows_the_parser():
    assert merge("old", "new", "old") == "new"


def test_an_edit_stays():
    assert merge("old", "new", "edited") == "edited"


def test_an_edit_that_the_parser_agreed_with_stays_when_it_changes_its_mind():
    assert merge("edited", "old", "edited", edited=True) == "edited"


values = st.integers(0, 2)


@given(values, values, values)
def test_a_value_that_differs_from_the_last_reading_is_never_replaced(base, parsed, current):
    if current != base:
        assert merge(base, parsed, current) == current
