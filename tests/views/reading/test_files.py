"""The tables of Compare and Learn as files."""

import csv
import io
import json
import zipfile

import pytest
from pytest_django.asserts import assertContains

from reports import exports
from reports.corrections import Why, change
from reports.models import Figure, Finding
from reports.reading.profiles import profiles
from tests.corrections.conftest import finding, read, write
from tests.ingest.conftest import DATA, LEADERS, PEOPLE, STAFF
from tests.support.html import hrefs, texts

pytestmark = pytest.mark.django_db

__all__ = ["finding", "read", "write"]


def _text(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return b"".join(response.streaming_content).decode("utf-8-sig")


def _csv(client, url):
    lines = _text(client, url).splitlines(keepends=True)
    table = [line for line in lines if not line.startswith(("#", '"#'))]
    return list(csv.DictReader(io.StringIO("".join(table))))


def _json(client, url):
    return json.loads(_text(client, url))


@pytest.mark.parametrize(
    "url",
    [
        "/learn/practice/?",
        "/learn/next-rating/?authority=city-of-london&",
        "/compare/scores/?q=training&",
        "/compare/like-mine/?",
        "/compare/profiles/?a=barnet&",
        "/compare/over-time/?authority=barnet&",
        "/learn/language/?",
    ],
)
def test_a_file_that_is_not_made_is_not_promised(client, scored, url):
    assertContains(
        client.get(f"{url}format=csv"), "There is no table here to take away", status_code=400
    )


def test_the_ways_to_the_next_rating_as_a_file(client, scored):
    address = "/learn/next-rating/?authority=bath-and-north-east-somerset"
    rows = _csv(client, f"{address}&format=csv")

    ways = texts(client.get(address), ".ways li")
    assert {int(row["Way"]) for row in rows} == set(range(1, len(ways) + 1))
    first = [row for row in rows if row["Way"] == "1"]
    assert "; ".join(f"{r['Quality statement']} {r['From']} → {r['To']}" for r in first) == ways[0]


def test_sentences_with_a_phrase_as_a_file(client, seeded):
    address = "/learn/language/sentences/?statement=learning&phrase=people"
    rows = _csv(client, f"{address}&format=csv")

    found = hrefs(client.get(address), "main article h2 a")
    assert [f"http://testserver{url}" for url in found] == [row["Link"] for row in rows]


def test_likeness_in_what_is_not_known_is_an_empty_file(client, scored):
    assert _csv(client, "/compare/like-mine/?authority=barnet&by=population&format=csv") == []


def test_numbers_are_numbers_and_names_have_their_slugs(client, scored):
    [barnet] = [one for one in profiles() if one.authority.slug == "barnet"]

    rows = _json(client, "/compare/matrix/?statement=equity&region=london&format=json")["rows"]
    [row] = [row for row in rows if row["authority_slug"] == "barnet"]
    assert row["equity_in_experience_and_outcomes"] == barnet.score("equity")
    assert (row["region_slug"], row["kind_slug"]) == ("london", "london-borough")

    like = _json(client, "/compare/like-mine/?authority=barnet&format=json")["rows"][0]
    assert isinstance(like["likeness_worked_out"], float)
    assert isinstance(like["kilometres"], float)


def test_compared_authorities_are_named_with_their_assessments(client, scored):
    file = _json(client, "/compare/profiles/?a=barnet&a=camden&format=json")

    [barnet, camden] = [one for one in profiles() if one.authority.slug in ("barnet", "camden")]
    assert file["about"]["query"] == [{"name": "Authorities", "value": "Barnet, Camden"}]
    assert file["about"]["count"] == len(file["rows"]) == 9
    assert file["about"]["notes"] == [
        f"{one.authority.name}: {one.rating_name}, {one.display_date}" for one in (barnet, camden)
    ]
    [equity] = [row for row in file["rows"] if row["quality_statement_slug"] == "equity"]
    assert (equity["barnet"], equity["camden"]) == (barnet.score("equity"), camden.score("equity"))
    text = _text(client, "/compare/profiles/?a=barnet&a=camden&format=csv")
    assert f"# Note: Camden: {camden.rating_name}, {camden.display_date}" in text
    assert "# Licence: " in text


def test_a_corrected_score_is_marked_in_files(client, finding):
    change(finding.section, {"score": 4}, Why(editor="ada"))
    printed = "Learning, improvement and innovation: CQC printed 2"

    [row] = _csv(client, "/compare/matrix/?format=csv")
    assert row["Corrected by an editor"] == printed
    rows = _csv(client, "/compare/profiles/?a=barnet&a=brent&format=csv")
    assert "Barnet: CQC printed 2" in [row["Corrected by an editor"] for row in rows]


def test_all_figures_are_in_a_csv_and_a_workbook_says_how_many_it_leaves_out(
    client, seeded, monkeypatch
):
    monkeypatch.setattr(exports, "XLSX_LIMIT", 5)
    total = int(texts(client.get("/learn/figures/"), "main p b")[0])

    assert len(_csv(client, "/learn/figures/?format=csv")) == total > 5

    response = client.get("/learn/figures/?format=xlsx")
    with zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content))) as workbook:
        about = workbook.read("xl/worksheets/sheet1.xml").decode()
        rows = workbook.read("xl/worksheets/sheet2.xml").decode()
    assert f"the first 5 of {total}" in about
    assert f"A workbook holds at most 5 rows. Download the CSV for all {total}." in about
    assert rows.count("<row ") == 6


def test_a_figure_in_corrected_words_is_marked_on_its_page_and_in_its_file(client, seeded):
    quoted = Figure.objects.filter(text="25.34%").get().finding
    change(quoted, {"text": f"{quoted.text} Added."}, Why(editor="ada"))

    assert quoted.get_absolute_url() + "history/" in hrefs(
        client.get("/learn/figures/"), ".figure-table .corrected a"
    )
    marked = [
        row["Finding"]
        for row in _csv(client, "/learn/figures/?format=csv")
        if row["Corrected by an editor"] == "yes"
    ]
    assert set(marked) == {f"http://testserver{quoted.get_absolute_url()}"}


def test_a_sentence_in_corrected_words_is_marked(client, finding):
    change(finding, {"text": f"{STAFF} Added."}, Why(editor="ada"))

    response = client.get("/learn/language/sentences/?statement=learning&phrase=supervision")

    assert hrefs(response, ".corrected a") == [finding.get_absolute_url() + "history/"]


def test_findings_behind_a_number_go_away_with_the_columns_of_any_findings(client, seeded):
    page = "/learn/behind/?statement=learning&topic=complaints"
    response = client.get(page)
    total = int(texts(response, "main p b")[0])
    [address, *_] = hrefs(response, ".files a")

    rows = _csv(client, address)

    assert len(rows) == total > 1
    assert list(rows[0]) == list(exports.FINDINGS.titles)
    assert {row["Quality statement (slug)"] for row in rows} == {"learning"}


def test_two_readings_beside_each_other_as_a_file(client, read, finding):
    read(STAFF, PEOPLE, LEADERS)
    newest = Finding.objects.published().get(text=STAFF)
    change(newest.section, {"score": 4}, Why(editor="ada"))
    [address, *_] = hrefs(
        client.get("/compare/over-time/?authority=barnet&statement=learning"), ".files a"
    )

    rows = _csv(client, address)

    kept = rows[0]
    assert (kept["Then"], kept["Now"]) == (STAFF, STAFF)
    assert kept["Change (worked out)"] == "same"
    assert kept["Corrected by an editor"] == "score now: CQC printed 2"
    assert kept["Finding now"] == f"http://testserver{newest.get_absolute_url()}"
    became = {row["Now"] or row["Then"]: row["Change (worked out)"] for row in rows}
    assert became == {STAFF: "same", PEOPLE: "same", LEADERS: "new", DATA: "gone"}
