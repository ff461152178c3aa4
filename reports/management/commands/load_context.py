from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reports.ingest.context import load_context
from reports.ingest.operator_tables import TableError


class Command(BaseCommand):
    help = (
        "Load a CSV table with the columns gss_code, population, deprivation and source: one row "
        "per authority. An empty cell deletes the value that is known. An authority without a row "
        "does not change."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("table", type=Path, metavar="CSV")

    def handle(self, *, table: Path, verbosity: int, **options: Any) -> None:
        try:
            count = load_context(table)
        except TableError as error:
            raise CommandError(f"Nothing was loaded.\n{error}") from error
        if verbosity:
            self.stdout.write(f"Context of {count} authorities is loaded.")
