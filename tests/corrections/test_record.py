"""A correction is recorded for good, and never overwrites that of another person."""

import pytest
from django.core.exceptions import ValidationError

from reports.corrections import StaleEditError, change, history, revert
from reports.models import Conflict, Correction, Finding, IndexChange, Section
from reports.search import catch_up
from tests.ingest.conftest import PEOPLE, STAFF

pytestmark = pytest.mark.django_db


def test_an_edit_is_seen_by_readers_and_written_down(finding, why):
    catch_up()

    change(finding, {"text": "Corrected."}, why(reason="typographical", note="A slip."))

    finding.refresh_from_db()
    assert finding.text == "Corrected."
    assert finding.paragraph.text == STAFF
    [row] = history(finding)
    assert (row.field, row.before, row.after, row.parsed) == ("text", STAFF, "Corrected.", STAFF)
    assert (row.editor, row.reason, row.note) == ("ada", "typographical", "A slip.")
    assert [row.finding for row in IndexChange.objects.all()] == [finding.public_id]


def test_a_value_that_does_not_change_leaves_no_trace(finding, why):
    assert change(finding, {"text": STAFF}, why()) == []
    assert not Correction.objects.exists()


def test_an_edit_over_somebody_elses_is_refused(finding, why):
    change(finding, {"text": "First."}, why())

    with pytest.raises(StaleEditError, match="Somebody else has changed text"):
        change(finding, {"text": "Second."}, why(), expected={"text": STAFF})

    finding.refresh_from_db()
    assert finding.text == "First."


@pytest.mark.parametrize(
    ("model", "values"),
    [
        (Finding, {"text": ""}),
        (Finding, {"status": "lost"}),
        (Section, {"score": 7}),
        (Section, {"statement": "cookery"}),
    ],
)
def test_values_that_cannot_be_are_refused(finding, why, model, values):
    with pytest.raises(ValidationError):
        change(model.objects.first(), values, why())

    assert not Correction.objects.exists()


def test_the_record_is_append_only(finding, why):
    [row] = change(finding, {"text": "Corrected."}, why())

    for attempt in (
        row.save,
        row.delete,
        Correction.objects.all().delete,
        lambda: Correction.objects.update(note="x"),
    ):
        with pytest.raises(TypeError, match="append-only"):
            attempt()


def test_a_batch_is_reverted_whole_and_that_is_written_down_too(finding, why):
    edit = why()
    change(finding, {"text": "Corrected.", "heading": "Other"}, edit)

    revert(edit.batch, why(reverts=edit.batch))

    finding.refresh_from_db()
    assert (finding.text, finding.heading) == (STAFF, "Learning from feedback")
    assert [row.action for row in history(finding)] == ["edit", "edit", "revert", "revert"]
    assert not Conflict.objects.exists()


def test_a_batch_that_was_changed_again_since_is_not_reverted(finding, why):
    edit = why()
    change(finding, {"text": "Corrected."}, edit)
    change(finding, {"text": "Corrected again."}, why())

    with pytest.raises(StaleEditError):
        revert(edit.batch, why(reverts=edit.batch))

    finding.refresh_from_db()
    assert finding.text == "Corrected again."


def test_a_sections_correction_reaches_the_index_of_all_its_findings(finding, why):
    Section.objects.update(score=2)
    catch_up()

    change(finding.section, {"score": 3}, why())

    assert IndexChange.objects.count() == 3
    assert Finding.objects.filter(text=PEOPLE, section__score=3).exists()
