"""The second step of signing in: a code from the editor's phone, or one of their recovery codes.

Accounts that have set it up are asked for a code at every sign-in; TWO_FACTOR_REQUIRED makes all
accounts set it up. Until the code is right, the session cannot do anything that needs an account. A
sign-in by OpenID Connect does not need a code: its provider has its own second step.
"""

from typing import Any

import segno
from django import forms
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django_otp import match_token, user_has_device
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from cqc_site.handlers import SAFE_METHODS, Handler

STEP = "second_factor"  # in the session: what is still to be done, "code" or "set-up"
CODE, SET_UP = "code", "set-up"
WITH_AN_ACCOUNT = ("/admin/", "/desk/", "/follow/", "/packs/")
RECOVERY_CODES = 8
OIDC_BACKEND = "cqc_site.oidc.KnownAccounts"


class CodeForm(forms.Form):
    code = forms.CharField(
        label="Code",
        max_length=16,
        help_text="The six digits that your app shows, or a recovery code.",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True}),
    )

    def clean_code(self) -> str:
        return "".join(self.cleaned_data["code"].split())


def note_the_step(sender: object, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """A receiver of `user_logged_in`. It notes the step that the session still has to pass."""
    request.session.pop(STEP, None)
    if request.session.get(BACKEND_SESSION_KEY) == OIDC_BACKEND:
        return
    if user_has_device(user):
        request.session[STEP] = CODE
    elif settings.TWO_FACTOR_REQUIRED:
        request.session[STEP] = SET_UP


user_logged_in.connect(note_the_step)


def ask_for_the_second_step(get_response: Handler) -> Handler:
    """Send a session that has not passed the second step there, on every page that needs an
    account."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if _has_a_session(request) and _needs_an_account(request) and is_unfinished(request):
            return redirect(address(request))
        return get_response(request)

    return middleware


def is_unfinished(request: HttpRequest) -> bool:
    return STEP in request.session


def address(request: HttpRequest) -> str:
    """The page of the step that is still to be done."""
    return reverse("second-factor" if request.session[STEP] == CODE else "second-factor-set-up")


def _has_a_session(request: HttpRequest) -> bool:
    """Whether there is a session cookie. Reading the session would make every page vary by
    cookie."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def _needs_an_account(request: HttpRequest) -> bool:
    if request.path_info.startswith(("/sign-in/", "/sign-out/", "/admin/logout/")):
        return False
    return request.path_info.startswith(WITH_AN_ACCOUNT) or request.method not in SAFE_METHODS


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def second_step(request: HttpRequest) -> HttpResponse:
    """Ask for the code. After each wrong code the next try has to wait longer."""
    if request.session.get(STEP) != CODE:
        return redirect(settings.LOGIN_REDIRECT_URL)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if match_token(request.user, form.cleaned_data["code"]):
            return _done(request)
        form.add_error("code", "This code is not right, or it was used. Wait for the next one.")
    status = 422 if form.errors else 200
    return render(request, "sign_in/code.html", {"form": form}, status=status)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request: HttpRequest) -> HttpResponse:
    """Show the key to put into an app, and ask for the first code, which proves that the app has
    it."""
    if request.session.get(STEP) == CODE:
        return redirect("second-factor")
    device, _ = TOTPDevice.objects.get_or_create(
        user=request.user, confirmed=False, defaults={"name": "app"}
    )
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if device.verify_token(form.cleaned_data["code"]):
            codes = _confirm(device)
            _done(request)
            return render(request, "sign_in/recovery_codes.html", {"codes": codes})
        form.add_error("code", "This code is not right. Check the clock of your phone.")
    page = {
        "form": form,
        "key": " ".join(_groups(device)),
        # The library draws it from numbers, so nothing in it comes from a visitor.
        "picture": mark_safe(segno.make(device.config_url).svg_inline(scale=4)),  # noqa: S308
    }
    return render(request, "sign_in/set_up.html", page, status=422 if form.errors else 200)


def _done(request: HttpRequest) -> HttpResponse:
    request.session.pop(STEP, None)
    request.session.cycle_key()
    return redirect(settings.LOGIN_REDIRECT_URL)


@transaction.atomic
def _confirm(device: TOTPDevice) -> list[str]:
    """Replace earlier devices by this one; returns new recovery codes."""
    TOTPDevice.objects.filter(user=device.user).exclude(pk=device.pk).delete()
    StaticDevice.objects.filter(user=device.user).delete()
    device.confirmed = True
    device.save()
    recovery = StaticDevice.objects.create(user=device.user, name="recovery")
    codes = [StaticToken.random_token() for _ in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=recovery, token=code) for code in codes)
    return codes


def _groups(device: TOTPDevice) -> list[str]:
    """The key in groups of four letters, which people can type."""
    query = device.config_url.split("secret=")[1].split("&")[0]
    return [query[start : start + 4] for start in range(0, len(query), 4)]
