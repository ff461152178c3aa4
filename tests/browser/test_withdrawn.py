"""What axe finds on the pages of what was released and what was withdrawn, in light, dark and
forced colours."""

import pytest
from django.urls import reverse

from reports.models import SourceDocument
from reports.releases import build
from tests.support.seeds import MadeOnce

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def seeded(live_server: object, seeded_once: MadeOnce) -> None:
    seeded_once.put()


def test_what_was_withdrawn_and_what_was_released(
    new_page, faults_in_every_look, settings, tmp_path
):
    settings.RELEASES_DIR = tmp_path / "releases"
    build(settings.RELEASES_DIR, "https://example.org", "first")
    document = SourceDocument.objects.current().earliest("pk")
    SourceDocument.objects.filter(pk=document.pk).update(withdrawn=True)
    page = new_page(phone=True)

    page.goto(reverse("data"))
    released = faults_in_every_look(page)
    answer = page.goto(document.get_absolute_url())

    assert page.get_by_role("heading", name="This document was withdrawn").is_visible()
    assert (answer.status, released, faults_in_every_look(page)) == (410, [], [])
