"""What is inferred about a finding, and the reason that is given for it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.facts import inferred
from reports.facts.framework import EVIDENCE_CATEGORIES
from reports.facts.taxonomy import EVIDENCE_RULES, GROUPS, TONES, TOPICS
from reports.inference import Inference, explain, infer
from reports.parsing import parse_report
from tests.parsing.samples import seed_text

LEARNING = "Continuous learning, improvement and professional development"


def _slugs(text: str, field: str, heading: str = "", statement: str = "") -> tuple[str, ...]:
    found = explain(text, heading, statement)
    return tuple(inference.slug for inference in found if inference.field == field)


def test_the_topics_are_the_old_sixteen_and_twenty_one_more():
    slugs = [topic.slug for topic in TOPICS]
    assert slugs[:2] == ["co-production", "complaints"]
    assert slugs[15:18] == [
        "boards-and-forums",
        "waiting-times",
        "market-shaping-and-commissioning",
    ]
    assert len(slugs) == len(set(slugs)) == 37
    assert all(topic.name and topic.description and topic.phrases for topic in TOPICS)


def test_evidence_categories_are_those_of_the_framework():
    assert [(rule.slug, rule.name) for rule in EVIDENCE_RULES] == [
        (category.slug, category.name) for category in EVIDENCE_CATEGORIES
    ]


@pytest.mark.parametrize("rule", [*TOPICS, *GROUPS, *TONES], ids=lambda rule: rule.slug)
def test_each_phrase_stands_once(rule):
    phrases = (*rule.phrases, *rule.weak)
    assert sorted(set(phrases)) == sorted(phrases)


@pytest.mark.parametrize("rule", [*TOPICS, *GROUPS], ids=lambda rule: rule.slug)
def test_each_phrase_finds_itself_or_what_it_begins_with(rule):
    for phrase in rule.phrases:
        sample = re.sub(r"\*", "", phrase)
        field = "topics" if rule in TOPICS else "groups"
        ignored = any(sample in words for words in rule.ignored)
        assert ignored or rule.slug in _slugs(f"{sample}. {sample}", field), phrase


@pytest.mark.parametrize(
    "text",
    [
        "Co-production was new.",
        "Coproduction was new.",
        "They worked in co production.",
        "A co‑produced plan.",
        "A CO-PRODUCED plan.",
    ],
)
def test_hyphen_space_and_case_do_not_matter(text):
    assert "co-production" in _slugs(text, "topics")


def test_space_in_a_phrase_may_be_a_hyphen():
    assert _slugs("A peer-review took place.", "topics") == ("peer-review",)


def test_apostrophes_do_not_matter():
    assert "unpaid-carers" in _slugs("It was on carers’ rights.", "topics")


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("The constraint was clear.", "training"),
        ("Sarah told us.", "safeguarding-learning"),
        ("The employer’s equipment was new.", "peer-review"),
        ("The carer agency was rated good.", "unpaid-carers"),
        ("The strategy was inclusive of all sites.", "equality-and-inclusion"),
        ("The vacant room was let.", "staff-wellbeing"),
        ("Partners told us it was late.", "partnership-working"),
        ("They listened to people's voices.", "boards-and-forums"),
        ("The joint strategic needs assessment was new.", "assessment-and-care-planning"),
    ],
)
def test_words_that_look_alike_do_not_make_a_topic(text, topic):
    assert topic not in _slugs(text, "topics")


def test_a_passing_mention_is_not_a_topic():
    text = (
        "Direct payments were simple to set up. People used a direct payment to employ a personal "
        "assistant of their choice. The direct payments team also ran a training day."
    )
    assert _slugs(text, "topics") == ("direct-payments",)


def test_a_sub_heading_is_enough_for_its_topic():
    text = "It was slow for most people."
    assert _slugs(text, "topics") == ()
    assert _slugs(text, "topics", heading="Direct payments") == ("direct-payments",)


def test_a_sub_heading_of_many_topics_is_not():
    assert _slugs("It was slow for most people.", "topics", heading=LEARNING) == ()


def test_the_weightiest_topic_comes_first():
    text = (
        "Hospital discharge was slow and delayed discharges rose. Advocates were seldom called, "
        "and advocacy came late."
    )
    assert _slugs(text, "topics") == ("hospital-discharge", "advocacy")


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("Autistic people waited.", "learning-disability-and-autism"),
        ("Support for people with dementia grew.", "dementia"),
        ("Deaf people could not ring.", "physical-and-sensory-impairment"),
        ("Older people were lonely.", "older-people"),
        ("Mental health social workers left.", "mental-health"),
        ("The transitions team knew young people well.", "young-people-in-transition"),
    ],
)
def test_groups_of_people(text, group):
    assert group in _slugs(text, "groups")


def test_the_reason_quotes_the_words_as_printed():
    text = "Partners told us Coproduction was not clear. A partner told us co-production was new."
    assert explain(text) == (
        Inference("topics", "co-production", ("Coproduction", "co-production")),
        Inference("evidence", "partners", ("Partners told us", "A partner told us")),
        Inference("tone", "shortfall", ("not clear",)),
    )


def test_the_reason_quotes_a_dozen_phrases_and_no_more():
    (topic, *_) = explain(" ".join(f"co-production{letter}" for letter in "abcdefghijklmnop"))
    assert len(topic.phrases) == 12


def test_letters_that_grow_in_lower_case_do_no_harm():
    (topic, *_) = explain("İİİ co-production")
    assert topic == Inference("topics", "co-production", ("co-production",))


def test_records_carry_the_labels():
    (section,) = parse_report(seed_text(0)).sections
    first = section.paragraphs[0]
    assert first.labels == infer(first.text, first.heading, section.statement)
    assert (first.labels.topics, first.labels.tone) == (("co-production",), "shortfall")


@pytest.mark.parametrize("number", range(5))
def test_most_findings_of_the_seeds_have_a_topic(number):
    (section,) = parse_report(seed_text(number)).sections
    untagged = [paragraph for paragraph in section.paragraphs if not paragraph.labels.topics]
    assert len(untagged) <= 1


@given(st.text(alphabet="abc waited told us staff not. ,’%£0123456789\n", max_size=400))
def test_any_text_gets_labels_that_are_declared(text):
    labels = infer(text)
    for field in inferred.FIELDS:
        value = getattr(labels, field.name)
        if field.quotes:
            assert all(words in text for words in value)
        else:
            assert set(value if field.many else filter(None, [value])) <= set(field.choices)
