from pathlib import Path

from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains

from reports.models import Finding, Section
from tests.support.html import hrefs, texts
from tests.support.ingesting import ingest


def test_reads_through_all_findings_under_their_headings(
    client: Client, first_of_haringey: Finding
) -> None:
    response = client.get(first_of_haringey.section.get_absolute_url())

    assert texts(response, "section h2") == [
        "Continuous learning, improvement and professional development",
        "Learning from feedback",
    ]
    assert len(texts(response, ".reading p")) == 18
    assertContains(response, f'id="f-{first_of_haringey.public_id}"')
    assert first_of_haringey.get_absolute_url() in hrefs(response, ".reading a")


def test_leads_to_the_other_statements_of_the_assessment(
    client: Client, first_of_haringey: Finding
) -> None:
    section = first_of_haringey.section
    earlier = _score_only(section, "safeguarding")

    response = client.get(section.get_absolute_url())

    assertContains(response, f'rel="prev" href="{earlier.get_absolute_url()}"')


def test_a_section_known_by_its_score_says_so(client: Client, first_of_haringey: Finding) -> None:
    section = _score_only(first_of_haringey.section, "equity")

    assertContains(client.get(section.get_absolute_url()), "Only the score is known.")


def test_costs_a_fixed_number_of_database_queries(
    client: Client, first_of_haringey: Finding, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(3):
        client.get(first_of_haringey.section.get_absolute_url())


def _score_only(section: Section, statement: str) -> Section:
    return Section.objects.create(
        public_id=f"only-{statement}"[:16],
        assessment=section.assessment,
        position=1,
        statement=statement,
        parsed_statement=statement,
        score=3,
    )


TABLE = """London Borough of Barnet: local authority assessment

## Safeguarding

Score: 3

### Key findings for this quality statement

Staff knew how long people waited.[^1]

| Service | Longest wait |
| --- | --- |
| Therapy <b> | 28 weeks |

They had a plan.

[^1]: A survey, 2024.
"""


def test_tables_and_notes_stand_below_the_findings(
    client: Client, tmp_path: Path, db: None
) -> None:
    path = tmp_path / "report.md"
    path.write_text(TABLE)
    ingest(path)
    section = Section.objects.get(statement="safeguarding")

    response = client.get(section.get_absolute_url())

    assert texts(response, ".reading p") == [
        "Staff knew how long people waited.",
        "They had a plan.",
    ]
    assert texts(response, "caption") == ["Table 1, after finding 1"]
    assert texts(response, "th") == ["Service", "Longest wait"]
    assert texts(response, "td") == ["Therapy", "28 weeks"]
    assertContains(response, "<li>A survey, 2024.</li>", html=True)
