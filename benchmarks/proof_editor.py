"""An editor who saves a correction a second, and looks whether readers find it in time."""

import time
from itertools import count
from threading import Event

from django.db import InterfaceError, OperationalError, connections

from benchmarks.proof_parts import Saved, Web
from reports import corrections
from reports.models import Correction, Finding, SourceDocument
from reports.search import index_latest

PAUSE = 1.0
LETTERS = "abcdefghij"
WHY = corrections.Why("editor", Correction.Reason.TYPOGRAPHICAL)

_turns = count()


def paths() -> list[str]:
    """What readers ask for: a search, a finding, a report's text, authorities, a file."""
    finding, document = Finding.objects.published().first(), SourceDocument.objects.first()
    assert finding
    assert document
    pages = [finding.get_absolute_url(), document.get_absolute_url()]
    return ["/findings/?q=carers", "/authorities/", "/findings.csv?q=training", *pages]


def lost_of(saved: Saved, webs: list[Web], patience: float) -> list[str]:
    """The words that are not in the database, or that a machine still does not find."""
    until = time.monotonic() + patience
    missing = list(saved.findings)
    connections.close_all()  # the one of before was cut when parts were killed
    while missing and time.monotonic() < until:
        missing = [word for word in missing if not _is_kept(word, saved.findings[word], webs)]
    return missing


def _is_kept(word: str, public_id: str, webs: list[Web]) -> bool:
    text = Finding.objects.get(public_id=public_id).text
    return word in text and all(public_id in web.ask(f"/findings/?q={word}")[1] for web in webs)


def save(saved: Saved, webs: list[Web], within: float, ended: Event) -> None:
    """Until `ended`. A correction that a machine does not find `within` seconds is late."""
    while not ended.wait(PAUSE):
        turn = next(_turns)
        word = "zy" + "".join(LETTERS[int(digit)] for digit in str(turn)) + "yz"
        try:
            findings = Finding.objects.published().order_by("pk")
            finding = findings[turn % findings.count()]
            corrections.change(finding, {"text": f"{finding.text} {word}"}, WHY)
        except (OperationalError, InterfaceError):
            saved.refused += 1
            connections.close_all()
            continue
        saved.findings[word] = finding.public_id
        index_latest()
        if ended.wait(within):
            break
        for web in webs:
            status, page = web.ask(f"/findings/?q={word}")
            if status == 200 and finding.public_id not in page:
                saved.late.append(word)
    connections.close_all()
