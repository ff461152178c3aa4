from typing import Any

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "Assessment reports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        post_migrate.connect(load_authorities, sender=self)


def load_authorities(using: str, **kwargs: Any) -> None:
    """Bring the authorities up to date with the gazetteer, on every `migrate`."""
    apps.get_model("reports.Authority")._default_manager.using(using).load_gazetteer()
