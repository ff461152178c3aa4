import gc
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from reports import search
from reports.models import Finding


class Command(BaseCommand):
    help = "Build the search index anew from the database. Searches go on meanwhile."

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.monotonic()
        gc.freeze()  # what is loaded stays: to look through it again and again takes long
        # No bar where nobody looks: `disable=None` is tqdm's word for that.
        with tqdm(total=Finding.objects.count(), unit=" findings", disable=None) as bar:
            try:
                indexed = search.rebuild(progress=bar.update)
            except search.BusyError:
                raise CommandError("Another rebuild is running: let it finish.") from None
        self.stdout.write(f"Indexed {indexed} findings in {time.monotonic() - began:.1f} s.")
