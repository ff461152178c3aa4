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
from django.views.generic import RedirectView

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


class WrongFormIs422:
    """A view that answers 422 if the form was not accepted."""

    def form_invalid(self: Any, form: Any) -> HttpResponse:
        response: HttpResponse = self.render_to_response(
            self.get_context_data(form=form), status=422
        )
        return response


@method_decorator(login_not_required, name="dispatch")
class SignIn(WrongFormIs422, LoginView):
    """The form. If an account is signed in already, the page says that it may not open the page
    that was asked for."""

    template_name = "sign_in/sign_in.html"
    authentication_form = SignInForm


class SignOut(LogoutView):
    template_name = "sign_in/signed_out.html"


@method_decorator(never_cache, name="dispatch")
class ChangePassword(WrongFormIs422, PasswordChangeView):
    template_name = "sign_in/password.html"
    form_class = ChangePasswordForm
    success_url = reverse_lazy("signed-in")


@never_cache
@require_safe
@login_required
def signed_in(request: HttpRequest) -> HttpResponse:
    """Where to go after signing in without having asked for a page: to the second step if it is
    still to be done, otherwise staff go to the desk and readers to what they follow."""
    if second_factor.is_unfinished(request):
        return redirect(second_factor.address(request))
    return redirect("desk" if request.user.is_staff else "follow")


# The administration uses this site's sign-in page.
admin_sign_in = login_not_required(
    RedirectView.as_view(
        pattern_name="sign-in", query_string=True, http_method_names=["get", "head"]
    )
)
