import time
from typing import Any

from django.core.management.base import BaseCommand

from reports.reading.everything import work_out_everything


class Command(BaseCommand):
    help = (
        "Work out what the pages of Compare and Learn show, so that no reader waits for it. Run it "
        "after an ingest. Results that are up to date are skipped."
    )

    def handle(self, *, verbosity: int, **options: Any) -> None:
        began = time.perf_counter()
        made = work_out_everything()
        if verbosity:
            seconds = time.perf_counter() - began
            self.stdout.write(f"{made} results are up to date ({seconds:.0f} s).")
