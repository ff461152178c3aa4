import io
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reports import search
from reports.corrections.exchange import ExchangeError, export_corrections, import_corrections


class Command(BaseCommand):
    help = (
        "Write the record of corrections to a file, with what editors marked as correct and what "
        "readers reported, or make all of that from a file again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("direction", choices=["export", "import"])
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *, direction: str, file: Path, **options: Any) -> None:
        try:
            message = _export(file) if direction == "export" else self._import(file)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}.") from error
        except (ExchangeError, UnicodeDecodeError) as error:
            raise CommandError(f"{file}: nothing was imported. {error}") from error
        self.stdout.write(message)

    def _import(self, file: Path) -> str:
        with file.open(encoding="utf-8") as opened:
            imported = import_corrections(opened)
        search.catch_up()
        message = (
            f"{imported.made} corrections made, {imported.known} known already; new here are "
            f"{imported.dismissals} items marked as correct and {imported.reader_reports} "
            "reports from readers."
        )
        for sentence in imported.misplaced:
            self.stderr.write(sentence)
        if imported.misplaced:
            raise CommandError(
                f"{message} {len(imported.misplaced)} rows could not be placed; they are named "
                "above. Import the file again once what is missing is here."
            )
        return message


def _export(file: Path) -> str:
    written = io.StringIO()
    exported = export_corrections(written)
    file.write_text(written.getvalue(), encoding="utf-8")
    return (
        f"{exported.corrections} corrections, {exported.dismissals} items marked "
        f"as correct and {exported.reader_reports} reports from readers written to {file}."
    )
