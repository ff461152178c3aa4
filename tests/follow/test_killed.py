"""Alerts are sent by a real process that is killed while it sends them."""

import re
import signal
from pathlib import Path

import pytest

from tests.support.own_process import run_script

FILL = """
import django
django.setup()
from datetime import timedelta
from django.contrib.auth.models import User
from django.core.management import call_command
from django.utils import timezone
from reports.models import Subscription
for number in range(4):
    owner = User.objects.create_user(f"reader{number}", f"reader{number}@example.org")
    Subscription.objects.create(owner=owner, query="q=training", name="Words: training")
earlier = timezone.now() - timedelta(minutes=1)
Subscription.objects.update(created_at=earlier, checked_to=earlier)
call_command("ingest", "seeds", verbosity=0)
"""
SEND = """
import os, signal, sys, django
django.setup()
from django.core.mail.backends.console import EmailBackend
from django.core.management import call_command
from django.utils import timezone
from reports.models import Notice
when, number = sys.argv[1], 0
write = EmailBackend.write_message
def killed_at_the_second(backend, message):
    global number
    number += 1
    if number == 2 and when == "before":
        os.kill(os.getpid(), signal.SIGKILL)
    write(backend, message)
    backend.stream.flush()
    if number == 2 and when == "after":
        os.kill(os.getpid(), signal.SIGKILL)
EmailBackend.write_message = killed_at_the_second
Notice.objects.update(not_before=timezone.now())  # as if the lease of the killed process were over
call_command("alerts", verbosity=0)
"""
ALL = {f"reader{number}@example.org" for number in range(4)}


@pytest.mark.parametrize(("when", "repeated"), [("before", 0), ("after", 1)])
def test_nobody_is_left_out_and_a_repeated_message_has_the_same_id(
    tmp_path: Path, when: str, repeated: int
) -> None:
    """Whether the receiver has a message is not known if the sender died right after it: that one
    is repeated with the same id, by which mail programs show it once."""
    assert run_script(FILL, tmp_path).returncode == 0

    killed = run_script(SEND, tmp_path, when)
    assert killed.returncode == -signal.SIGKILL
    done = run_script(SEND, tmp_path, "never")
    assert done.returncode == 0, done.stderr
    assert _sent(run_script(SEND, tmp_path, "never").stdout) == []

    sent = [*_sent(killed.stdout), *_sent(done.stdout)]
    assert {receiver for receiver, _ in sent} == ALL
    assert len(set(sent)) == len(ALL)
    assert len(sent) == len(ALL) + repeated


def _sent(stdout: str) -> list[tuple[str, str]]:
    """Receiver and message id of each message."""
    found = dict.fromkeys(("To", "Message-ID"), "")
    messages = []
    for name, value in re.findall(r"^(To|Message-ID): (\S+)$", stdout, re.MULTILINE):
        found[name] = value
        if all(found.values()):
            messages.append((found["To"], found["Message-ID"]))
            found = dict.fromkeys(found, "")
    return messages
