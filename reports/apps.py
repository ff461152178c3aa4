from typing import Any

from django.apps import AppConfig, apps
from django.db import connections
from django.db.models.signals import post_migrate

from reports.roles import create_roles


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "Assessment reports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        post_migrate.connect(load_authorities, sender=self)
        post_migrate.connect(create_roles, sender=self)


def load_authorities(using: str, **kwargs: Any) -> None:
    """Bring the authorities up to date with the gazetteer after every `migrate`, except one that
    removes their table."""
    authority = apps.get_model("reports.Authority")
    if authority._meta.db_table in connections[using].introspection.table_names():
        authority._default_manager.using(using).load_gazetteer()
