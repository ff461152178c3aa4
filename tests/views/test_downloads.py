import csv
import io
import json
import zipfile
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains

from reports import exports
from reports.facts import framework
from reports.models import Authority
from tests.support.html import hrefs


def test_csv_has_every_finding_of_the_search(client: Client, seeded: None) -> None:
    rows = _csv(client, "/findings.csv?score=3")

    assert len(rows) == 55
    assert {row["Score"] for row in rows} == {"3"}
    assert {row["Source"] for row in rows} == {framework.ATTRIBUTION}


def test_csv_says_what_was_asked(client: Client, seeded: None) -> None:
    text = _body(client, "/findings.csv?score=3&q=training")

    assert "# Query: Words: training; Score: 3 – Evidence shows a good standard" in text
    assert "# Order: Best match first" in text
    assert "# Address: http://testserver/findings.csv?score=3&q=training" in text


@pytest.mark.parametrize("sort", ["relevance", "newest", "authority"])
def test_csv_is_in_the_order_of_the_search(client: Client, seeded: None, sort: str) -> None:
    rows = _csv(client, f"/findings.csv?q=training&sort={sort}")

    shown = [row["Link"].removeprefix("http://testserver") for row in rows]
    page = client.get(f"/findings/?q=training&sort={sort}")
    assert shown[:20] == hrefs(page, "article h3 a")


def test_a_very_long_list_is_not_sorted_by_relevance(
    client: Client, seeded: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "SORTED_LIMIT", 3)

    text = _body(client, "/findings.csv?q=training")

    assert "# Order: Newest first: more than 3 findings are not sorted" in text
    assert (
        len(_csv(client, "/findings.csv?q=training"))
        == client.get("/findings/?q=training").context["page"].total
    )


def test_a_workbook_stops_at_its_limit_and_says_so(
    client: Client, seeded: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "XLSX_LIMIT", 30)

    with zipfile.ZipFile(io.BytesIO(_bytes(client, "/findings.xlsx"))) as workbook:
        about = workbook.read("xl/worksheets/sheet1.xml").decode()
        rows = workbook.read("xl/worksheets/sheet2.xml").decode()
    assert "the first 30 of 83" in about
    assert "A workbook holds at most 30 findings. Download the CSV for all 83." in about
    assert rows.count("<row ") == 31


def test_json_has_the_same_rows_as_csv(client: Client, seeded: None) -> None:
    body = client.get("/findings.json?score=2")
    rows = _json(body)["rows"]

    assert [row["id"] for row in rows] == [
        row["Finding"] for row in _csv(client, "/findings.csv?score=2")
    ]


@pytest.mark.parametrize("ending", ["csv", "xlsx", "json"])
def test_a_file_is_a_dated_download(client: Client, seeded: None, ending: str) -> None:
    response = client.get(f"/findings.{ending}")

    disposition = response["Content-Disposition"]
    assert disposition.startswith('attachment; filename="cqc-findings-20')
    assert disposition.endswith(f'.{ending}"')
    response.close()


@pytest.mark.parametrize("ending", ["csv", "xlsx", "json"])
@pytest.mark.parametrize(
    ("asked", "reason"),
    [("score=9", "“score=9” is not understood"), ("preamble=maybe", "“preamble” can be yes or no")],
)
def test_what_is_not_understood_is_refused(
    client: Client, seeded: None, ending: str, asked: str, reason: str
) -> None:
    response = client.get(f"/findings.{ending}?{asked}")

    assertContains(response, reason, status_code=400)
    assert response["Content-Type"] == "text/plain; charset=utf-8"


def test_an_unknown_format_is_not_found(client: Client, seeded: None) -> None:
    assert client.get("/findings.ods").status_code == 404


def test_reads_many_findings_in_few_queries(
    client: Client, seeded: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get("/findings/")

    # The outbox twice, the hits of the page that counts, one batch of rows.
    with django_assert_num_queries(4):
        _body(client, "/findings.csv")


def test_authorities_come_with_their_scores(client: Client, seeded: None) -> None:
    [row] = _csv(client, "/authorities.csv?name=haringey")

    assert (row["Authority"], row["Region"], row["ONS code"]) == (
        "Haringey",
        "London",
        "E09000014",
    )
    assert row["Learning, improvement and innovation"] == "2"
    assert row["Learning, improvement and innovation: in words"] == (
        "Evidence shows some shortfalls"
    )
    assert row["Link"] == "http://testserver/authorities/haringey/"


def test_authorities_are_filtered_as_on_their_page(client: Client, seeded: None) -> None:
    rows = _csv(client, "/authorities.csv?region=london&learning=2")

    assert [row["Authority"] for row in rows] == ["Haringey"]
    text = _body(client, "/authorities.csv?region=london&learning=2")
    assert ("# Query: Region: London; Learning, improvement and innovation: 2") in text


def test_all_authorities_are_in_the_file(client: Client, seeded: None) -> None:
    assert len(_csv(client, "/authorities.csv")) == Authority.objects.count()
    assert len(_json(client.get("/authorities.json"))["rows"]) == Authority.objects.count()


def test_a_bad_filter_of_authorities_is_refused(client: Client, db: None) -> None:
    response = client.get("/authorities.csv?region=mars")

    assertContains(response, "Region: “mars” is not known", status_code=400)


def test_reads_only(client: Client, db: None) -> None:
    assert client.post("/findings.csv").status_code == 405
    assert client.post("/authorities.csv").status_code == 405


def _bytes(client: Client, address: str) -> bytes:
    return b"".join(client.get(address))


def _body(client: Client, address: str) -> str:
    return _bytes(client, address).decode("utf-8-sig")


def _csv(client: Client, address: str) -> list[dict[str, str]]:
    lines = _body(client, f"{address}{'&' if '?' in address else '?'}preamble=no")
    return list(csv.DictReader(io.StringIO(lines)))


def _json(response) -> dict[str, Any]:
    return json.loads(b"".join(response))
