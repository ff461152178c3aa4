import pytest

from reports.management.invented.corpus import corpus
from reports.reading.profiles import profiles
from reports.reading.tensions import against_score, measure_key, tensions, two_voices
from tests.reading import making


def test_the_planted_voices_are_found():
    found = {
        one.authority
        for one in two_voices(making.profiles(), making.coverage())
        if {side.topic for side in one.sides} == {"complaints"}
    }

    assert set(corpus().chosen["two_voices"]) <= found


def test_each_voice_is_a_recount():
    reports = {report.authority.slug: report for report in making.reports()}

    for one in two_voices(making.profiles(), making.coverage()):
        for side in one.sides:
            tones = [
                paragraph.tone
                for section in reports[one.authority].sections
                if section.statement.slug == side.statement
                for paragraph in section.paragraphs
                if paragraph.topic == side.topic
            ]
            assert tones.count(side.tone) >= 2
            assert set(tones) == {side.tone}


def test_the_planted_findings_against_a_score_are_found():
    found = {
        one.authority
        for one in against_score(making.profiles(), making.coverage())
        if one.sides[0].statement == "equity"
    }

    assert set(corpus().chosen["against_score"]) <= found


def test_few_scores_are_questioned_where_nothing_was_planted():
    planted = set(corpus().chosen["against_score"])
    found = [
        one
        for one in against_score(making.profiles(), making.coverage())
        if one.authority not in planted
    ]

    assert len(found) < 0.06 * 9 * len(making.profiles())


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("the vacancy rate", "Vacancy rate of", True),
        ("people waiting for an assessment", "people waiting for a review", False),
        ("complaints in 2024", "complaints in 2025", True),
    ],
)
def test_noun_phrases_measure_the_same_by_their_words(one, other, same):
    assert (measure_key(one) == measure_key(other)) is same


@pytest.mark.django_db
def test_the_seeds_raise_no_question_that_has_no_two_sides(seeded):
    for one in tensions(profiles()).found:
        assert one.sides[0] != one.sides[1]
