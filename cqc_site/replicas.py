"""Readers' pages from PostgreSQL's read replicas.

A reader's page is read from a replica that is near enough: it has replayed what the primary had
written `BEHIND` seconds ago. Editors, and anybody who has just sent something, read from the
primary, so that they see what they wrote. If a replica fails in the middle of a page, the page is
read from the primary and the replica is not asked for a while. While the primary does not answer,
pages are read from the replicas with a notice, and nothing can be written.
"""

import logging
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import Error, InterfaceError, OperationalError, connections
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cqc_site.handlers import SAFE_METHODS, Handler
from reports.models.reading_from import PRIMARY, reading_from

logger = logging.getLogger(__name__)

BEHIND = 2.0  # seconds that a replica may be behind
LOOK_EVERY = 1.0  # seconds between two looks at the databases, by each process
RETRY_AFTER = 10.0  # seconds before a database that failed is tried again
WROTE = "wrote"  # a cookie: this browser has just sent something
WROTE_FOR = 10  # seconds

WRITTEN = "SELECT pg_current_wal_lsn() - '0/0'::pg_lsn"
REPLAYED = "SELECT pg_last_wal_replay_lsn() - '0/0'::pg_lsn"

View = Callable[..., HttpResponse]


@dataclass(slots=True)
class Replicas:
    """The state of the primary and its replicas, which this process checks once a second.

    `_written` holds when the primary was looked at (monotonic seconds) and how far it had written
    (bytes of its log), the earliest first.
    """

    aliases: Sequence[str]
    clock: Callable[[], float] = time.monotonic
    primary_is_away: bool = False
    _near: tuple[str, ...] = ()
    _looked: float = float("-inf")
    _away_until: dict[str, float] = field(default_factory=dict)
    _written: deque[tuple[float, int]] = field(default_factory=lambda: deque(maxlen=60))
    _turn: int = 0

    def choose(self) -> str:
        """The database that the next page is read from."""
        if self.clock() >= self._looked + LOOK_EVERY:
            self._look()
        if not self._near:
            return PRIMARY
        self._turn += 1
        return self._near[self._turn % len(self._near)]

    def lost(self, alias: str) -> None:
        """Do not ask a database for a while."""
        connections[alias].close()
        self._away_until[alias] = self.clock() + RETRY_AFTER
        self._near = tuple(near for near in self._near if near != alias)

    def _look(self) -> None:
        self._looked = self.clock()
        written = self._ask(PRIMARY, WRITTEN)
        self.primary_is_away = written is None
        if written is not None:
            self._written.append((self._looked, written))
        wanted = self._wanted()
        replayed = {alias: self._ask(alias, REPLAYED) for alias in self.aliases}
        self._near = tuple(
            alias for alias, place in replayed.items() if place is not None and place >= wanted
        )

    def _wanted(self) -> int:
        """How far a replica must be: where the primary was `BEHIND` seconds ago. If the primary
        does not answer, any replica will do."""
        if self.primary_is_away or not self._written:
            return 0
        old = [written for at, written in self._written if at <= self._looked - BEHIND]
        return old[-1] if old else self._written[0][1]

    def _ask(self, alias: str, question: str) -> int | None:
        """The place in the log; None if the database does not answer."""
        if self._away_until.get(alias, 0) > self.clock():
            return None
        try:
            with connections[alias].cursor() as cursor:
                cursor.execute(question)
                [place] = cursor.fetchone()
        except (Error, TypeError, ValueError):
            logger.warning("The database %s does not answer.", alias)
            self.lost(alias)
            return None
        return int(place or 0)


class ReadFromReplicas:
    """Middleware. It must be the last, because it calls the view itself, so that it can call it
    again."""

    def __init__(self, get_response: Handler) -> None:
        self._get_response = get_response
        self._replicas = Replicas(tuple(settings.REPLICAS))

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._get_response(request)
        if self._replicas.aliases and request.method not in SAFE_METHODS:
            response.set_cookie(WROTE, "1", max_age=WROTE_FOR, httponly=True, samesite="Lax")
        return response

    def process_view(
        self, request: HttpRequest, view: View, args: Sequence[Any], kwargs: Mapping[str, Any]
    ) -> HttpResponse | None:
        if not self._replicas.aliases or request.method not in SAFE_METHODS:
            return None
        alias, primary_is_away = self._replicas.choose(), self._replicas.primary_is_away
        # templates/base.html shows a notice then.
        request.is_read_only = primary_is_away  # type: ignore[attr-defined]
        if alias != PRIMARY and not _needs_the_primary(request):
            try:
                with reading_from(alias):
                    return view(request, *args, **kwargs)
            except (OperationalError, InterfaceError):
                primary = "does not answer" if primary_is_away else "answers"
                logger.exception("The replica %s failed; the primary %s.", alias, primary)
                self._replicas.lost(alias)
        if not primary_is_away:
            return None
        response = render(request, "503.html", status=503)
        response["Retry-After"] = "30"
        return response


def _needs_the_primary(request: HttpRequest) -> bool:
    """Whether the request comes from a person who is signed in or has just sent something."""
    return WROTE in request.COOKIES or settings.SESSION_COOKIE_NAME in request.COOKIES
