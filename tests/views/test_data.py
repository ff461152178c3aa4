from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings
from pytest_django.asserts import assertContains

from reports.releases import build


@pytest.fixture
def shelf(settings: Settings, tmp_path: Path, seeded: None) -> Path:
    settings.RELEASES_DIR = tmp_path / "releases"
    build(settings.RELEASES_DIR, "https://example.org", "first")
    (tmp_path / "releases" / "half").mkdir()
    (tmp_path / "secret").write_text("secret")
    return settings.RELEASES_DIR


def test_lists_whole_releases_with_their_files(client: Client, shelf: Path) -> None:
    page = client.get("/data/")

    assertContains(page, '<a href="/releases/first/findings.csv">findings.csv</a>', html=True)
    assertContains(page, '<a href="/releases/first/facts/findings.csv">', html=False)


def test_serves_a_file_as_it_is(client: Client, shelf: Path) -> None:
    response = client.get("/releases/first/facts/findings.csv")

    assert b"".join(response) == (shelf / "first" / "facts" / "findings.csv").read_bytes()


@pytest.mark.parametrize(
    "path", ["first/nothing.csv", "half/README.md", "other/README.md", "first/../../secret"]
)
def test_serves_nothing_else(client: Client, shelf: Path, path: str) -> None:
    assert client.get(f"/releases/{path}").status_code == 404
