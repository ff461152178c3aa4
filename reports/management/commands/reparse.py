from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from reports import search
from reports.ingest import IngestResult, IngestStatus, reparse
from reports.models import SourceDocument


class Command(BaseCommand):
    help = (
        "Read every kept original again, as after a change of the parser or the topics. Edits "
        "stay. If the parser now disagrees with one, an editor is asked."
    )

    def handle(self, *, verbosity: int, **options: Any) -> None:
        documents = list(SourceDocument.objects.current().order_by("pk"))
        progress = tqdm(documents, unit="document", disable=None, leave=False)
        outcomes = list(search.followed(self._reparse(document) for document in progress))
        if verbosity:
            counts = Counter(outcome.status for outcome in outcomes)
            shown = ", ".join(
                f"{counts[status]} {status}"
                for status in (IngestStatus.UPDATED, IngestStatus.UNCHANGED, IngestStatus.FAILED)
            )
            self.stdout.write(f"Documents: {shown}.")

    def _reparse(self, document: SourceDocument) -> IngestResult:
        outcome = reparse(document)
        if outcome.status is IngestStatus.FAILED:
            for problem in outcome.problems:
                with tqdm.external_write_mode():
                    self.stderr.write(f"{document.name}: {problem.message}")
        return outcome
