"""The five seed texts, which are CQC's findings on Learning, improvement and innovation."""

import json
from collections import Counter
from pathlib import Path

import pytest

from reports.facts.identifiers import public_id
from reports.parsing import parse_report, unparsed_characters
from reports.parsing.records import ParagraphRecord
from tests.parsing.samples import SEEDS, seed_text

DEVELOPMENT = "Continuous learning, improvement and professional development"
FEEDBACK = "Learning from feedback"
SEED_FINDINGS = Path(__file__).parents[1] / "fixtures" / "seed_findings.json"


@pytest.mark.parametrize(
    ("number", "score", "development", "feedback", "authority"),
    [
        (0, 2, 9, 9, "haringey"),
        (1, 3, 16, 6, None),
        (2, 2, 6, 4, None),
        (3, 3, 11, 6, "harrow"),
        (4, 3, 9, 7, "northumberland"),
    ],
)
def test_seed_gives_its_section(number, score, development, feedback, authority):
    text = seed_text(number)
    record = parse_report(text, SEEDS[number].name)
    (section,) = record.sections

    assert (section.statement, section.score) == ("learning", score)
    assert Counter(paragraph.heading for paragraph in section.paragraphs) == {
        DEVELOPMENT: development,
        FEEDBACK: feedback,
    }
    assert record.identification.authority == authority
    assert (record.published, record.kind, record.problems) == ("", "formal", ())
    assert unparsed_characters(text, record) == 0


def test_seed_set_line_by_line_has_its_paragraphs_joined():
    (section,) = parse_report(seed_text(3)).sections
    ends = [
        (paragraph.text[:22], " ".join(paragraph.text.split()[-3:]))
        for paragraph in section.paragraphs
    ]
    assert ends == [
        ("Staff told us about a ", "appropriately with people."),
        ("They believed there we", "workloads felt manageable."),
        ("Local authority staff ", "the local authority."),
        ("Other staff told us th", "develop their relationships."),
        ("There was support for ", "to their practice."),
        ("Senior leaders told us", "by their managers."),
        ("The local authority of", "occupational therapy assessments."),
        ("Newly qualified staff ", "less from managers."),
        ("Senior staff had overs", "and a barrister."),
        ("The local authority sh", "feedback from staff."),
        ("The local authority pa", "place in 2024."),
        ("Staff had given feedba", "been listened to."),
        ("Voluntary groups told ", "the actions required."),
        ("There were processes t", "planning and charging."),
        ("The local authority ha", "in 2022- 2023."),
        ("We heard how some memb", "the local authority."),
        ("The Local Government a", "been implemented late."),
    ]


def test_seed_keeps_what_was_printed_within_a_paragraph():
    (section,) = parse_report(seed_text(3)).sections
    texts = [paragraph.text for paragraph in section.paragraphs]

    assert "learning from audits, recent. examples had included training" in texts[8]
    assert "collective problem-solving. Formal complaints" in texts[13]
    assert "64 compliments in 2022- 2023." in texts[14]


def test_seeds_are_83_findings():
    sections = [parse_report(seed_text(number)).sections[0] for number in range(5)]
    assert sum(len(section.paragraphs) for section in sections) == 83


def test_seed_says_which_words_named_the_authority():
    identification = parse_report(seed_text(0)).identification
    assert identification.decided_by == "body"
    assert identification.evidence.startswith("Haringey ranked 15th nationally")


@pytest.mark.parametrize("number", range(5))
def test_seed_keeps_its_public_ids_headings_and_spans(number):
    """Permalinks contain these ids, so a change of the parser must not change them."""
    (section,) = parse_report(seed_text(number), SEEDS[number].name).sections
    kept = json.loads(SEED_FINDINGS.read_text())[SEEDS[number].stem]

    assert [_identity(section.statement, paragraph) for paragraph in section.paragraphs] == kept


def _identity(statement: str, paragraph: ParagraphRecord) -> str:
    spans = (f"{start}-{end}" for start, end in paragraph.spans)
    public = public_id("finding", statement, paragraph.text)
    return " ".join((public, paragraph.heading.split()[0], *spans))
