"""Requests that are too large, too long or hold what no database takes."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import reverse

from cqc_site.bounds import MOST_BYTES, MOST_CHARACTERS

pytestmark = pytest.mark.django_db
TOO_LONG = "x" * (MOST_CHARACTERS + 1)


def refusal(response):
    """The status and the sentence of an answer from the API."""
    return response.status_code, response.json()["errors"]


class Unread:
    def read(self, *arguments: int) -> bytes:
        raise AssertionError("the body was read")

    readline = read


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/findings/abc/report/", 1),
        ("/sign-in/", 1),
        ("/no-such-page/", 1),
        ("/api/v1/quotations", 1),
        ("/check/", 21),
    ],
)
@pytest.mark.parametrize("content_type", ["multipart/form-data; boundary=x", "text/plain"])
def test_a_body_that_is_too_large_is_refused_unread(
    client: Client, path: str, most: int, content_type: str
) -> None:
    length = str(most * MOST_BYTES + 1)
    environment: Any = {"CONTENT_LENGTH": length, "wsgi.input": Unread()}
    response = client.generic("POST", path, content_type=content_type, **environment)

    assert response.status_code == 413
    assert f"larger than {most} MB" in response.content.decode()


@pytest.mark.parametrize("path", ["/findings/abc/report/", "/check/", "/desk/upload/"])
def test_a_body_without_a_length_is_refused(client: Client, path: str) -> None:
    assert client.post(path, headers={"transfer-encoding": "chunked"}).status_code == 411


@pytest.mark.parametrize("length", ["-1", "x", "٣", "1e3"])
def test_a_length_that_is_not_a_number_is_refused(client: Client, length: str) -> None:
    environment: Any = {"CONTENT_LENGTH": length, "wsgi.input": Unread()}

    assert client.generic("POST", "/about/", **environment).status_code == 413


def test_the_upload_is_left_to_its_own_limits(client: Client) -> None:
    response = client.generic(
        "POST", reverse("upload"), CONTENT_LENGTH=str(MOST_BYTES + 1), content_type="text/plain"
    )

    assert response.status_code == 302
    assert response["Location"].startswith(reverse("sign-in"))


@pytest.mark.parametrize("path", ["/authorities/?name=", "/findings/?q=", "/desk/?reason="])
def test_no_parameter_is_longer_than_pages_take(client: Client, path: str) -> None:
    assert client.get(f"{path}{TOO_LONG}").status_code == 400


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        (f"q={TOO_LONG}", "“q” is longer than 2,000 characters."),
        (f"{TOO_LONG}=1", f"“{'x' * 40}…” is longer than 2,000 characters."),
        ("q=a%00b", "“q” holds a NUL character."),
        ("a%00b=1", "“a␀b” holds a NUL character."),
    ],
)
def test_a_parameter_is_refused_by_name(client: Client, query: str, sentence: str) -> None:
    assert refusal(client.get(f"/api/findings/?{query}")) == (400, [sentence])


@pytest.mark.parametrize("path", ["/authorities/a%00b/", "/sources/%00/", "/findings/%00/"])
def test_a_nul_in_the_path_is_refused(client: Client, path: str) -> None:
    assert client.get(path).status_code == 400


def test_a_nul_in_a_form_is_left_out(client: Client) -> None:
    User.objects.create_user("ada", password="a password", is_staff=True)
    form = {"username": "a\0da", "password": "a pass\0word", "next\0": "/desk/"}

    assert client.post("/sign-in/", form)["Location"] == "/desk/"


@pytest.mark.parametrize("cookie", ["sessionid", "csrftoken", "messages"])
def test_a_nul_in_a_cookie_is_left_out(client: Client, cookie: str) -> None:
    client.cookies[cookie] = "a\0b"

    assert client.get("/desk/").status_code == 302
    assert client.get("/findings/").status_code == 200


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data"])
@pytest.mark.parametrize("path", ["/api/v1/quotations", "/sign-in/"])
def test_a_form_that_is_sent_where_a_page_takes_the_bare_body_is_refused_or_read(
    client: Client, kind: str, path: str
) -> None:
    body, content_type = (encode_multipart(BOUNDARY, {"a": "1"}), MULTIPART_CONTENT)
    if kind.endswith("urlencoded"):
        body, content_type = b"a=1", kind

    assert client.generic("POST", path, body, content_type).status_code in {200, 400, 422}
