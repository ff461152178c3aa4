"""Titles, addresses and file names say which authority a document is about, and its date."""

import pytest

from reports.parsing import parse_report
from reports.parsing.records import DecidedBy, Identification
from tests.parsing.samples import problem_codes, section_text

FOLDER = "https://www.cqc.org.uk/care-services/local-authority-assessment-reports"
PLAIN = section_text("Staff were trained.")


@pytest.mark.parametrize(
    ("title", "authority"),
    [
        ("London Borough of Barnet: local authority assessment", "barnet"),
        ("# London Borough of Barnet: local authority assessment", "barnet"),
        ("LONDON BOROUGH OF BARNET: LOCAL AUTHORITY ASSESSMENT", "barnet"),
        ("Hammersmith and Fulham: local authority assessment", "hammersmith-and-fulham"),
        (
            "London Borough of Hammersmith & Fulham: local authority assessment",
            "hammersmith-and-fulham",
        ),
        (
            "London Borough of Hammersmith and Fulham: local\nauthority assessment",
            "hammersmith-and-fulham",
        ),
        ("County Durham: local authority assessment", "county-durham"),
        ("Southend: local authority assessment", "southend-on-sea"),
        ("Stoke: local authority assessment", "stoke-on-trent"),
        ("Metropolitan Borough of Wirral: local authority assessment", "wirral"),
        ("The City of York Council: local authority assessment", "york"),
        ("Gateshead Borough Council - local authority assessment", "gateshead"),
        ("Knowsley Council: local authority assessment report", "knowsley"),
        (
            "Bournemouth, Christchurch and Poole Council: local authority assessment",
            "bournemouth-christchurch-and-poole",
        ),
        ("Lincolnshire County Council assessment", "lincolnshire"),
        ("North Yorkshire Council: local authority assessment", "north-yorkshire"),
    ],
)
def test_title_line_identifies(title, authority):
    record = parse_report(f"{title}\n\n{PLAIN}")
    assert record.identification == Identification(
        authority, DecidedBy.TITLE, title.removeprefix("# ").replace("\n", " ")
    )
    assert record.problems == ()


@pytest.mark.parametrize(
    "title",
    [
        "London Borough of Barnet: Safeguarding",
        "Safeguarding – Barnet Council",
    ],
)
def test_statement_title_with_the_name_of_the_authority_identifies(title):
    record = parse_report(f"{title}\nScore: 2\nKey findings\nStaff were trained.")
    assert record.identification.authority == "barnet"
    assert record.identification.decided_by is DecidedBy.TITLE
    assert [section.statement for section in record.sections] == ["safeguarding"]


def test_title_of_nobody_known_is_noted_and_the_body_may_not_overrule_it():
    text = f"Borsetshire: local authority assessment\n\n{section_text('Kent had few vacancies.')}"
    record = parse_report(text)
    assert record.identification == Identification()
    [problem] = record.problems
    assert (problem.code, problem.line) == ("authority-unknown", 1)
    assert problem.message == (
        "The title line “Borsetshire: local authority assessment” does not name a known authority."
    )


def test_titles_of_two_authorities_identify_nobody():
    titles = "Kent: local authority assessment\nSurrey: local authority assessment\n"
    record = parse_report(titles + PLAIN)
    assert record.identification == Identification()
    assert problem_codes(record) == ["authority-conflict"]


@pytest.mark.parametrize(
    ("address", "authority", "published"),
    [
        (f"{FOLDER}/barnet-0125-theme1-needs", "barnet", "2025-01"),
        (f"{FOLDER}/hammersmithfulham-0525/theme4/learning", "hammersmith-and-fulham", "2025-05"),
        (f"{FOLDER}/york-1225/summary", "york", "2025-12"),
        (
            "https://cqc.org.uk./care-services/local-authority-assessment-reports/Hounslow4",
            "hounslow",
            "2024-05",
        ),
        (
            "http://gl-cqc.axis12.com/care-services/local-authority-assessment-reports/gloucestershire-0125-theme2-care?x=1#y",
            "gloucestershire",
            "2025-01",
        ),
        (
            "cqc.org.uk/care-services/local-authority-assessment-reports/eastriding-1025/theme1/needs/",
            "east-riding-of-yorkshire",
            "2025-10",
        ),
        (
            f"{FOLDER}/lincolnshire-cc/4-leadership/learning-improvement-innovation",
            "lincolnshire",
            "",
        ),
    ],
)
def test_address_of_a_report_page_identifies(address, authority, published):
    record = parse_report(PLAIN, address=address)
    assert record.identification.authority == authority
    assert record.identification.decided_by is DecidedBy.ADDRESS
    assert record.published == published


@pytest.mark.parametrize(
    "address",
    [
        "http://www.londonhomecare.net/barnet-0125",
        "https://example.org/care-services/local-authority-assessment-reports/barnet-0125",
        "https://www.cqc.org.uk/press-release/barnet-0125",
        f"{FOLDER}/borset-0125",
        "https://[",
        "",
    ],
)
def test_other_addresses_say_nothing(address):
    assert parse_report(PLAIN, address=address).identification == Identification()


@pytest.mark.parametrize(
    ("name", "authority", "published"),
    [
        ("barnet-0125.txt", "barnet", "2025-01"),
        ("some/folder/barnet-0125-theme1-needs.txt", "barnet", "2025-01"),
        ("barnet-0125_theme1_needs.md", "barnet", "2025-01"),
        ("C:\\reports\\barnet-0125-theme4.txt", "barnet", "2025-01"),
        ("Hounslow4.txt", "hounslow", "2024-05"),
        ("Hertfordshire-0524.txt", "hertfordshire", "2024-05"),
        ("WBerkshire-0524.txt", "west-berkshire", "2024-05"),
        ("westberkshire-0524.txt", "west-berkshire", "2024-05"),
        ("york-0626-summary.txt", "york", "2026-06"),
        ("northtyneside-0725.txt", "north-tyneside", "2025-07"),
        ("derbyshirecc-0824-theme2-care.txt", "derbyshire", "2024-08"),
        ("derby-0824.txt", "derby", "2024-08"),
        ("durham-0824.txt", "county-durham", "2024-08"),
        ("lincolnshire-cc.txt", "lincolnshire", ""),
    ],
)
def test_file_name_that_is_a_slug_identifies(name, authority, published):
    record = parse_report(PLAIN, name)
    assert record.identification.authority == authority
    assert record.identification.decided_by is DecidedBy.FILE_NAME
    assert record.published == published


@pytest.mark.parametrize(
    "name",
    [
        "notes-on-barnet.txt",
        "barnet.txt",
        "barnet-notes.txt",
        "barnet-2025.txt",
        "barnet-1325.txt",
        "barnet-0125-copy.txt",
        "barnet-0125-theme1-learning.txt",
        "my-barnet-0125.txt",
        "barnet-0125 (1).txt",
        "barnet4.txt",
        "borset-0125.txt",
        "kent-cc.txt",
        "000_9c9b08ed48e88806.txt",
        "",
    ],
)
def test_other_file_names_say_nothing(name):
    record = parse_report(PLAIN, name)
    assert record.identification == Identification()
    assert record.published == ""


def test_title_comes_before_address_and_address_before_file_name():
    title = "Kent: local authority assessment\n\n"
    address = f"{FOLDER}/surrey-1124"
    by_all = parse_report(title + PLAIN, "essex-0625.txt", address)
    by_two = parse_report(PLAIN, "essex-0625.txt", address)

    assert by_all.identification.authority == "kent"
    assert problem_codes(by_all).count("authority-conflict") == 2
    assert by_two.identification.authority == "surrey"


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("Published: 5 December 2025 Page last updated: 6 December 2025", "2025-12-05"),
        ("Published: Friday 5th December 2025", "2025-12-05"),
        ("Published: 5 Dec 2025", "2025-12-05"),
        ("Published: December 2025", "2025-12"),
        ("Assessment published: 17 November 2023", "2023-11-17"),
        ("Page last updated: 6 December 2025", ""),
        ("Assessment start date: 11 May 2023", ""),
        ("5 December 2025", ""),
    ],
)
def test_printed_date_is_the_date_of_publication(line, published):
    record = parse_report(f"{line}\n\n{PLAIN}")
    assert (record.published, record.problems) == (published, ())


@pytest.mark.parametrize(
    "line", ["Published: 31 February 2025", "Published: 5 Smarch 2025", "Published: soon"]
)
def test_date_that_is_none_is_a_problem(line):
    record = parse_report(f"{line}\n\n{PLAIN}")
    assert record.published == ""
    [problem] = record.problems
    assert (problem.code, problem.line) == ("date-unreadable", 1)
    assert problem.message.endswith("does not have a date that can be read.")
    assert line in problem.message


def test_printed_date_makes_the_month_of_the_slug_more_precise():
    record = parse_report(f"Published: 5 December 2025\n\n{PLAIN}", "york-1225.txt")
    assert (record.published, record.problems) == ("2025-12-05", ())


def test_printed_date_stands_against_another_month_in_the_slug():
    record = parse_report(f"Published: 5 December 2025\n\n{PLAIN}", "york-1125.txt")
    assert record.published == "2025-12-05"
    assert [(problem.code, problem.message) for problem in record.problems] == [
        (
            "date-conflict",
            "Dated 5 December 2025, but also November 2025; the first was kept.",
        )
    ]


@pytest.mark.parametrize(
    ("opening", "name", "kind"),
    [
        ("Lincolnshire County Council assessment", "", "pilot"),
        ("", "lincolnshire-cc.txt", "pilot"),
        ("", "", "formal"),
        ("Kent: local authority assessment", "", "formal"),
    ],
)
def test_kind_of_assessment(opening, name, kind):
    assert parse_report(f"{opening}\n\n{PLAIN}", name).kind == kind


def test_indicative_score_makes_a_pilot():
    assert parse_report(section_text("It was.", score="Indicative score: 3")).kind == "pilot"


@pytest.mark.parametrize(
    "date", ["December 0000", "December ٢٠٢٥", "1 December 2101", "3 March 02025"]
)
def test_a_date_that_no_calendar_has_is_a_problem(date):
    record = parse_report(section_text("A finding.") + f"\n\nPublished: {date}")

    assert record.published == ""
    assert "date-unreadable" in problem_codes(record)
