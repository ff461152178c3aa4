import json
import sys
from argparse import ArgumentParser
from collections import Counter
from pathlib import PurePath
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, InterfaceError, OperationalError
from tqdm import tqdm

from reports import search
from reports.ingest import FilesFound, IngestResult, IngestStatus, find_files, ingest_paths
from reports.models import Authority


class Command(BaseCommand):
    help = "Read reports into the database: files, folders or glob patterns."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", metavar="PATH")
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would happen and change nothing"
        )
        parser.add_argument(
            "--json", action="store_true", help="print one JSON object instead of lines"
        )

    def handle(
        self, *, paths: list[str], dry_run: bool, json: bool, verbosity: int, **options: Any
    ) -> None:
        require_authorities()
        found = find_files(paths)
        self._warn_of_skipped(found)
        outcomes = list(found.failed)
        for outcome in outcomes:
            self._print_line(outcome, quiet=json or verbosity == 0)
        read = self._with_progress(found, dry_run)
        try:
            for outcome in read if dry_run else search.followed(read):
                self._print_line(outcome, quiet=json or verbosity == 0)
                outcomes.append(outcome)
        except (OperationalError, InterfaceError, OSError) as error:
            raise CommandError(
                f"The run has ended early: {error}\n{len(outcomes)} documents were dealt with, and "
                "stay so. When the fault is mended, run the same command again."
            ) from error
        if json:
            self.stdout.write(as_json(outcomes))
        elif verbosity:
            self.stdout.write(closing_table(outcomes, dry_run=dry_run))
        if any(outcome.status is IngestStatus.FAILED for outcome in outcomes):
            sys.exit(1)

    def _with_progress(self, found: FilesFound, dry_run: bool) -> "tqdm[IngestResult]":
        """The outcomes as they come, behind a progress bar where a person is watching."""
        return tqdm(
            ingest_paths(found.files, dry_run=dry_run),
            total=len(found.files),
            unit="document",
            disable=None,
            leave=False,
        )

    def _print_line(self, outcome: IngestResult, *, quiet: bool) -> None:
        with tqdm.external_write_mode():
            if not quiet:
                self.stdout.write(line_for(outcome))
            if outcome.status is not IngestStatus.UNCHANGED:
                self._print_problems(outcome)

    def _print_problems(self, outcome: IngestResult) -> None:
        for problem in outcome.problems:
            place = f"{outcome.path}:{problem.line}" if problem.line else outcome.path
            self.stderr.write(f"{place}: {problem.message}")

    def _warn_of_skipped(self, found: FilesFound) -> None:
        if found.skipped:
            names = ", ".join(path.name for path in found.skipped[:5])
            more = f" and {len(found.skipped) - 5} more" if len(found.skipped) > 5 else ""
            self.stderr.write(f"Passed over, not in a format for reports: {names}{more}")


def require_authorities() -> None:
    try:
        ready = Authority.objects.exists()
    except DatabaseError:
        ready = False
    if not ready:
        raise CommandError("The database is not set up. Run first: manage.py migrate")


def line_for(outcome: IngestResult) -> str:
    """One document in one line: status, name, authority, statements with scores, findings."""
    name = PurePath(outcome.path).name
    if outcome.status in {IngestStatus.FAILED, IngestStatus.SKIPPED}:
        return f"{outcome.status:<10}{name}"
    scores = ", ".join(
        f"{section.statement} {section.score or 'unscored'}" for section in outcome.sections
    )
    findings = sum(section.findings for section in outcome.sections)
    authority = outcome.authority or "authority not identified"
    return f"{outcome.status:<10}{name}  {authority}; {scores}; {findings} findings"


def closing_table(outcomes: list[IngestResult], *, dry_run: bool) -> str:
    counts = Counter(outcome.status for outcome in outcomes)
    unidentified = sum(
        outcome.status not in {IngestStatus.FAILED, IngestStatus.SKIPPED}
        and outcome.authority is None
        for outcome in outcomes
    )
    rows = [
        *((status.value, counts[status]) for status in IngestStatus),
        ("unidentified", unidentified),
    ]
    title = "Would be (dry run, nothing changed)" if dry_run else "Documents"
    return "\n".join(["", title, *(f"  {name:<13}{count:>6}" for name, count in rows)])


def as_json(outcomes: list[IngestResult]) -> str:
    return json.dumps({"documents": [outcome.as_json() for outcome in outcomes]}, indent=2)
