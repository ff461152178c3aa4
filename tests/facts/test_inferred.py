"""The list of inferred values, and the columns and forms that follow from it."""

from dataclasses import fields

import pytest

from reports.facts import inferred
from reports.inference import Labels
from reports.models import Finding, Paragraph


def test_labels_and_rows_have_each_value():
    assert tuple(field.name for field in fields(Labels)) == inferred.NAMES
    for model in (Paragraph, Finding):
        assert set(inferred.NAMES) <= {field.name for field in model._meta.fields}


def test_a_slug_that_left_its_list_stands_for_itself():
    assert inferred.TOPICS.names(["feedback-and-surveys", "phrenology"]) == [
        inferred.TOPICS.choices["feedback-and-surveys"],
        "phrenology",
    ]


def test_a_single_value_is_named_like_a_list_of_one():
    assert inferred.TONE.names("mixed") == ["Mixed"]
    assert inferred.TONE.names("") == []


def test_words_that_the_text_lacks_are_left_out():
    assert inferred.FIGURES.within(["40 people", "50%"], "40 people waited.") == ["40 people"]
    assert inferred.TOPICS.within(["complaints"], "40 people waited.") == ["complaints"]


@pytest.mark.parametrize(
    ("one", "other", "joined"),
    [
        ("strength", "strength", "strength"),
        ("strength", "shortfall", "mixed"),
        ("", "shortfall", "shortfall"),
        ("strength", "", "strength"),
        ("", "", ""),
    ],
)
def test_two_tones_become_one(one, other, joined):
    assert inferred.TONE.joined(one, other) == joined


def test_two_lists_become_one():
    assert inferred.GROUPS.joined(["dementia"], ["older-people", "dementia"]) == [
        "dementia",
        "older-people",
    ]
