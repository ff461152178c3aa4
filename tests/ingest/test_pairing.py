"""Paragraphs of two versions are paired by their content."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.ingest.pairing import match

STAFF = "Staff told us they had good access to training and to regular supervision."
PEOPLE = "People told us they waited a long time for an assessment of their needs."
DATA = "Local authority data showed that 40 people were waiting in March 2024."


def test_the_same_paragraphs_pair_in_order():
    assert match([STAFF, PEOPLE], [STAFF, PEOPLE]) == {0: 0, 1: 1}


def test_an_inserted_paragraph_disturbs_no_neighbour():
    assert match([STAFF, PEOPLE], [STAFF, DATA, PEOPLE]) == {0: 0, 2: 1}


def test_a_moved_paragraph_is_found():
    assert match([STAFF, PEOPLE, DATA], [DATA, STAFF, PEOPLE]) == {0: 2, 1: 0, 2: 1}


def test_a_reworded_paragraph_is_found():
    reworded = STAFF.replace("good access", "very good access")

    assert match([STAFF, PEOPLE], [PEOPLE, reworded]) == {0: 1, 1: 0}


def test_different_paragraphs_do_not_pair():
    assert match([STAFF], [DATA]) == {}


@pytest.mark.parametrize(("kept", "pairs"), [(11, {0: 0}), (10, {})])
def test_paragraphs_that_share_more_than_half_their_words_are_versions_of_one(kept, pairs):
    words = [f"word{number}" for number in range(20)]
    others = [f"other{number}" for number in range(20 - kept)]

    assert match([" ".join(words)], [" ".join([*words[:kept], *others])]) == pairs


def test_among_paragraphs_that_are_as_much_alike_the_nearest_is_the_same():
    old = [f"{STAFF} {letter}" for letter in "abc"]
    new = [f"{STAFF} {letter}" for letter in "xyz"]

    assert match(old, new) == {0: 0, 1: 1, 2: 2}
    assert match(old, [DATA, new[1]]) == {1: 1}


def test_paragraphs_without_words_are_the_same_only_in_their_order():
    assert match(["", ""], ["", "", ""]) == {0: 0, 1: 1}
    assert match([""], [STAFF]) == {}


def test_equal_paragraphs_pair_one_to_one():
    assert match([STAFF, STAFF], [STAFF, PEOPLE, STAFF]) == {0: 0, 2: 1}


def test_the_more_alike_of_two_wins():
    closer = STAFF.replace("regular", "frequent")
    further = STAFF.replace("good access to training", "some chances of training")

    assert match([STAFF], [further, closer]) == {1: 0}


texts = st.lists(st.sampled_from([STAFF, PEOPLE, DATA, "", "One.", "One. Two."]), max_size=8)


@given(texts, texts)
def test_no_paragraph_is_paired_twice_and_every_equal_one_is_paired(old, new):
    pairs = match(old, new)

    assert len(set(pairs.values())) == len(pairs)
    for text in set(old) & set(new):
        paired = sum(new[n] == text == old[o] for n, o in pairs.items())
        assert paired == min(old.count(text), new.count(text))


def test_many_changed_paragraphs_are_matched_in_little_time():
    old = [_paragraph(number) for number in range(2000)]
    new = [f"{text} A sentence was added at the end." for text in old]
    started = time.process_time()

    pairs = match(old, list(reversed(new)))

    assert pairs == {1999 - number: number for number in range(2000)}
    assert time.process_time() - started < 10


def _paragraph(number: int) -> str:
    """Words that many paragraphs share, and some that few do."""
    common = f"People told us that staff in team {number % 7} had listened to them in {number % 11}"
    rare = " ".join(f"w{number * step % 1999}" for step in (3, 5, 7, 11, 13, 17))
    return f"{common} visits about {rare}."
