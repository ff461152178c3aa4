"""The parts of a section in every variant seen, and lines that are not part of one."""

import pytest

from reports.facts.framework import STATEMENTS
from reports.parsing import ReadError, parse_report, unparsed_characters
from tests.parsing.samples import (
    findings,
    headed_findings,
    only_section,
    pieces,
    problem_codes,
    section_text,
    variant_text,
)

NAMES = [
    (name, statement.slug)
    for statement in STATEMENTS
    for name in (statement.name, *statement.aliases)
]


def test_usual_form():
    text = variant_text("usual.txt")
    record = parse_report(text)

    assert record.problems == ()
    assert [kind for kind, _ in pieces(text)] == [
        *("title", "metadata", "title", "score", "score"),
        *("label", "expectation", "expectation", "label", "commitment", "label"),
        *("finding", "finding"),
    ]
    assert headed_findings(text) == [
        (
            "",
            "Invented people waited a long time for a first call. The queue was counted each week.",
        ),
        ("", "An invented team answered letters within a day."),
    ]


@pytest.mark.parametrize(
    ("name", "statement", "score", "count"),
    [
        ("first-formal.txt", "healthier-lives", 2, 1),
        ("pilot.txt", "learning", 3, 1),
        ("findings-label-missing.txt", "equity", 2, 2),
        ("unlabelled.txt", "safeguarding", 3, 2),
        ("wrapped-blocks.txt", "care-provision", 3, 3),
    ],
)
def test_variant_gives_its_section(name, statement, score, count):
    text = variant_text(name)
    record = parse_report(text)
    (section,) = record.sections

    assert (section.statement, section.score, len(section.paragraphs)) == (statement, score, count)
    assert record.problems == ()
    assert unparsed_characters(text, record) == 0


def test_a_name_and_page_furniture_among_the_findings_are_left_out_and_reported():
    record = parse_report(variant_text("page-breaks.txt"))

    assert len(record.sections[0].paragraphs) == 3
    problems = [(problem.code, problem.line) for problem in record.problems]
    assert problems == [("passed-over", 15), ("left-out", 29)]


def test_pilot_form_is_dated_and_named():
    record = parse_report(variant_text("pilot.txt"))
    assert (record.kind, record.published) == ("pilot", "2023-11-17")
    assert record.identification.authority == "lincolnshire"


def test_without_a_findings_label_they_begin_after_one_paragraph_of_commitment():
    assert findings(variant_text("findings-label-missing.txt")) == [
        "The first invented paragraph follows at once, without a label of its own.",
        "The second one ends the page.",
    ]


def test_without_labels_i_and_we_tell_expectation_and_commitment():
    text = variant_text("unlabelled.txt")
    assert [kind for kind, _ in pieces(text)] == [
        *("title", "score", "expectation", "commitment", "finding", "finding")
    ]


def test_several_sections_in_one_file():
    record = parse_report(variant_text("several-sections.md"))

    assert record.problems == ()
    assert record.published == "2025-03-05"
    assert [
        (section.statement, section.score, [(p.heading, p.text) for p in section.paragraphs])
        for section in record.sections
    ] == [
        (
            "safe-systems",
            3,
            [("Contingency planning", "The invented plan named three depots.")],
        ),
        (
            "safeguarding",
            2,
            [
                ("", "Concerns were logged. Some were logged late."),
                ("An unforeseen heading", "The log was read by an invented panel."),
            ],
        ),
        ("governance", 3, [("", "Reports went to the invented committee.")]),
    ]


def test_names_of_themes_between_sections_are_labels():
    kinds = {text: kind for kind, text in pieces(variant_text("several-sections.md"))}
    assert kinds["## Leadership"] == "label"
    assert kinds["## Theme 3: How the local authority ensures safety within the system"] == "label"


@pytest.mark.parametrize(("name", "slug"), NAMES)
@pytest.mark.parametrize(
    "change",
    [
        lambda name: name,
        str.upper,
        lambda name: name.replace("'", "’"),
        lambda name: name.replace(" and ", " & "),
        lambda name: f"# {name}",
        lambda name: f"**{name}**",
        lambda name: f"9. {name}",
        lambda name: f"Quality statement: {name}",
        lambda name: f"{name}:",
    ],
)
def test_statement_is_known_by_every_name(name, slug, change):
    text = f"{change(name)}\n\nScore: 3\n\nKey findings\n\nStaff were trained."
    assert only_section(text).statement == slug


@pytest.mark.parametrize(("name", "slug"), [pair for pair in NAMES if " and " in pair[0]])
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_statement_wrapped_over_two_lines_is_known(name, slug, gap):
    text = f"{name.replace(' and ', f' and{gap}')}\n\nScore: 3\n\nStaff were trained."
    assert only_section(text).statement == slug


@pytest.mark.parametrize(
    "label",
    [
        "The local authority commitment",
        "The local authority commitment:",
        "## The local authority commitment",
        "The local authority’s commitment",
        "THE LOCAL AUTHORITY COMMITMENT",
    ],
)
def test_commitment_is_not_a_finding(label):
    text = f"Safeguarding\nScore: 3\n{label}\nWe work with people.\nKey findings\nIt was safe."
    assert findings(text) == ["It was safe."]
    assert ("commitment", "We work with people.") in pieces(text)


def test_label_alone_is_enough_to_know_a_section():
    text = "Safeguarding\n\nKey findings for this quality statement\n\nIt was safe."
    assert findings(text) == ["It was safe."]


def test_title_in_a_list_of_contents_opens_no_section():
    contents = "\n".join(name for name, _ in NAMES)
    record = parse_report(f"{contents}\n\n{section_text('Staff were trained.')}")
    assert [section.statement for section in record.sections] == ["learning"]
    assert record.problems == ()


def test_a_list_of_contents_ends_where_it_is_repeated():
    contents = "Contents\n\nSafeguarding\n\nLearning, improvement and innovation"
    record = parse_report(f"{contents}\n\n{section_text('Staff were trained.')}")

    assert [section.statement for section in record.sections] == ["learning"]
    assert record.problems == ()


def test_title_of_another_statement_without_its_section_heads_findings():
    assert headed_findings(section_text("One.", "Safeguarding", "Two.")) == [
        ("", "One."),
        ("Safeguarding", "Two."),
    ]


@pytest.mark.parametrize(
    ("title", "label", "other", "heads"),
    [
        ("##", "###", "###", True),
        ("##", "###", "##", False),
        ("##", "##", "##", True),
        ("##", "##", "#", False),
        ("##", "", "##", True),
        ("##", "", "#", False),
        ("", "", "#", True),
    ],
)
def test_a_heading_at_the_level_of_the_title_ends_the_section(title, label, other, heads):
    text = "\n\n".join(
        (
            f"{title} Learning, improvement and innovation",
            "Score: 3",
            f"{label} Key findings for this quality statement",
            "One.",
            f"{other} More about us",
            "Two.",
        )
    )

    assert headed_findings(text) == [("", "One."), *([("More about us", "Two.")] if heads else [])]


@pytest.mark.parametrize(("first", "ends"), [("###", True), ("##", False), ("", False)])
def test_a_heading_at_the_level_of_the_label_ends_findings_whose_headings_are_lower(first, ends):
    text = "\n\n".join(
        (
            "# Learning, improvement and innovation",
            "Score: 3",
            "## Key findings for this quality statement",
            f"{first} Learning from feedback",
            "One.",
            "## More about us",
            "Two.",
        )
    )

    two = [] if ends else [("More about us", "Two.")]
    assert headed_findings(text) == [("Learning from feedback", "One."), *two]


@pytest.mark.parametrize(
    ("finding", "codes"),
    [
        ("Staff said it was so", ["end-cut"]),
        ("Staff said it was so…", ["end-cut"]),
        ("“It was so” said staff who had been there before and", ["end-cut"]),
        ("Staff who had been there before said that “it was so”", ["end-cut"]),
        ("“It was so and has been so ever since we began to ask”", []),
        ("Staff who had been there before said what they thought of it all:", []),
        ("Staff said it was so.", []),
    ],
)
def test_a_finding_that_ends_within_a_sentence_is_noted(finding, codes):
    assert problem_codes(parse_report(section_text("One.", finding))) == codes


def test_an_end_within_a_sentence_is_shown_with_its_line():
    words = "Staff said that it was so in every year since they had begun to ask about it and"
    record = parse_report(section_text(f"Others. {words}", "Two."))

    [problem] = record.problems
    assert (problem.code, problem.line) == ("end-missing", 7)
    assert problem.message == f"A paragraph ends in the middle of a sentence: “…{words[-80:]}”."


@pytest.mark.parametrize(
    ("count", "begins", "more"),
    [(1, "1 line was", ""), (3, "3 lines were", ""), (4, "4 lines were", " and 1 more")],
)
def test_lines_that_are_passed_over_are_shown(count, begins, more):
    lines = [f"05/12/2025, 10:31 {name}" for name in ("Barnet", "Camden", "Kent", "Leeds")][:count]
    text = section_text("One.", *lines, "Two.")

    shown = ", ".join(f"“{line}”" for line in lines[:3])
    check = "Check that these words are not missing from a finding."
    [problem] = parse_report(text).problems
    assert findings(text) == ["One.", "Two."]
    assert (problem.code, problem.line) == ("passed-over", 9)
    assert problem.message == f"{begins} passed over among the findings: {shown}{more}. {check}"


def test_title_printed_again_on_a_new_page_is_furniture():
    text = section_text("Staff were", "Learning, improvement and innovation", "trained.")
    assert findings(text) == ["Staff were trained."]


def test_section_repeated_in_one_file_is_noted():
    record = parse_report(f"{section_text('One.')}\n\n{section_text('Two.')}")
    assert len(record.sections) == 2
    assert problem_codes(record) == ["statement-repeated"]


def test_findings_that_begin_twice_are_noted():
    record = parse_report(section_text("One.", "Key findings for this quality statement", "Two."))
    assert [(p.code, p.line) for p in record.problems] == [("label-repeated", 9)]


def test_section_without_findings_is_noted():
    record = parse_report(section_text())
    assert record.sections[0].paragraphs == ()
    assert problem_codes(record) == ["findings-missing"]


class TestHeadings:
    def test_unknown_heading_before_a_paragraph_is_one(self):
        assert headed_findings(section_text("One.", "How the rota was kept", "Two.", "Three.")) == [
            ("", "One."),
            ("How the rota was kept", "Two."),
            ("How the rota was kept", "Three."),
        ]

    @pytest.mark.parametrize(
        "line",
        [
            "A sentence is no heading.",
            "Nor is a question?",
            "it begins in lower case",
            "Words, and more of them, " * 6 + "make a paragraph",
            "One half. The other half",
        ],
    )
    def test_what_is_not_a_heading_is_a_finding(self, line):
        assert ("", line) in headed_findings(section_text("One.", line, "Two."))

    @pytest.mark.parametrize("mark", ["## {}", "##### {}", "## {} ##", "**{}**", "__{}__"])
    def test_marks_are_not_part_of_it(self, mark):
        text = section_text("One.", mark.format("Any words. At all."), "Two.")
        assert headed_findings(text) == [("", "One."), ("Any words. At all.", "Two.")]

    def test_known_heading_counts_although_it_heads_nothing(self):
        text = section_text("One.", "Learning from feedback")
        assert findings(text) == ["One."]
        assert pieces(text)[-1] == ("heading", "Learning from feedback")

    def test_unknown_line_that_heads_nothing_is_unparsed(self):
        text = section_text("One.", "Print this page")
        record = parse_report(text)
        assert pieces(text)[-1] == ("unparsed", "Print this page")
        assert unparsed_characters(text, record) == len("Printthispage")
        assert [(p.code, p.message, p.line) for p in record.problems] == [
            ("unparsed", "Not understood: “Print this page”", 9)
        ]

    def test_the_line_next_to_the_paragraph_is_its_heading(self):
        text = section_text("One.", "First line", "Second line", "Two.")
        assert headed_findings(text) == [("", "One."), ("Second line", "Two.")]
        assert ("unparsed", "First line") in pieces(text)

    def test_known_heading_in_a_sentence_is_prose(self):
        text = section_text("People were paid through", "direct payments", "made each month.")
        assert findings(text) == ["People were paid through direct payments made each month."]


class TestFurniture:
    @pytest.mark.parametrize(
        "line",
        [
            *("---", "***", "_ _ _", "=====", "© Care Quality Commission", "© CQC 2025"),
            *("https://www.cqc.org.uk/", "<https://www.cqc.org.uk/>", "www.cqc.org.uk"),
            *("[Contact us](https://www.cqc.org.uk/contact)", "![logo](logo.png)"),
            *("Page 3 of 12", "Page 3", "3 of 12", "3/12", "- 3 -", "3", "| 3 |"),
            *("05/12/2025, 10:31 London Borough of Barnet", "05/12/2025", "5 December 2025"),
            "Care Quality Commission",
        ],
    )
    def test_furniture_is_not_a_finding_and_interrupts_none(self, line):
        text = section_text("Staff were well", line, "trained. All were.", line, "Others too.")
        record = parse_report(text)
        assert findings(text) == ["Staff were well trained. All were.", "Others too."]
        assert pieces(text).count(("furniture", line)) == 2
        assert record.problems == ()

    def test_paragraph_over_a_page_break_has_a_span_on_each_side(self):
        text = section_text("Staff were", "Page 3 of 12", "trained.")
        (paragraph,) = only_section(text).paragraphs
        assert [text[start:end] for start, end in paragraph.spans] == ["Staff were", "trained."]

    def test_title_and_date_of_a_page_header_break_no_sentence(self):
        (first, *_) = findings(variant_text("page-breaks.txt"))
        assert first == (
            "The invented partners met each week and agreed who would call on the people that"
            " waited longest. They kept a list, which was read out by a member of the North Bank"
            " Fellowship in its hall."
        )


class TestNoReport:
    @pytest.mark.parametrize(
        "text",
        [
            "",
            "Some prose about learning, improvement and innovation.",
            "Safeguarding\n\nSafeguarding matters to us all. Read on.",
            "Score: 3\n\nThe local authority commitment\n\nWe do.",
            "Learning, improvement and innovation",
            "Learning, improvement and innovation" + "\n---" * 20 + "\nScore: 3",
            "Staff shared learning, improvement and innovation\nScore: 3",
        ],
    )
    def test_other_text_is_refused(self, text):
        with pytest.raises(ReadError) as caught:
            parse_report(text)
        assert caught.value.code == "no-report"
        assert caught.value.message.startswith("this is not a report")

    def test_overview_without_sections_or_figures_is_refused_as_one(self):
        text = (
            "Lincolnshire County Council assessment\n\nHow we assess local authorities\n\n"
            "Invented words.\n\nAbout Lincolnshire County Council\n\nMore of them."
        )
        with pytest.raises(ReadError) as caught:
            parse_report(text)
        assert caught.value.code == "no-report"
        assert caught.value.message.startswith("this is the summary or overview of a report")

    def test_summary_before_a_section_is_kept_as_such(self):
        text = f"{variant_text('summary.txt')}\n\n{section_text('One.')}"
        record = parse_report(text)
        assert [section.statement for section in record.sections] == ["learning"]
        assert record.problems == ()
        assert {kind for kind, piece in pieces(text) if "Requires improvement" in piece} == {
            "summary"
        }

    @pytest.mark.parametrize("name", ["press-release.txt", "press-release-bare.txt"])
    def test_press_release_is_refused_by_that_name(self, name):
        with pytest.raises(ReadError) as caught:
            parse_report(variant_text(name))
        assert caught.value.code == "press-release"
        assert caught.value.message == (
            "this is a CQC press release, not a report; download the report's own pages"
        )

    @pytest.mark.parametrize(
        "headline",
        [
            "CQC rates Redcar and Cleveland adult social care provision as good",
            "CQC publishes report on Haringey Council’s care act responsibilities",
            "EMBARGOED: CQC publishes report on Norfolk County Council's care act responsibilities",
            "Care Quality Commission publishes report on Medway’s care act responsibilities",
        ],
    )
    def test_press_release_is_known_by_its_headline(self, headline):
        with pytest.raises(ReadError) as caught:
            parse_report(f"{headline}\n\nSafeguarding\nScore: 2\nInvented words.")
        assert caught.value.code == "press-release"

    def test_report_that_mentions_a_press_release_is_a_report(self):
        text = section_text("CQC has published a press release for media enquiries.")
        assert len(findings(text)) == 1


def test_a_paragraph_that_is_too_long_is_not_understood_and_says_so():
    record = parse_report(section_text("Staff had time.", "People were told. " * 1200))

    [problem] = [each for each in record.problems if each.code == "doubtful-kind"]
    assert problem.message.startswith("A paragraph has more than ")


def test_a_sub_heading_counts_towards_the_topics_of_its_findings():
    record = parse_report(section_text("Direct payments", "It was slow for most people."))

    [section] = record.sections
    [paragraph] = section.paragraphs
    assert paragraph.heading == "Direct payments"
    assert paragraph.labels.topics == ("direct-payments",)
