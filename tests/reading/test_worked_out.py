"""A result is kept until what it stands on changes, and no page fails because it cannot be kept."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import OperationalError

from reports.models import Assessment, Finding, Section, SourceDocument, WorkedOut
from reports.reading.behind import Behind, Wanted, findings_of, wanted_sections
from reports.reading.coverage import coverage
from reports.reading.profiles import STATEMENTS, profiles
from reports.reading.worked_out import state, worked_out
from tests.support.seeds import ingest_seeds

pytestmark = pytest.mark.django_db


class Counting:
    def __init__(self):
        self.calls = 0

    def __call__(self):
        self.calls += 1
        return {"calls": self.calls, 3: (1, 2)}


def test_is_made_once_and_is_the_same_when_it_is_read_again(seeded):
    make = Counting()

    first, second = worked_out("x", make), worked_out("x", make)

    assert make.calls == 1
    assert first.data == second.data == {"calls": 1, "3": [1, 2]}
    assert abs(first.made.at - second.made.at) < timedelta(minutes=1)


def test_is_made_again_when_a_score_changes(seeded):
    make = Counting()
    worked_out("x", make)

    Section.objects.filter(score=2).update(score=3)

    assert worked_out("x", make).data["calls"] == 2
    assert WorkedOut.objects.get(name="x").data["calls"] == 2


def test_one_that_takes_long_is_shown_as_it_was_until_it_is_renewed(seeded):
    make = Counting()
    first = worked_out("x", make)
    WorkedOut.objects.update(seconds=2)
    Section.objects.filter(score=2).update(score=3)

    shown = worked_out("x", make)
    renewed = worked_out("x", make, renew=True)

    assert (shown.data["calls"], shown.made.changed_since) == (1, True)
    assert abs(shown.made.at - first.made.at) < timedelta(minutes=1)
    assert (renewed.data["calls"], renewed.made.changed_since) == (2, False)


def test_one_of_another_version_is_never_shown(seeded, monkeypatch):
    make = Counting()
    worked_out("x", make)
    WorkedOut.objects.update(seconds=2)
    monkeypatch.setattr("reports.reading.worked_out.VERSION", 99)

    assert worked_out("x", make).data["calls"] == 2


def test_the_page_says_that_the_corpus_has_changed_since(client, seeded):
    call_command("work_out")
    WorkedOut.objects.update(seconds=2)
    assert "have changed since" not in client.get("/learn/tensions/").content.decode()

    Section.objects.filter(score=2).update(score=3)

    assert "have changed since" in client.get("/learn/tensions/").content.decode()


def test_is_made_again_when_a_document_is_read_again(seeded):
    before = state()

    SourceDocument.objects.earliest("pk").save()

    assert state() != before


def test_is_not_made_again_when_nothing_new_was_ingested(seeded):
    before = state()

    ingest_seeds()

    assert state() == before


def test_a_page_does_not_fail_because_nothing_can_be_kept(seeded, monkeypatch, caplog):
    def refuse(*args, **kwargs):
        raise OperationalError("database is locked")

    monkeypatch.setattr(WorkedOut.objects, "update_or_create", refuse)

    assert worked_out("x", Counting()).data["calls"] == 1
    assert "could not be kept" in caplog.text


def test_the_command_works_everything_out_before_a_reader_asks(seeded, capsys):
    call_command("work_out")

    # Topics, tensions, the language of nine statements, and topics of each year.
    years = Assessment.objects.exclude(published="").values_list("published", flat=True)
    made = 2 + 9 + len({published[:4] for published in years})
    assert WorkedOut.objects.count() == made
    assert f"{made} results are up to date" in capsys.readouterr().out


def test_coverage_is_a_recount(seeded):
    everyone = profiles()
    covered = coverage(everyone)

    for profile in everyone:
        for held in profile.held.values():
            if held.text:
                findings = Finding.objects.published().filter(section=held.pk)
                assert covered.count(held.pk) == findings.count()
                for topic in ("complaints", "training", "co-production"):
                    recount = sum(topic in finding.topics for finding in findings)
                    assert covered.count(held.pk, topic) == recount
                for tone in ("strength", "shortfall", "mixed"):
                    assert covered.count(held.pk, "", tone) == findings.filter(tone=tone).count()


def test_pages_of_findings_behind_a_number_hold_each_once(seeded):
    everyone = profiles()
    wanted = Wanted(STATEMENTS)
    found = wanted_sections(everyone, coverage(everyone), wanted)
    rows = Behind(found, wanted)

    pages = [rows[start : start + 7] for start in range(0, len(rows), 7)]

    shown = [one.finding.pk for page in pages for one in page]
    assert shown == [one.pk for one in findings_of([place.section for place in found])]
    assert len(shown) == len(rows)
