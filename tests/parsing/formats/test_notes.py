"""Footnotes and endnotes from the file to the record, as each format writes them."""

import pytest

from reports.parsing import parse_report
from reports.parsing.formats import read_html, read_pdf, read_word
from reports.parsing.formats.text import read_markdown, read_plain_text
from tests.fixtures.layouts.page import Block, Kind, Page, page
from tests.fixtures.layouts.word_notes import with_notes
from tests.fixtures.layouts.write import write_html, write_markdown, write_pdf, write_word

MARKED = "In the survey{^1} of carers, 4 of 10 had felt alone, and fewer had slept{^2} well."
PLAIN = "In the survey of carers, 4 of 10 had felt alone, and fewer had slept well."
NOTES = ("Survey of adult carers in England, 2023.", "Carers UK, 2024.")


def _report() -> Page:
    made = page(3)
    made.insert(Block(Kind.PARAGRAPH, MARKED), after=1)
    made.closing.append(Block(Kind.NOTES, items=NOTES))
    return made


@pytest.mark.parametrize(
    "text",
    [
        lambda: read_word(with_notes("footnote")(write_word(_report()))).text,
        lambda: read_word(with_notes("endnote")(write_word(_report()))).text,
        lambda: read_pdf(write_pdf(_report())).text,
        lambda: read_pdf(write_pdf(_report(), columns=2)).text,
        lambda: read_html(write_html(_report())).text,
        lambda: read_markdown(write_markdown(_report())).text,
    ],
    ids=["Word's footnotes", "Word's endnotes", "PDF", "PDF in columns", "html", "Markdown"],
)
def test_marks_leave_the_findings_and_notes_stand_apart(text):
    record = parse_report(text())
    (section,) = record.sections

    assert section.paragraphs[0].text == PLAIN
    assert len(section.paragraphs) == 5
    assert section.notes == NOTES
    assert record.problems == ()


def test_raised_marks_of_a_text_are_notes_and_those_of_units_are_not():
    text = (
        "People agreed.¹ The survey² was of 12 km² at 3 m².\n\n¹ Survey of carers.\n ²Carers UK.\n"
    )

    assert read_plain_text(text.encode()).text == (
        "People agreed. The survey was of 12 km² at 3 m².\n\n[^1]: Survey of carers.\n"
        "[^2]: Carers UK.\n"
    )


def test_words_footnotes_are_in_the_document_and_not_typed():
    """This makes sure that the test above tries what Word writes."""
    typed, real = write_word(_report()), with_notes("footnote")(write_word(_report()))

    assert read_word(typed).text != read_word(real).text
    assert b"word/footnotes.xml" in real
