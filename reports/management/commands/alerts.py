from typing import Any

from django.core.management.base import BaseCommand

from reports.follow import collect, send_waiting


class Command(BaseCommand):
    help = "Send new findings to those who follow a search, by e-mail or webhook. Schedule it."

    def handle(self, *args: Any, **options: Any) -> None:
        collected = collect()
        sent = send_waiting()
        self.stdout.write(
            f"{collected} new notices; {sent.sent} sent, {sent.failed} to be tried again."
        )
