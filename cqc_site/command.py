"""`python manage.py` of a checkout and `cqc-assessments` of an installed wheel."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import OperationalError


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cqc_site.settings")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"Cannot start.\n{error}")
    except (OSError, OperationalError) as error:
        # The disk is full or read-only, or the database does not answer. This is not a fault of the
        # program.
        if "--traceback" in sys.argv:
            raise
        sys.exit(f"The command did not end: {error}")
