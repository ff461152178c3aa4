import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from reports.models import Finding, Pack
from tests.support.html import hrefs


@pytest.fixture
def ids(seeded: None) -> list[str]:
    return list(Finding.objects.published().values_list("public_id", flat=True)[:3])


@pytest.fixture
def pack(client: Client, ids: list[str]) -> Pack:
    client.post("/packs/add/", {"finding": ids, "pack": "new", "name": "Peer review"})
    return Pack.objects.get()


def test_every_result_can_be_ticked_without_javascript(client: Client, seeded: None) -> None:
    page = client.get("/findings/")

    assertContains(page, 'name="finding"', count=20)
    assertContains(page, 'form="tick-form"', count=20)
    assertContains(page, '<form class="tick-form" id="tick-form" action="/packs/add/" method="get"')
    assert "Set-Cookie" not in page.headers


def test_findings_of_a_section_can_be_ticked(client: Client, first_of_haringey: Finding) -> None:
    page = client.get(first_of_haringey.section.get_absolute_url())

    assertContains(page, f'name="finding" value="{first_of_haringey.public_id}" form="tick-form"')


def test_ticked_findings_are_shown_before_they_are_kept(client: Client, ids: list[str]) -> None:
    page = client.get("/packs/add/", {"finding": ids})

    assertContains(page, "<h2>3 findings</h2>", html=True)
    assert Pack.objects.count() == 0


def test_a_new_pack_holds_what_was_ticked(client: Client, ids: list[str]) -> None:
    response = client.post("/packs/add/", {"finding": ids, "pack": "new", "name": "Peer review"})

    pack = Pack.objects.get()
    assertRedirects(response, f"/packs/{pack.key}/")
    assert [item.finding for item in pack.items.all()] == ids
    assertContains(client.get("/packs/"), "Peer review")


def test_more_can_go_into_a_pack_of_this_browser(client: Client, pack: Pack) -> None:
    other = Finding.objects.published().reverse()[0]
    client.post("/packs/add/", {"finding": [other.public_id], "pack": pack.key})

    assert pack.items.count() == 4


def test_another_browser_cannot_add_to_a_pack(pack: Pack, first_unidentified: Finding) -> None:
    data = {"finding": [first_unidentified.public_id], "pack": pack.key}

    assert Client().post("/packs/add/", data).status_code == 422
    assertNotContains(Client().get("/packs/"), "Peer review")


def test_an_account_finds_its_packs_anywhere(ids: list[str], db: None) -> None:
    user = User.objects.create_user("reader")
    here, there = Client(), Client()
    here.force_login(user)
    there.force_login(user)

    here.post("/packs/add/", {"finding": ids, "pack": "new", "name": "Mine"})

    assertContains(there.get("/packs/"), "Mine")


def test_is_saved_with_order_and_notes(client: Client, pack: Pack) -> None:
    first, second, third = pack.items.all()
    data = {"name": "Renamed", "version": pack.version}
    for item, place in ((first, 3), (second, 2), (third, 1)):
        data |= {f"item-{item.pk}-place": place, f"item-{item.pk}-note": f"Note {place}"}
    data[f"item-{second.pk}-remove"] = "on"

    assertRedirects(client.post(f"/packs/{pack.key}/", data), f"/packs/{pack.key}/")

    pack.refresh_from_db()
    assert pack.name == "Renamed"
    assert list(pack.items.values_list("finding", "note")) == [
        (third.finding, "Note 1"),
        (first.finding, "Note 3"),
    ]


def test_a_wrong_place_is_refused_with_a_sentence(client: Client, pack: Pack) -> None:
    data = {"name": "", "version": pack.version}
    data |= {f"item-{item.pk}-place": "soon" for item in pack.items.all()}

    response = client.post(f"/packs/{pack.key}/", data)

    assertContains(response, "Give the pack a name.", status_code=422)
    assertContains(response, "Finding 2: Write the place as a whole number.", status_code=422)


def test_a_change_elsewhere_is_not_overwritten(client: Client, pack: Pack) -> None:
    data = {"name": "Mine", "version": pack.version - 1}
    data |= {f"item-{item.pk}-place": 1 for item in pack.items.all()}

    response = client.post(f"/packs/{pack.key}/", data)

    assertContains(response, "The pack was changed elsewhere", status_code=409)
    pack.refresh_from_db()
    assert pack.name == "Peer review"


def test_the_shared_page_changes_nothing_and_hides_the_key(client: Client, pack: Pack) -> None:
    page = Client().get(pack.share_url)

    assertContains(page, "Peer review")
    assertNotContains(page, pack.key)
    assertNotContains(page, "<textarea")
    assert Client().post(pack.share_url).status_code == 405


def test_terms_of_a_pack_lead_to_what_they_mean(client: Client, pack: Pack) -> None:
    for address in (pack.get_absolute_url(), pack.share_url):
        terms = set(hrefs(client.get(address), "main a.term"))
        assert terms == {f"/about/#{of}" for of in ("pack", "finding", "heading", "score")}


def test_the_shared_page_marks_what_changed(client: Client, pack: Pack) -> None:
    finding = Finding.objects.get(public_id=pack.items.first().finding)
    said = finding.text
    Finding.objects.filter(pk=finding.pk).update(text="Other words.")

    page = client.get(pack.share_url)

    assertContains(page, "This finding has changed since it was added.", count=1)
    assertContains(page, "Says now: Other words.")
    assertContains(page, said[:60])


@pytest.mark.parametrize(
    ("ending", "content_type", "start"),
    [
        ("docx", "application/vnd.openxmlformats", b"PK"),
        ("pdf", "application/pdf", b"%PDF"),
        ("csv", "text/csv", b"\xef\xbb\xbf# Content"),
        ("cite", "application/x-research", b"TY  - ELEC"),
    ],
)
def test_is_taken_away_as_a_file(
    client: Client, pack: Pack, ending: str, content_type: str, start: bytes
) -> None:
    address = pack.share_url.rstrip("/")
    address += "/cite.ris" if ending == "cite" else f".{ending}"

    response = Client().get(address)

    assert response["Content-Type"].startswith(content_type)
    assert response["Content-Disposition"].startswith('attachment; filename="peer-review')
    assert b"".join(response).startswith(start)


def test_is_thrown_away_when_the_reader_is_sure(client: Client, pack: Pack) -> None:
    client.post(f"/packs/{pack.key}/delete/")
    assert Pack.objects.count() == 1

    client.post(f"/packs/{pack.key}/delete/", {"sure": "yes"})
    assert client.get(f"/packs/{pack.key}/").status_code == 404
    assert client.get(pack.share_url).status_code == 404


@pytest.mark.parametrize(
    ("data", "status", "message"),
    [
        ({}, 200, "Tick one finding or more first."),
        ({"finding": ["unknown"]}, 400, "Tick one finding or more first."),
        ({"finding": [f"x{number}" for number in range(501)]}, 400, "Tick one finding"),
    ],
)
def test_nothing_to_add_is_said(
    client: Client, db: None, data: dict[str, list[str]], status: int, message: str
) -> None:
    assertContains(client.get("/packs/add/", data), message, status_code=status)


def test_a_new_pack_needs_a_name(client: Client, ids: list[str]) -> None:
    response = client.post("/packs/add/", {"finding": ids, "pack": "new", "name": " "})

    assertContains(response, "Give the new pack a name.", status_code=422)


@pytest.mark.parametrize("path", ["/packs/unknown/", "/packs/shared/unknown/"])
def test_an_unknown_pack_is_not_found(client: Client, db: None, path: str) -> None:
    assert client.get(path).status_code == 404


def test_packs_are_kept_by_nobody_on_the_way(client: Client, pack: Pack) -> None:
    for address in (pack.get_absolute_url(), pack.share_url, "/packs/"):
        page = client.get(address)
        assert "no-store" in page["Cache-Control"]
        assertContains(page, '<meta name="robots" content="noindex">')


def test_the_data_page_leads_to_every_way(client: Client, db: None) -> None:
    page = client.get("/data/")

    pages = {"/packs/", "/check/", "/follow/", "/api/v1/", "/findings.atom"}
    assert {"/findings.csv", "/findings.xlsx", "/authorities.json", *pages} <= set(
        hrefs(page, "main a")
    )
