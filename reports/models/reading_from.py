"""Which database a piece of work reads from, if the site has read replicas.

Readers' pages may read from a replica. Work that decides what is written next (the outbox, a
merge, an editor's page) must read from the primary, because a replica can be behind.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db.models import Model

PRIMARY = "default"

_alias: ContextVar[str] = ContextVar("reading_from", default=PRIMARY)


@contextmanager
def reading_from(alias: str) -> Iterator[None]:
    """Within this block, queries that name no database read from this one."""
    token = _alias.set(alias)
    try:
        yield
    finally:
        _alias.reset(token)


class ReplicaRouter:
    """Django's database router: reads go where `reading_from` says, writes to the primary."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str:
        return _alias.get()

    def db_for_write(self, model: type[Model], **hints: Any) -> str:
        return PRIMARY

    def allow_relation(self, one: Model, other: Model, **hints: Any) -> bool:
        """All databases hold the same rows."""
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """Replicas receive the primary's tables by replication."""
        return db == PRIMARY
