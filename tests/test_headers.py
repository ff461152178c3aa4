"""What a page says to browsers and caches, and how little it sends."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from reports.models import Finding

FIRST_VIEW = 60_000  # bytes


def test_a_page_that_has_not_changed_is_not_sent_again(client: Client, seeded: None) -> None:
    first = client.get("/findings/?q=training")

    again = client.get("/findings/?q=training", headers={"if-none-match": first["ETag"]})
    other = client.get("/findings/?q=carers", headers={"if-none-match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert other.status_code == 200


def test_a_page_that_has_changed_is_sent_again(client: Client, seeded: None) -> None:
    address = Finding.objects.published()[0].section.get_absolute_url()
    first = client.get(address)
    Finding.objects.published().filter(position=0).update(text="Other words.")

    again = client.get(address, headers={"if-none-match": first["ETag"]})

    assert again.status_code == 200


def test_the_first_view_is_small(client: Client, seeded: None) -> None:
    page = client.get("/findings/", headers={"accept-encoding": "gzip"})

    assert page["Content-Encoding"] == "gzip"
    assert b"83 findings" in gzip.decompress(page.content)
    names = re.findall(rb'(?:href|src)="/static/([^"]+)"', gzip.decompress(page.content))
    files = [Path(finders.find(name.decode()) or "") for name in names]
    assert {"site.css", "htmx-2.min.js", "finder.js"} <= {file.name for file in files}
    assets = sum(len(gzip.compress(file.read_bytes())) for file in files)
    assert len(page.content) + assets < FIRST_VIEW


@pytest.mark.parametrize(
    "address", ["/", "/findings/", "/authorities/", "/authorities/york/", "/about/"]
)
def test_public_pages_may_be_kept_but_are_asked_about(
    client: Client, db: None, address: str
) -> None:
    assert client.get(address)["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("address", ["/admin/", "/desk/upload/"])
def test_pages_for_staff_are_never_kept(admin_client: Client, address: str) -> None:
    response = admin_client.get(address)

    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))
    assert not response.has_header("ETag")


def test_the_health_check_is_never_kept(client: Client, db: None) -> None:
    assert client.get("/healthz")["Cache-Control"] == "no-store"
