"""The record as readers and editors see it."""

import re

import pytest
from django.urls import reverse

from reports.corrections import Why, change, split
from reports.desk.queue import address_of
from reports.models import Assessment, Authority, Correction, ReaderReport
from tests.desk.support import submit
from tests.ingest.conftest import PEOPLE, STAFF
from tests.support.correcting import identify

pytestmark = pytest.mark.django_db

BETTER = STAFF.replace("good", "poor")


@pytest.fixture
def corrected(finding):
    change(finding, {"text": BETTER}, Why(editor="grace-h", reason="factual", note="Secret note"))
    finding.refresh_from_db()
    return finding


@pytest.fixture
def url(corrected):
    return reverse("finding-history", args=[corrected.public_id])


def words_of(page, tag):
    found = re.findall(rf"<{tag}>(.*?)</{tag}>", page.text, re.DOTALL)
    return [re.sub(r"<span.*?</span>", "", words) for words in found]


@pytest.mark.parametrize("name", ["finding-history", "corrections"])
def test_readers_see_what_changed_and_why_word_by_word(client, corrected, name):
    page = client.get(reverse(name, args=[corrected.public_id] if "history" in name else []))

    assert words_of(page, "del") == ["good"]
    assert words_of(page, "ins") == ["poor"]
    assert "Reason: factual inaccuracy" in page.text


@pytest.mark.parametrize("name", ["finding-history", "corrections"])
def test_names_and_notes_are_for_editors_only(client, ada, account, corrected, name):
    there = reverse(name, args=[corrected.public_id] if "history" in name else [])
    client.force_login(account("clerk"))

    for secret in ("grace-h", "Secret note", "Undo this"):
        assert secret not in client.get(there).text
        assert secret in ada.get(there).text


def test_the_finding_says_that_it_is_corrected_and_shows_what_was_printed(client, corrected, url):
    page = client.get(corrected.get_absolute_url()).text

    assert "An editor has corrected this finding." in page
    assert f"<p>{STAFF}</p>" in page
    assert url in page


def test_a_finding_that_nobody_corrected_says_nothing_of_it(client, finding):
    page = client.get(finding.get_absolute_url()).text

    assert "has corrected" not in page
    assert "What was printed" not in page


def test_an_editor_undoes_what_was_done_after_another_look(ada, corrected, url):
    batch = Correction.objects.get().batch
    there = reverse("desk-revert", args=[batch])
    assert there in ada.get(url).text
    assert words_of(ada.get(there), "ins") == ["poor"]

    submit(ada, there)

    corrected.refresh_from_db()
    last = Correction.objects.last()
    assert corrected.text == STAFF
    assert (last.action, last.reverts, last.editor) == ("revert", batch, "ada")
    assert "Undone since." in ada.get(url).text


def test_what_was_changed_again_since_is_undone_last_one_first(ada, corrected):
    first = Correction.objects.get().batch
    change(corrected, {"text": "Later words."}, later := Why(editor="ada"))
    there = reverse("desk-revert", args=[first])

    page = ada.get(there)
    assert ada.post(there, {"reason": "factual"}).status_code == 409
    assert "Undo these first" in page.text
    assert reverse("desk-revert", args=[later.batch]) in page.text
    assert "omebody else" not in page.text

    submit(ada, reverse("desk-revert", args=[later.batch]))
    submit(ada, there)

    corrected.refresh_from_db()
    assert corrected.text == STAFF


def test_what_was_undone_already_is_not_undone_again(ada, corrected):
    there = reverse("desk-revert", args=[Correction.objects.get().batch])
    opened = ada.get(there)
    submit(ada, there)

    assert submit(ada, there, opened).status_code == 409


def test_what_a_new_reading_changed_is_not_undone_and_the_page_says_why(ada, finding, read):
    change(finding, {"heading": "Learning from feedback!"}, Why(editor="ada"))
    change(finding, {"heading": "Learning from feedback"}, back := Why(editor="ada"))
    read(STAFF, PEOPLE, heading="Another heading")

    page = submit(ada, reverse("desk-revert", args=[back.batch]))

    assert page.status_code == 409
    assert "has been read again since" in page.text


def test_a_split_is_undone_as_a_whole(ada, finding):
    split(finding, 20, why := Why(editor="grace"))
    page = ada.get(reverse("corrections"))
    assert len(page.context["events"]) == 1

    submit(ada, reverse("desk-revert", args=[why.batch]))

    finding.refresh_from_db()
    assert finding.text == STAFF
    assert finding.section.findings.published().count() == 3


def test_sections_that_an_identification_moved_go_back(ada, read):
    read(PEOPLE, statement="Equity in experience and outcomes")
    read(STAFF, title="")
    unknown = Assessment.objects.get(authority=None)
    [section] = unknown.sections.all()
    identify(unknown, Authority.objects.get(slug="barnet"), why := Why(editor="grace"))
    assert not unknown.sections.exists()

    submit(ada, reverse("desk-revert", args=[why.batch]))

    assert unknown.sections.get() == section


def test_a_correction_that_never_was_is_not_found(ada, db):
    there = reverse("desk-revert", args=["00000000-0000-0000-0000-000000000000"])

    assert ada.get(there).status_code == 404


def test_corrections_of_every_kind_are_listed_with_links(client, finding):
    section = finding.section
    change(section, {"score": 4}, Why(editor="grace"))
    change(section.assessment, {"authority": "brent"}, Why(editor="grace"))

    page = client.get(reverse("corrections"))

    assert section.get_absolute_url() in page.text
    assert reverse("authority", args=["brent"]) in page.text
    assert words_of(page, "ins") == ["Brent", "4"]


def test_the_public_list_takes_few_queries_for_many_corrections(
    client, finding, django_assert_max_num_queries
):
    for number in range(40):
        change(finding, {"heading": f"Heading {number}"}, Why(editor="grace"))

    with django_assert_max_num_queries(8):
        page = client.get(reverse("corrections"))

    assert "?page=2" in page.text


def test_answers_to_readers_stand_in_the_history(client, finding):
    ReaderReport.objects.create(
        finding=finding, message="Rude words", status="stands", answer="It says so on page 3."
    )

    page = client.get(reverse("finding-history", args=[finding.public_id])).text

    assert "It says so on page 3." in page
    assert "Rude words" not in page


def test_the_desk_leads_to_the_history(ada, corrected, url):
    assert url in ada.get(address_of(corrected)).text


def test_a_batch_stays_together_and_is_shown_in_part(client, finding):
    why = Why(editor="grace")
    for number in range(25):
        change(finding, {"heading": f"Heading {number}"}, why)

    page = client.get(reverse("corrections"))

    [event] = page.context["events"]
    assert (len(event.shown), event.more) == (20, 5)
    assert "And 5 more changes" in page.text


def test_corrections_are_filtered_by_reason_kind_and_authority(client, finding):
    change(finding, {"heading": "One"}, Why(editor="grace", reason="factual"))
    split(finding, 20, Why(editor="grace", reason="parsing"))
    url = reverse("corrections")

    def found(**params):
        return [event.first.action for event in client.get(url, params).context["events"]]

    assert found() == ["split", "edit"]
    assert found(reason="factual") == ["edit"]
    assert found(action="split") == ["split"]
    assert found(authority="barnet") == ["split", "edit"]
    assert found(authority="brent") == []
    assert client.get(url, {"reason": "nonsense"}).status_code == 400


def test_a_feed_of_corrections_with_a_wrong_filter_says_which(client, db):
    answer = client.get(reverse("corrections-feed"), {"reason": "boredom"})

    assert answer.status_code == 400
    assert answer.text.startswith("Reason: Select a valid choice. boredom")


def test_corrections_are_followed_as_a_feed(client, finding):
    change(finding, {"heading": "One"}, Why(editor="grace-h", note="Secret note"))

    feed = client.get(reverse("corrections-feed"), {"authority": "barnet"})

    assert feed.status_code == 200
    assert "Heading: Learning from feedback → One" in feed.text
    assert "grace-h" not in feed.text
    assert "Secret note" not in feed.text


def test_editors_keep_the_desks_menu_on_the_record(ada, client, finding):
    for name, args in (("corrections", []), ("finding-history", [finding.public_id])):
        there = reverse(name, args=args)
        assert 'aria-label="Corrections desk"' in ada.get(there).text
        assert 'aria-label="Corrections desk"' not in client.get(there).text
