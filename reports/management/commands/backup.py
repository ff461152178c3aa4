from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reports.operations.backups import BackupError, back_up


class Command(BaseCommand):
    help = "Write the database and the kept documents into a new folder. The site can stay up."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="FOLDER")

    def handle(self, *, folder: Path, **options: Any) -> None:
        try:
            manifest = back_up(folder)
        except BackupError as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(
                f"The backup in {folder} is not complete: {error.strerror or error}."
            ) from error
        self.stdout.write(
            f"Kept {sum(manifest.rows.values())} rows and {len(manifest.files)} files in {folder}."
        )
