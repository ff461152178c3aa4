"""One sign-in for readers, editors and admins: where it leads, and what it says."""

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from pytest_django.asserts import assertContains, assertRedirects, assertTemplateUsed

from reports.roles import EDITORS

pytestmark = pytest.mark.django_db
PASSWORD = "a long password of a reader"


@pytest.fixture
def reader() -> User:
    return User.objects.create_user("rosa", "rosa@example.org", PASSWORD)


@pytest.fixture
def editor() -> User:
    user = User.objects.create_user("ada", password=PASSWORD, is_staff=True)
    user.groups.set(Group.objects.filter(name=EDITORS))
    return user


def sign_in(client: Client, name: str, place: str = "", password: str = PASSWORD):
    values = {"username": name, "password": password, "next": place}
    return client.post("/sign-in/", values, follow=True)


def test_a_reader_comes_to_what_they_follow(client: Client, reader: User) -> None:
    response = sign_in(client, "rosa")

    assert response.redirect_chain == [("/sign-in/done/", 302), ("/follow/", 302)]
    assertContains(response, "You are signed in as rosa.")


def test_an_editor_comes_to_the_desk(client: Client, editor: User) -> None:
    assert sign_in(client, "ada").redirect_chain == [("/sign-in/done/", 302), ("/desk/", 302)]


def test_it_leads_back_to_the_page_that_asked(client: Client, reader: User) -> None:
    asked = client.get("/follow/?q=training")
    assertContains(asked, 'href="/sign-in/?next=/follow/%3Fq%3Dtraining"')

    assertRedirects(sign_in(client, "rosa", "/follow/?q=training"), "/follow/?q=training")


def test_it_never_leads_to_another_site(client: Client, reader: User) -> None:
    assert sign_in(client, "rosa", "https://example.org/").redirect_chain[-1][0] == "/follow/"


def test_a_wrong_password_is_told_beside_the_form(client: Client, reader: User) -> None:
    response = sign_in(client, "rosa", password="wrong")

    assertContains(response, "There is no account with this name and password.", status_code=422)


@pytest.mark.parametrize("place", ["/admin/", "/desk/"])
def test_a_reader_is_told_that_the_account_does_not_open_a_page_of_staff(
    client: Client, reader: User, place: str
) -> None:
    sign_in(client, "rosa")

    response = client.get(place, follow=True)

    if place == "/desk/":
        assert response.status_code == 403
    else:
        assertContains(response, "You are signed in as rosa, and this account may not open")
        assertTemplateUsed(response, "sign_in/sign_in.html")


def test_signing_out_ends_the_session(client: Client, reader: User) -> None:
    sign_in(client, "rosa")

    assertContains(client.post("/sign-out/"), "You are signed out")
    assertRedirects(client.get("/sign-in/done/"), "/sign-in/?next=/sign-in/done/")


def test_everyone_can_choose_a_new_password(client: Client, reader: User) -> None:
    sign_in(client, "rosa")
    new = "another long password"
    values = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}

    assertContains(
        client.post("/sign-in/password/", values | {"old_password": "wrong"}),
        "Your old password was entered incorrectly",
        status_code=422,
    )
    assertRedirects(
        client.post("/sign-in/password/", values), "/sign-in/done/", target_status_code=302
    )
    assert sign_in(Client(), "rosa", password=new).status_code == 200


def test_a_closed_site_opens_for_readers(settings, client: Client, reader: User) -> None:
    settings.MIDDLEWARE = [
        *settings.MIDDLEWARE[:-1],
        "django.contrib.auth.middleware.LoginRequiredMiddleware",
        settings.MIDDLEWARE[-1],
    ]

    assertRedirects(client.get("/about/"), "/sign-in/?next=/about/")
    assertRedirects(sign_in(client, "rosa", "/about/"), "/about/")
    assert client.get("/healthz").status_code == 200
