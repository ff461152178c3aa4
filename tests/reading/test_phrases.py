import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.reading.phrases import LONGEST, clean, pattern, phrases, sentence_at


def test_phrases_are_one_to_four_words_and_begin_and_end_with_one_that_says_something():
    assert list(phrases("The panel met in the hall.")) == [
        "panel",
        "panel met",
        "met",
        "met in the hall",
        "hall",
    ]


def test_a_phrase_stays_within_a_clause():
    assert "care staff" not in list(phrases("They gave care. Staff said so."))
    assert "care staff" not in list(phrases("They gave care, staff said so."))


def test_numbers_are_not_words():
    assert list(phrases("In 2024 waits fell")) == ["waits", "waits fell", "fell"]


@given(st.text(alphabet="ab c.,’'-1\n", max_size=60))
def test_every_phrase_of_a_text_is_found_in_it_again(text):
    for phrase in phrases(text):
        assert len(phrase.split()) <= LONGEST
        assert clean(phrase) == phrase


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("The carers’ assessments were late", "carers"),
        ("People’s own words", "people's own words"),
        ("A PERSON-CENTRED plan", "person-centred plan"),
        ("On the same\tday", "same day"),
    ],
)
def test_a_phrase_is_found_however_it_is_written(text, phrase):
    assert pattern(phrase).search(text)


def test_a_word_within_another_is_not_found():
    assert not pattern("care").search("Carers were careful.")


def test_the_sentence_around_a_phrase():
    text = "First this. Then a panel met at last. And that."

    [place] = pattern("panel met").finditer(text)
    assert sentence_at(text, *place.span()) == ("Then a ", "panel met", " at last.")


@pytest.mark.parametrize(
    ("typed", "phrase"), [("  Panel  Met ", "panel met"), ("a. b", ""), ("", "")]
)
def test_what_a_reader_types_becomes_a_phrase(typed, phrase):
    assert clean(typed) == phrase
