"""One step of an upload on one of two machines that share a database and a bucket.

    python -m tests.support.two_machines upload|confirm|read

The environment says where everything is. Prints what came of it as JSON.
"""

import json
import os
import sys
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402 (Django has to be set up before)
from django.contrib.auth.models import User  # noqa: E402
from django.core.files.storage import storages  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402

from reports.models import Finding, SourceDocument  # noqa: E402

SEED = Path(__file__).parents[2] / "seeds" / "000_9c9b08ed48e88806.txt"


def upload(client: Client) -> dict[str, object]:
    with SEED.open("rb") as file:
        response = client.post("/desk/upload/", {"documents": [file]})
    return {"status": response.status_code}


def confirm(client: Client) -> dict[str, object]:
    token = client.session["upload"]["token"]
    response = client.post(f"/desk/upload/{token}/confirm/")
    document = SourceDocument.objects.get()
    with document.original.open("rb") as original:
        same = original.read() == SEED.read_bytes()
    return {
        "status": response.status_code,
        "findings": Finding.objects.published().count(),
        "original": same,
    }


def read(client: Client) -> dict[str, object]:
    document = SourceDocument.objects.get()
    response = client.get(document.get_absolute_url())
    tokens, files = storages["uploads"].listdir("")
    return {"status": response.status_code, "waiting": len(tokens) + len(files)}


def main() -> None:
    call_command("migrate", verbosity=0)
    print(json.dumps({"upload": upload, "confirm": confirm, "read": read}[sys.argv[1]](_browser())))


def _browser() -> Client:
    """The same browser at every step: it keeps its session's cookie in a file."""
    client = Client(HTTP_HOST="localhost")
    kept = Path(os.environ["SESSION_FILE"])
    if kept.exists():
        client.cookies[settings.SESSION_COOKIE_NAME] = kept.read_text("ascii")
    else:
        client.force_login(User.objects.create_superuser("ada"))
        kept.write_text(client.cookies[settings.SESSION_COOKIE_NAME].value, "ascii")
    return client


if __name__ == "__main__":
    main()
