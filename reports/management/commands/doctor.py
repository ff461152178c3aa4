import sys
from typing import Any

from django.core.management.base import BaseCommand

from reports.operations.checkup import check_up


class Command(BaseCommand):
    help = "Check settings, database, index, outbox, documents, disk and clock; say what to do."

    requires_system_checks: list[str] = []  # it runs them itself, and goes on

    def handle(self, **options: Any) -> None:
        healthy = True
        for name, problems in check_up():
            self.stdout.write(f"{name:<11}{'ok' if not problems else ''}".rstrip())
            for problem in problems:
                healthy = False
                self.stdout.write(f"  {problem.what}\n    {problem.to_do}")
        if not healthy:
            sys.exit(1)
