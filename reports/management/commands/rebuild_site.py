from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reports import search
from reports.corrections.exchange import ExchangeError, import_corrections
from reports.ingest import IngestStatus
from reports.ingest.rebuild import rebuild_documents
from reports.models import Assessment, SourceDocument


class Command(BaseCommand):
    help = (
        "Fill an empty database from the kept documents and a file of “corrections export”. The "
        "originals may have any names: they are known by their content."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("documents", type=Path, help="the folder of the kept documents")
        parser.add_argument("corrections", type=Path, help="the file that was exported")

    def handle(self, *, documents: Path, corrections: Path, **options: Any) -> None:
        if SourceDocument.objects.exists() or Assessment.objects.exists():
            raise CommandError(
                "The database is not empty. Set DATABASE_URL to a new one and run “migrate” first."
            )
        if not documents.is_dir():
            raise CommandError(f"{documents}: there is no such folder.")
        try:
            failed = self._read(documents, corrections)
            with corrections.open(encoding="utf-8") as file:
                imported = import_corrections(file)
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}.") from error
        except (ExchangeError, UnicodeDecodeError) as error:
            raise CommandError(f"{corrections}: {error}") from error
        search.catch_up()
        self.stdout.write(f"Corrections: {imported.made} made.")
        for sentence in imported.misplaced:
            self.stderr.write(sentence)
        if failed or imported.misplaced:
            raise CommandError(
                f"{failed} documents failed and {len(imported.misplaced)} corrections could not "
                "be placed; they are named above. Everything else is restored."
            )

    def _read(self, documents: Path, corrections: Path) -> int:
        """Returns how many documents failed."""
        counts: Counter[IngestStatus] = Counter()
        with corrections.open(encoding="utf-8") as file:
            for outcome in search.followed(rebuild_documents(documents, file)):
                counts[outcome.status] += 1
                if outcome.status is IngestStatus.FAILED:
                    self.stderr.write(f"{outcome.path}: {outcome.problems[0].message}")
        said = ", ".join(f"{counts[status]} {status.value}" for status in IngestStatus)
        self.stdout.write(f"Documents: {said}.")
        return counts[IngestStatus.FAILED]
