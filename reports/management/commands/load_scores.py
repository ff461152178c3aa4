from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reports import search
from reports.facts.gazetteer import DATA
from reports.ingest import IngestStatus
from reports.ingest.operator_tables import TableError
from reports.ingest.published_scores import load_published_scores

SHIPPED = DATA / "published_scores.csv"


class Command(BaseCommand):
    help = "Load a table of published scores, so that authorities can be compared by score."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "table",
            nargs="?",
            type=Path,
            default=SHIPPED,
            metavar="CSV",
            help="the table; without one, the table that comes with the project",
        )

    def handle(self, *, table: Path, verbosity: int, **options: Any) -> None:
        try:
            statuses = Counter(load_published_scores(table))
        except TableError as error:
            raise CommandError(f"Nothing was loaded.\n{error}") from error
        search.catch_up()
        if verbosity:
            shown = (IngestStatus.CREATED, IngestStatus.UPDATED, IngestStatus.UNCHANGED)
            counts = ", ".join(f"{statuses[status]} {status}" for status in shown)
            self.stdout.write(f"Published outcomes: {counts}.")
