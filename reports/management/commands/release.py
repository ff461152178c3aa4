from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from reports.releases import ReleaseError, build


class Command(BaseCommand):
    help = "Write a release of the data: CSVs that describe themselves, checksums, changes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--to", type=Path, metavar="FOLDER", help="default: RELEASES_DIR")
        parser.add_argument(
            "--site", default=settings.SITE_URL, help="the address that links begin with"
        )
        parser.add_argument(
            "--name",
            default="",
            help="the version; without one, it is made from the state of the data",
        )

    def handle(self, *, to: Path | None, site: str, name: str, **options: Any) -> None:
        if not site.startswith(("https://", "http://")):
            raise CommandError("--site must be a whole address, such as https://cqc.example.org.")
        try:
            built = build(to or settings.RELEASES_DIR, site, name)
        except ReleaseError as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"The release was not written. {error}") from error
        changes = built.changes
        self.stdout.write(
            f"Release {built.version} of {built.findings} findings is in {built.folder}: "
            f"{len(changes.added)} added, {len(changes.removed)} removed, "
            f"{len(changes.changed)} changed since {changes.since or 'the beginning'}."
        )
