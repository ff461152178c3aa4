"""Nothing is shown of a document that was withdrawn, and the withdrawal can be undone."""

import io

import pytest
from django.core.exceptions import ValidationError

from reports import search
from reports.corrections import (
    StaleEditError,
    change,
    history,
    in_the_way,
    join,
    promote,
    revert,
    split,
    withdraw,
)
from reports.corrections.exchange import export_corrections, import_corrections
from reports.ingest import IngestStatus
from reports.models import (
    Assessment,
    Conflict,
    Correction,
    Finding,
    Section,
    SourceDocument,
)
from reports.search import SearchQuery
from tests.corrections.conftest import BARNET
from tests.ingest.conftest import DATA, LEADERS, PEOPLE, STAFF, report_text
from tests.ingest.test_published_scores import SUMMARY_OF_YORK
from tests.support.ingesting import ingest

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(finding) -> SourceDocument:
    return SourceDocument.objects.get()


def _published() -> set[str]:
    return set(Finding.objects.published().values_list("text", flat=True))


def _found() -> int:
    search.catch_up()
    query, _ = SearchQuery.from_params({})
    return search.search(query).total


def test_nothing_of_a_withdrawn_document_is_published_or_found(document, why):
    search.catch_up()
    assert _found() == 3

    withdraw(document, why())

    assert _published() == set()
    assert _found() == 0
    assert not Section.objects.current().exists()
    assert not Assessment.objects.holding().exists()
    assert not SourceDocument.objects.current().exists()


def test_undoing_brings_back_what_was_published_and_nothing_else(document, finding, why):
    dropped = Finding.objects.get(text=DATA)
    change(dropped, {"status": "not-a-finding"}, why())
    change(finding, {"text": "As we corrected it."}, why())
    reason = why()
    withdraw(document, reason)

    revert(reason.batch, why())

    assert _published() == {"As we corrected it.", PEOPLE}
    assert _found() == 2
    assert Assessment.objects.holding().count() == 1
    assert [finding.number for finding in Finding.objects.published()] == [1, 2]


def test_the_record_has_one_entry_for_the_document(document, why):
    withdraw(document, why(note="The draft."))

    [row] = Correction.objects.all()
    assert (row.action, row.target_kind, row.target_id) == ("withdraw", "document", document.sha256)
    assert (row.before, row.after, row.note) == (False, True, "The draft.")
    assert list(history(document)) == [row]


def test_the_time_at_which_the_document_was_read_stays(document, why):
    read_at = document.ingested_at
    withdraw(document, why())
    document.refresh_from_db()
    assert document.ingested_at == read_at


def test_the_outcome_of_a_withdrawn_summary_page_goes_with_it(document, why, write):
    summary = ingest(write("summary.txt", SUMMARY_OF_YORK))
    york = Assessment.objects.get(authority__slug="york")
    assert york.rating

    withdraw(SourceDocument.objects.get(sha256=summary.sha256), why())

    york.refresh_from_db()
    assert (york.rating, york.percent) == ("", None)


def test_what_is_withdrawn_already_cannot_be_withdrawn_again(document, why):
    withdraw(document, why())
    with pytest.raises(StaleEditError):
        withdraw(document, why())


def test_the_same_file_is_skipped_and_a_right_one_takes_its_place(document, why, write):
    kept = Finding.objects.get(text=PEOPLE).public_id
    withdraw(document, why())

    again = ingest(write("version-0.txt", report_text(STAFF, PEOPLE, DATA, title=BARNET)))
    assert (again.status, again.problems[0].code) == (IngestStatus.SKIPPED, "withdrawn")
    assert _published() == set()

    right = ingest(write("version-0.txt", report_text(PEOPLE, DATA, LEADERS, title=BARNET)))

    assert right.status == IngestStatus.UPDATED
    assert _published() == {PEOPLE, DATA, LEADERS}
    assert Finding.objects.published().get(text=PEOPLE).public_id == kept
    assert Finding.objects.get(text=STAFF).status == Finding.Status.GONE


def test_undoing_changes_nothing_once_a_right_one_took_its_place(document, why, write):
    reason = why()
    withdraw(document, reason)
    ingest(write("version-0.txt", report_text(PEOPLE, DATA, LEADERS, title=BARNET)))
    assert in_the_way(reason.batch) == []

    revert(reason.batch, why())

    assert _published() == {PEOPLE, DATA, LEADERS}


def test_nothing_of_a_withdrawn_document_can_be_published(document, finding, why):
    other = Finding.objects.get(text=PEOPLE)
    joined = why()
    join(finding, other, joined)
    withdraw(document, why())

    with pytest.raises(ValidationError, match="Undo the withdrawal first"):
        revert(joined.batch, why())
    with pytest.raises(ValidationError, match="Undo the withdrawal first"):
        promote(finding.section, "Made of nothing.", "", 0, why())
    finding.refresh_from_db()
    with pytest.raises(ValidationError, match="Undo the withdrawal first"):
        change(finding, {"status": "published"}, why())
    with pytest.raises(ValidationError, match="Undo the withdrawal first"):
        split(finding, 12, why())
    assert _published() == set()


def test_a_finding_moved_to_another_document_leaves_with_the_one_it_was_read_from(
    document, finding, why, write
):
    ingest(write("brent.txt", report_text(LEADERS, title="London Borough of Brent")))
    elsewhere = Section.objects.get(assessment__authority__slug="brent")
    change(finding, {"section": elsewhere.public_id}, why())

    withdraw(document, why())

    assert _published() == {LEADERS}


def test_an_edit_that_waits_for_an_editor_does_not_wait_while_withdrawn(read, finding, why):
    change(finding, {"text": "As we corrected it."}, why())
    read(PEOPLE, DATA)
    assert Conflict.objects.count() == 1
    reason = why()

    withdraw(SourceDocument.objects.current().get(), reason)
    assert (_published(), Conflict.objects.count()) == (set(), 0)

    revert(reason.batch, why())
    assert Conflict.objects.count() == 1


def test_another_database_withdraws_it_too(document, why):
    withdraw(document, why())
    file = io.StringIO()
    export_corrections(file)
    Correction.objects.all()._raw_delete("default")
    SourceDocument.objects.update(withdrawn=False)
    Finding.objects.update(status=Finding.Status.PUBLISHED)

    file.seek(0)
    imported = import_corrections(file)

    assert (imported.made, imported.misplaced) == (1, ())
    assert _published() == set()


def test_the_assessment_before_stands_again_where_a_later_one_was_a_mistake(read, why):
    read(STAFF, PEOPLE)
    earlier = Assessment.objects.get()
    change(earlier, {"published": "2024-03"}, why())
    read(DATA, LEADERS, title="London Borough of Brent")
    later = Section.objects.exclude(assessment=earlier).get()
    wrong = SourceDocument.objects.get(sections=later)
    change(later.assessment, {"authority": "barnet", "published": "2025-03"}, why())
    assert Assessment.objects.standing().get() == later.assessment

    withdraw(wrong, why())

    assert Assessment.objects.standing().get() == earlier


def test_a_withdrawn_document_is_not_a_rival_of_another(document, why, write):
    withdraw(document, why())

    other = ingest(write("other.txt", report_text(LEADERS, title=BARNET)))

    assert "possible-new-version" not in [problem.code for problem in other.problems]
