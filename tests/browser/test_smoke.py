from django.contrib.auth.models import User
from playwright.sync_api import Page, expect


def test_an_editor_signs_in_and_the_admin_has_its_styles_and_scripts(page: Page) -> None:
    User.objects.create_superuser("editor", password="a fine password")

    page.goto("/admin/auth/user/")
    page.get_by_label("Username").fill("editor")
    page.get_by_label("Password").fill("a fine password")
    page.get_by_role("button", name="Sign in").click()

    expect(page.locator("#header")).not_to_have_css("background-color", "rgba(0, 0, 0, 0)")
    page.locator("#action-toggle").check()
    expect(page.get_by_text("1 of 1 selected")).to_be_visible()


def test_health_is_readable_on_a_phone_without_javascript(new_page) -> None:
    page = new_page(javascript=False, phone=True)
    page.goto("/healthz")

    expect(page.locator("body")).to_have_text("ok")


def test_axe_runs_under_the_content_security_policy(page: Page, axe_violations) -> None:
    page.goto("/sign-in/")
    page.evaluate("document.body.append(new Image())")

    assert any("image-alt" in violation for violation in axe_violations(page))
