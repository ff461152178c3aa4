"""One visitor who asks too often is asked to wait; others are not."""

import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client
from limits import parse
from limits.storage import storage_from_string
from pytest_django import Settings

from cqc_site import rates

pytestmark = pytest.mark.django_db
THREE = parse("3/minute")
DOCUMENTED = (*rates.LIMITS, rates.SIGN_INS_BY_NAME)  # in docs/security.md


@pytest.fixture(autouse=True)
def three_of_each(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.RATE_LIMITS = True
    settings.RATE_LIMITS_URL = f"shared-counts:///{tmp_path}/rates.sqlite3"
    limits = tuple(replace(kind, most=THREE) for kind in rates.LIMITS)
    monkeypatch.setattr(rates, "LIMITS", limits)


def statuses(client: Client, path: str, times: int = 4, address: str = "203.0.113.1") -> list[int]:
    responses = [client.get(path, REMOTE_ADDR=address) for _ in range(times)]
    for response in responses:
        if response.streaming:
            response.getvalue()  # to its end, or its file stays open
    return [response.status_code for response in responses]


def test_the_fourth_of_three_is_refused_with_a_time(client: Client) -> None:
    assert statuses(client, "/about/") == [200, 200, 200, 429]
    refused = client.get("/about/", REMOTE_ADDR="203.0.113.1")

    assert 1 <= int(refused["Retry-After"]) <= 60
    assert "too many requests" in refused.content.decode()


def test_another_address_is_not_refused(client: Client) -> None:
    statuses(client, "/about/")

    assert statuses(client, "/about/", 1, "203.0.113.2") == [200]


def test_addresses_of_one_ipv6_network_are_one_visitor(client: Client) -> None:
    statuses(client, "/about/", 3, "2001:db8::1")

    assert statuses(client, "/about/", 1, "2001:db8::2") == [429]
    assert statuses(client, "/about/", 1, "2001:db8:0:1::2") == [200]


def test_an_account_is_one_visitor_wherever_it_comes_from(client: Client) -> None:
    client.force_login(User.objects.create_user("ada"))
    statuses(client, "/about/", 3, "203.0.113.1")

    assert statuses(client, "/about/", 1, "203.0.113.2") == [429]
    assert statuses(Client(), "/about/", 1, "203.0.113.1") == [200]


def test_kinds_of_requests_are_counted_apart(client: Client) -> None:
    assert statuses(client, "/about/") == [200, 200, 200, 429]
    for path in ("/findings/", "/api/findings/", "/authorities.csv"):
        assert statuses(client, path) == [200, 200, 200, 429]


@pytest.mark.parametrize("path", ["/sign-in/", "/sign-in/code/", "/check/", "/api/v1/quotations"])
def test_what_is_sent_is_counted_apart_from_what_is_read(client: Client, path: str) -> None:
    statuses(client, "/about/")

    def answer(address: str) -> int:
        return client.post(path, REMOTE_ADDR=address).status_code

    assert [answer("203.0.113.1") == 429 for _ in range(4)] == [False, False, False, True]
    assert answer("203.0.113.2") != 429


def test_as_many_requests_are_answered_as_the_documents_say() -> None:
    found = {limit.name: str(limit.most) for limit in DOCUMENTED}

    assert found == {
        "sign-in": "20 per 5 minute",
        "sign-in-name": "10 per 5 minute",
        "report": "20 per 1 hour",
        "check": "30 per 1 minute",
        "export": "30 per 1 minute",
        "api": "300 per 1 minute",
        "search": "300 per 1 minute",
        "page": "1200 per 1 minute",
    }


def test_guesses_at_one_account_are_counted_over_all_addresses(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rates, "SIGN_INS_BY_NAME", replace(rates.SIGN_INS_BY_NAME, most=THREE))
    found = [
        client.post(
            "/sign-in/",
            {"username": name, "password": "guess"},
            REMOTE_ADDR=f"203.0.113.{place}",
        ).status_code
        for place, name in enumerate(["ada", "Ada", "ADA", "ada", "grace"])
    ]

    assert found == [422, 422, 422, 429, 422]


def test_200_readers_without_cookies_leave_the_others_their_reports() -> None:
    for _ in range(200):
        Client().post("/findings/abc/report/", REMOTE_ADDR="203.0.113.1")

    def answer(address: str) -> int:
        return Client().post("/findings/abc/report/", REMOTE_ADDR=address).status_code

    assert (answer("203.0.113.1"), answer("203.0.113.2")) == (429, 404)


def test_counts_that_cannot_be_written_refuse_nobody(
    client: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.RATE_LIMITS_URL = f"shared-counts:///{tmp_path}/away/rates.sqlite3"

    assert statuses(client, "/about/") == [200] * 4


def test_no_limit_holds_where_they_are_off(client: Client, settings: Settings) -> None:
    settings.RATE_LIMITS = False

    assert statuses(client, "/about/") == [200] * 4


HIT_50_TIMES = """
import sys
from limits import parse
from limits.storage import storage_from_string
from limits.strategies import FixedWindowRateLimiter
import cqc_site.counting
limiter = FixedWindowRateLimiter(storage_from_string(sys.argv[1]))
for _ in range(50):
    limiter.hit(parse("3/minute"), "shared")
"""


def test_processes_share_the_counts(settings: Settings) -> None:
    url = settings.RATE_LIMITS_URL
    command = [sys.executable, "-c", HIT_50_TIMES, url]
    workers = [subprocess.Popen(command, cwd=settings.BASE_DIR) for _ in range(3)]

    assert [worker.wait(60) for worker in workers] == [0, 0, 0]
    assert storage_from_string(url).get(THREE.key_for("shared")) == 150


def test_a_window_that_has_ended_begins_again(settings: Settings) -> None:
    counts = storage_from_string(settings.RATE_LIMITS_URL)
    assert [counts.incr("one", expiry=60) for _ in range(2)] == [1, 2]
    assert counts.incr("two", expiry=0) == 1
    assert counts.incr("two", expiry=60) == 1
    assert counts.get_expiry("two") > time.time()
    counts.clear("one")
    assert counts.get("one") == 0
