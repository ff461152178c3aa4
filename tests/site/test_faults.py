"""Whatever is away or full: a sentence, a true status, and an id that is in the log."""

import json
import logging
import shutil
from pathlib import Path
from unittest import mock

import pytest
from botocore.exceptions import EndpointConnectionError
from django.db import OperationalError
from django.test import Client, RequestFactory
from pytest_django import Settings
from pytest_django.asserts import assertContains

from cqc_site import faults
from cqc_site.request_ids import RequestId
from reports.models import Finding
from reports.search.index import unavailable


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture
def no_index(seeded: None, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """The index is away, and the findings are too many to index while a reader waits."""
    monkeypatch.setattr(unavailable, "SMALL", 1)
    shutil.rmtree(settings.SEARCH_URL.removeprefix("tantivy:///"))


@pytest.mark.parametrize("path", ["/findings/", "/findings/?q=staff&score=2"])
def test_without_an_index_the_page_says_so(client: Client, no_index: None, path: str) -> None:
    response = client.get(path)

    assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert "The search index is missing" in response.content.decode()


def test_without_an_index_the_api_says_so(client: Client, no_index: None) -> None:
    response = client.get("/api/findings/")

    assert response.status_code == 503
    assert response.json() == {"errors": [unavailable.NOT_READY], "id": response["X-Request-ID"]}


@pytest.mark.parametrize("file_format", ["csv", "json", "xlsx"])
def test_there_is_no_file_without_an_index(
    client: Client, no_index: None, file_format: str
) -> None:
    response = client.get(f"/findings.{file_format}")

    assert response.status_code == 503
    assert "Content-Disposition" not in response


def test_without_an_index_the_start_page_stands(client: Client, no_index: None) -> None:
    response = client.get("/")

    assert response.status_code == 200
    assert unavailable.NOT_READY in response.content.decode()
    # Three of the five reports say which authority they are about: counted in the database.
    assertContains(response, '<a href="/authorities/?findings=on">3</a>', html=True)


def test_an_index_that_goes_while_a_file_is_made_leaves_no_half_file(
    client: Client, seeded: None
) -> None:
    def two_and_no_more(engine: object, question: object):
        yield from list(Finding.objects.values_list("public_id", flat=True)[:2])
        raise unavailable.SearchUnavailableError("gone")

    with mock.patch("reports.search.asking.ids_in_parts", two_and_no_more):
        response = client.get("/findings.csv")

    assert (response.status_code, response.content.splitlines()[0]) == (503, b"gone")


def test_without_the_kept_texts_a_finding_shows_without_its_excerpt(
    client: Client, first_of_haringey: Finding, settings: Settings
) -> None:
    shutil.rmtree(settings.MEDIA_ROOT)
    response = client.get(first_of_haringey.get_absolute_url())

    assert response.status_code == 200
    assert response.context["excerpt"] is None
    assert first_of_haringey.text[:60] in response.content.decode()


def test_without_the_kept_texts_a_source_is_unavailable(
    client: Client, first_of_haringey: Finding, settings: Settings
) -> None:
    document = first_of_haringey.section.document
    assert document
    shutil.rmtree(settings.MEDIA_ROOT)

    for path in (document.get_absolute_url(), f"{document.get_absolute_url()}original"):
        response = client.get(path)
        assert response.status_code == 503
        assert "cannot be read or written" in response.content.decode()


@pytest.mark.django_db
def test_a_database_that_does_not_answer_is_not_called_an_error_of_the_program(
    client: Client,
) -> None:
    with mock.patch(
        "reports.views.authorities.AuthorityFilter", side_effect=OperationalError("locked")
    ):
        response = client.get("/authorities/")

    assert response.status_code == 503
    assert "The database is busy or does not answer." in response.content.decode()


@pytest.mark.django_db
def test_a_fault_outside_of_a_view_is_answered_too(client: Client) -> None:
    with mock.patch(
        "django.contrib.sessions.middleware.SessionMiddleware.process_response",
        side_effect=OperationalError("locked"),
    ):
        response = client.get("/authorities/")

    assert response.status_code == 503


@pytest.mark.django_db
def test_an_error_of_the_program_shows_an_id_that_is_in_the_log(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.handler.addFilter(RequestId())
    with mock.patch("reports.views.authorities.AuthorityFilter", side_effect=KeyError("secret")):
        response = client.get("/authorities/")

    [record] = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert response.status_code == 500
    assert vars(record)["request_id"] == response["X-Request-ID"]
    assert response["X-Request-ID"] in response.content.decode()
    assert "secret" not in response.content.decode()


def test_the_file_of_a_missing_search_says_so_as_text(client: Client, no_index: None) -> None:
    response = client.get("/findings.csv")

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode().startswith(unavailable.NOT_READY)


def test_the_json_of_a_refusal_is_json(client: Client, no_index: None) -> None:
    assert json.loads(client.get("/findings.json").content)["errors"] == [unavailable.NOT_READY]


def test_readiness_fails_without_an_index_or_the_kept_reports(
    client: Client, seeded: None, settings: Settings
) -> None:
    assert client.get("/readyz").content == b"ok\n"
    documents = Path(settings.MEDIA_ROOT)
    documents.rename(documents.with_name("elsewhere"))
    assert client.get("/readyz").content == b"The folder of the kept reports is missing.\n"
    shutil.rmtree(settings.SEARCH_URL.removeprefix("tantivy:///"))
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"There is no search index.\n")


def test_a_bucket_that_does_not_answer_is_said(rf: RequestFactory) -> None:
    fault = EndpointConnectionError(endpoint_url="http://bucket.example")
    response = faults.unavailable(rf.get("/findings/"), fault)

    assert response
    assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert "A file that this page needs cannot be read" in response.content.decode()
