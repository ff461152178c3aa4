"""Editors see a correction of a finding before it is saved, and cannot overwrite another's work."""

import pytest
from django.urls import reverse

from reports import search as search_room
from reports.corrections import Why, change, promote, split
from reports.desk.queue import address_of
from reports.inference import infer
from reports.models import Correction, Finding, IndexChange
from reports.search import SearchQuery, search
from tests.desk.support import fields, look_and_save, submit
from tests.ingest.conftest import DATA, PEOPLE, STAFF

pytestmark = pytest.mark.django_db

BETTER = STAFF.replace("good access", "poor access")


def published():
    return list(Finding.objects.published().values_list("text", flat=True))


def test_the_source_is_shown_with_the_finding_marked(ada, finding):
    assert f'<mark id="span" tabindex="-1">{STAFF}</mark>' in ada.get(address_of(finding)).text


def test_what_will_change_is_shown_first_and_nothing_saved(ada, finding):
    page = submit(ada, address_of(finding), text=BETTER, step="look")

    assert "good<span" in page.text
    assert "poor<span" in page.text
    assert not Correction.objects.exists()


def test_then_it_is_saved_with_who_and_why_and_the_search_follows(ada, finding):
    look_and_save(
        ada,
        address_of(finding),
        text=BETTER,
        reason="factual",
        note="See page 4",
        topics=["training"],
    )

    made = Correction.objects.get(field="text")
    assert (made.before, made.after, made.editor) == (STAFF, BETTER, "ada")
    assert (made.reason, made.note) == ("factual", "See page 4")
    assert search(SearchQuery(q="poor")).total == 1
    assert search(SearchQuery(q="good")).total == 0


def test_the_index_holds_it_when_the_save_is_answered(
    ada, finding, django_capture_on_commit_callbacks
):
    url = address_of(finding)
    shown = submit(ada, url, text=BETTER, step="look")

    with django_capture_on_commit_callbacks(execute=True):
        submit(ada, url, shown, step="save")

    assert not IndexChange.objects.exists()
    assert search(SearchQuery(q="poor")).total == 1


def test_only_what_was_shown_is_saved(ada, finding):
    shown = submit(ada, address_of(finding), text=BETTER, step="look")

    page = submit(ada, address_of(finding), shown, text="Something else.", step="save")

    assert page.status_code == 200
    assert "What will change" in page.text
    assert not Correction.objects.exists()


def test_a_reason_must_be_chosen(ada, finding):
    page = submit(ada, address_of(finding), text=BETTER, reason="", step="look")

    assert page.status_code == 422
    assert "Choose why it is corrected." in page.text
    assert "reason" not in fields(ada.get(address_of(finding)))


def test_line_ends_of_a_browser_are_not_an_edit(ada, finding):
    Finding.objects.filter(pk=finding.pk).update(text="One line.\nAnother.")

    page = submit(ada, address_of(finding), text="One line.\r\nAnother.", step="look")

    assert "not changed anything" in page.text


def test_what_is_typed_is_never_markup(ada, finding):
    page = submit(ada, address_of(finding), text=f"{STAFF} <script>x</script>", step="look")

    assert "<script>x" not in page.text


def test_the_second_of_two_editors_is_told_and_overwrites_nothing(ada, grace, finding):
    url = address_of(finding)
    shown = submit(ada, url, text="What Ada wrote.", step="look")
    look_and_save(grace, url, text="What Grace wrote.")

    refused = submit(ada, url, shown, step="save")

    assert refused.status_code == 409
    for words in ("grace changed it", STAFF, "What Grace wrote.", "What Ada wrote."):
        assert words in refused.text
    finding.refresh_from_db()
    assert finding.text == "What Grace wrote."

    submit(ada, url, refused, step="save")

    finding.refresh_from_db()
    assert finding.text == "What Ada wrote."


def test_a_made_up_form_that_has_seen_nothing_is_refused(ada, finding):
    page = ada.post(
        address_of(finding), {"text": "New", "reason": "parsing", "step": "save", "previewed": "[]"}
    )

    assert page.status_code == 409


@pytest.mark.parametrize(
    ("which", "to", "order"),
    [(STAFF, "down", [1, 0, 2]), (DATA, "up", [0, 2, 1]), (STAFF, "up", [0, 1, 2])],
)
def test_a_finding_moves_among_its_neighbours(ada, finding, which, to, order):
    texts = published()
    moving = Finding.objects.get(text=which)

    ada.post(reverse("desk-move", args=[moving.public_id]), {"to": to})

    assert published() == [texts[number] for number in order]


def test_a_save_is_found_though_the_process_died_before_the_index(ada, finding):
    """A test's transaction is not committed, so nothing follows: as if the process died there."""
    search_room.catch_up()
    look_and_save(ada, address_of(finding), text=BETTER)
    assert IndexChange.objects.exists()

    assert [hit.finding.public_id for hit in search(SearchQuery(q="poor")).hits] == [
        finding.public_id
    ]
    assert not IndexChange.objects.exists()


def test_a_finding_does_not_move_past_one_that_the_editor_did_not_see(ada, finding):
    url = reverse("desk-move", args=[finding.public_id])
    form = fields(ada.get(address_of(finding)), holding="after")
    texts = published()
    next_one = Finding.objects.get(public_id=form["after"][0])
    change(next_one, {"status": "not-a-finding"}, Why(editor="grace"))

    response = ada.post(url, form | {"to": "down"})

    assert response.status_code == 409
    assert published() == [texts[0], texts[2]]


def test_a_figure_is_corrected(ada, read):
    read(DATA, PEOPLE)
    found = Finding.objects.get(text=DATA)
    assert found.figures == ["40 people"]

    look_and_save(ada, address_of(found), figures="40\r\n\r\n 40 people were waiting\n40")

    found.refresh_from_db()
    assert found.figures == ["40", "40 people were waiting"]
    assert Correction.objects.get().before == ["40 people"]
    assert "“40 people were waiting”" in ada.get(found.get_absolute_url()).text


def test_a_figure_that_is_no_longer_in_the_text_is_not_shown(ada, read):
    read(DATA, PEOPLE)
    found = Finding.objects.get(text=DATA)

    look_and_save(ada, address_of(found), text=DATA.replace("40", "60"))

    assert "40 people”" not in ada.get(found.get_absolute_url()).text


def test_two_findings_of_one_place_can_change_places(ada, finding):
    url = reverse("desk-split", args=[finding.public_id])
    look_and_save(ada, url, text=STAFF.replace(" to regular", "\n\n to regular"))
    first, second, *others = published()

    ada.post(reverse("desk-move", args=[finding.public_id]), {"to": "down"})

    assert published() == [second, first, *others]


def test_a_finding_is_split_where_an_empty_line_was_put(ada, finding):
    url = reverse("desk-split", args=[finding.public_id])
    at = STAFF.index("to regular")

    look_and_save(ada, url, text=f"{STAFF[:at]}\n\n{STAFF[at:]}")

    assert published()[:2] == [STAFF[: at - 1], STAFF[at:]]


def test_a_finding_is_split_before_a_chosen_sentence(ada, read):
    read(f"{STAFF} {PEOPLE}", DATA)
    url = reverse("desk-split", args=[Finding.objects.earliest("position").public_id])

    look_and_save(ada, url, at=str(len(STAFF) + 1))

    assert published() == [STAFF, PEOPLE, DATA]


@pytest.mark.parametrize("text", ["No empty line.", f"Other words.\n\n{STAFF}"])
def test_a_split_changes_no_words(ada, finding, text):
    page = submit(ada, reverse("desk-split", args=[finding.public_id]), text=text, step="look")

    assert page.status_code == 422
    assert published() == [STAFF, PEOPLE, DATA]


def test_a_split_of_one_sentence_asks_for_an_empty_line_alone(ada, finding):
    url = reverse("desk-split", args=[finding.public_id])

    assert ">Add an empty line where the text should be split<" in ada.get(url).text
    refused = submit(ada, url, step="look")
    assert refused.context["form"].errors == {"text": ["Add one empty line to the text."]}


def test_a_split_of_what_has_changed_is_refused(ada, grace, finding):
    url = reverse("desk-split", args=[finding.public_id])
    shown = submit(ada, url, text=STAFF.replace(" to regular", "\n\nto regular"), step="look")
    look_and_save(grace, address_of(finding), text=BETTER)

    assert submit(ada, url, shown, step="save").status_code == 409
    assert published() == [BETTER, PEOPLE, DATA]


def test_two_findings_are_joined(ada, finding):
    url = reverse("desk-join", args=[Finding.objects.get(text=PEOPLE).public_id])

    look_and_save(ada, url, neighbour="previous")

    assert published() == [f"{STAFF} {PEOPLE}", DATA]


def test_a_join_with_what_has_changed_is_refused(ada, grace, finding):
    url = reverse("desk-join", args=[Finding.objects.get(text=PEOPLE).public_id])
    shown = submit(ada, url, neighbour="previous", step="look")
    look_and_save(grace, address_of(finding), text=BETTER)

    assert submit(ada, url, shown, step="save").status_code == 409
    assert published() == [BETTER, PEOPLE, DATA]


def test_what_is_not_a_finding_leaves_the_search_and_comes_back(ada, finding):
    url = reverse("desk-status", args=[finding.public_id])

    submit(ada, url)
    assert search(SearchQuery(q="supervision")).total == 0

    submit(ada, url)
    assert search(SearchQuery(q="supervision")).total == 1


def test_a_status_that_somebody_changed_meanwhile_is_left(ada, grace, finding):
    url = reverse("desk-status", args=[finding.public_id])
    opened = ada.get(url)
    submit(grace, url)

    assert submit(ada, url, opened).status_code == 409


def test_several_findings_are_given_a_topic_in_one_go(ada, finding):
    chosen = list(Finding.objects.values_list("public_id", flat=True))
    url = reverse("desk-bulk")
    chosen_page = ada.post(
        url, {"finding": chosen, "section": finding.section.public_id, "step": "choose"}
    )

    shown = submit(ada, url, chosen_page, action="add", topics=["complaints"], step="look")
    saved = submit(ada, url, shown, step="save")

    assert saved.url == address_of(finding.section)
    assert all("complaints" in row.topics for row in Finding.objects.all())
    assert len(set(Correction.objects.values_list("batch", flat=True))) == 1
    assert search(SearchQuery(topic=("complaints",))).total == 3


def test_several_findings_are_marked_as_none(ada, finding):
    url = reverse("desk-bulk")
    page = ada.post(url, {"finding": [finding.public_id], "step": "choose"})
    shown = submit(ada, url, page, action="not-a-finding", step="look")

    submit(ada, url, shown, step="save")

    assert published() == [PEOPLE, DATA]


def test_a_change_of_several_is_refused_where_one_has_changed(ada, grace, finding):
    url = reverse("desk-bulk")
    page = ada.post(url, {"finding": [finding.public_id], "step": "choose"})
    shown = submit(ada, url, page, action="not-a-finding", step="look")
    look_and_save(grace, address_of(finding), text=BETTER)

    assert submit(ada, url, shown, step="save").status_code == 409
    assert BETTER in published()


def test_nothing_ticked_changes_nothing(ada, finding):
    assert ada.post(reverse("desk-bulk"), {"step": "choose"}).status_code == 422


def test_all_that_a_search_finds_is_changed_together_and_undone_as_one(ada, finding):
    """Five clicks: the link, the action, the topic, the preview, the save."""
    url = f"{reverse('desk-bulk')}?statement=learning"
    assert url.replace("&", "&amp;") in ada.get(reverse("findings") + "?statement=learning").text
    opened = ada.get(url)
    assert opened.context["count"] == 3

    shown = submit(ada, url, opened, action="add", topics=["complaints"], step="look")
    assert "<b>3 of 3 findings</b> will change." in shown.text
    saved = submit(ada, url, shown, step="save")

    assert saved.url == reverse("findings") + "?statement=learning"
    assert all("complaints" in row.topics for row in Finding.objects.all())
    [undo] = set(Correction.objects.values_list("batch", flat=True))
    there = reverse("desk-revert", args=[undo])
    assert f'<a href="{there}">Undo</a>' in ada.get(reverse("desk")).text
    submit(ada, there)
    assert not any("complaints" in row.topics for row in Finding.objects.all())


def test_a_preview_counts_all_and_shows_twenty(ada, read):
    read(*(f"People told us about their carers and their choice number {n}." for n in range(30)))
    url = f"{reverse('desk-bulk')}?statement=learning"

    shown = submit(ada, url, action="heading", heading="Carers", step="look")

    assert "<b>30 of 30 findings</b> will change. The first 20 of them:" in shown.text
    assert len(shown.context["changes"]) == 20


def test_many_findings_are_changed_in_five_clicks_and_undone_in_two(ada, read):
    read(*(f"People told us about their carers and their choice number {n}." for n in range(60)))
    url = f"{reverse('desk-bulk')}?q=carers"

    opened = ada.get(url)  # 1: the link on the page of results
    shown = submit(ada, url, opened, action="not-a-finding", step="look")  # 2 to 4, with the reason
    assert "<b>60 of 60 findings</b> will change." in shown.text
    submit(ada, url, shown, step="save")  # 5
    assert not Finding.objects.published().exists()

    [batch] = set(Correction.objects.values_list("batch", flat=True))
    undo = reverse("desk-revert", args=[batch])
    submit(ada, undo, ada.get(undo))
    assert Finding.objects.published().count() == 60


def test_findings_move_to_the_section_of_another_statement(ada, finding, read):
    read(PEOPLE + " More.", statement="Equity in experience and outcomes")
    url = f"{reverse('desk-bulk')}?q=supervision"

    shown = submit(ada, url, action="statement", statement="equity", step="look")
    submit(ada, url, shown, step="save")

    finding.refresh_from_db()
    assert finding.section.statement == "equity"
    assert [row.number for row in finding.section.findings.all()] == [1, 2]
    assert [row.number for row in Finding.objects.filter(section__statement="learning")] == [1, 2]


def test_a_moved_finding_stays_where_it_was_moved_when_the_report_is_read_again(finding, read):
    read(PEOPLE + " More.", statement="Equity in experience and outcomes")
    equity = Finding.objects.get(text=PEOPLE + " More.").section
    change(finding, {"section": equity.public_id}, Why(editor="ada"))

    read(STAFF, PEOPLE, DATA, "Another paragraph that the report has now.")

    finding.refresh_from_db()
    assert (finding.section, finding.status) == (equity, "published")


@pytest.mark.parametrize("params", ["?score=9", "?statement=nonsense"])
def test_a_search_that_is_not_understood_is_refused(ada, finding, params):
    assert ada.get(reverse("desk-bulk") + params).status_code == 400


def test_a_made_up_section_is_not_an_error(ada, finding):
    page = ada.post(reverse("desk-bulk"), {"section": "a/b c", "step": "choose"})

    assert page.status_code == 422


def test_fields_that_only_another_editor_changed_keep_the_others_values(ada, grace, finding):
    url = address_of(finding)
    opened = ada.get(url)
    look_and_save(grace, url, heading="Grace’s heading")

    shown = submit(ada, url, opened, text=BETTER, step="look")
    assert shown.status_code == 200
    submit(ada, url, shown, step="save")

    finding.refresh_from_db()
    assert (finding.text, finding.heading) == (BETTER, "Grace’s heading")
    assert Correction.objects.filter(field="heading").count() == 1


def test_only_values_that_both_editors_changed_are_asked_about(ada, grace, finding):
    url = address_of(finding)
    opened = ada.get(url)
    look_and_save(grace, url, heading="Grace’s heading", text="Grace’s text.")

    refused = submit(ada, url, opened, text=BETTER, step="look")

    assert refused.status_code == 409
    assert [value.label for value in refused.context["stale"]] == ["Text"]


def test_findings_are_numbered_through_after_a_split_and_a_promotion(finding):
    split(finding, STAFF.index("to training"), Why(editor="ada"))
    promote(finding.section, "Some lost words.", "", 0, Why(editor="ada"))

    numbers = Finding.objects.published().values_list("number", "text")
    half = STAFF[: STAFF.index("to training") - 1]
    rest = STAFF[STAFF.index("to training") :]
    assert list(numbers) == [
        (1, half), (2, rest), (3, "Some lost words."), (4, PEOPLE), (5, DATA),
    ]  # fmt: skip


def test_each_half_of_a_split_is_labelled_by_its_own_words(read):
    text = "Staff told us about safeguarding training. Carers waited for a carer’s assessment."
    read(text)
    whole = Finding.objects.get()

    second = split(whole, text.index("Carers"), Why(editor="ada"))

    whole.refresh_from_db()
    for half in (whole, second):
        labels = infer(half.text, half.heading, "learning")
        assert (half.topics, half.evidence) == (list(labels.topics), list(labels.evidence))
    assert whole.topics != second.topics


def test_what_an_editor_decided_holds_for_both_halves(finding):
    change(finding, {"topics": ["complaints"]}, Why(editor="ada"))

    second = split(finding, STAFF.index("to training"), Why(editor="ada"))

    finding.refresh_from_db()
    assert finding.topics == second.topics == ["complaints"]


def test_promoted_text_is_labelled_and_keeps_its_place_in_the_source(client, finding):
    text = finding.paragraph.document.read_text()
    start = text.index(PEOPLE)

    made = promote(
        finding.section, PEOPLE, "", 1, Why(editor="ada"), spans=[(start, start + len(PEOPLE))]
    )

    labels = infer(PEOPLE, "", "learning")
    assert made.evidence == list(labels.evidence) != []
    assert f"<mark>{PEOPLE}</mark>" in client.get(made.get_absolute_url()).text


def test_a_failing_index_does_not_hide_that_a_correction_is_saved(
    ada, finding, monkeypatch, caplog, django_capture_on_commit_callbacks
):
    def fail():
        raise OSError(28, "No space left on device")

    search_room.catch_up()
    monkeypatch.setattr(search_room, "index_latest", fail)
    url = address_of(finding)
    shown = submit(ada, url, text=BETTER, step="look")

    with django_capture_on_commit_callbacks(execute=True):
        saved = submit(ada, url, shown, step="save")

    assert saved.status_code == 302
    assert BETTER in published()
    assert IndexChange.objects.filter(finding=finding.public_id).exists()
    assert "No space left on device" in caplog.text


@pytest.mark.parametrize("name", ["finding", "section", "findings"])
def test_editors_find_the_way_to_the_desk_on_readers_pages(ada, client, finding, name):
    addresses = {
        "finding": finding.get_absolute_url(),
        "section": finding.section.get_absolute_url(),
        "findings": reverse("findings"),
    }
    search_room.catch_up()

    assert "Correct this" in ada.get(addresses[name]).text
    assert "Correct this" not in client.get(addresses[name]).text


@pytest.mark.parametrize(
    ("field", "value"),
    [("heading", "Another"), ("topics", ["complaints"]), ("figures", ["40 people", "40"])],
)
def test_what_was_read_stands_beside_and_is_restored_by_one_button(ada, finding, field, value):
    change(finding, {field: value}, Why(editor="grace"))
    url = address_of(finding)
    assert "As read from the report" in ada.get(url).text

    shown = submit(ada, url, restore=field)
    submit(ada, url, shown, step="save")

    finding.refresh_from_db()
    assert getattr(finding, field) == getattr(finding.paragraph, field)
    assert "As read from the report" not in ada.get(url).text


def test_a_figure_that_is_not_in_the_text_is_warned_of_before_saving(ada, read):
    read(DATA, PEOPLE)
    found = Finding.objects.get(text=DATA)
    warned = "The figure “90 people” is not in the text, word for word."
    assert warned not in ada.get(address_of(found)).text

    shown = submit(ada, address_of(found), figures="40 people\r\n90 people", step="look")

    assert (shown.status_code, warned in shown.text) == (200, True)
    assert "“40 people” is not in the text" not in shown.text


def test_the_source_leads_to_the_highlighted_words(ada, finding):
    page = ada.get(address_of(finding)).text

    assert 'href="#span"' in page
    assert page.count('id="span"') == 1
