"""The database of release 0.1.0, with corrections in it, comes up to this version whole.

The fixtures are backups made by that release's code: `sqlite.zip` and `postgresql.zip`. Their
documents are the seeds.
"""

import json
import shutil
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from reports.models import Assessment, Correction, Finding, ReaderReport, Section
from reports.operations.backups import restore
from reports.search import SearchQuery, search
from tests.support.seeds import FOLDER as SEEDS

pytestmark = pytest.mark.django_db(transaction=True)
RELEASE = Path(__file__).parents[1] / "fixtures" / "release_0_1"


@pytest.fixture
def upgraded(tmp_path: Path) -> None:
    folder = tmp_path / "release"
    with zipfile.ZipFile(RELEASE / f"{connection.vendor}.zip") as kept:
        kept.extractall(folder)
    seeds = {sha256(path.read_bytes()).hexdigest(): path for path in SEEDS.glob("*.txt")}
    names = json.loads((folder / "manifest.json").read_text())["files"]
    for name in filter(lambda name: name.startswith("documents/"), names):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(seeds[Path(name).stem], folder / name)
    restore(folder, replace=True)


def edits() -> dict[str, object]:
    haringey = Finding.objects.filter(section__assessment__authority__slug="haringey")
    return {
        "words": haringey.get(position=0).text,
        "score": Section.objects.get(assessment__authority__slug="haringey").score,
        "topics": haringey.get(position=1).topics,
        "joined": haringey.filter(status=Finding.Status.JOINED).count(),
        "identified": Assessment.objects.filter(authority__slug="barnet").count(),
        "heading": haringey.filter(heading="A heading for a while").count(),
        "reports": ReaderReport.objects.count(),
        "corrections": Correction.objects.count(),
    }


EDITS = {
    "words": "An editor wrote these words.",
    "score": 4,
    "topics": ["complaints"],
    "joined": 1,
    "identified": 1,
    "heading": 0,
    "reports": 1,
    "corrections": 13,
}


def test_every_correction_of_the_release_stands(upgraded: None) -> None:
    assert edits() == EDITS
    assert search(SearchQuery(q='"An editor wrote these words"')).total == 1


def test_every_correction_survives_the_new_parser(upgraded: None) -> None:
    call_command("reparse", verbosity=0)

    assert edits() == EDITS
