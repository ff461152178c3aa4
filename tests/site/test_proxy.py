"""Only the proxy says who a request comes from."""

import pytest
from django.http import HttpRequest, HttpResponse
from pytest_django import Settings

from cqc_site.env import Environment
from cqc_site.proxy import FORWARDED, trust_only_the_proxy

HEADERS = dict.fromkeys(FORWARDED, "forged")


def networks(text: str):
    return Environment({"TRUST_PROXY": text}).networks("TRUST_PROXY")


@pytest.fixture
def seen(settings: Settings):
    """What a view sees of a request that a proxy on this machine may have passed on."""
    settings.TRUSTED_PROXIES = networks("127.0.0.1, 10.0.0.0/8")

    def see(address: str, **headers: str) -> dict[str, str]:
        request = HttpRequest()
        request.META = {"REMOTE_ADDR": address, **headers}
        trust_only_the_proxy(lambda request: HttpResponse())(request)
        return request.META

    return see


def test_headers_of_a_visitor_are_left_out(seen) -> None:
    assert seen("203.0.113.9", **HEADERS) == {"REMOTE_ADDR": "203.0.113.9"}


def test_headers_of_the_proxy_are_kept(seen) -> None:
    found = seen("127.0.0.1", HTTP_X_FORWARDED_PROTO="https", HTTP_X_FORWARDED_FOR="198.51.100.7")

    assert found["REMOTE_ADDR"] == "198.51.100.7"
    assert found["HTTP_X_FORWARDED_PROTO"] == "https"


@pytest.mark.parametrize(
    ("forwarded_for", "address"),
    [
        ("198.51.100.7", "198.51.100.7"),
        ("1.1.1.1, 198.51.100.7", "198.51.100.7"),  # what stands first, the visitor wrote
        ("1.1.1.1, 198.51.100.7, 10.2.3.4", "198.51.100.7"),  # two proxies
        ("2001:db8::1", "2001:db8::1"),
        ("not an address", "127.0.0.1"),
        ("198.51.100.7, not an address", "127.0.0.1"),
        ("", "127.0.0.1"),
    ],
)
def test_the_visitor_is_whom_the_nearest_trusted_proxy_names(seen, forwarded_for, address) -> None:
    assert seen("127.0.0.1", HTTP_X_FORWARDED_FOR=forwarded_for)["REMOTE_ADDR"] == address


def test_nobody_is_trusted_unless_the_settings_say_so(seen, settings: Settings) -> None:
    settings.TRUSTED_PROXIES = ()

    assert seen("127.0.0.1", **HEADERS) == {"REMOTE_ADDR": "127.0.0.1"}


def test_one_name_means_networks_that_nobody_outside_can_send_from() -> None:
    assert all(network.is_private for network in networks("1"))
