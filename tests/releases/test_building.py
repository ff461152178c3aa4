import csv
import hashlib
import json
from pathlib import Path

import pytest
from csvw import CSVW
from django.core.management import call_command
from django.core.management.base import CommandError
from frictionless import Package
from pyld import jsonld
from requests import Response
from rocrate_validator import models, services
from rocrate_validator.utils.http import HttpRequester

from reports.models import Finding
from reports.releases import Built, ReleaseError, build, releases

SCHEMA_ORG = (
    "CreativeWork Dataset Organization about author contentSize datePublished description "
    "encodingFormat hasPart license name publisher sha256 url version"
)
SITE = "https://cqc.example.org"


@pytest.fixture
def built(seeded: None, tmp_path: Path) -> Built:
    return build(tmp_path / "one", SITE)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_holds_every_published_finding_word_for_word(built: Built) -> None:
    texts = {row["id"]: row["text"] for row in rows(built.folder / "findings.csv")}

    assert texts == dict(Finding.objects.published().values_list("public_id", "text"))
    assert list(texts) == sorted(texts)


def test_two_builds_of_one_state_are_equal_byte_for_byte(built: Built, tmp_path: Path) -> None:
    again = build(tmp_path / "two", SITE)

    assert again.version == built.version
    [one], [two] = releases(tmp_path / "one"), releases(tmp_path / "two")
    assert one.files == two.files
    for name in one.files:
        assert (one.folder / name).read_bytes() == (two.folder / name).read_bytes(), name


def test_a_release_is_never_changed(built: Built, tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="a release is never changed"):
        build(tmp_path / "one", SITE)

    assert [release.version for release in releases(tmp_path / "one")] == [built.version]


def test_a_change_of_any_column_makes_another_version(built: Built, tmp_path: Path) -> None:
    count = Finding.objects.published().exclude(tone="strength").update(tone="strength")

    again = build(tmp_path / "one", SITE)

    assert again.version != built.version
    assert len(again.changes.changed) == count > 0


def test_changes_are_since_the_release_made_last_whatever_its_name(
    seeded: None, tmp_path: Path
) -> None:
    build(tmp_path, SITE, "b")
    build(tmp_path, SITE, "a")

    assert build(tmp_path, SITE, "c").changes.since == "a"


def test_checksums_are_those_of_all_files(built: Built) -> None:
    lines = (built.folder / "SHA256SUMS").read_text().splitlines()

    sums = {name: digest for digest, name in (line.split("  ") for line in lines)}
    [release] = releases(built.folder.parent)
    assert set(sums) == set(release.files) - {"SHA256SUMS"}
    for name, digest in sums.items():
        assert hashlib.sha256((built.folder / name).read_bytes()).hexdigest() == digest


def test_lists_what_changed_since_the_last(built: Built) -> None:
    first, second = Finding.objects.published()[:2]
    Finding.objects.filter(pk=first.pk).update(text="Other words.")
    Finding.objects.filter(pk=second.pk).update(status=Finding.Status.GONE)

    later = build(built.folder.parent, SITE, "later")

    changes = json.loads((later.folder / "changes.json").read_text())
    assert changes == {
        "since": built.version,
        "added": [],
        "removed": [second.public_id],
        "changed": [first.public_id],
    }


def test_selectors_point_at_the_words_of_the_source(built: Built) -> None:
    lines = (built.folder / "selectors.jsonl").read_text(encoding="utf-8").splitlines()
    annotations = {json.loads(line)["body"]: json.loads(line) for line in lines}

    assert len(annotations) == Finding.objects.published().count()
    for finding in Finding.objects.published().with_context():
        selectors = annotations[f"{SITE}{finding.get_absolute_url()}"]["target"]["selector"]
        source = finding.paragraph.document.read_text()
        quotes, positions = selectors[::2], selectors[1::2]
        for quote, position in zip(quotes, positions, strict=True):
            assert source[position["start"] : position["end"]] == quote["exact"]
            assert quote["prefix"] + quote["exact"] + quote["suffix"] in source
        words = "".join(quote["exact"] for quote in quotes)
        assert "".join(words.split()) == "".join(finding.text.split())


def test_the_facts_hold_no_prose(built: Built) -> None:
    facts = (built.folder / "facts" / "findings.csv").read_text(encoding="utf-8")

    assert "score" in facts
    for text in Finding.objects.published().values_list("text", flat=True):
        assert text not in facts


@pytest.mark.parametrize("name", ["datapackage.json", "facts/datapackage.json"])
def test_is_a_valid_data_package(built: Built, name: str) -> None:
    report = Package(str(built.folder / name)).validate()

    assert report.valid, report.flatten(["type", "note"])


def test_is_valid_csv_on_the_web(built: Built) -> None:
    described = CSVW(str(built.folder / "csvw.json"), validate=True)

    assert described.is_valid
    first = next(iter(described.tables[0]))
    assert isinstance(first["topics"], list)


def test_is_a_json_ld_dataset(built: Built) -> None:
    [dataset] = jsonld.expand(json.loads((built.folder / "dataset.jsonld").read_text()))

    assert dataset["@type"] == ["https://schema.org/Dataset"]
    assert len(dataset["https://schema.org/distribution"]) == 4


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of rdflib, which validates
def test_is_a_valid_ro_crate(built: Built, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(HttpRequester, "get", _context, raising=False)
    settings = services.ValidationSettings(
        rocrate_uri=str(built.folder),
        profile_identifier="ro-crate-1.2",
        requirement_severity=models.Severity.REQUIRED,
        offline=True,
    )

    result = services.validate(settings)

    assert not result.has_issues(), [issue.message for issue in result.get_issues()]


def test_citations_name_the_release(built: Built) -> None:
    [entry] = json.loads((built.folder / "citation.csl.json").read_text())

    assert (entry["type"], entry["version"]) == ("dataset", built.version)


def test_an_empty_database_makes_a_whole_release(db: None, tmp_path: Path) -> None:
    built = build(tmp_path, SITE)

    assert Package(str(built.folder / "datapackage.json")).validate().valid
    assert rows(built.folder / "findings.csv") == []


def test_the_command_says_what_it_wrote(
    seeded: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("release", to=tmp_path, site=SITE, name="first")

    assert capsys.readouterr().out.startswith(
        f"Release first of 83 findings is in {tmp_path}/first"
    )


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"site": "example.org"}, "--site must be a whole address"),
        ({"site": SITE, "name": "../up"}, "“../up” is not a version"),
    ],
)
def test_the_command_refuses_with_a_sentence(
    db: None, tmp_path: Path, options: dict[str, str], message: str
) -> None:
    with pytest.raises(CommandError, match=message):
        call_command("release", to=tmp_path, **options)
    assert list(tmp_path.iterdir()) == []


def _context(requester: HttpRequester, url: str, **options: object) -> Response:
    """What RO-Crate's context says of the terms used here: tests do without a network."""
    terms = {
        **{name: f"http://schema.org/{name}" for name in SCHEMA_ORG.split()},
        "File": "http://schema.org/MediaObject",
        "conformsTo": "http://purl.org/dc/terms/conformsTo",
    }
    response = Response()
    response.status_code = 200
    response.headers["Content-Type"] = "application/ld+json"
    response._content = json.dumps({"@context": terms}).encode()
    return response
