"""The addresses of the site: signing in, the administration, and those of the app."""

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path

from cqc_site import second_factor, sign_in

handler404 = "cqc_site.faults.not_found"
handler500 = "cqc_site.faults.server_error"

urlpatterns = [
    path("admin/login/", sign_in.admin_sign_in),
    path("admin/", admin.site.urls),
    path("sign-in/", sign_in.SignIn.as_view(), name="sign-in"),
    path("sign-in/done/", sign_in.signed_in, name="signed-in"),
    path("sign-in/password/", sign_in.ChangePassword.as_view(), name="change-password"),
    path("sign-out/", sign_in.SignOut.as_view(), name="sign-out"),
    path("sign-in/code/", second_factor.second_step, name="second-factor"),
    path("sign-in/set-up/", second_factor.set_up, name="second-factor-set-up"),
    path("", include("reports.urls")),
]
if settings.OIDC_RP_CLIENT_ID:
    # Imported only here: the views need the provider's settings.
    from mozilla_django_oidc.views import (
        OIDCAuthenticationCallbackView,
        OIDCAuthenticationRequestView,
    )

    urlpatterns += [
        path(
            "sign-in/organisation/",
            login_not_required(OIDCAuthenticationRequestView.as_view()),
            name="oidc_authentication_init",
        ),
        path(
            "sign-in/organisation/back/",
            login_not_required(OIDCAuthenticationCallbackView.as_view()),
            name="oidc_authentication_callback",
        ),
    ]
