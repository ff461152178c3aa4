"""A database built again from the originals and the exported corrections has the same contents."""

import io
import json
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports.corrections import Why, change, join, promote, revert, split
from reports.corrections.exchange import ExchangeError, export_corrections, import_corrections
from reports.models import (
    Assessment,
    Conflict,
    Correction,
    Dismissal,
    Finding,
    ReaderReport,
    Section,
    SourceDocument,
)
from tests.corrections.conftest import BARNET
from tests.ingest.conftest import DATA, LEADERS, PEOPLE, STAFF, report_text
from tests.support.correcting import keep, take
from tests.support.ingesting import ingest

pytestmark = pytest.mark.django_db

REWORDED = STAFF.replace("good access", "very good access")
VERSIONS = (
    (STAFF, PEOPLE, DATA),
    (STAFF, LEADERS, PEOPLE, DATA),
    (REWORDED, PEOPLE, DATA),
    (PEOPLE, DATA, LEADERS),
)


def export() -> str:
    file = io.StringIO()
    export_corrections(file)
    return file.getvalue()


def everything():
    """All that readers and editors see, without row numbers."""
    return {
        "findings": sorted(
            Finding.objects.values_list(
                "public_id",
                "text",
                "heading",
                "figures",
                "position",
                "status",
                "joined_into__public_id",
                "section__public_id",
                "section__assessment__public_id",
                "paragraph__text",
            ),
            key=str,
        ),
        "sections": sorted(Section.objects.values_list("public_id", "statement", "score"), key=str),
        "assessments": sorted(
            Assessment.objects.values_list(
                "public_id", "authority__slug", "published", "rating", "percent"
            ),
            key=str,
        ),
        "conflicts": sorted(
            Conflict.objects.values_list("target_kind", "target_id", "field", "base", "parsed"),
            key=str,
        ),
        "corrections": sorted(
            Correction.objects.values_list(
                "uuid", "target_id", "field", "editor", "note", "made_at"
            ),
            key=str,
        ),
    }


def other_rows():
    """What editors marked as correct, and what readers reported."""
    return (
        sorted(Dismissal.objects.values_list("reason", "target", "seen", "note", "made_at")),
        sorted(
            ReaderReport.objects.values_list(
                "finding__public_id", "message", "status", "answer", "created_at", "answered_at"
            )
        ),
    )


def make_anew(paths, corrections: str) -> None:
    Correction.objects.all()._raw_delete("default")
    Conflict.objects.all().delete()
    Assessment.objects.all().delete()
    SourceDocument.objects.all()._raw_delete("default")
    for path in paths:
        ingest(path)
    import_corrections(io.StringIO(corrections))


@pytest.fixture
def paths(write):
    return [
        write(f"version-{number}.txt", report_text(*texts, title=BARNET))
        for number, texts in enumerate(VERSIONS)
    ]


def edit(finding, why):
    change(finding, {"text": f"{finding.text} Edited."}, why)


def cut(finding, why):
    if len(finding.text) > 20:
        split(finding, 10, why)


def withdraw(finding, why):
    change(finding, {"status": "not-a-finding"}, why)


def unite(finding, why):
    other = finding.section.findings.published().exclude(pk=finding.pk).first()
    if other:
        join(finding, other, why)


def add(finding, why):
    promote(finding.section, f"Promoted beside {finding.public_id}.", "", 0, why)


def answer_keep(finding, why):
    if conflict := Conflict.objects.first():
        keep(conflict, why)


def answer_take(finding, why):
    if conflict := Conflict.objects.exclude(field="status").first():
        take(conflict, why)


ACTIONS = (edit, cut, withdraw, unite, add, answer_keep, answer_take)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("read"), st.integers(0, len(VERSIONS) - 1)),
        st.tuples(st.sampled_from(ACTIONS), st.integers(0, 5)),
    ),
    max_size=8,
)


@settings(
    max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(steps)
def test_no_sequence_of_edits_and_readings_loses_an_edit(paths, steps):
    with transaction.atomic():
        ingest(paths[0])
        number = 0
        for action, argument in steps:
            if action == "read":
                ingest(paths[argument])
                continue
            findings = Finding.objects.published()
            if findings:
                number += 1
                why = Why(editor="ada", note=f"step {number}")
                action(findings[argument % len(findings)], why)
        for correction in Correction.objects.exclude(field="").exclude(field="status"):
            target = Finding.objects.get(public_id=correction.target_id)
            last = Correction.objects.filter(
                target_id=correction.target_id, field=correction.field
            ).last()
            shown = getattr(target, correction.field)
            value = shown.public_id if isinstance(shown, Finding) else shown
            handed_back = last.after == last.parsed and last.action != "keep"
            assert handed_back or value == last.after
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    "actions",
    [
        [edit],
        [cut],
        [unite],
        [withdraw],
        [add],
        [edit, cut, unite, add],
        [edit, edit, withdraw],
    ],
)
def test_a_new_database_equals_the_one_before(paths, actions):
    ingest(paths[0])
    for number, action in enumerate(actions):
        findings = Finding.objects.published()
        action(findings[number % len(findings)], Why(editor="ada"))
    ingest(paths[1])
    before, corrections = everything(), export()

    make_anew(paths[:2], corrections)

    assert everything() == before


def test_conflicts_and_answers_are_made_again_too(paths):
    ingest(paths[0])
    first, second, third = Finding.objects.all()
    change(first, {"text": "Edited one."}, Why(editor="ada"))
    change(second, {"text": "Edited two."}, Why(editor="ada"))
    change(third, {"heading": "Edited"}, Why(editor="bob", note="why not"))
    ingest(paths[2])
    assert Conflict.objects.count() == 1
    before, corrections = everything(), export()

    make_anew([paths[0], paths[2]], corrections)
    assert everything() == before

    keep(Conflict.objects.get(), Why(editor="ada"))
    before, corrections = everything(), export()
    make_anew([paths[0], paths[2]], corrections)
    assert everything() == before
    assert not Conflict.objects.exists()


def test_a_reverted_batch_is_made_and_reverted_again(paths):
    ingest(paths[0])
    done = Why(editor="ada")
    cut(Finding.objects.all()[0], done)
    revert(done.batch, Why(editor="bob", reverts=done.batch))
    before, corrections = everything(), export()

    make_anew(paths[:1], corrections)

    assert everything() == before


def test_importing_twice_changes_nothing(paths):
    ingest(paths[0])
    change(Finding.objects.all()[0], {"text": "Edited."}, Why(editor="ada"))
    before = everything()

    imported = import_corrections(io.StringIO(export()))

    assert (imported.made, imported.known) == (0, 1)
    assert everything() == before


def test_corrections_of_what_is_not_there_are_named_and_the_others_are_made(paths):
    ingest(paths[0])
    change(Finding.objects.all()[0], {"text": "Edited."}, Why(editor="ada"))
    data = json.loads(export())
    data["corrections"].append(data["corrections"][0] | {"uuid": "0" * 32, "target_id": "nowhere"})
    make_anew(paths[:1], '{"format": 2}')

    imported = import_corrections(io.StringIO(json.dumps(data)))

    assert imported.made == 1
    [sentence] = imported.misplaced
    assert sentence.startswith("ada’s correction of text of the finding nowhere, ")
    assert sentence.endswith("this finding is not here: read the report that it came from first.")


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 1, "corrections": [{}]}'])
def test_a_file_that_is_not_an_export_is_refused(text):
    with pytest.raises(ExchangeError):
        import_corrections(io.StringIO(text))


def test_reports_of_readers_and_what_was_let_stand_come_back(write):
    path = write("barnet.txt", report_text(STAFF, title=BARNET))
    ingest(path)
    finding = Finding.objects.get()
    ReaderReport.objects.create(finding=finding, message="Waiting.")
    ReaderReport.objects.create(
        finding=finding, message="Wrong.", status="stands", answer="No.", answered_at=timezone.now()
    )
    Dismissal.objects.create(
        reason="inference", target=finding.public_id, seen=STAFF, note="Fine.", editor="ada"
    )
    before, file = other_rows(), export()

    Dismissal.objects.all().delete()
    make_anew([path], file)
    assert other_rows() == before

    again = import_corrections(io.StringIO(file))
    assert (again.dismissals, again.reader_reports) == (0, 0)
    assert other_rows() == before


def test_a_report_about_a_finding_that_is_not_here_is_named(finding):
    ReaderReport.objects.create(finding=finding, message="Wrong.")
    file = export()
    Finding.objects.all().delete()

    imported = import_corrections(io.StringIO(file))

    assert imported.misplaced == (
        f"A reader’s report: the finding {finding.public_id} is not here.",
    )


def test_two_authorities_with_one_paragraph_are_never_taken_for_each_other(write):
    barnet = write("barnet.txt", report_text(STAFF, PEOPLE, title=BARNET))
    brent = write("brent.txt", report_text(STAFF, DATA, title="London Borough of Brent"))
    ingest(barnet)
    ingest(brent)
    of_brent = Finding.objects.get(text=STAFF, section__assessment__authority__slug="brent")
    change(of_brent, {"text": "Edited."}, Why(editor="ada"))
    before, file = everything(), export()

    make_anew([brent, barnet], file)

    assert everything() == before


def test_a_correction_of_another_reports_finding_is_refused(paths):
    """An id that was made before ids had a scope can belong to another report's finding."""
    ingest(paths[0])
    change(Finding.objects.all()[0], {"text": "Edited."}, Why(editor="ada"))
    data = json.loads(export())
    data["corrections"][0]["owner"] = "brent formal"
    make_anew(paths[:1], '{"format": 2}')

    [sentence] = import_corrections(io.StringIO(json.dumps(data))).misplaced

    assert "belongs to another report here (barnet formal) than there (brent formal)" in sentence
    assert not Finding.objects.filter(text="Edited.").exists()


def test_a_value_that_was_corrected_otherwise_here_is_not_overwritten(paths):
    ingest(paths[0])
    change(Finding.objects.all()[0], {"text": "Edited."}, Why(editor="ada"))
    file = export()
    make_anew(paths[:1], '{"format": 2}')
    change(Finding.objects.all()[0], {"text": "Edited here."}, Why(editor="bob"))

    [sentence] = import_corrections(io.StringIO(file)).misplaced

    assert sentence.endswith("the value has been corrected here in another way.")
    assert Finding.objects.filter(text="Edited here.").exists()


def test_the_record_is_ordered_by_its_own_sequence_not_by_the_clock(paths):
    ingest(paths[0])
    finding = Finding.objects.all()[0]
    now = timezone.now()
    change(finding, {"text": "First."}, Why(editor="ada", made_at=now))
    change(finding, {"text": "Second."}, Why(editor="ada", made_at=now - timedelta(hours=1)))
    file = export()

    make_anew(paths[:1], file)

    assert Finding.objects.filter(text="Second.").exists()
    assert [row.after for row in Correction.objects.all()] == ["First.", "Second."]
