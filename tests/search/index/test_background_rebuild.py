"""An index too large to build while a reader waits is built by a real process of its own."""

from pathlib import Path

from tests.support.own_process import run_script

JOURNEY = """
import shutil, sys, django
from pathlib import Path
django.setup()
from django.conf import settings
from django.core.management import call_command
call_command("ingest", "seeds", verbosity=0)
from django.test import Client
from reports.search.index import unavailable
unavailable.SMALL = 1
client = Client()
print(client.get("/api/findings/?q=training").json()["count"] > 0)
if sys.argv[1] == "removed":
    shutil.rmtree(Path(settings.VAR_DIR) / "index")
else:
    pointer = Path(settings.VAR_DIR) / "index" / "CURRENT"
    older = pointer.parent / ("0-" + pointer.read_text().partition("-")[2])
    (pointer.parent / pointer.read_text()).rename(older)
    pointer.write_text(older.name)
for path in ("/api/findings/", "/findings.csv", "/findings/", "/readyz"):
    print(path, client.get(path).status_code)
[child] = unavailable._children
print("the process ended with", child.wait(60))
print(client.get("/api/findings/?q=training").json()["count"] > 0)
print(client.get("/readyz").status_code)
"""


def journey(tmp_path: Path, what: str) -> list[str]:
    done = run_script(JOURNEY, tmp_path, what, LOG_LEVEL="CRITICAL")
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()


WHOLE = [
    "True",
    "/api/findings/ 503",
    "/findings.csv 503",
    "/findings/ 503",
    "/readyz 503",
    "the process ended with 0",
    "True",
    "200",
]


def test_after_it_was_removed(tmp_path: Path) -> None:
    assert journey(tmp_path, "removed") == WHOLE


def test_after_an_upgrade_to_a_program_with_another_kind_of_index(tmp_path: Path) -> None:
    assert journey(tmp_path, "upgraded") == WHOLE
