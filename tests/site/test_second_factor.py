"""Two-step sign-in: set up, asked for, recovered from, and no way around it."""

import time

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from pytest_django import Settings

from reports.roles import EDITORS

pytestmark = pytest.mark.django_db
PASSWORD = "a long password of an editor"


@pytest.fixture
def ada() -> User:
    user = User.objects.create_user("ada", password=PASSWORD, is_staff=True)
    user.groups.set(Group.objects.filter(name=EDITORS))
    return user


def sign_in() -> Client:
    client = Client()
    response = client.post("/sign-in/", {"username": "ada", "password": PASSWORD})
    assert response.status_code == 302
    return client


def code_of(device: TOTPDevice) -> str:
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
    totp.time = time.time()
    return f"{totp.token():06}"


def set_up(client: Client, user: User) -> list[str]:
    """The recovery codes."""
    client.get("/sign-in/set-up/")
    device = TOTPDevice.objects.get(user=user, confirmed=False)
    response = client.post("/sign-in/set-up/", {"code": code_of(device)})
    assert response.status_code == 200
    return list(response.context["codes"])


def forget_the_last_code() -> None:
    """As if half a minute had passed."""
    TOTPDevice.objects.update(last_t=-1, throttling_failure_count=0)


def test_without_it_nothing_changes(ada: User) -> None:
    assert sign_in().get("/desk/").status_code == 200


def test_those_who_set_it_up_are_asked_for_a_code(ada: User) -> None:
    codes = set_up(sign_in(), ada)
    forget_the_last_code()
    client = sign_in()

    assert len(set(codes)) == 8
    assert client.get("/desk/")["Location"] == "/sign-in/code/"
    code = code_of(TOTPDevice.objects.get(user=ada))
    assert client.post("/sign-in/code/", {"code": code})["Location"] == "/sign-in/done/"
    assert client.get("/desk/").status_code == 200


@pytest.mark.parametrize("path", ["/desk/", "/admin/", "/desk/bulk/", "/admin/auth/user/"])
def test_half_signed_in_is_not_signed_in(ada: User, path: str) -> None:
    set_up(sign_in(), ada)
    client = sign_in()

    for answer in (client.get(path), client.post(path)):
        assert (answer.status_code, answer["Location"]) == (302, "/sign-in/code/")
    # Nor can another app be set up instead of giving the code.
    assert client.get("/sign-in/set-up/")["Location"] == "/sign-in/code/"


def test_a_wrong_code_is_refused_and_the_next_try_waits(ada: User) -> None:
    set_up(sign_in(), ada)
    client = sign_in()
    forget_the_last_code()

    assert client.post("/sign-in/code/", {"code": "000000"}).status_code == 422
    right = code_of(TOTPDevice.objects.get(user=ada))
    assert client.post("/sign-in/code/", {"code": right}).status_code == 422
    assert client.get("/desk/").status_code == 302


def test_a_code_works_once(ada: User) -> None:
    set_up(sign_in(), ada)
    client = sign_in()
    used = code_of(TOTPDevice.objects.get(user=ada))

    assert client.post("/sign-in/code/", {"code": used}).status_code == 422


def test_a_recovery_code_works_once(ada: User) -> None:
    code, *others = set_up(sign_in(), ada)
    client = sign_in()

    assert client.post("/sign-in/code/", {"code": code}).status_code == 302
    assert client.get("/desk/").status_code == 200
    assert sorted(StaticToken.objects.values_list("token", flat=True)) == sorted(others)


def test_a_wrong_first_code_sets_nothing_up(ada: User) -> None:
    client = sign_in()
    client.get("/sign-in/set-up/")

    assert client.post("/sign-in/set-up/", {"code": "000000"}).status_code == 422
    assert not TOTPDevice.objects.filter(confirmed=True).exists()
    assert sign_in().get("/desk/").status_code == 200


def test_where_it_is_required_everybody_is_led_to_it(ada: User, settings: Settings) -> None:
    settings.TWO_FACTOR_REQUIRED = True
    client = sign_in()

    assert client.get("/desk/")["Location"] == "/sign-in/set-up/"
    set_up(client, ada)
    assert client.get("/desk/").status_code == 200


def test_readers_pages_are_open_to_the_half_signed_in(ada: User) -> None:
    set_up(sign_in(), ada)
    assert sign_in().get("/about/").status_code == 200


def test_the_picture_and_the_key_are_of_the_same_secret(ada: User) -> None:
    page = sign_in().get("/sign-in/set-up/").content.decode()
    key = TOTPDevice.objects.get(user=ada).config_url.split("secret=")[1].split("&")[0]

    assert " ".join(key[start : start + 4] for start in range(0, len(key), 4)) in page
    assert "<svg" in page
    assert "style=" not in page


def test_what_an_account_follows_waits_for_the_code(ada: User) -> None:
    set_up(sign_in(), ada)

    assert sign_in().get("/follow/")["Location"] == "/sign-in/code/"
    assert sign_in().get("/sign-in/done/")["Location"] == "/sign-in/code/"
