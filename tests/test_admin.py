"""The admin: useful to staff, closed to others, and unable to lose anything."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission, User
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from reports.models import (
    Assessment,
    Authority,
    Correction,
    Finding,
    ReaderReport,
    Section,
    SourceDocument,
)
from reports.roles import EDITORS
from reports.search import SearchQuery, search
from tests.desk.support import fields, submit

pytestmark = pytest.mark.django_db

MODELS = [Authority, Assessment, Section, Finding, SourceDocument]
READ_ONLY = [Authority, SourceDocument]
CORRECTABLE = [Assessment, Section, Finding]


def address(model, page, *args):
    return reverse(f"admin:reports_{model._meta.model_name}_{page}", args=args)


@pytest.mark.parametrize("model", MODELS)
def test_lists_search_and_pages_open(admin_client, seeded, model):
    listing = admin_client.get(address(model, "changelist"), {"q": "har"})
    row = model.objects.last()
    page = admin_client.get(address(model, "change", row.pk))

    assert listing.status_code == 200
    assert page.status_code == 200
    assert ('name="_save"' in page.text) == (model in CORRECTABLE)


@pytest.mark.parametrize("model", MODELS)
def test_nothing_can_be_added_or_deleted(admin_client, seeded, model):
    row = model.objects.last()

    assert admin_client.get(address(model, "add")).status_code == 403
    assert admin_client.post(address(model, "delete", row.pk), {"post": "yes"}).status_code == 403
    assert model.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("model", MODELS)
def test_visitors_and_members_of_staff_without_permission_stay_out(client, seeded, model):
    url = address(model, "changelist")
    assert client.get(url).status_code == 302

    client.force_login(User.objects.create_user("clerk", is_staff=True))

    assert client.get(url).status_code == 403


def test_staff_with_permission_to_view_may(client, seeded):
    clerk = User.objects.create_user("clerk", is_staff=True)
    clerk.user_permissions.add(Permission.objects.get(codename="view_finding"))
    client.force_login(clerk)

    assert client.get(address(Finding, "changelist")).status_code == 200


def test_unidentified_assessments_can_be_listed(admin_client, seeded):
    response = admin_client.get(address(Assessment, "changelist"), {"identified": "no"})

    assert response.context["cl"].result_count == 2


def test_findings_can_be_listed_by_inferred_topic(admin_client, seeded):
    response = admin_client.get(address(Finding, "changelist"), {"topics": "co-production"})

    listed = set(response.context["cl"].queryset.values_list("pk", flat=True))
    expected = {
        finding.pk for finding in Finding.objects.all() if "co-production" in finding.topics
    }
    assert listed == expected != set()


@pytest.mark.parametrize("model", MODELS)
def test_lists_take_as_many_queries_for_many_rows_as_for_few(
    admin_client, seeded, model, django_assert_max_num_queries
):
    with django_assert_max_num_queries(12):
        admin_client.get(address(model, "changelist"))


@pytest.fixture
def editor(client):
    user = User.objects.create_user("ada", is_staff=True)
    user.groups.add(Group.objects.get(name=EDITORS))
    client.force_login(user)
    return client


@pytest.mark.parametrize("model", READ_ONLY)
def test_what_was_read_cannot_be_changed(admin_client, seeded, model):
    url = address(model, "change", model.objects.last().pk)

    assert admin_client.post(url, {"name": "x", "path": "x"}).status_code == 403


@pytest.mark.parametrize("model", [Correction, ReaderReport])
def test_the_record_can_only_be_read(admin_client, model, db):
    assert admin_client.get(address(model, "changelist")).status_code == 200
    assert admin_client.get(address(model, "add")).status_code == 403


def test_the_ordinary_form_corrects_a_text_in_one_post(
    editor, seeded, django_capture_on_commit_callbacks
):
    finding = Finding.objects.first()
    url = address(Finding, "change", finding.pk)

    with django_capture_on_commit_callbacks(execute=True):
        response = submit(editor, url, text="Quokkas were seen.", _save="Save")

    assert response.status_code == 302
    made = Correction.objects.get()
    assert (made.field, made.before, made.after) == ("text", finding.text, "Quokkas were seen.")
    assert (made.editor, made.reason) == ("ada", "parsing")
    assert search(SearchQuery(q="quokkas")).total == 1
    assert not LogEntry.objects.exists()


def test_a_program_may_send_only_what_it_changes(editor, seeded):
    finding = Finding.objects.exclude(topics=[]).first()

    editor.post(
        address(Finding, "change", finding.pk), {"text": "Other words.", "reason": "factual"}
    )

    made = Correction.objects.get()
    assert (made.field, made.after, made.reason) == ("text", "Other words.", "factual")


def test_no_reason_is_chosen_beforehand_and_one_must_be(editor, seeded):
    finding = Finding.objects.first()
    url = address(Finding, "change", finding.pk)
    assert "reason" not in fields(editor.get(url))

    answer = submit(editor, url, text="Other words.", reason="")

    assert "Choose why it is corrected." in answer.text
    assert not Correction.objects.exists()


def test_the_form_as_it_stands_changes_nothing(editor, seeded):
    for model in (Assessment, Section, Finding):
        url = address(model, "change", model.objects.first().pk)
        assert submit(editor, url, _save="Save").status_code == 302

    assert not Correction.objects.exists()


def test_topics_and_status_are_corrected_too(editor, seeded):
    finding = Finding.objects.first()

    submit(
        editor,
        address(Finding, "change", finding.pk),
        topics=["complaints"],
        status="not-a-finding",
        note="A heading.",
    )

    finding.refresh_from_db()
    assert (finding.topics, finding.status) == (["complaints"], "not-a-finding")
    assert {made.note for made in Correction.objects.all()} == {"A heading."}


def test_an_assessment_is_given_its_authority(editor, seeded):
    unknown = Assessment.objects.filter(authority=None).first()
    barnet = Authority.objects.get(slug="barnet")

    submit(editor, address(Assessment, "change", unknown.pk), authority=str(barnet.pk))

    assert Correction.objects.get(field="authority").after == "barnet"


def test_a_section_is_given_another_score(editor, seeded):
    section = Section.objects.exclude(score=None).first()

    submit(editor, address(Section, "change", section.pk), score=str(5 - section.score))

    made = Correction.objects.get()
    assert (made.field, made.before, made.after) == ("score", section.score, 5 - section.score)


def test_a_form_opened_before_somebody_else_saved_is_refused(editor, admin_client, seeded):
    url = address(Finding, "change", Finding.objects.first().pk)
    opened = editor.get(url)
    submit(admin_client, url, text="The first to save.")

    refused = submit(editor, url, opened, text="The second.")

    assert refused.status_code == 200
    assert "Somebody else has changed this" in refused.text
    assert "The first to save." in refused.text
    assert Finding.objects.first().text == "The first to save."


def test_those_who_may_not_correct_see_no_form(client, seeded):
    clerk = User.objects.create_user("clerk", is_staff=True)
    clerk.user_permissions.add(Permission.objects.get(codename="view_finding"))
    client.force_login(clerk)
    url = address(Finding, "change", Finding.objects.first().pk)

    assert 'name="_save"' not in client.get(url).text
    assert client.post(url, {"text": "x"}).status_code == 403


def test_admins_manage_accounts_but_make_no_superusers(client):
    chief = User.objects.create_superuser("chief")
    keeper = User.objects.create_user("keeper", is_staff=True)
    keeper.groups.add(Group.objects.get(name="Admins"))
    client.force_login(keeper)
    own = reverse("admin:auth_user_change", args=[keeper.pk])
    fields = {
        "username": "keeper",
        "is_active": "on",
        "is_staff": "on",
        "is_superuser": "on",
        "date_joined_0": "2026-01-01",
        "date_joined_1": "12:00:00",
        "groups": [group.pk for group in keeper.groups.all()],
    }

    assert client.post(own, fields).status_code == 302
    chiefs = reverse("admin:auth_user_change", args=[chief.pk])
    assert client.post(chiefs, fields | {"username": "x"}).status_code == 403

    keeper.refresh_from_db()
    chief.refresh_from_db()
    assert not keeper.is_superuser
    assert chief.username == "chief"


def test_an_account_is_made_in_one_form_with_its_role_in_words(admin_client):
    url = reverse("admin:auth_user_add")
    assert "Editor: corrects findings" in admin_client.get(url).text

    made = admin_client.post(
        url,
        {
            "username": "edna",
            "usable_password": "true",
            "password1": "long-enough-words",
            "password2": "long-enough-words",
            "role": EDITORS,
        },
    )

    edna = User.objects.get(username="edna")
    assert made.status_code == 302
    assert (edna.is_staff, [group.name for group in edna.groups.all()]) == (True, [EDITORS])


def test_a_role_is_taken_away_in_the_same_form(admin_client):
    edna = User.objects.create_user("edna", is_staff=True)
    edna.groups.set(Group.objects.filter(name=EDITORS))

    admin_client.post(
        reverse("admin:auth_user_change", args=[edna.pk]),
        {"username": "edna", "role": "", "is_active": "on"},
    )

    edna.refresh_from_db()
    assert (edna.is_staff, edna.groups.count()) == (False, 0)


def test_the_admin_leads_to_the_site_and_the_desk_and_to_the_record(admin_client, seeded):
    finding = Finding.objects.last()

    page = admin_client.get(address(Finding, "change", finding.pk)).text
    history = admin_client.get(address(Finding, "history", finding.pk))

    assert f'href="{reverse("desk")}"' in page
    assert f'href="{reverse("home")}"' in page
    assert "records.css" in page
    assert history.url == reverse("finding-history", args=[finding.public_id])


def test_the_start_page_says_in_words_what_records_are(admin_client):
    page = admin_client.get(reverse("admin:index"))

    assertContains(page, "Two-step sign-in: authenticator apps")
    assertContains(page, "Two-step sign-in: recovery codes")
    assertNotContains(page, "OTP_")


@pytest.mark.parametrize("key", ["abc", "0", "99999999999999999999"])
@pytest.mark.parametrize("model", CORRECTABLE)
def test_the_history_of_what_is_not_there_is_not_found(admin_client, seeded, model, key):
    assert admin_client.get(address(model, "history", key)).status_code == 404
