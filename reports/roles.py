"""Who may do what. A reader has no account; editors correct; admins ingest and manage users too.

The roles are groups. Every `migrate` sets them, so only this module says what they may do. An
account needs “staff status” besides its group, to sign in.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.apps.registry import Apps
from django.apps.registry import apps as all_apps
from django.db.models import Q

EDITORS = "Editors"
ADMINS = "Admins"

# The permission to correct, since every correction adds to the record.
CORRECT = "reports.add_correction"

_EDITORS_MAY = {
    "reports": ("view", "add_correction", "change_readerreport"),
}
_ADMINS_MAY = {
    "reports": (*_EDITORS_MAY["reports"], "add_sourcedocument"),
    "auth": ("view", "add_user", "change_user", "delete_user"),
}


def may_correct(user: Any) -> bool:
    """Whether a request's user is an editor. A visitor without an account is not."""
    return bool(user.has_perm(CORRECT))


def create_roles(using: str, apps: Apps = all_apps, **kwargs: Any) -> None:
    """Create both groups and set what they may do; a receiver of `post_migrate`. It does nothing
    if only this app is migrated, without that of users."""
    try:
        groups = apps.get_model("auth.Group")._default_manager.using(using)
        permissions = apps.get_model("auth.Permission")._default_manager.using(using)
    except LookupError:
        return
    for name, allowed in ((EDITORS, _EDITORS_MAY), (ADMINS, _ADMINS_MAY)):
        group, _ = groups.get_or_create(name=name)
        group.permissions.set(permissions.filter(_any_of(allowed)))


def _any_of(allowed: Mapping[str, Iterable[str]]) -> Q:
    """The permissions named; "view" stands for viewing every model of the app."""
    wanted = Q()
    for app, codenames in allowed.items():
        for codename in codenames:
            name = Q(codename=codename) if "_" in codename else Q(codename__startswith="view_")
            wanted |= Q(content_type__app_label=app) & name
    return wanted
