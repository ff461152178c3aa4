"""The 153 authorities and their names."""

import csv
from collections import Counter

import pytest

from reports.facts import gazetteer
from reports.facts.framework import AUTHORITY_KINDS, REGIONS


def test_all_authorities_are_there_once():
    entries = gazetteer.entries()
    assert len(entries) == 153
    assert len({entry.slug for entry in entries}) == 153
    assert len({entry.gss_code for entry in entries}) == 153


def test_kinds_and_regions_are_those_of_the_framework():
    assert {entry.kind for entry in gazetteer.entries()} == {kind.slug for kind in AUTHORITY_KINDS}
    assert {entry.region for entry in gazetteer.entries()} == {region.slug for region in REGIONS}


def test_an_entry_in_full():
    assert gazetteer.by_slug()["hounslow"] == gazetteer.GazetteerEntry(
        slug="hounslow",
        gss_code="E09000018",
        name="Hounslow",
        official_name="London Borough of Hounslow",
        kind="london-borough",
        region="london",
        aliases=("LB Hounslow", "Hounslow Council"),
        report_slugs=("Hounslow-0524",),
        title_names=("London Borough of Hounslow",),
    )


def test_no_name_belongs_to_two():
    names = Counter(
        name
        for entry in gazetteer.entries()
        for name in {gazetteer.folded_name(name) for name in entry.all_names}
    )
    assert [name for name, count in names.items() if count > 1] == []


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("York", "york"),
        ("City of York Council", "york"),
        ("north yorkshire", "north-yorkshire"),
        ("Bedford", "bedford"),
        ("Central Bedfordshire", "central-bedfordshire"),
        ("Gloucestershire", "gloucestershire"),
        ("South Gloucestershire Council", "south-gloucestershire"),
        ("The London Borough of Brent", "brent"),
        ("Hammersmith & Fulham", "hammersmith-and-fulham"),
        ("Telford  and Wrekin", "telford-and-wrekin"),
        ("St. Helens", "st-helens"),
        ("Stoke", "stoke-on-trent"),
        ("Metropolitan Borough of Wirral", "wirral"),
    ],
)
def test_authority_is_found_by_its_whole_name(name, slug):
    entry = gazetteer.named(name)
    assert entry is not None
    assert entry.slug == slug


@pytest.mark.parametrize("name", ["", "Yorkshire", "Bath", "London", "York North", "Borsetshire"])
def test_other_names_are_nobody(name):
    assert gazetteer.named(name) is None


def test_every_name_seen_in_a_title_is_known():
    with (gazetteer.DATA / "report_slugs.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["title_name_seen"]]
    assert {
        row["title_name_seen"]: entry.gss_code
        for row in rows
        if (entry := gazetteer.named(row["title_name_seen"]))
    } == {row["title_name_seen"]: row["authority_gss_code"] for row in rows}


def test_longer_names_come_first():
    names = list(gazetteer.by_exact_name())
    assert names.index("North Yorkshire") < names.index("York")
    assert [len(name) for name in names] == sorted(map(len, names), reverse=True)


@pytest.mark.parametrize(
    ("text", "slug"),
    [("St. Helens", "st-helens"), ("King's Lynn", "kings-lynn"), ("Zoë & Co", "zoe-co"), ("", "")],
)
def test_slug_is_plain_letters_and_hyphens(text, slug):
    assert gazetteer.slugify(text) == slug


@pytest.mark.parametrize(
    ("authority", "published", "pilot", "page"),
    [
        ("barnet", "2025-01", False, "barnet-0125"),
        ("york", "2025-12-05", False, "york-1225"),
        ("hounslow", "2024-05-17", False, "Hounslow-0524"),
        ("lincolnshire", "2023-11-17", True, "lincolnshire-cc"),
        ("barnet", "2026-01", False, ""),  # another report's month
        ("barnet", "2025", False, ""),
        ("barnet", "", False, ""),
        ("barnet", "2025-01", True, ""),
        ("lincolnshire", "2023-11-17", False, ""),
        (None, "2025-01", False, ""),
    ],
)
def test_the_address_of_a_report_is_that_of_its_month(
    authority: str | None, published: str, pilot: bool, page: str
) -> None:
    folder = "https://www.cqc.org.uk/care-services/local-authority-assessment-reports/"

    found = gazetteer.report_address(authority, published, pilot=pilot)

    assert found == (f"{folder}{page}" if page else "")
