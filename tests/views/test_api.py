from django.test import Client

from reports import search
from reports.corrections import Why, change
from reports.models import Finding


def test_a_result_has_these_names_and_values(client: Client, first_of_haringey: Finding) -> None:
    body = client.get("/api/findings/?q=coproduction&authority=haringey").json()

    assert set(body) == {
        "count",
        "page",
        "pages",
        "results",
        "facets",
        "nearly",
        "understood",
    }
    [result] = [r for r in body["results"] if r["id"] == first_of_haringey.public_id]
    assert "<mark>coproduction</mark>" in result.pop("highlight")
    assert result == {
        "id": first_of_haringey.public_id,
        "url": f"http://testserver{first_of_haringey.get_absolute_url()}",
        "authority": "haringey",
        "theme": "leadership",
        "statement": "learning",
        "score": 2,
        "heading": "Continuous learning, improvement and professional development",
        "text": first_of_haringey.text,
        "topics": first_of_haringey.topics,
        "groups": [],
        "evidence": first_of_haringey.evidence,
        "tone": "shortfall",
        "figures": [],
        "quantities": [],
        "corrected": [],
        "printed": {},
    }


def test_a_corrected_value_stands_beside_the_printed_one(
    client: Client, first_of_haringey: Finding
) -> None:
    change(first_of_haringey.section, {"score": 4}, Why(editor="ada"))
    search.catch_up()

    [result] = client.get("/api/findings/?q=coproduction&authority=haringey&score=4").json()[
        "results"
    ][:1]

    assert (result["score"], result["corrected"], result["printed"]) == (4, ["score"], {"score": 2})


def test_it_says_what_was_searched_beside_the_words(client: Client, seeded: None) -> None:
    body = client.get("/api/findings/?q=what+did+the+LGSCO+say").json()

    assert body["understood"]["left_out"] == ["what", "did", "the", "say"]
    [also] = body["understood"]["also_searched"]
    assert also["typed"] == "LGSCO"
    assert "ombudsman" in [other.lower() for other in also["others"]]


def test_it_says_which_word_it_corrected(client: Client, seeded: None) -> None:
    body = client.get("/api/findings/?q=complants").json()

    assert body["count"] > 0
    assert body["understood"]["corrected"] is True
    assert body["understood"]["corrections"] == [
        {"word": "complants", "nearest": "complaints", "q": "complaints"}
    ]


def test_findings_that_hold_most_words_are_listed_apart(client: Client, seeded: None) -> None:
    body = client.get("/api/findings/?q=complaints+telescope+training").json()

    assert body["count"] == 0
    assert body["nearly"]
    assert all("telescope" in near["missing"] for near in body["nearly"])


def test_figures_are_taken_apart(client: Client, seeded: None) -> None:
    [result] = client.get("/api/findings/?q=%2229-day+response+time%22").json()["results"]

    assert result["quantities"][0] == {
        "text": "223 complaints",
        "value": 223.0,
        "unit": "complaints",
        "measure": "complaints about adult social care",
        "whose": "local",
        "period": "in the 12 months prior to 1 June 2024",
        "direction": "",
        "clear": True,
    }


def test_an_unidentified_authority_is_null(client: Client, seeded: None) -> None:
    body = client.get("/api/findings/?authority=unidentified").json()

    assert body["count"] == 32
    assert {result["authority"] for result in body["results"]} == {None}


def test_facets_say_what_is_selected(client: Client, seeded: None) -> None:
    body = client.get("/api/findings/?score=2").json()

    scores = {value["value"]: value for value in body["facets"]["score"]}
    assert set(scores["2"]) == {"value", "label", "count", "selected"}
    assert (scores["2"]["count"], scores["2"]["selected"]) == (28, True)
    assert (scores["3"]["count"], scores["3"]["selected"]) == (55, False)


def test_pages_are_counted(client: Client, seeded: None) -> None:
    body = client.get("/api/findings/?page=5").json()

    assert (body["count"], body["page"], body["pages"], len(body["results"])) == (83, 5, 5, 3)


def test_a_bad_parameter_is_answered_with_the_reason(client: Client, seeded: None) -> None:
    response = client.get("/api/findings/?score=9&page=-1")

    assert response.status_code == 400
    [score, page] = response.json()["errors"]
    assert "score=9" in score
    assert "page=-1" in page
