"""Findings name the authority they are about, or only mention another one."""

import pytest

from reports.parsing import parse_report
from reports.parsing.records import DecidedBy, Identification
from tests.parsing.samples import problem_codes, section_text

OPENING = "The local authority had a plan."


def _identified(*paragraphs: str) -> str | None:
    return parse_report(section_text(OPENING, *paragraphs)).identification.authority


@pytest.mark.parametrize(
    ("sentence", "authority"),
    [
        ("Haringey ranked 15th nationally based on average responses.", "haringey"),
        ("Harrow also had a commitment to supporting development.", "harrow"),
        (
            "For example, Northumberland's social work academy received a visit in March 2023.",
            "northumberland",
        ),
        ("Northumberland’s academy was clear about its aims.", "northumberland"),
        ("Northumberland were in the early stages of understanding inequality.", "northumberland"),
        ("Northumberland was a local authority seeking to learn.", "northumberland"),
        ("North Yorkshire recorded 12 compliments.", "north-yorkshire"),
        ("Central Bedfordshire scored highly for supervision.", "central-bedfordshire"),
        ("South Gloucestershire had a settled workforce.", "south-gloucestershire"),
        ("Leaders said that Kent had few vacancies.", "kent"),
        ("However, St. Helens had not met its target.", "st-helens"),
        ("Reading Borough Council had a new strategy.", "reading"),
        ("It was agreed that Reading had a new strategy.", "reading"),
        ("Hammersmith & Fulham was committed to learning.", "hammersmith-and-fulham"),
    ],
)
def test_name_as_subject_identifies(sentence, authority):
    assert _identified(sentence) == authority


@pytest.mark.parametrize(
    "sentence",
    [
        # Neighbours and other parties.
        "Camden had shared its tool.",
        "Camden had also shared its tool with others.",
        "Camden was a neighbouring borough with a tool of its own.",
        "Camden had a similar model.",
        "Camden was an example of good practice.",
        "Camden was visited by leaders.",
        "Camden had been invited to speak.",
        "Camden provided the training.",
        "Camden told us it had helped.",
        "Camden had a tool, and the local authority used it.",
        "Leaders met with Camden.",
        "The tool came from Camden.",
        "They learnt of Camden's tool.",
        "Of the five authorities, Camden had most vacancies.",
        "Along with other local authorities, Camden had a forum.",
        "Staff moved to Camden.",
        "Camden's hospitals were in the early stages of change.",
        "Camden's leaders had shared their tool.",
        "Camden's team of people from all over the wide county was clear.",
        "There was one more, Camden.",
        # Places.
        "They were champions for the adults in Harrow who receive support.",
        "Complaints rose in Northumberland, but fewer were upheld.",
        "People living near Derby had no bus.",
        "A Harrow-based charity was committed to the work.",
        # Longer proper names.
        "The University of Bristol was in the early stages of a study.",
        "The North London Councils had a programme.",
        "Involvement in The North London Councils (NLC) Adult Social Care Programme was ongoing.",
        "The Camden Carers Centre was clear about its role.",
        "Kent Police had a new unit.",
        "Leeds Beckett University had a course.",
        "Sandwell Hospital had a discharge team.",
        "Sandwell General Hospital had a discharge team.",
        "The Bradford Safeguarding Adults Board had a plan.",
        "The 'Haringey Deal' was clear.",
        "Disability Action Haringey was in the early stages.",
        "North Bristol NHS Trust had a plan.",
        "West Yorkshire was in the early stages.",
        "Greater Manchester had a joint plan.",
        "East Durham was in the early stages.",
        "The Lincolnshire Partnership had a plan.",
        "Avon and Somerset Constabulary had a plan.",
        "Devon and Cornwall had a plan.",
        "Newcastle-under-Lyme had a plan.",
        "Richmond Fellowship had a plan.",
        "Mr Sutton had a plan.",
        "Councillor Barnet was clear.",
        "Director Kent had a plan.",
        # Words that are names too.
        "Reading the plan, staff were pleased.",
        "Reading was encouraged in all teams.",
        "Reading had a place in the day.",
        "Bury was the word they used.",
        "Bath and shower equipment was in stock.",
        "A sandwell was nothing.",
        "HARROW had a plan.",
        "harrow had a plan.",
        # Parts of words.
        "Yorkshire had a plan.",
        "Bedfordshire had a plan.",
        "Kentish Town had a plan.",
        "Leicester's and Leicestershire's plans were clear.",
    ],
)
def test_mere_mention_does_not_identify(sentence):
    assert _identified(sentence) is None


def test_one_clear_candidate_outweighs_mere_mentions_of_others():
    assert (
        _identified(
            "Camden had shared its tool.",
            "Haringey ranked 15th nationally.",
            "Staff had moved from Barnet.",
        )
        == "haringey"
    )


def test_two_candidates_identify_nobody():
    assert _identified("Haringey ranked 15th.", "Harrow had a commitment to learning.") is None


def test_two_authorities_in_one_sentence_identify_nobody():
    assert _identified("Haringey ranked 15th, and Harrow was above it.") is None


def test_one_spoken_of_as_a_partner_elsewhere_is_not_the_one():
    assert _identified("Leaders had worked with Camden.", "Camden had a strong tool.") is None


def test_name_in_a_heading_or_a_commitment_does_not_identify():
    text = (
        "Safeguarding\nScore: 3\nThe local authority commitment\nWe are as Kent had a wish to be.\n"
        "Key findings for this quality statement\n\nHaringey and its plan\n\nStaff were trained."
    )
    assert parse_report(text).identification == Identification()


def test_body_is_recorded_as_what_decided():
    identification = parse_report(section_text("Haringey ranked 15th nationally.")).identification
    assert identification == Identification(
        "haringey", DecidedBy.BODY, "Haringey ranked 15th nationally."
    )


def test_title_decides_over_a_body_that_names_another():
    text = section_text("Haringey ranked 15th nationally.")
    record = parse_report(f"London Borough of Barnet: local authority assessment\n\n{text}")

    assert record.identification.authority == "barnet"
    assert record.identification.decided_by is DecidedBy.TITLE
    assert problem_codes(record) == ["authority-conflict"]
    assert record.problems[0].line == 1
    assert record.problems[0].message == (
        "The title says Barnet, but the body says Haringey (“Haringey ranked 15th nationally.”)."
    )
