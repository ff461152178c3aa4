from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reports.operations.backups import BackupError, restore


class Command(BaseCommand):
    help = "Replace the database and the documents by those of a backup. Stop the site first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="FOLDER")
        parser.add_argument("--replace", action="store_true", help="delete what the database holds")

    def handle(self, *, folder: Path, replace: bool, **options: Any) -> None:
        try:
            manifest = restore(folder, replace=replace)
        except (BackupError, ValueError) as error:
            raise CommandError(f"Nothing was restored. {error}") from error
        except OSError as error:
            raise CommandError(f"The restore did not end: {error}.") from error
        self.stdout.write(
            f"Restored {sum(manifest.rows.values())} rows of {manifest.made_at[:16]} "
            "and built the index."
        )
