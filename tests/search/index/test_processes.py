"""Several processes, one index: what one changes, all see; who is killed leaves no trouble."""

import json
import os
import signal
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

from reports.models import Finding, IndexChange
from reports.search import SearchQuery, catch_up, rebuild, search
from reports.search.engines.configured import current_engine
from reports.search.engines.seam import Lock
from tests.search.making import found, make_finding

pytestmark = pytest.mark.django_db(transaction=True)

PREAMBLE = """
import json, os, signal, sys
import django
django.setup()
from django.conf import settings
from django.db import connection
place = json.loads(sys.argv[1])
settings.SEARCH_URL = place.pop("SEARCH_URL")
connection.settings_dict.update(place)
from reports.models import Finding, IndexChange
from reports.search import SearchQuery, catch_up, rebuild, search
"""


def started(program: str) -> subprocess.Popen[str]:
    """A program in another process, on this test's database and index."""
    names = ("NAME", "USER", "PASSWORD", "HOST", "PORT")
    place = {name: str(connection.settings_dict[name]) for name in names}
    arguments = json.dumps(place | {"SEARCH_URL": settings.SEARCH_URL})
    return subprocess.Popen(
        [sys.executable, "-c", PREAMBLE + program, arguments],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "cqc_site.settings"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def done(program: str) -> str:
    """What it prints."""
    process = started(program)
    output, errors = process.communicate()
    assert process.returncode == 0, errors
    return output.strip()


def test_what_another_process_writes_is_seen_here() -> None:
    make_finding("before")
    assert found("before") == ["before"]  # the index is open here from now on
    done(
        """
Finding.objects.update(text="after")
IndexChange.objects.record(Finding.objects.values_list("public_id", flat=True))
catch_up()
"""
    )
    assert not IndexChange.objects.exists()
    assert (found("before"), found("after")) == ([], ["after"])


def test_what_is_written_here_is_seen_by_another_process() -> None:
    make_finding("here")
    catch_up()
    assert done("print(search(SearchQuery(q='here')).total)") == "1"


def test_an_index_swapped_by_another_process_is_seen_here() -> None:
    finding = make_finding("before")
    assert found("before") == ["before"]
    Finding.objects.filter(pk=finding.pk).update(text="after")
    done("rebuild()")
    done("rebuild()")  # which removes the index that is open here
    assert found("after") == ["after"]


def test_a_forked_child_sees_what_comes_later() -> None:
    make_finding("before")
    seen = done(
        """
assert search(SearchQuery()).total == 1
connection.close()
reader, writer = os.pipe()
child = os.fork()
if child:
    Finding.objects.update(text="after")
    IndexChange.objects.record(Finding.objects.values_list("public_id", flat=True))
    catch_up()
    os.write(writer, b"go")
    os.waitpid(child, 0)
else:
    os.read(reader, 2)
    print(search(SearchQuery(q="after")).total, flush=True)
    os._exit(0)
"""
    )
    assert seen == "1"


def test_the_lock_of_another_process_is_respected() -> None:
    catch_up()
    make_finding("waiting")
    with current_engine().held(Lock.WRITING, timeout=0):
        seen = done(
            """
from reports.search.index import outbox
outbox.WAIT = 0
catch_up()
print(search(SearchQuery()).total, IndexChange.objects.count())
"""
        )
    assert seen == "0 1"
    assert found("waiting") == ["waiting"]


@pytest.mark.parametrize(
    "moment",
    [
        "rebuild(lambda _: os.kill(os.getpid(), signal.SIGKILL))",
        """
outbox.SearchIndex.replace_former = lambda index: os.kill(os.getpid(), signal.SIGKILL)
rebuild()
""",
        """
outbox._forget = lambda rows: os.kill(os.getpid(), signal.SIGKILL)
catch_up()
""",
        """
outbox._write = lambda writer, rows: os.kill(os.getpid(), signal.SIGKILL)
catch_up()
""",
    ],
    ids=["while a rebuild reads", "after the swap", "after a commit", "before a commit"],
)
def test_a_process_killed_at_any_moment_leaves_no_trouble(moment: str) -> None:
    finding = make_finding("before")
    catch_up()
    Finding.objects.filter(pk=finding.pk).update(text="after")
    IndexChange.objects.record([finding.public_id])
    process = started(f"from reports.search.index import outbox\n{moment}")
    _, errors = process.communicate()
    assert process.returncode == -signal.SIGKILL, errors
    assert found("after") == ["after"]
    catch_up()
    assert not IndexChange.objects.exists()
    assert rebuild() == 1
    assert search(SearchQuery()).total == 1


def test_many_processes_at_once_end_in_step() -> None:
    make_finding("start")
    catch_up()
    program = """
from tests.search.making import make_finding
for number in range(5):
    make_finding("from elsewhere")
    catch_up()
    search(SearchQuery())
"""
    others = [started(program) for _ in range(3)]
    while any(process.poll() is None for process in others):
        assert search(SearchQuery(q="start")).total == 1
    assert [process.communicate()[1] for process in others] == [""] * 3
    assert search(SearchQuery(q="elsewhere")).total == 15
    assert not IndexChange.objects.exists()
