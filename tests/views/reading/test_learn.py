"""The pages of Learn, and those of Compare that need whole reports."""

import pytest
from pytest_django.asserts import assertContains

from reports.models import Finding
from tests.support.html import hrefs, texts

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/learn/language/?statement=learning&high=3&low=3", "Choose two different scores."),
        ("/learn/language/?statement=learning&high=9", "choose from the list"),
        ("/learn/evidence-map/?statement=learning&score=3", "choose one."),
        ("/learn/language/sentences/?statement=learning&phrase=a.b.c", "Write one word or phrase"),
        ("/learn/figures/?page=0", "greater than or equal to 1"),
        ("/learn/figures/?format=pdf", "It can be csv, xlsx or json."),
        ("/compare/over-time/?authority=haringey&then=nothing", "no such assessment or version"),
        ("/compare/over-time/?now=nothing", "Choose an authority too."),
        ("/compare/scores/?score=9", "is not understood"),
    ],
)
def test_a_wrong_parameter_is_named(client, seeded, address, words):
    assertContains(client.get(address), words, status_code=400)


def test_a_language_of_too_few_says_how_many_there_are(client, seeded):
    response = client.get("/learn/language/?statement=learning")

    assert texts(response, ".empty h2") == ["Too few authorities to compare"]
    assertContains(response, "At least 10 of each are needed.")


def test_sentences_with_a_phrase_are_shown_with_it_marked(client, seeded):
    response = client.get(
        "/learn/language/sentences/?statement=learning&phrase=Positive+working+culture"
    )

    assert texts(response, "mark") == ["positive working culture"]
    [found] = Finding.objects.filter(text__contains="positive working culture")
    assert hrefs(response, "main article h2 a") == [found.get_absolute_url()]


def test_the_evidence_map_leads_to_the_findings_it_counts(client, seeded):
    response = client.get("/learn/evidence-map/?statement=learning")
    numbers = texts(response, ".evidence-map td a")
    urls = hrefs(response, ".evidence-map td a")

    assert len(numbers) > 10
    for number, url in list(zip(numbers, urls, strict=True))[::5]:
        there = client.get(url)
        if "/matrix/" in url:  # none: the authorities that have none
            assert set(texts(there, ".score-grid td a")) == {"0"}
        else:
            assertContains(there, f"in {number.split()[0]} section")


@pytest.mark.parametrize("query", ["statement=learning", "score=2&score=3"])
def test_the_evidence_map_leads_to_the_sections_of_a_column_and_a_row(client, seeded, query):
    response = client.get(f"/learn/evidence-map/?{query}")
    numbers = texts(response, ".evidence-map th a")
    urls = hrefs(response, ".evidence-map th a")

    assert len(numbers) > 10
    for number, url in list(zip(numbers, urls, strict=True))[::7]:
        assertContains(client.get(url), f"in {number.split()[0]} section")


def test_figures_are_those_of_published_findings_and_open_their_sentence(client, seeded):
    response = client.get("/learn/figures/")

    marked = texts(response, ".figure-table mark")
    assert "25.34%" in marked
    assert {"/about/#figure", "/about/#authority"} <= set(hrefs(response, "main a.term"))
    for url in hrefs(response, ".figure-table td a")[:3]:
        assert client.get(url).status_code == 200


def test_figures_can_be_narrowed_and_taken_away(client, seeded):
    everything = client.get("/learn/figures/?format=csv")
    narrowed = client.get("/learn/figures/?topic=complaints&format=csv")

    lines = [len(b"".join(one.streaming_content).splitlines()) for one in (everything, narrowed)]
    assert lines[0] > lines[1] > 5


def test_side_by_side_splits_a_search_by_score(client, seeded):
    response = client.get("/compare/scores/?q=complaints")
    total = int(texts(response, "main p b")[0])

    of_scores = [int(text.split()[0]) for text in texts(response, "section h2 a")]
    assert 0 < sum(of_scores) <= total
    for url, count in zip(hrefs(response, "section h2 a"), of_scores, strict=True):
        assertContains(client.get(url), f"{count} finding")


def test_side_by_side_is_one_click_from_any_search(client, seeded):
    response = client.get("/findings/?q=complaints&statement=learning")

    assert "/compare/scores/?q=complaints&statement=learning" in hrefs(response, ".results a")


def test_over_time_compares_an_assessment_with_an_earlier_one(client, seeded):
    response = client.get("/compare/over-time/?authority=haringey")

    assert texts(response, ".empty h2") == ["Nothing to compare"]


def test_no_page_writes_of_what_cqc_did_not_publish_without_saying_so(client, seeded):
    response = client.get("/learn/evidence-map/?statement=learning")

    assert texts(response, ".inferred-tag") == ["inferred"]
