"""How lines become paragraphs."""

import textwrap

import pytest

from reports.parsing import parse_report
from tests.parsing.samples import (
    findings,
    headed_findings,
    only_section,
    problem_codes,
    section_text,
    variant_text,
)

# The same three paragraphs in every test of wrapping. Their last lines leave room at 50 and 80.
FIRST = (
    "The invented team met on Mondays and wrote down what had gone well in the week before. It"
    " asked people what they would change, and it kept their answers in a book that all could read."
)
SECOND = (
    "Everyone had a turn at the book. Some drew in it, some pressed flowers, and one made a list of"
    " all the buses that had been late since the spring of the year in which the book was bought."
)
THIRD = (
    "By the autumn it was full. A second one was bought from the money that the team had put aside"
    " for cakes, which nobody minded once they had seen what was written."
)


def _wrapped(width: int, gap: str, *paragraphs: str) -> str:
    return gap.join(line for text in paragraphs for line in textwrap.wrap(text, width))


def test_blank_lines_part_wrapped_blocks():
    assert headed_findings(variant_text("wrapped-blocks.txt")) == [
        (
            "Understanding local needs",
            (
                "The first invented paragraph is set in a narrow column. It goes on after a short"
                " line, for the blank line decides. The last line of it ends the sentence so that"
                " no word would have fitted on it, not at all."
            ),
        ),
        (
            "Understanding local needs",
            "The second paragraph follows a blank line. Its own words are few.",
        ),
        (
            "Something the hints do not know and which is wrapped",
            (
                "The third paragraph was written by a well-known hand and speaks of information"
                " and of short- and long-term plans. The information was good."
            ),
        ),
    ]


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\r\n\r\n", "\n\n\n"])
@pytest.mark.parametrize("width", [50, 80])
def test_paragraphs_end_where_the_next_word_would_have_fitted(width, gap):
    text = section_text(_wrapped(width, gap, FIRST, SECOND, THIRD))
    assert findings(text) == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize("widths", [(50, 80), (80, 50)])
def test_width_is_measured_where_it_is_needed(widths):
    stretches = [_wrapped(width, "\n\n", FIRST, SECOND, THIRD) for width in widths]
    assert findings(section_text(*stretches)) == [FIRST, SECOND, THIRD] * 2


def test_sentence_that_fills_its_line_does_not_end_the_paragraph():
    lines = (
        "This invented line is as wide as the column itself is",
        "and the next one ends a sentence at the very margin.",
        "Extraordinarily, the paragraph goes on from there to",
        "end here.",
        "Another begins.",
    )
    assert findings(section_text(*lines)) == [" ".join(lines[:4]), lines[4]]


def test_full_stop_within_a_line_ends_nothing():
    lines = (
        "Learning came from several audits, recent. examples",
        "had included a visit by the invented fire brigade to",
        "the hall.",
        "Another begins.",
    )
    assert findings(section_text(*lines)) == [" ".join(lines[:3]), lines[3]]


@pytest.mark.parametrize(
    "one", ["It named Kent,", "It named Kent –", "It named (", "It named Kent &"]
)
def test_sentence_goes_on_in_a_capital_after_a_mark_that_ends_none(one):
    assert findings(section_text(f"{one}\nSurrey as well.")) == [f"{one} Surrey as well."]


def test_unknown_heading_among_lines_set_apart_is_a_heading():
    text = section_text(
        _wrapped(60, "\n\n", FIRST), "How the book was kept", _wrapped(60, "\n\n", SECOND, THIRD)
    )
    assert headed_findings(text) == [
        ("", FIRST),
        ("How the book was kept", SECOND),
        ("How the book was kept", THIRD),
    ]


def test_long_lines_are_paragraphs_whether_or_not_blank_lines_stand_between():
    apart = section_text(FIRST, SECOND, THIRD)
    assert findings(apart) == findings(apart.replace("\n\n", "\n")) == [FIRST, SECOND, THIRD]


def test_sentence_goes_on_over_a_blank_line():
    assert findings(section_text("Staff were", "trained well.")) == ["Staff were trained well."]


@pytest.mark.parametrize(
    ("one", "other", "joined"),
    [
        ("collective problem-", "solving was good.", "collective problem-solving was good."),
        ("more informa-", "tion. Information is.", "more information. Information is."),
        ("co-", "production. Coproduction is.", "coproduction. Coproduction is."),
        (
            "co-",
            "production. Coproduction or co-production.",
            "co-production. Coproduction or co-production.",
        ),
        ("from 2022-", "2023 on.", "from 2022-2023 on."),
        ("in 2022- 2023", "and on.", "in 2022- 2023 and on."),
        ("in short-", "and long-term plans.", "in short- and long-term plans."),
        ("of soft\u00ad", "ened words.", "of softened words."),
        ("a pause -", "then more.", "a pause - then more."),
        ("people –", "and carers.", "people – and carers."),
        ("assessments/", "reviews.", "assessments/ reviews."),
    ],
)
def test_hyphen_at_a_line_end(one, other, joined):
    assert findings(section_text(f"It was {one}\n{other}")) == [f"It was {joined}"]


def test_lists_belong_to_what_introduces_them():
    assert findings(variant_text("lists.txt")) == [
        (
            "The invented strategy had three aims: • to answer sooner • to write less"
            " • to visit more people at home"
        ),
        "It was read by everyone.",
        "Staff told us they liked the first aim.",
        "Others liked the second, and said so at some length.",
        "The list of dates was short: Autumn Winter",
        "All were kept.",
        "1. The first numbered remark is a sentence.",
        "2. So is the second.",
    ]


def test_dash_in_the_middle_of_a_sentence_is_not_a_bullet():
    assert findings(section_text("Staff were trained", "– all of them – in May.")) == [
        "Staff were trained – all of them – in May."
    ]


def test_marks_of_markdown_are_not_text():
    assert findings(section_text("**Staff** were **well** trained.")) == [
        "Staff were well trained."
    ]


def test_spans_are_code_points_of_the_text_as_it_is():
    text = section_text("Früher 👍🏽 war’s\r\nbesser.\r\n\r\nTwo.").replace("\n\n", "\r\n\r\n")
    (first, second) = only_section(text).paragraphs
    assert [text[start:end] for start, end in first.spans] == ["Früher 👍🏽 war’s\r\nbesser."]
    assert [text[start:end] for start, end in second.spans] == ["Two."]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\v", "\f", "\u2028"])
def test_every_kind_of_line_end_is_one(end):
    text = section_text("One.", "Two.").replace("\n", end)
    assert findings(text) == ["One.", "Two."]


def test_lines_are_counted_as_editors_count_them():
    text = section_text("One.\f", "A stray line").replace("\n", "\r\n")
    assert [problem.line for problem in parse_report(text).problems] == [9]


def test_a_page_that_ends_between_two_sentences_is_reported():
    pages = section_text(FIRST, "1", SECOND, "2", "3", THIRD)
    record = parse_report(pages)

    assert findings(pages) == [FIRST, SECOND, THIRD]
    (problem,) = record.problems
    assert (problem.code, problem.line) == ("join-doubtful", 7)
    assert problem.message == (
        "Nothing shows whether a paragraph ends after this line and 1 more: lines are wrapped"
        " without gaps between paragraphs, or a page ends there. Check where the findings are"
        " divided."
    )


def test_a_page_that_ends_within_a_sentence_or_before_a_heading_is_not_a_problem():
    first, second = FIRST.split(" it kept ")
    pages = section_text(first, "1", f"it kept {second}", "2", "How the book ended", THIRD)

    assert parse_report(pages).problems == ()


def test_blank_lines_around_a_heading_do_not_show_where_wrapped_paragraphs_end():
    lines = (
        "This invented line is as wide as the column itself is",
        "and the next one ends a sentence at the very margin.",
        "Extraordinarily, the paragraph goes on from there to",
        "end here.",
    )
    record = parse_report(section_text("How the book was kept", "\n".join(lines)))

    assert [(p.code, p.line) for p in record.problems] == [("join-doubtful", 10)]


def test_prose_that_is_broken_anywhere_goes_on_in_a_figure():
    lines = (
        "The wait had fallen. The number of people who had waited for more",
        "than six weeks fell from 240 to",
        "87",
        "in the year to",
        "31 March 2024, and it fell again.",
    )

    text = section_text("\n".join(lines), "Another begins.")

    assert findings(text) == [" ".join(lines), "Another begins."]
    # A full stop can be missing where a line has room.
    assert problem_codes(parse_report(text)) == ["join-doubtful"]


def test_a_lone_line_with_tabs_is_prose_set_as_its_marks_say():
    text = section_text(
        "## Leaders listened\tto people",
        "Leaders met every month. The aims were:",
        "1.\tto listen\tto people",
        "2.\tto learn from them.",
    )

    assert headed_findings(text) == [
        (
            "Leaders listened to people",
            "Leaders met every month. The aims were: 1. to listen to people 2. to learn from them.",
        )
    ]
