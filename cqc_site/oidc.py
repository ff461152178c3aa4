"""Signing in with an organisation's own accounts, by OpenID Connect.

An account must exist here already, with the e-mail address that the provider has verified. The
provider does not decide who may correct.
"""

from collections.abc import Mapping
from typing import Any

from mozilla_django_oidc.auth import OIDCAuthenticationBackend


class KnownAccounts(OIDCAuthenticationBackend):  # type: ignore[misc]
    def verify_claims(self, claims: Mapping[str, Any]) -> bool:
        return bool(claims.get("email")) and claims.get("email_verified") is True

    def filter_users_by_claims(self, claims: Mapping[str, Any]) -> Any:
        return super().filter_users_by_claims(claims).filter(is_active=True)
