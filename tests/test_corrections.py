"""The three-way merge: an untouched field follows the parser, an edit stays."""

from hypothesis import given
from hypothesis import strategies as st

from reports.corrections import Merged, merge


def test_an_untouched_field_follows_the_parser():
    assert merge("old", "new", "old") == Merged("new")


def test_an_edit_stays():
    assert merge("old", "old", "edited") == Merged("edited")


def test_an_edit_stays_and_the_editor_is_asked_where_the_parser_moved_too():
    assert merge("old", "new", "edited") == Merged("edited", conflict=True)


def test_a_parser_that_comes_to_agree_with_the_edit_is_no_conflict():
    assert merge("old", "edited", "edited") == Merged("edited")


values = st.integers(0, 2)


@given(values, values, values)
def test_an_edited_value_is_never_replaced(base, parsed, current):
    merged = merge(base, parsed, current)

    if current != base:
        assert merged.value == current
