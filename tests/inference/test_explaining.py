"""Topics and evidence: what the rules find, and what they must not."""

import re

import pytest

from reports.facts.framework import EVIDENCE_CATEGORIES
from reports.facts.taxonomy import EVIDENCE_RULES, TOPICS
from reports.inference import Inference, explain
from reports.parsing import parse_report
from tests.parsing.samples import seed_text

SLUGS = (
    *("co-production", "complaints", "training", "career-pathways", "recruitment-and-retention"),
    *("staff-wellbeing", "peer-review", "feedback-and-surveys", "unpaid-carers"),
    *("equality-and-inclusion", "technology-and-innovation", "safeguarding-learning"),
    *("partnership-working", "practice-quality", "leadership-and-culture", "boards-and-forums"),
)


def _slugs(text: str, kind: str) -> tuple[str, ...]:
    return tuple(inference.slug for inference in explain(text) if inference.kind == kind)


def test_topics_are_the_sixteen():
    assert tuple(topic.slug for topic in TOPICS) == SLUGS
    assert all(topic.name and topic.description and topic.phrases for topic in TOPICS)


def test_evidence_categories_are_those_of_the_framework():
    assert [(rule.slug, rule.name) for rule in EVIDENCE_RULES] == [
        (category.slug, category.name) for category in EVIDENCE_CATEGORIES
    ]


@pytest.mark.parametrize("rule", [*TOPICS, *EVIDENCE_RULES], ids=lambda rule: rule.slug)
def test_each_phrase_finds_itself_and_stands_once(rule):
    assert len(set(rule.phrases)) == len(rule.phrases)
    for phrase in rule.phrases:
        sample = re.sub(r"\*", "", phrase)
        assert rule.slug in {inference.slug for inference in explain(sample)}, phrase


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
    assert "co-production" in _slugs(text, "topic")


def test_space_in_a_phrase_may_be_a_hyphen():
    assert _slugs("A peer-review took place.", "topic") == ("peer-review",)


def test_apostrophes_do_not_matter():
    assert "unpaid-carers" in _slugs("It was on carers’ rights.", "topic")


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("The constraint was clear.", "training"),
        ("Sarah told us.", "safeguarding-learning"),
        ("The employer’s equipment was new.", "peer-review"),
        ("The carer agency was rated good.", "unpaid-carers"),
        ("Good practice was recognised nationally.", "practice-quality"),
        ("The strategy was inclusive of all sites.", "equality-and-inclusion"),
        ("The vacant room was let.", "recruitment-and-retention"),
        ("Partners told us it was late.", "partnership-working"),
        ("They listened to people's voices.", "boards-and-forums"),
    ],
)
def test_words_that_look_alike_do_not_make_a_topic(text, topic):
    assert topic not in _slugs(text, "topic")


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        ("People told us they waited.", ("people",)),
        ("Unpaid carers reported delays.", ("people",)),
        ("Staff told us they were trained.", ("staff-and-leaders",)),
        ("Frontline staff consistently reported support.", ("staff-and-leaders",)),
        ("Senior leaders also told us of plans.", ("staff-and-leaders",)),
        ("Partners told us they were heard.", ("partners",)),
        ("Voluntary groups told us it was slow.", ("partners",)),
        ("National data showed a rise.", ("processes",)),
        ("Staff survey results were mixed.", ("processes",)),
        (
            "People told us one thing, staff told us another, and national data a third.",
            ("people", "staff-and-leaders", "processes"),
        ),
        ("The room was painted.", ()),
        ("The local authority sought feedback from people.", ()),
    ],
)
def test_evidence_is_told_by_who_is_said_to_have_spoken(text, evidence):
    assert _slugs(text, "evidence") == evidence


def test_explanation_quotes_the_words_as_printed():
    text = "Partners told us Coproduction was new. A partner told us co-production was not."
    assert explain(text) == (
        Inference("co-production", "topic", ("Coproduction", "co-production")),
        Inference("partners", "evidence", ("Partners told us", "partner told us")),
    )


def test_explanation_quotes_a_dozen_phrases_and_no_more():
    (inference,) = explain(" ".join(f"co-production{letter}" for letter in "abcdefghijklmnop"))
    assert len(inference.phrases) == 12


def test_letters_that_grow_in_lower_case_are_no_obstacle():
    (topic, *_) = explain("İİİ co-production")
    assert topic == Inference("co-production", "topic", ("co-production",))


def test_records_carry_them_in_the_order_of_their_lists():
    (section,) = parse_report(seed_text(0)).sections
    assert [(p.labels.topics, p.labels.evidence) for p in section.paragraphs[:3]] == [
        (("co-production",), ("staff-and-leaders", "partners")),
        (
            ("co-production", "feedback-and-surveys", "equality-and-inclusion"),
            ("staff-and-leaders",),
        ),
        (
            ("co-production", "training", "unpaid-carers", "boards-and-forums"),
            ("people", "staff-and-leaders", "partners"),
        ),
    ]


@pytest.mark.parametrize("number", range(5))
def test_most_findings_of_the_seeds_have_a_topic(number):
    (section,) = parse_report(seed_text(number)).sections
    untagged = [paragraph for paragraph in section.paragraphs if not paragraph.labels.topics]
    assert len(untagged) <= 1


def test_topics_tell_findings_apart():
    findings = [p for n in range(5) for p in parse_report(seed_text(n)).sections[0].paragraphs]
    counts = {slug: sum(slug in p.labels.topics for p in findings) for slug in SLUGS}
    assert min(counts.values()) >= 5
    assert max(counts.values()) <= len(findings) / 2
