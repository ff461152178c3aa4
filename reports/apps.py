from typing import Any

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate

from reports.roles import create_roles


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "Assessment reports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        post_migrate.connect(load_authorities, sender=self)
        # Not by sender: permissions of all apps are there only after the last of them has migrated.
        post_migrate.connect(create_roles_last)


def load_authorities(using: str, **kwargs: Any) -> None:
    """Bring the authorities up to date with the gazetteer, on every `migrate`."""
    apps.get_model("reports.Authority")._default_manager.using(using).load_gazetteer()


def create_roles_last(app_config: AppConfig, using: str, **kwargs: Any) -> None:
    create_roles(using)
