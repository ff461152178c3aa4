"""The index follows the database, whatever comes between."""

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import OperationalError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import Settings

from reports.models import Finding, IndexChange, SearchIndex
from reports.search import (
    BusyError,
    SearchQuery,
    SearchUnavailableError,
    catch_up,
    every_id,
    followed,
    index_latest,
    public_ids,
    rebuild,
    search,
)
from reports.search.engines import configured
from reports.search.engines.configured import current_engine
from reports.search.engines.seam import Lock
from reports.search.index import outbox, unavailable
from reports.search.language.question import Question
from tests.search.making import found, make_finding, make_section

pytestmark = pytest.mark.django_db


def edit(finding: Finding, text: str) -> None:
    finding.text = text
    finding.save()
    IndexChange.objects.record([finding.public_id])


def delete(finding: Finding) -> None:
    IndexChange.objects.record([finding.public_id])
    finding.delete()


def index_folders() -> list[Path]:
    return [path for path in current_engine()._folders.root.iterdir() if path.is_dir()]  # type: ignore[attr-defined]


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for a lock, so that a test need not either."""
    monkeypatch.setattr(outbox, "WAIT", 0)
    monkeypatch.setattr(outbox, "WAIT_FOR_WRITERS", 0)


def test_catching_up_empties_the_outbox() -> None:
    make_finding("old words")
    catch_up()
    assert not IndexChange.objects.exists()
    assert found("old") == ["old words"]


def test_an_edit_a_new_finding_and_a_deletion_come_into_the_index() -> None:
    edited, deleted = make_finding("before"), make_finding("doomed")
    catch_up()
    edit(edited, "after")
    delete(deleted)
    make_finding("new")
    catch_up()
    assert (found("before"), found("doomed"), sorted(found())) == ([], [], ["after", "new"])


def test_many_rows_are_taken_in_batch_by_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    catch_up()
    monkeypatch.setattr(outbox, "BATCH", 2)
    for number in range(5):
        make_finding(f"finding {number}")
    catch_up()
    assert (search(SearchQuery()).total, IndexChange.objects.count()) == (5, 0)


def test_the_latest_change_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "BATCH", 1)
    findings = [make_finding(f"old words {number}") for number in range(3)]
    catch_up()
    for finding in findings:
        edit(finding, finding.text.replace("old", "new"))

    with current_engine().held(Lock.FOLLOWING, 0):
        index_latest()

        assert found("new") == ["new words 2"]


def test_readers_leave_the_index_to_the_process_that_changes_findings() -> None:
    finding = make_finding("old words")
    catch_up()
    edit(finding, "new words")

    for _ in followed([1]):
        for _ in followed([1]):
            assert found("new") == []

    assert found("new") == ["new words"]


def test_a_search_heals_what_a_crash_left() -> None:
    finding = make_finding("before")
    catch_up()
    edit(finding, "after")  # and the process dies before it catches up
    assert found("after") == ["after"]
    assert not IndexChange.objects.exists()


def test_a_crash_between_commit_and_tidying_does_no_harm(monkeypatch: pytest.MonkeyPatch) -> None:
    catch_up()
    make_finding("once")
    with monkeypatch.context() as patch:
        patch.setattr(outbox, "_forget", _interrupt)
        with pytest.raises(KeyboardInterrupt):
            catch_up()
    assert IndexChange.objects.count() == 1
    catch_up()
    assert (found("once"), IndexChange.objects.count()) == (["once"], 0)


def _interrupt(*args: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.usefixtures("impatient")
def test_a_process_that_finds_the_index_locked_leaves_its_rows_in_the_outbox() -> None:
    catch_up()
    make_finding("waiting")
    with current_engine().held(Lock.WRITING, timeout=0):
        catch_up()
        assert found("waiting") == []
        assert IndexChange.objects.count() == 1
    assert found("waiting") == ["waiting"]
    assert not IndexChange.objects.exists()


def test_a_search_goes_on_when_healing_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    finding = make_finding("before")
    catch_up()
    edit(finding, "after")

    def locked(*args: object) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(outbox, "_forget", locked)
    assert search(SearchQuery()).total == 1


def test_a_missing_index_is_built_from_all_there_is() -> None:
    make_finding("recorded long ago")
    IndexChange.objects.all().delete()
    assert found("recorded") == ["recorded long ago"]


def test_catching_up_builds_a_missing_index() -> None:
    make_finding("recorded long ago")
    IndexChange.objects.all().delete()
    catch_up()
    assert current_engine().count(Question()) == 1


def test_an_index_too_big_to_build_while_a_reader_waits_is_missed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(unavailable, "SMALL", 1)
    make_finding()
    make_finding()
    for ask in (
        lambda: search(SearchQuery(q="staff", score=("3",))),
        lambda: public_ids(SearchQuery(), limit=9),
        lambda: list(every_id(SearchQuery())),
    ):
        with pytest.raises(SearchUnavailableError, match="The search index is missing"):
            ask()
    assert rebuild() == 2
    assert search(SearchQuery(q="staff", score=("3",))).total == 2


def test_an_index_of_another_kind_is_built_again() -> None:
    make_finding("known")
    catch_up()
    root = index_folders()[0].parent
    (root / "CURRENT").write_text("v0-earlier-0000")
    assert found("known") == ["known"]


def test_an_index_that_is_partly_lost_is_built_again() -> None:
    make_finding("known")
    catch_up()
    for file in index_folders()[0].iterdir():
        file.unlink()
    configured._engine.cache_clear()  # as a process that starts now
    assert found("known") == ["known"]


def test_a_rebuild_takes_the_place_of_the_index_in_use() -> None:
    make_finding("known")
    catch_up()
    before = current_engine()._folders.current()  # type: ignore[attr-defined]
    seen: list[int] = []
    assert rebuild(progress=seen.append) == 1
    assert sum(seen) == 1
    assert current_engine()._folders.current() != before  # type: ignore[attr-defined]
    assert found("known") == ["known"]


def test_a_rebuild_tells_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "STEP", 2)
    section = make_section()
    for position in range(5):
        make_finding(section=section, position=position)
    seen: list[int] = []
    assert rebuild(progress=seen.append) == 5
    assert seen == [2, 2, 1]


def test_earlier_indexes_go_at_the_next_rebuild() -> None:
    make_finding()
    for _ in range(4):
        rebuild()
    assert len(index_folders()) == 2


def test_a_rebuild_loses_nothing_that_changes_meanwhile() -> None:
    edited, deleted = make_finding("before"), make_finding("doomed")
    catch_up()

    def change(_: int) -> None:
        edit(edited, "after")
        delete(deleted)
        catch_up()
        assert found("after") == ["after"]  # seen at once, in the index in use
        make_finding("too late for the batch, and not caught up")

    rebuild(change)
    assert sorted(found()) == ["after", "too late for the batch, and not caught up"]
    assert not IndexChange.objects.exists()


def test_rows_applied_during_a_rebuild_wait_for_it() -> None:
    make_finding()
    catch_up()

    def change(_: int) -> None:
        make_finding("meanwhile")
        catch_up()
        assert found("meanwhile") == ["meanwhile"]
        assert list(IndexChange.objects.values_list("index__building", flat=True)) == [True]

    rebuild(change)
    assert not IndexChange.objects.exists()


def test_two_rebuilds_do_not_run_at_once() -> None:
    make_finding()

    def again(_: int) -> None:
        with pytest.raises(BusyError):
            rebuild()

    assert rebuild(again) == 1


def test_a_rebuild_that_fails_leaves_the_index_in_use() -> None:
    finding = make_finding("before")
    catch_up()

    def fail(_: int) -> None:
        edit(finding, "after")
        catch_up()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild(fail)
    assert len(index_folders()) == 1
    make_finding("next")
    assert sorted(found()) == ["after", "next"]
    assert not IndexChange.objects.exists()


def test_rows_left_by_a_dead_rebuild_go_with_the_next_change() -> None:
    catch_up()
    SearchIndex.objects.begin(current_engine().place)
    make_finding()
    assert IndexChange.objects.count() == 2
    catch_up()
    assert not IndexChange.objects.exists()
    assert not SearchIndex.objects.filter(building=True).exists()


folders = itertools.count()
steps = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["make", "edit", "delete", "move"]), st.integers(0, 5)),
        st.tuples(st.sampled_from(["catch up", "search", "rebuild", "rebuild amid edits"])),
    ),
    max_size=12,
)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    max_examples=settings().max_examples // 10,
)
@given(steps)
def test_any_course_of_edits_ends_like_a_fresh_index(
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    course: list[tuple[str, int]],
) -> None:
    monkeypatch.setattr(outbox, "WAIT", 0.0)  # an edit amid the first rebuild waits for it in vain
    Finding.objects.all().delete()
    IndexChange.objects.all().delete()
    settings.SEARCH_URL = f"tantivy:///{tmp_path}/{next(folders)}"
    for step in course:
        _take(*step)
    catch_up()
    followed = _contents()
    rebuild()
    assert followed == _contents()
    assert len(followed[0]) == Finding.objects.count()


def _take(step: str, which: int = 0) -> None:
    findings = list(Finding.objects.order_by("pk"))
    actions: dict[str, Callable[[], object]] = {
        "make": lambda: make_finding(f"staff {which}", topics=("training",) * (which % 2)),
        "catch up": catch_up,
        "search": lambda: search(SearchQuery()),
        "rebuild": rebuild,
        "rebuild amid edits": lambda: rebuild(lambda _: _edit_amid()),
    }
    if step in actions:
        actions[step]()
    elif findings:
        finding = findings[which % len(findings)]
        {"edit": _reword, "delete": delete, "move": _rescore}[step](finding)


def _edit_amid() -> None:
    make_finding("meanwhile")
    catch_up()
    for finding in Finding.objects.all()[:1]:
        _reword(finding)


def _reword(finding: Finding) -> None:
    edit(finding, f"{finding.text} again")


def _rescore(finding: Finding) -> None:
    finding.section.score = 1
    finding.section.save()
    IndexChange.objects.record(finding.section.findings.values_list("public_id", flat=True))


def _contents() -> tuple[list[str], object, int]:
    """All that can be seen of an index, in an order that does not depend on its past."""
    page = search(SearchQuery())
    facets = [(group.name, [(v.value, v.count) for v in group.values]) for group in page.facets]
    again = search(SearchQuery(q="again")).total
    return public_ids(SearchQuery(), limit=1_000), facets, again
