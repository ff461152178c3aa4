from hypothesis import given
from hypothesis import strategies as st

from reports.management.invented import effects
from reports.management.invented.corpus import corpus
from reports.reading.over_time import Passage, aligned, bag, counts, overlap

TEXTS = st.lists(st.text(alphabet="abcdef ", max_size=12), max_size=6)


def passages(texts):
    return [Passage(text, "") for text in texts]


def kinds(then, now):
    return [
        (pair.kind, pair.then.text if pair.then else None, pair.now.text if pair.now else None)
        for pair in aligned(passages(then), passages(now))
    ]


def test_what_stayed_came_and_went_in_the_order_of_now():
    long = "staff said that the panel met each week to look at the plans"

    assert kinds(
        ["one thing here", "carers waited for months", long],
        ["new words altogether", f"{long} again", "one thing here"],
    ) == [
        ("new", None, "new words altogether"),
        ("reworded", long, f"{long} again"),
        ("same", "one thing here", "one thing here"),
        ("gone", "carers waited for months", None),
    ]


@given(TEXTS, TEXTS)
def test_every_passage_of_both_stands_once(then, now):
    pairs = aligned(passages(then), passages(now))

    assert sorted(pair.then.text for pair in pairs if pair.then) == sorted(then)
    assert [pair.now.text for pair in pairs if pair.now] == now
    assert all(pair.then or pair.now for pair in pairs)


@given(st.lists(st.text(alphabet="abc ", min_size=1, max_size=8).filter(str.strip), unique=True))
def test_an_unchanged_text_is_all_the_same(texts):
    pairs = aligned(passages(texts), passages(texts))

    assert {pair.kind for pair in pairs} <= {"same"}


@given(st.text(max_size=30), st.text(max_size=30))
def test_overlap_goes_both_ways_and_stays_in_its_bounds(one, other):
    there = overlap(bag(one), bag(other))

    assert there == overlap(bag(other), bag(one))
    assert 0 <= there <= 1


def test_the_planted_changes_of_an_earlier_report_are_found():
    made = corpus()
    earlier = made.reports[: effects.EARLIER]
    later = {report.authority.slug: report for report in made.reports[effects.EARLIER :]}
    for before in earlier:
        after = later[before.authority.slug]
        for old, new in zip(before.sections, after.sections, strict=True):
            found = counts(
                aligned(
                    passages([one.text for one in old.paragraphs]),
                    passages([one.text for one in new.paragraphs]),
                )
            )
            assert found["same"] >= effects.KEPT
            assert found["same"] + found["reworded"] >= effects.KEPT + effects.REWORDED
