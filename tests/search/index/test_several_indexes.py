"""Several machines with an index each, on one database: each takes in every change."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings

from reports.models import Finding, IndexChange, SearchIndex
from reports.models.outbox import FORGOTTEN_AFTER
from reports.search import catch_up, indexed_until, rebuild
from reports.search.engines.configured import current_engine
from tests.search.making import found, make_finding

pytestmark = pytest.mark.django_db


@pytest.fixture
def machines(settings: Settings, tmp_path: Path):
    """Work goes to the machine of the name that is given."""

    def work_on(name: str) -> None:
        settings.SEARCH_URL = f"tantivy:///{tmp_path / name}"

    return work_on


def edit(finding: Finding, text: str) -> None:
    Finding.objects.filter(pk=finding.pk).update(text=text)
    IndexChange.objects.record([finding.public_id])


def test_a_correction_on_one_machine_is_found_on_the_other(machines) -> None:
    finding = make_finding("before")
    for name in ("one", "two"):
        machines(name)
        assert found("before") == ["before"]

    edit(finding, "after")
    machines("one")
    catch_up()
    assert found("after") == ["after"]
    machines("two")
    assert (found("after"), found("before")) == (["after"], [])
    assert not IndexChange.objects.exists()


def test_a_correction_during_a_rebuild_on_one_machine_is_found_on_both(machines) -> None:
    finding = make_finding("before")
    for name in ("one", "two"):
        machines(name)
        catch_up()

    def correct(_: int) -> None:
        edit(finding, "after")
        machines("two")
        assert found("after") == ["after"]
        machines("one")

    machines("one")
    rebuild(correct)
    assert found("after") == ["after"]
    assert not IndexChange.objects.exists()


def test_an_index_counts_only_its_own_changes(machines) -> None:
    for name in ("one", "two"):
        machines(name)
        catch_up()
    make_finding("new")
    machines("one")
    catch_up()
    assert indexed_until() > IndexChange.objects.get().created_at
    machines("two")
    assert indexed_until() == IndexChange.objects.get().created_at


def leave(place: str, ago: timedelta) -> None:
    """As if that machine had been switched off so long ago, and something changed then."""
    SearchIndex.objects.filter(place=place).update(seen_at=timezone.now() - ago)
    IndexChange.objects.filter(index__place=place).update(created_at=timezone.now() - ago)


def test_a_machine_that_was_taken_away_is_not_told_for_ever(machines) -> None:
    finding = make_finding("before")
    machines("two")
    catch_up()
    gone = current_engine().place
    machines("one")
    catch_up()
    edit(finding, "between")
    leave(gone, FORGOTTEN_AFTER + timedelta(minutes=1))
    catch_up()
    assert [index.place for index in SearchIndex.objects.all()] == [current_engine().place]

    edit(finding, "after")
    catch_up()
    machines("two")
    assert (found("after"), found("before")) == (["after"], [])


def test_a_machine_that_is_in_use_is_told_however_long_its_engine_is_away(machines) -> None:
    machines("two")
    catch_up()
    waiting = current_engine().place
    machines("one")
    catch_up()
    make_finding("new")
    leave(waiting, FORGOTTEN_AFTER + timedelta(minutes=1))
    SearchIndex.objects.filter(place=waiting).update(seen_at=timezone.now())
    catch_up()
    assert IndexChange.objects.filter(index__place=waiting).count() == 1


def test_a_search_notes_that_the_index_is_in_use(machines) -> None:
    machines("one")
    catch_up()
    SearchIndex.objects.update(seen_at=timezone.now() - timedelta(hours=2))
    found("anything")
    assert SearchIndex.objects.get().seen_at > timezone.now() - timedelta(minutes=1)
