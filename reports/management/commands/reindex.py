import gc
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from reports import search
from reports.models import Finding


class Command(BaseCommand):
    help = "Build the search index again from the database. Searches use the old one meanwhile."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--if-missing", action="store_true", help="do nothing if there is an index to search"
        )

    def handle(self, *, if_missing: bool, **options: Any) -> None:
        began = time.monotonic()
        gc.freeze()  # or Python searches all modules for garbage again and again
        # `disable=None` shows no bar unless the output is a terminal.
        with tqdm(total=Finding.objects.count(), unit=" findings", disable=None) as bar:
            try:
                indexed = search.rebuild(bar.update, only_if_missing=if_missing)
            except search.BusyError:
                raise CommandError("Another rebuild is running: let it finish.") from None
            except (OSError, ValueError) as error:  # Tantivy's own is a ValueError
                raise CommandError(
                    f"The index was not built, and the one before it is still in use: {error}"
                ) from error
        self.stdout.write(f"Indexed {indexed} findings in {time.monotonic() - began:.1f} s.")
