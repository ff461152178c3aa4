from importlib import import_module
from typing import Any

from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Serve findings to an AI assistant, read-only (Model Context Protocol, stdio)."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            module = import_module("reports.api.mcp_server")
        except ModuleNotFoundError as error:
            raise CommandError(
                "The server needs the extra “mcp”: install it with pip install '.[mcp]'."
            ) from error
        module.make_server().run(transport="stdio")
