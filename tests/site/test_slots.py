"""Few files are made at once, over all processes; the others hear when to ask again."""

import stat
from pathlib import Path

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from pytest_django import Settings

from cqc_site import slots


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slots, "PATIENCE", 0.0)


def test_as_many_files_as_the_setting_says_are_made_at_once(
    client: Client, seeded: None, settings: Settings
) -> None:
    settings.MAX_EXPORTS = 2
    with slots.slot(2):
        assert client.get("/findings.csv").getvalue()
        with slots.slot(2):
            refused = client.get("/findings.csv")
            page = client.get("/findings/")
    again = client.get("/findings.csv")

    assert (refused.status_code, refused["Retry-After"]) == (503, "10")
    assert "Other large files are being made" in refused.content.decode()
    assert page.status_code == 200
    assert (again.status_code, bool(again.getvalue())) == (200, True)


@pytest.mark.parametrize("kind", slots.SUFFIXES)
def test_every_kind_of_file_takes_a_place(kind: str, tmp_path: Path) -> None:
    held: list[bool] = []

    def look(request: HttpRequest) -> HttpResponse:
        try:
            with slots.slot(1):
                held.append(False)
        except slots.NoSlotError:
            held.append(True)
        return HttpResponse()

    request = HttpRequest()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.conf.settings.MAX_EXPORTS", 1)
        for path in (f"/file{kind}", "/page/"):
            request.path_info = path
            slots.limit_files_made_at_once(look)(request)

    assert held == [True, False]


def test_where_nothing_can_be_written_files_are_made_without_a_place(
    client: Client, seeded: None, settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "slots").touch()  # a file where the folder should be

    response = client.get("/findings.csv")

    assert (response.status_code, bool(response.getvalue())) == (200, True)
    assert stat.S_ISREG((tmp_path / "slots").stat().st_mode)
