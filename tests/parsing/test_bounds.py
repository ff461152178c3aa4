"""Text that is too long for a report becomes a problem or an error, and is never cut in silence."""

import pytest

from reports.parsing import ReadError, parse_report, read_document
from reports.parsing.headings import MAX_FINDING, MAX_HEADING
from reports.parsing.report import MAX_PROBLEMS, MAX_SECTIONS
from tests.parsing.samples import findings, section_text

FINDING = "People waited for a first call."


def words(characters: int) -> str:
    """A sentence of so many characters."""
    return ("Carers waited and " * characters)[: characters - 4] + "end."


@pytest.mark.parametrize(("more", "kept"), [(0, 2), (1, 1)])
def test_a_finding_is_as_long_as_a_finding_can_be(more: int, kept: int) -> None:
    text = section_text(FINDING, words(MAX_FINDING + more))

    assert len(findings(text)) == kept
    said = [problem.message for problem in parse_report(text).problems]
    assert any("more than 20,000 characters" in message for message in said) is bool(more)


@pytest.mark.parametrize(("more", "headings"), [(0, 1), (1, 0)])
def test_a_heading_is_as_long_as_a_heading_can_be(more: int, headings: int) -> None:
    heading = words(MAX_HEADING + more).rstrip(".") + "s"
    page = (
        "<h1>Harrow</h1><h2>Learning, improvement and innovation</h2><p>Score: 3</p>"
        f"<h3>Key findings for this quality statement</h3><h4>{heading}</h4><p>{FINDING}</p>"
    )
    record = parse_report(read_document(page.encode(), "page.html").text)

    [section] = record.sections
    assert [paragraph.heading for paragraph in section.paragraphs if paragraph.heading] == (
        [heading] * headings
    )
    said = [problem.message for problem in record.problems]
    assert any("more than 300 characters" in message for message in said) is bool(more)


def test_the_first_of_many_problems_are_shown_and_the_rest_counted() -> None:
    text = section_text(FINDING, *[words(MAX_FINDING + 1)] * (MAX_PROBLEMS + 3))

    problems = parse_report(text).problems

    assert len(problems) == MAX_PROBLEMS + 1
    assert problems[-1].code == "more-problems"
    assert "more problems" in problems[-1].message


def test_a_text_of_more_sections_than_any_report_is_refused() -> None:
    assert len(parse_report("\n\n".join([section_text(FINDING)] * MAX_SECTIONS)).sections) == 100
    with pytest.raises(ReadError, match="101 sections; a report has 9") as refused:
        parse_report("\n\n".join([section_text(FINDING)] * (MAX_SECTIONS + 1)))
    assert refused.value.code == "too-large"
