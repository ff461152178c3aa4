import pytest
from django.template.loader import render_to_string
from django.test import Client
from pytest_django.asserts import assertContains


@pytest.mark.parametrize(
    "template", ["400.html", "403.html", "403_csrf.html", "404.html", "503.html", "fault.html"]
)
def test_every_error_page_stands_without_context(template: str) -> None:
    page = render_to_string(template)

    assert page.count("<h1>") == 1
    for way_on in ("/findings/", "/authorities/", "/"):
        assert f'<a href="{way_on}">' in page
    assert 'lang="en-GB"' in page


def test_an_unknown_address_gets_the_page_for_it(client: Client, db: None) -> None:
    response = client.get("/nothing/")

    assertContains(response, "Page not found", status_code=404)
