"""Public ids are made from content and from nothing else."""

from hypothesis import given
from hypothesis import strategies as st

from reports.facts.identifiers import LENGTH, allocate, normalise, public_id


def test_an_id_is_short_and_safe_in_an_address():
    made = public_id("finding", "learning", "Staff told us about training.")

    assert made == "m7aglzmouedw"
    assert len(made) == LENGTH


def test_a_change_of_format_keeps_the_id():
    plain = public_id("finding", "learning", "The 'three conversations' model - it works")
    printed = public_id("finding", "learning", "The ‘three conversations’\nmodel – it  works")

    assert plain == printed


def test_another_statement_or_kind_gives_another_id():
    ids = {
        public_id(kind, statement, "The same words.")
        for kind in ("finding", "section")
        for statement in ("learning", "equity")
    }

    assert len(ids) == 4


def test_equal_texts_get_ids_of_their_own_in_the_order_they_came():
    first, second = allocate("finding", "learning", ["Same.", "Same."], lambda ids: [])

    assert first == public_id("finding", "learning", "Same.", 0)
    assert second == public_id("finding", "learning", "Same.", 1)


def test_an_id_in_use_is_passed_over():
    taken = {public_id("finding", "learning", "Same.", 0)}

    [made] = allocate("finding", "learning", ["Same."], lambda ids: ids & taken)

    assert made == public_id("finding", "learning", "Same.", 1)


def test_the_same_text_of_another_assessment_is_named_by_that_at_once():
    asked = []

    def find_taken(ids):
        asked.append(ids)
        return ids & {public_id("finding", "learning", "Same.", 0)}

    [made] = allocate("finding", "learning", ["Same."], find_taken, "barnet")

    assert made == public_id("finding", "learning", "Same.", 1, "barnet")
    assert len(asked) == 2


@given(st.lists(st.text(max_size=5), max_size=12))
def test_ids_are_distinct_and_one_a_text(texts):
    ids = allocate("finding", "learning", texts, lambda ids: [])

    assert len(ids) == len(texts) == len(set(ids))


@given(st.text())
def test_normalising_twice_changes_nothing(text):
    assert normalise(normalise(text)) == normalise(text)
