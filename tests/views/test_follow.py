import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils.html import escape
from lxml import etree
from pytest_django.asserts import assertContains, assertRedirects

from reports.follow import webhooks
from reports.models import Finding, Subscription

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def reader(client: Client, db: None) -> User:
    user = User.objects.create_user("reader", "reader@example.org")
    client.force_login(user)
    return user


def _entries(client: Client, address: str) -> list[etree._Element]:
    response = client.get(address)
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return list(etree.fromstring(response.content).iter(f"{ATOM}entry"))


def test_a_feed_lists_what_was_added_last(client: Client, seeded: None) -> None:
    entries = _entries(client, "/findings.atom?score=2")

    added = Finding.objects.published().filter(section__score=2).order_by("-created_at", "-pk")
    assert [entry.find(f"{ATOM}id").text for entry in entries] == [
        f"http://testserver{finding.get_absolute_url()}" for finding in added
    ]
    assert entries[0].find(f"{ATOM}summary").text == f"<p>{escape(added[0].text)}</p>"


def test_signs_of_html_in_a_finding_are_words_in_a_feed(client: Client, seeded: None) -> None:
    """Feed readers take a summary for HTML."""
    newest = Finding.objects.published().latest("created_at", "pk")
    Finding.objects.filter(pk=newest.pk).update(text="Of people, <5% waited & none left.")

    entry = _entries(client, "/findings.atom")[0]

    assert entry.find(f"{ATOM}summary").text.startswith(
        "<p>Of people, &lt;5% waited &amp; none left.</p>"
    )


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("/findings.atom?q=training&score=3", "New findings: Words: training; Score: 3"),
        ("/authorities/haringey.atom", "New findings: Authority: Haringey"),
        ("/statements/learning.atom", "New findings: Quality statement: Learning"),
    ],
)
def test_there_is_a_feed_of_searches_authorities_and_statements(
    client: Client, seeded: None, address: str, title: str
) -> None:
    assert _entries(client, address)
    assertContains(client.get(address), title)


def test_a_feed_of_an_authority_or_a_statement_keeps_the_filters_of_its_address(
    client: Client, seeded: None
) -> None:
    for address in ("/authorities/haringey.atom", "/statements/learning.atom"):
        every = _entries(client, address)
        some = _entries(client, f"{address}?topic=training")
        none = _entries(client, f"{address}?score=4")

        assert len(every) > len(some) > len(none) == 0


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/authorities/haringey.atom?score=9", 400),
        ("/statements/learning.atom?topic=mars", 400),
        ("/findings.atom?score=9", 400),
        ("/authorities/mars.atom", 404),
        ("/statements/mars.atom", 404),
    ],
)
def test_what_is_not_there_cannot_be_followed(
    client: Client, seeded: None, address: str, status: int
) -> None:
    assert client.get(address).status_code == status


def test_a_reader_with_an_account_follows_by_email(
    client: Client, seeded: None, reader: User
) -> None:
    response = client.post("/follow/?q=training&score=3", {"channel": "email"})

    assertRedirects(response, "/follow/")
    subscription = Subscription.objects.get()
    assert (subscription.owner, subscription.query) == (reader, "q=training&score=3")
    assertContains(client.get("/follow/"), "Words: training; Score: 3 – Evidence shows a good")


def test_to_follow_twice_changes_nothing(client: Client, seeded: None, reader: User) -> None:
    for _ in range(2):
        client.post("/follow/?q=training", {"channel": "email"})

    assert Subscription.objects.count() == 1


def test_one_account_follows_at_most_fifty_searches(
    client: Client, seeded: None, reader: User
) -> None:
    Subscription.objects.bulk_create(
        Subscription(owner=reader, query=f"score={number}", name="A search") for number in range(50)
    )

    page = client.post("/follow/?q=carers", {"channel": "email"})

    assertContains(page, "You follow 50 searches already: stop one first.", status_code=409)
    assert reader.subscriptions.count() == 50


def test_without_an_account_there_is_the_feed(client: Client, seeded: None) -> None:
    assertContains(client.get("/follow/?q=training"), "/findings.atom?q=training")
    assertContains(
        client.post("/follow/?q=training", {"channel": "email"}), "Sign in", status_code=403
    )
    assert Subscription.objects.count() == 0


def test_a_webhook_to_an_inner_address_is_refused(
    client: Client, seeded: None, reader: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhooks, "look_up", lambda host, port: ["10.0.0.1"])

    response = client.post(
        "/follow/?q=training", {"channel": "webhook", "address": "https://inner.example.org/"}
    )

    assertContains(response, "is not a public address", status_code=422)
    assert Subscription.objects.count() == 0


def test_only_the_owner_can_stop(client: Client, seeded: None, reader: User) -> None:
    client.post("/follow/?q=training", {"channel": "email"})
    subscription = Subscription.objects.get()

    assert Client().post(f"/follow/{subscription.key}/stop/").status_code == 404
    client.post(f"/follow/{subscription.key}/stop/")
    assert Subscription.objects.count() == 0


def test_a_search_that_is_not_understood_is_said(client: Client, seeded: None) -> None:
    assertContains(client.get("/follow/?score=9"), "“score=9” is not understood", status_code=400)
