"""Files that staff upload: kept aside, read on trial, then ingested or thrown away.

An upload waits in a folder of its own below `VAR_DIR/uploads`, outside the documents that are
served. Its token and the names of its files stay in the session of who uploaded it; on disk the
files have numbers, so that a name never becomes a path. As documents they are named
`/uploads/NAME`: a file's name may say whose report it is.
"""

import re
import secrets
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath, PureWindowsPath
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q

from reports import search
from reports.facts import dates, gazetteer
from reports.facts.framework import STATEMENT_BY_SLUG, Statement
from reports.ingest import (
    Outcome,
    Parsed,
    SectionOutcome,
    Status,
    read_file,
    store_document,
    try_documents,
)
from reports.models import Conflict, Problem

MAX_FILES = 20
KEPT_FOR = 24 * 60 * 60  # seconds
NAMED_BELOW = Path("/uploads")
MAX_NAME = 150  # characters
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Staging:
    """Uploaded files that wait to be confirmed."""

    token: str
    names: tuple[str, ...]

    @classmethod
    def from_session(cls, value: Mapping[str, Any]) -> "Staging":
        return cls(value["token"], tuple(value["names"]))

    def to_session(self) -> dict[str, Any]:
        return {"token": self.token, "names": list(self.names)}

    @property
    def folder(self) -> Path:
        return _root() / self.token

    @property
    def is_there(self) -> bool:
        return self.folder.is_dir()

    def discard(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading one document did, or would do. `conflicts` are edits that it would come to
    disagree with; `doubts` are about the assessment it belongs to."""

    outcome: Outcome
    conflicts: tuple[Conflict, ...] = ()
    doubts: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return str(PurePath(self.outcome.path).relative_to(NAMED_BELOW))

    @property
    def display_date(self) -> str:
        return dates.display(self.outcome.published)

    @property
    def authority_slug(self) -> str:
        entry = gazetteer.named(self.outcome.authority) if self.outcome.authority else None
        return entry.slug if entry else ""

    @property
    def sections(self) -> list[tuple[Statement, SectionOutcome]]:
        return [
            (STATEMENT_BY_SLUG[section.statement], section) for section in self.outcome.sections
        ]

    @property
    def findings(self) -> int:
        return sum(section.findings for section in self.outcome.sections)

    @property
    def failed(self) -> bool:
        return self.outcome.status is Status.FAILED


def stage(files: Sequence["UploadedFile[Any]"]) -> Staging:
    """Keep uploaded files aside. Those that nobody confirmed in time are thrown away."""
    _remove_old()
    staging = Staging(
        secrets.token_urlsafe(24), tuple(safe_name(file.name or "") for file in files)
    )
    staging.folder.mkdir(mode=0o700, parents=True)
    for number, file in enumerate(files):
        with (staging.folder / str(number)).open("xb") as kept:
            for chunk in file.chunks():
                kept.write(chunk)
    return staging


def safe_name(name: str) -> str:
    """The last part of whatever path a browser sent, printable and of a sane length."""
    base = PureWindowsPath(UNPRINTABLE.sub("", name)).name.strip(". ") or "unnamed"
    suffix = PurePath(base).suffix[-10:]
    return base.removesuffix(suffix)[: MAX_NAME - len(suffix)] + suffix


def preview(staging: Staging) -> list[Reading]:
    """What ingesting the files would do. Nothing is changed."""
    parsed = [document for file in _files(staging) for document in file]
    trial = _Trial()
    try_documents(parsed, trial.note)
    return trial.readings


def ingest(staging: Staging) -> list[Reading]:
    """Ingest the files, each document in its own transaction, and let the search know."""
    readings = [Reading(store_document(parsed)) for file in _files(staging) for parsed in file]
    staging.discard()
    search.catch_up()
    return readings


def _files(staging: Staging) -> Iterator[Iterator[Parsed | Outcome]]:
    for number, name in enumerate(staging.names):
        yield read_file(staging.folder / str(number), name=NAMED_BELOW / name)


class _Trial:
    """What each document of an upload would do, noted while its rows are there."""

    def __init__(self) -> None:
        self.readings: list[Reading] = []
        self._before = _conflicts()

    def note(self, outcome: Outcome) -> None:
        after = _conflicts()
        new = tuple(conflict for key, conflict in after.items() if key not in self._before)
        self.readings.append(Reading(outcome, new, tuple(_doubts(outcome))))
        self._before = after


def _conflicts() -> dict[tuple[str, str, str, str], Conflict]:
    """All that wait for an editor, by what they are about and what the parser reads there now."""
    return {
        (conflict.target_kind, conflict.target_id, conflict.field, repr(conflict.parsed)): conflict
        for conflict in Conflict.objects.all()
    }


def _doubts(outcome: Outcome) -> list[str]:
    if outcome.status in (Status.FAILED, Status.UNCHANGED):
        return []
    about = Q(assessment__sections__document__sha256=outcome.sha256) | Q(
        assessment__outcomes__document__sha256=outcome.sha256
    )
    return list(Problem.objects.filter(about).distinct().values_list("message", flat=True))


def _root() -> Path:
    return Path(settings.VAR_DIR) / "uploads"


def _remove_old() -> None:
    for folder in _root().glob("*/"):
        if folder.stat().st_mtime < time.time() - KEPT_FOR:
            shutil.rmtree(folder, ignore_errors=True)
