"""A press release is refused. A report that quotes one is not."""

import pytest

from reports.parsing import ReadError, parse_report
from tests.parsing.samples import section_text

QUOTED = (
    "The authority's website says that the Care Quality Commission has rated a service, and gives "
    "the number of the press office for media enquiries, with notes to editors."
)


def test_a_report_whose_findings_use_a_releases_phrases_is_read():
    [section] = parse_report(section_text(QUOTED)).sections

    assert [paragraph.text for paragraph in section.paragraphs] == [QUOTED]


def test_the_same_phrases_without_findings_are_a_release():
    with pytest.raises(ReadError) as caught:
        parse_report(f"Learning, improvement and innovation\n\nScore: 3\n\n{QUOTED}")

    assert caught.value.code == "press-release"


def test_one_phrase_alone_is_not_a_release():
    text = "Learning, improvement and innovation\n\nScore: 3\n\nThe press office answers calls."
    record = parse_report(text)

    assert [section.statement for section in record.sections] == ["learning"]


def test_the_same_phrases_after_a_commitment_are_a_report():
    commitment = "The local authority commitment\n\nWe focus on learning and improvement."
    text = f"Learning, improvement and innovation\n\nScore: 3\n\n{commitment}\n\n{QUOTED}"
    [section] = parse_report(text).sections

    assert [paragraph.text for paragraph in section.paragraphs] == [QUOTED]
