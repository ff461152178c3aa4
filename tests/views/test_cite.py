import json

import pytest
import rispy
from django.test import Client
from pytest_django.asserts import assertContains

from reports.models import Finding


def test_a_finding_is_cited_with_its_permalink(client: Client, first_of_haringey: Finding) -> None:
    response = client.get(f"/findings/{first_of_haringey.public_id}/cite.ris")

    [entry] = rispy.loads(response.content.decode())
    assert entry["abstract"] == first_of_haringey.text
    assert entry["urls"][0].startswith(
        f"http://testserver/findings/{first_of_haringey.public_id}/#:~:text="
    )
    assert response["Content-Disposition"] == (
        f'attachment; filename="finding-{first_of_haringey.public_id}.ris"'
    )


def test_a_section_is_cited(client: Client, first_of_haringey: Finding) -> None:
    section = first_of_haringey.section

    response = client.get(f"/sections/{section.public_id}/cite.csl.json")

    [entry] = json.loads(response.content)
    assert entry["title"] == "Learning, improvement and innovation"
    assert entry["container-title"] == "Local authority assessment: Haringey"
    assert entry["URL"] == f"http://testserver/sections/{section.public_id}/"


def test_a_search_is_cited_with_what_was_asked(client: Client, seeded: None) -> None:
    response = client.get("/findings/cite.bib?q=training&score=3")

    assertContains(response, "Search for Words: training; Score: 3 – Evidence shows a good")
    assertContains(response, "http://testserver/findings/?q=training&score=3")


def test_a_search_that_is_not_understood_is_refused(client: Client, seeded: None) -> None:
    response = client.get("/findings/cite.ris?score=9")

    assertContains(response, "“score=9” is not understood", status_code=400)


@pytest.mark.parametrize(
    "address", ["/findings/unknown/cite.ris", "/sections/unknown/cite.ris", "/findings/cite.doc"]
)
def test_what_is_not_here_is_not_found(client: Client, db: None, address: str) -> None:
    assert client.get(address).status_code == 404


def test_the_finding_page_offers_the_references(client: Client, first_of_haringey: Finding) -> None:
    page = client.get(first_of_haringey.get_absolute_url())

    for ending in ("ris", "bib", "csl.json"):
        assertContains(page, f'href="{first_of_haringey.get_absolute_url()}cite.{ending}"')
    assertContains(page, "#:~:text=")


@pytest.mark.parametrize("ending", ["ris", "bib", "csl.json"])
@pytest.mark.parametrize("kind", ["findings", "sections"])
def test_a_reference_names_cqcs_own_report_where_it_is_known(
    client: Client, first_of_haringey: Finding, kind: str, ending: str
) -> None:
    section = first_of_haringey.section
    cited = first_of_haringey if kind == "findings" else section
    address = f"{cited.get_absolute_url()}cite.{ending}"
    report = "CQC’s own report: https://www.cqc.org.uk/care-services/"
    assert report not in client.get(address).content.decode()

    section.assessment.published = "2025-02"
    section.assessment.save()

    assertContains(client.get(address), f"{report}local-authority-assessment-reports/haringey-0225")


def test_the_text_to_copy_names_cqcs_own_report(client: Client, first_of_haringey: Finding) -> None:
    assessment = first_of_haringey.section.assessment
    assessment.published = "2025-02-12"
    assessment.save()

    page = client.get(first_of_haringey.get_absolute_url())

    assertContains(page, f" CQC’s own report: {assessment.report_address}</textarea>")
    assertContains(page, f'<a href="{assessment.report_address}" rel="noopener">')
