"""The invented reports: 120, whole, the same each time, and marked."""

import json
from collections import Counter

import pytest
from django.core.management import CommandError, call_command
from pytest_django.asserts import assertContains, assertNotContains

from reports import packs
from reports.facts import framework
from reports.management.invented import corpus as made
from reports.management.invented import effects
from reports.management.invented.corpus import corpus
from reports.management.invented.filling import texts
from reports.models import Assessment, Finding, SourceDocument
from reports.parsing import parse_report, read_document
from reports.reading import invented
from reports.reading.profiles import profiles


def test_there_are_120_whole_reports_the_same_each_time():
    one, other = corpus(), corpus()

    assert len(one.reports) == 120
    assert {len(report.sections) for report in one.reports} == {9}
    assert [report.text for report in one.reports] == [report.text for report in other.reports]
    assert len({report.file_name for report in one.reports}) == 120


def test_another_seed_makes_others():
    assert corpus(1).reports[0].text != corpus(2).reports[0].text


@pytest.mark.parametrize("place", range(0, 120, 17))
def test_the_parser_reads_what_was_made(place):
    report = corpus().reports[place]

    record = parse_report(report.text, report.file_name)

    assert record.identification.authority == report.authority.slug
    assert record.problems == ()
    year, month, day = report.published
    assert record.published == f"{year}-{month:02}-{day:02}"
    assert [(one.statement, one.score) for one in record.sections] == [
        (one.statement.slug, one.score) for one in report.sections
    ]
    assert [
        [(paragraph.heading, paragraph.text) for paragraph in one.paragraphs]
        for one in record.sections
    ] == [
        [(paragraph.heading, paragraph.text) for paragraph in one.paragraphs]
        for one in report.sections
    ]


def test_every_topic_of_the_texts_has_both_tones_and_every_statement_its_texts():
    known = texts()

    assert known["strength"].keys() == known["shortfall"].keys()
    for statement in framework.CURRENT.statements:
        assert set(known["topics"][statement.slug]) <= known["strength"].keys()
        assert known["headings"][statement.slug]
        assert known["commitments"][statement.slug]


def test_the_planted_region_stands_out():
    scores: dict[bool, list[int]] = {True: [], False: []}
    for report in corpus().reports:
        section = next(
            one for one in report.sections if one.statement.slug == effects.REGION.statement
        )
        scores[report.authority.region == effects.REGION.region].append(section.score)

    means = {inside: sum(values) / len(values) for inside, values in scores.items()}
    assert means[True] > means[False] + 0.5


def test_what_is_planted_is_written_beside_the_reports(tmp_path):
    call_command("demo", "--write-only", tmp_path, verbosity=0)

    planted = json.loads((tmp_path / "planted.json").read_text("utf-8"))
    assert len(list(tmp_path.glob("*.txt"))) == 120
    assert len(planted["two_values"]) == effects.TWO_VALUES
    assert [one["phrase"] for one in planted["phrases"]] == [one.phrase for one in effects.PHRASES]


@pytest.fixture
def small(monkeypatch):
    """An earlier report, the one after it, and one more."""
    everything = corpus()
    chosen = [everything.reports[place] for place in (0, effects.EARLIER, effects.EARLIER + 1)]
    monkeypatch.setattr(made, "corpus", lambda seed: made.Corpus(chosen, everything.chosen))


@pytest.mark.django_db
def test_the_command_fills_an_empty_site_and_every_page_says_so(client, small, tmp_path):
    assertNotContains(client.get("/about/"), "Invented content.")

    call_command("demo", verbosity=0)

    assert SourceDocument.objects.count() == 3
    assert Counter(len(one.scores) for one in profiles()) == {9: 2}
    assert all(one.rating for one in profiles())
    file = b"".join(client.get("/findings.csv").streaming_content).decode("utf-8-sig")
    assert file.startswith("# Invented: The reports on this site were made up")
    finding = Finding.objects.published().first()
    cited = client.get(f"/findings/{finding.public_id}/cite.ris").content.decode()
    assert "N1  - The reports on this site were made up" in cited
    assertContains(client.get("/findings.atom"), "<subtitle>The reports on this site were made up")
    pack = packs.create("Review")
    packs.add(pack, [finding.public_id])
    for name in ("docx", "pdf"):
        body = client.get(f"/packs/shared/{pack.share_key}.{name}").content
        assert "The reports on this site were made up" in read_document(body, f"pack.{name}").text
    call_command("release", to=tmp_path, site="https://example.org", name="demo", verbosity=0)
    package = tmp_path / "demo" / "datapackage.json"
    assert "The reports on this site were made up" in json.loads(package.read_text())["description"]
    for address in ("/", "/findings/", "/authorities/", "/about/", "/learn/language/", "/nowhere/"):
        response = client.get(address)
        assertContains(response, "Invented content.", status_code=response.status_code)


@pytest.mark.django_db
def test_the_command_can_run_again(small):
    call_command("demo", verbosity=0)
    call_command("demo", verbosity=0)

    assert SourceDocument.objects.count() == 3


@pytest.mark.django_db
def test_invented_reports_never_stand_beside_real_ones(seeded, small):
    before = Assessment.objects.count()

    with pytest.raises(CommandError, match="holds assessments"):
        call_command("demo", verbosity=0)

    assert Assessment.objects.count() == before
    assert not invented.marked()
