"""Pages on a few whole reports with known effects, read by the real parser and labelled by the
real rules."""

import re
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import User
from django.http import QueryDict
from pytest_django.asserts import assertContains

from reports import search
from reports.ingest import ingest_paths
from reports.management.invented import effects
from reports.management.invented.corpus import corpus
from reports.models import Figure
from tests.support.html import hrefs, texts
from tests.support.seeds import MadeOnce

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="session")
def few_once(tmp_path_factory):
    return MadeOnce(tmp_path_factory.mktemp("few"), ingest_few)


@pytest.fixture
def few(db, few_once):
    """Birmingham's earlier and later report, the later with two values of one measure; and two
    versions of York's."""
    few_once.put()


def ingest_few():
    chosen = [one for one in corpus().reports if one.authority.slug in ("birmingham", "york")]
    assert len(chosen) == 4
    with tempfile.TemporaryDirectory() as folder:
        for report in chosen:
            (Path(folder) / report.file_name).write_text(report.text, encoding="utf-8")
        list(search.followed(ingest_paths([Path(folder) / one.file_name for one in chosen])))


def test_over_time_shows_then_and_now_and_what_became_of_each_finding(client, few):
    response = client.get("/compare/over-time/?authority=birmingham&statement=equity")

    assert len(texts(response, ".score-cell")) == 18
    kinds = [text.split()[0] for text in texts(response, ".aligned tbody th")]
    assert kinds.count("Same") >= effects.KEPT
    assert kinds.count("Reworded") >= effects.REWORDED
    assert "Gone" in kinds
    for url in hrefs(response, ".aligned a.finding-number")[:4]:
        assert client.get(url).status_code == 200


def test_the_counts_over_time_lead_to_what_they_count(client, few):
    response = client.get("/compare/over-time/?authority=birmingham&statement=equity")
    numbers, urls = texts(response, "td.number a"), hrefs(response, "td.number a")

    told = [number.split() for number in numbers]
    assert {kind for _, kind in told} == {"same", "reworded", "new", "gone"}
    for (count, kind), url in list(zip(told, urls, strict=True))[:4]:
        there = texts(client.get(url), ".aligned tbody th")
        assert [text.split()[0].lower() for text in there] == [kind] * int(count)


def test_over_time_compares_versions_of_one_report(client, few):
    response = client.get("/compare/over-time/?authority=york&statement=learning")

    assertContains(response, ", older version: ")
    kinds = [text.split()[0] for text in texts(response, ".aligned tbody th")]
    assert kinds.count("New") == 1
    assert set(kinds) == {"Same", "New"}


def test_over_time_can_be_turned_round(client, few):
    response = client.get("/compare/over-time/?authority=birmingham&statement=equity")
    params = QueryDict(urlsplit(hrefs(response, "tbody th a")[0]).query)
    then, now = params["then"], params["now"]

    turned = client.get(f"/compare/over-time/?authority=birmingham&then={now}&now={then}")

    assert turned.status_code == 200
    assert texts(turned, "tbody .score-cell")[:2] == texts(response, "tbody .score-cell")[1::-1]


def test_the_planted_two_values_are_a_question(client, few):
    response = client.get("/learn/tensions/?authority=birmingham&kind=two-values")

    assertContains(response, "7%")
    assertContains(response, "13%")
    questions = texts(response, "main article h3")
    assert any("vacancy rate" in question for question in questions)
    for url in hrefs(response, "main article li a"):
        assert client.get(url).status_code == 200


def test_an_editor_goes_from_a_question_to_its_findings_and_from_the_desk_to_the_questions(
    client, few
):
    client.force_login(User.objects.create_superuser("ada"))

    assert "/learn/tensions/" in hrefs(client.get("/desk/"), "main a")
    response = client.get("/learn/tensions/?authority=birmingham&kind=two-values")
    corrections = [url for url in hrefs(response, "main li a") if url.startswith("/desk/findings/")]
    assert len(corrections) == 2
    for url in corrections:
        assert client.get(url).status_code == 200


def test_a_recognised_measure_keeps_the_authority_and_england_apart(client, few):
    response = client.get("/learn/figures/?known=vacancies")

    assert {"This authority", "England"} & set(texts(response, "main tbody th"))
    numbers, urls = texts(response, "td.number a"), hrefs(response, "td.number a")
    spreads = numbers.index(texts(response, ".figure-table td.number a")[0])
    # Of each owner: how many authorities quote it, the lowest and the highest value.
    for place in range(0, spreads, 3):
        assertContains(client.get(urls[place]), f" of {numbers[place]} authorit")
        for number, url in zip(numbers[place + 1 : place + 3], urls[place + 1 :], strict=False):
            assert number in texts(client.get(url), ".figure-table td.number a")
    assert Figure.objects.filter(whose="england", text="8%").exists()
    assert all("vacancy" in text for text in texts(response, ".figure-table td .cqc"))


def test_the_practice_finder_as_a_file_has_all_that_it_counts(client, few):
    response = client.get("/learn/practice/?authority=leeds&topic=training")
    [total] = texts(response, "main p a b")
    url = next(url for url in hrefs(response, "main p a") if "format=csv" in url)

    lines = b"".join(client.get(url).streaming_content).decode("utf-8-sig").splitlines()
    assert sum("/findings/" in line and not line.startswith("#") for line in lines) == int(total)


@pytest.mark.parametrize(
    ("address", "of"),
    [
        ("/learn/behind/?statement=learning", "York"),
        ("/learn/language/sentences/?statement=learning&phrase=people", "York"),
        ("/learn/practice/?authority=leeds&topic=training", "Birmingham"),
        ("/compare/scores/?statement=learning", "York"),
        ("/compare/profiles/?a=birmingham&a=york&statement=learning", "York"),
        ("/compare/over-time/?authority=birmingham&statement=learning", "then"),
        ("/learn/figures/", "York"),
    ],
)
def test_findings_can_be_ticked_for_a_pack_wherever_they_are_read(client, few, address, of):
    response = client.get(address)
    boxes = texts(response, "main .tick-box label")
    ids = re.findall(r'id="(tick-[^"]+)" name="finding"', response.text)

    assert len(set(ids)) == len(ids) > 0
    assert any(of in box for box in boxes)
    assert texts(response, "form.tick-form button") == ["Put ticked findings in a pack"]


def test_the_practice_finder_gives_praise_from_others_with_its_reason(client, few):
    response = client.get("/learn/practice/?authority=leeds&topic=training&statement=learning")

    rows = texts(response, "main article")
    if not rows:
        assert texts(response, ".empty h2") == ["No praise on training and development is held"]
    for row in rows:
        assert "Likeness" in row
        assert "km away" in row


def test_examples_are_of_the_reports_held_and_their_addresses_open(client, few):
    shown = {
        group: [urlsplit(link) for link in hrefs(client.get(f"/{group}/"), ".example a")]
        for group in ("compare", "learn")
    }

    # Two authorities are too few for practice of others, and for the language of a score.
    assert [link.path for link in shown["learn"]] == [
        "/learn/next-rating/",
        "/learn/evidence-map/",
        "/learn/figures/",
        "/learn/tensions/",
    ]
    assert len(shown["compare"]) == 5
    for links in shown.values():
        for link in links:
            assert client.get(link.geturl()).status_code == 200
