"""Apps of libraries, with names that say in `/admin/` what their records are."""

from django.apps import AppConfig

# What their migrations were made with.
AUTO_FIELD = "django.db.models.AutoField"


class AuthenticatorAppsConfig(AppConfig):
    name = "django_otp.plugins.otp_totp"
    default_auto_field = AUTO_FIELD
    verbose_name = "Two-step sign-in: authenticator apps"


class RecoveryCodesConfig(AppConfig):
    name = "django_otp.plugins.otp_static"
    default_auto_field = AUTO_FIELD
    verbose_name = "Two-step sign-in: recovery codes"
