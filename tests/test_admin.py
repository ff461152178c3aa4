"""The admin: useful to staff, closed to others, and unable to lose anything."""

import pytest
from django.contrib.auth.models import Permission, User
from django.urls import reverse

from reports.ingest import ingest_paths
from reports.models import Assessment, Authority, Finding, Section, SourceDocument
from tests.ingest.conftest import SEEDS

pytestmark = pytest.mark.django_db

MODELS = [Authority, Assessment, Section, Finding, SourceDocument]


@pytest.fixture
def seeds():
    list(ingest_paths(SEEDS))


def address(model, page, *args):
    return reverse(f"admin:reports_{model._meta.model_name}_{page}", args=args)


@pytest.mark.parametrize("model", MODELS)
def test_lists_search_and_pages_open(admin_client, seeds, model):
    listing = admin_client.get(address(model, "changelist"), {"q": "har"})
    row = model.objects.last()
    page = admin_client.get(address(model, "change", row.pk))

    assert listing.status_code == 200
    assert page.status_code == 200
    assert 'name="_save"' not in page.text


@pytest.mark.parametrize("model", MODELS)
def test_nothing_can_be_added_or_deleted(admin_client, seeds, model):
    row = model.objects.last()

    assert admin_client.get(address(model, "add")).status_code == 403
    assert admin_client.post(address(model, "delete", row.pk), {"post": "yes"}).status_code == 403
    assert admin_client.post(address(model, "change", row.pk), {"text": "x"}).status_code == 403
    assert model.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("model", MODELS)
def test_visitors_and_members_of_staff_without_permission_stay_out(client, seeds, model):
    url = address(model, "changelist")
    assert client.get(url).status_code == 302

    client.force_login(User.objects.create_user("clerk", is_staff=True))

    assert client.get(url).status_code == 403


def test_staff_with_permission_to_view_may(client, seeds):
    clerk = User.objects.create_user("clerk", is_staff=True)
    clerk.user_permissions.add(Permission.objects.get(codename="view_finding"))
    client.force_login(clerk)

    assert client.get(address(Finding, "changelist")).status_code == 200


def test_unidentified_assessments_can_be_listed(admin_client, seeds):
    response = admin_client.get(address(Assessment, "changelist"), {"identified": "no"})

    assert response.context["cl"].result_count == 2


def test_findings_can_be_listed_by_inferred_topic(admin_client, seeds):
    response = admin_client.get(address(Finding, "changelist"), {"topics": "co-production"})

    listed = set(response.context["cl"].queryset.values_list("pk", flat=True))
    expected = {
        finding.pk for finding in Finding.objects.all() if "co-production" in finding.topics
    }
    assert listed == expected != set()


@pytest.mark.parametrize("model", MODELS)
def test_lists_take_as_many_queries_for_many_rows_as_for_few(
    admin_client, seeds, model, django_assert_max_num_queries
):
    with django_assert_max_num_queries(12):
        admin_client.get(address(model, "changelist"))
