import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains

from reports.facts import framework
from reports.models import Authority, Correction, Finding
from tests.support.html import texts


def get(client: Client, path: str, **params: str) -> dict[str, Any]:
    response = client.get(f"/api/v1{path}", params)
    assert response.status_code == 200, response.content
    return response.json()


def harvest(client: Client, address: str) -> list[dict[str, Any]]:
    """The results of all pages."""
    results = []
    following: str | None = address
    while following:
        body = client.get(following).json()
        results += body["results"]
        following = body["next"]
    return results


def test_a_finding_says_where_it_is(client: Client, first_of_haringey: Finding) -> None:
    body = get(client, f"/findings/{first_of_haringey.public_id}")

    assert body["text"] == first_of_haringey.text
    assert body["authority"] == {"slug": "haringey", "name": "Haringey"}
    assert body["statement"]["name"] == "Learning, improvement and innovation"
    assert (body["score"], body["score_description"]) == (2, "Evidence shows some shortfalls")
    assert body["words_url"].startswith(f"{body['url']}#:~:text=")
    [span] = body["spans"]
    source = first_of_haringey.paragraph.document.read_text()
    words = " ".join(source[span["start"] : span["end"]].split())
    assert words == first_of_haringey.text
    assert (body["corrected"], body["licence"]) == ([], framework.ATTRIBUTION)


def test_says_what_was_corrected_with_cqcs_print(
    client: Client, first_of_haringey: Finding
) -> None:
    printed = first_of_haringey.text
    Finding.objects.filter(pk=first_of_haringey.pk).update(text="Other words.")

    body = get(client, f"/findings/{first_of_haringey.public_id}")

    assert (body["text"], body["corrected"]) == ("Other words.", ["text"])
    assert body["printed"]["text"] == printed


@pytest.mark.parametrize("limit", [7, 100])
@pytest.mark.parametrize("asked", ["", "q=training&", "score=3&sort=authority&"])
def test_all_pages_together_are_the_search(
    client: Client, seeded: None, asked: str, limit: int
) -> None:
    total = client.get(f"/api/v1/findings?{asked}").json()["total"]
    results = harvest(client, f"/api/v1/findings?{asked}limit={limit}")

    assert len({result["id"] for result in results}) == len(results) == total


def test_a_search_says_how_its_words_were_read(client: Client, seeded: None) -> None:
    body = get(client, "/findings?q=complants+from+carers")

    assert body["total"] == len(body["results"]) > 0
    assert body["understood"]["corrections"] == [
        {"word": "complants", "nearest": "complaints", "q": "complaints from carers"}
    ]
    assert body["understood"]["corrected"] is True
    assert body["understood"]["left_out"] == ["from"]


def test_findings_that_hold_most_words_are_listed_apart(client: Client, seeded: None) -> None:
    body = get(client, "/findings?q=complaints+telescope+training")

    assert body["total"] == 0 == len(body["results"])
    assert body["nearly"]
    assert all("telescope" in near["missing"] for near in body["nearly"])


def test_additions_come_in_the_order_they_were_stored(client: Client, seeded: None) -> None:
    stored = Finding.objects.order_by("created_at", "pk").values_list("public_id", flat=True)

    results = harvest(client, "/api/v1/additions?limit=20")

    assert [result["id"] for result in results] == list(stored)


def test_additions_begin_where_one_says(client: Client, seeded: None) -> None:
    last = Finding.objects.latest("created_at")

    body = get(client, "/additions", since=last.created_at.isoformat())

    assert last.public_id in {result["id"] for result in body["results"]}
    assert get(client, "/additions", since="2999-01-01T00:00:00Z")["results"] == []


def test_authorities_are_all_there(client: Client, db: None) -> None:
    body = client.get("/api/v1/authorities").json()

    assert len(body) == Authority.objects.count()
    assert get(client, "/authorities/york")["region"] == {
        "slug": "yorkshire-and-the-humber",
        "name": "Yorkshire and The Humber",
    }


def test_an_assessment_has_its_scores(client: Client, first_of_haringey: Finding) -> None:
    assessment = first_of_haringey.section.assessment

    [listed] = get(client, "/assessments", authority="haringey")["results"]

    assert listed == get(client, f"/assessments/{assessment.public_id}")
    [score] = [score for score in listed["scores"] if score["has_text"]]
    assert (score["statement"]["slug"], score["score"]) == ("learning", 2)


def test_statements_are_cqcs_nine(client: Client, db: None) -> None:
    body = client.get("/api/v1/statements").json()

    assert [entry["slug"] for entry in body] == [entry.slug for entry in framework.STATEMENTS]


def test_figures_are_word_for_word(client: Client, seeded: None) -> None:
    figures = harvest(client, "/api/v1/figures?limit=10")

    assert figures
    for figure in figures:
        assert figure["text"] in Finding.objects.get(public_id=figure["finding"]).text


def test_corrections_name_nobody(client: Client, db: None) -> None:
    Correction.objects.create(
        batch="00000000-0000-0000-0000-000000000000",
        action="edit",
        target_kind="finding",
        target_id="abc",
        field="text",
        before="a",
        after="b",
        reason="parsing",
        note="secret note",
        editor="secret editor",
    )

    response = client.get("/api/v1/corrections")

    [result] = response.json()["results"]
    assert (result["before"], result["after"], result["target"]) == ("a", "b", "abc")
    assert b"secret" not in response.content


def test_checks_a_quotation(client: Client, first_of_haringey: Finding) -> None:
    words = " ".join(first_of_haringey.text.split()[:8])

    body = client.post(
        "/api/v1/quotations", json.dumps({"text": words}), content_type="application/json"
    ).json()

    [checked] = body["quotations"]
    assert checked["verdict"] == "exact"
    [place] = checked["places"]
    assert (place["finding"], place["words"]) == (first_of_haringey.public_id, words)
    assert place["spans"] == [{"start": 0, "end": len(words)}]


def test_an_answer_that_did_not_change_is_not_sent_again(client: Client, seeded: None) -> None:
    first = client.get("/api/v1/findings?score=3")

    again = client.get("/api/v1/findings?score=3", headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("address", "status", "sentence"),
    [
        (
            "/findings?score=9",
            400,
            "“score” is not understood: it can be 1, 2, 3, 4 or unscored.",
        ),
        (
            "/findings?topic=alchemy",
            400,
            "“topic” is not understood: no such value is known; choose from the list “Topic”.",
        ),
        ("/findings?sort=best", 400, "“sort” is not understood: it can be newest or authority."),
        ("/figures?authority=atlantis", 400, "“authority” is not understood: no such value"),
        ("/figures?statement=alchemy", 400, "“statement” is not understood: it can be"),
        ("/assessments?authority=atlantis", 400, "“authority” is not understood: no such value"),
        ("/findings?limit=1000", 400, "“limit”: Input should be less than or equal to 100."),
        ("/findings?cursor=abc", 400, "“cursor” is not understood: take it from"),
        ("/figures?cursor=WzFd.", 400, "“cursor” is not understood: take it from"),
        ("/additions?since=soon", 400, "“since”: Input should be a valid datetime"),
        ("/findings/unknown", 404, "There is no finding “unknown”."),
        ("/nothing", 404, "There is nothing at this address."),
        ("/authorities/mars", 404, "There is no authority “mars”."),
        ("/assessments/unknown", 404, "There is no assessment “unknown”."),
    ],
)
def test_a_wrong_request_gets_a_sentence(
    client: Client, seeded: None, address: str, status: int, sentence: str
) -> None:
    response = client.get(f"/api/v1{address}")

    assert response.status_code == status
    assert response.json()["errors"][0].startswith(sentence)


def test_a_list_costs_few_queries(
    client: Client, seeded: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get("/api/v1/findings")

    # The outbox twice, the hits of the page that counts, the rows.
    with django_assert_num_queries(4):
        client.get("/api/v1/findings?q=training")


def test_every_parameter_has_a_meaning(client: Client, db: None) -> None:
    paths = client.get(reverse("api-v1:openapi-json")).json()["paths"]

    described = {
        (path, parameter["name"]): parameter.get("description", "")
        for path, methods in paths.items()
        for operation in methods.values()
        for parameter in operation.get("parameters", ())
    }
    assert len(described) > 20
    assert [place for place, meaning in described.items() if not meaning] == []


def test_the_reference_page_lists_every_operation(client: Client, db: None) -> None:
    paths = client.get(reverse("api-v1:openapi-json")).json()["paths"]

    page = client.get("/api/v1/")

    shown = texts(page, "section h2")
    assert shown == [
        f"{method.upper()} {path}" for path, methods in paths.items() for method in methods
    ]
    assertContains(page, "you get status 429")
