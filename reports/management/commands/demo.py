from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from reports import search
from reports.ingest import IngestStatus, ingest_paths
from reports.management.commands.ingest import require_authorities
from reports.management.invented import corpus
from reports.models import Assessment, SourceDocument
from reports.reading import invented
from reports.reading.everything import work_out_everything


class Command(BaseCommand):
    help = (
        "Fill an empty database with 120 invented reports, to try the site with. Every page then "
        "says that its content is invented."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--write-only",
            type=Path,
            metavar="FOLDER",
            help="write the reports and what is planted in them to a folder, and load nothing",
        )

    def handle(self, *, write_only: Path | None, verbosity: int, **options: Any) -> None:
        if write_only:
            made = corpus.write(write_only)
            self.stdout.write(f"{len(made.reports)} invented reports written to {write_only}.")
            return
        require_authorities()
        self._require_nothing_real()
        invented.mark()
        folder = Path(settings.MEDIA_ROOT) / "invented"
        made = corpus.write(folder)
        paths = [folder / report.file_name for report in made.reports]
        outcomes = list(search.followed(ingest_paths(paths)))
        work_out_everything()
        failed = sum(outcome.status is IngestStatus.FAILED for outcome in outcomes)
        if failed:
            raise CommandError(f"{failed} of the invented reports could not be read.")
        if verbosity:
            self.stdout.write(f"{len(outcomes)} invented reports are loaded.")

    def _require_nothing_real(self) -> None:
        """Refuse to load invented reports beside real ones: a reader could not tell them apart."""
        if invented.marked():
            return
        if SourceDocument.objects.exists() or Assessment.objects.exists():
            raise CommandError(
                "This database holds assessments. Invented reports go into an empty one: use "
                "“make demo”, or set VAR_DIR to another folder and run “manage.py migrate” first."
            )
