from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains

from reports.models import Finding
from tests.support.html import texts
from tests.support.seeds import FOLDER

SEED = FOLDER / "000_9c9b08ed48e88806.txt"


def test_shows_every_word_of_the_source(client: Client, first_of_haringey: Finding) -> None:
    response = client.get(_document(first_of_haringey).get_absolute_url())

    assert " ".join(texts(response, ".source-block dd")).split() == SEED.read_text("utf-8").split()


def test_says_what_each_stretch_was_taken_for(client: Client, first_of_haringey: Finding) -> None:
    response = client.get(_document(first_of_haringey).get_absolute_url())

    labels = texts(response, ".source-block dt")
    assert labels[:7] == [
        "Title", "Score", "Label", "Commitment", "Label", "Heading", "Finding 1",
    ]  # fmt: skip
    assertContains(response, f'id="f-{first_of_haringey.public_id}"')


def test_a_paragraph_that_is_not_a_finding_says_so(
    client: Client, first_of_haringey: Finding
) -> None:
    first_of_haringey.status = Finding.Status.NOT_A_FINDING
    first_of_haringey.save()

    response = client.get(_document(first_of_haringey).get_absolute_url())

    assertContains(response, "Finding, taken out by an editor", count=1)


def test_the_original_is_a_download_of_the_very_bytes(
    client: Client, first_of_haringey: Finding
) -> None:
    response = client.get(f"{_document(first_of_haringey).get_absolute_url()}original")

    assert b"".join(response) == SEED.read_bytes()
    assert response["Content-Disposition"] == f'attachment; filename="{SEED.name}"'
    assert response["Content-Type"] == "application/octet-stream"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_costs_a_fixed_number_of_database_queries(
    client: Client, first_of_haringey: Finding, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(3):
        client.get(_document(first_of_haringey).get_absolute_url())


def _document(finding: Finding):
    return finding.paragraph.document
