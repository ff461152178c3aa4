"""Signing in and out, and choosing a new password: the same pages for every role."""

from typing import Any

from django.contrib.auth.decorators import login_not_required, login_required
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.contrib.auth.views import LoginView, LogoutView, PasswordChangeView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cqc_site import second_factor


class SignInForm(AuthenticationForm):
    error_messages = {
        "invalid_login": "There is no account with this name and password. Capital and small "
        "letters differ in both.",
        "inactive": "This account is closed.",
    }


class ChangePasswordForm(PasswordChangeForm):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["new_password1"].help_text = (
            "At least eight characters, not all of them digits, not a common password, and not "
            "like your name."
        )
        self.fields["new_password2"].label = "New password again"
        self.fields["new_password2"].help_text = ""


@method_decorator(login_not_required, name="dispatch")
class SignIn(LoginView):
    """A visitor who is sent here from a page that the account may not open reads that too."""

    template_name = "sign_in/sign_in.html"
    authentication_form = SignInForm

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class SignOut(LogoutView):
    template_name = "sign_in/signed_out.html"


@method_decorator(never_cache, name="dispatch")
class ChangePassword(PasswordChangeView):
    template_name = "sign_in/password.html"
    form_class = ChangePasswordForm
    success_url = reverse_lazy("signed-in")

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


@never_cache
@require_safe
@login_required
def signed_in(request: HttpRequest) -> HttpResponse:
    """Lead on those who signed in without a page in mind: staff to the desk, or to setting up the
    second step if it is still to be done, readers to what they follow."""
    if second_factor.is_waited_for(request):
        return redirect(second_factor.address(request))
    return redirect("desk" if request.user.is_staff else "follow")


@login_not_required
@require_safe
def admin_sign_in(request: HttpRequest) -> HttpResponse:
    """The administration has no sign-in page of its own."""
    query = request.META["QUERY_STRING"]
    return redirect(f"{reverse_lazy('sign-in')}{'?' if query else ''}{query}")
