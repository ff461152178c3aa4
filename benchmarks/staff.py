"""The desk and the records as editors and admins open them: every list and its search.

Asked through Django's test client in this process, so that no sign-in stands between. The times are
processor time: the database is in this process too, so that nothing is waited for, and what else
the machine does is not counted. What the network and the server add is in the figures of `pages`.
"""

import argparse
import time
from collections.abc import Iterator
from random import Random
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from benchmarks.timing import percentiles
from reports.corrections import Why
from reports.desk.queue import REASONS
from reports.models import (
    Conflict,
    Correction,
    Dismissal,
    Finding,
    Problem,
    ReaderReport,
    SourceDocument,
)

TIMES = 10
SEED = 7
EDITED = 10_000  # corrections
WAITING = 1_000  # of each kind of item that an editor or a reader makes


def main(options: argparse.Namespace) -> dict[str, dict[str, float]]:
    settings.ALLOWED_HOSTS = ["testserver"]
    _fill_the_desk()
    client = Client(raise_request_exception=True)
    client.force_login(
        User.objects.get_or_create(username="bench", is_staff=True, is_superuser=True)[0]
    )
    return {name: _times(client, path) for name, path in _pages()}


def _fill_the_desk() -> None:
    """What people would have added to a site of this size, unless it is there."""
    if Correction.objects.exists():
        return
    random = Random(SEED)
    ids = list(Finding.objects.order_by("pk").values_list("pk", "public_id")[:100_000])
    edited = random.sample(ids, min(EDITED, len(ids)))
    why = Why(editor="bench")
    Correction.objects.bulk_create(
        Correction(
            batch=UUID(int=number // 3 + 1),
            action=Correction.Action.EDIT,
            target_kind="finding",
            target_id=public_id,
            field="heading",
            before="Before",
            after="After",
            parsed="Before",
            reason=Correction.Reason.PARSING,
            editor=why.editor,
        )
        for number, (_, public_id) in enumerate(edited)
    )
    some = edited[:WAITING]
    Conflict.objects.bulk_create(
        Conflict(target_kind="finding", target_id=public_id, field="heading", base="a", parsed="b")
        for _, public_id in some
    )
    Dismissal.objects.bulk_create(
        Dismissal(reason="inference", target=public_id, seen="Seen.", editor=why.editor)
        for _, public_id in some
    )
    ReaderReport.objects.bulk_create(
        ReaderReport(finding_id=pk, message="This is wrong.") for pk, _ in some
    )
    Problem.objects.bulk_create(
        Problem(document=document, code="score-missing", message="No score was found.")
        for document in SourceDocument.objects.order_by("pk")[:WAITING]
    )


def _pages() -> Iterator[tuple[str, str]]:
    """Names and paths."""
    yield from _of_the_desk()
    yield from _of_the_records()


def _of_the_desk() -> Iterator[tuple[str, str]]:
    yield "desk", reverse("desk")
    for reason in REASONS:
        yield f"desk: {reason.slug}", f"{reverse('desk')}?reason={reason.slug}"
        yield f"desk: next of {reason.slug}", f"{reverse('desk-next')}?queue={reason.slug}&at=0"
    finding = Finding.objects.published().with_context().earliest("pk")
    section, conflict = finding.section, Conflict.objects.earliest("pk")
    for name, argument in (
        ("finding", finding.public_id),
        ("split", finding.public_id),
        ("join", finding.public_id),
        ("status", finding.public_id),
        ("section", section.public_id),
        ("assessment", section.assessment.public_id),
        ("conflict", conflict.pk),
        ("document", section.document.sha256 if section.document else ""),
        ("withdraw", section.document.sha256 if section.document else ""),
        ("report", ReaderReport.objects.earliest("pk").pk),
        ("revert", UUID(int=1)),
    ):
        yield f"desk: {name} page", reverse(f"desk-{name}", args=[argument])
    yield "desk: marked as correct", reverse("desk-dismissals")
    yield "corrections", reverse("corrections")
    yield "corrections of an authority", f"{reverse('corrections')}?authority=barnet"
    yield "corrections feed", reverse("corrections-feed")
    yield "bulk: all of one authority", f"{reverse('desk-bulk')}?authority=barnet&q=people"


def _of_the_records() -> Iterator[tuple[str, str]]:
    """Every list and a search of it, and the page of its first row."""
    for model in apps.get_models():
        if not admin.site.is_registered(model):
            continue
        registered = admin.site.get_model_admin(model)
        name = f"{model._meta.app_label}_{model._meta.model_name}"
        at = reverse(f"admin:{name}_changelist")
        yield f"admin: {name}", at
        if registered.search_fields:
            yield f"admin: {name}, search", f"{at}?q=barnet"
            yield f"admin: {name}, nothing found", f"{at}?q=nothinglikethis"
        first = model._default_manager.order_by("pk").first()
        if first is not None:
            yield f"admin: {name}, a row", reverse(f"admin:{name}_change", args=[first.pk])
    findings = reverse("admin:reports_finding_changelist")
    yield "admin: findings by score", f"{findings}?section__score=2"
    yield "admin: findings by topic", f"{findings}?topics=carers"
    yield "admin: findings sorted by authority", f"{findings}?o=2"
    yield "admin: last page of findings", f"{findings}?p=900"


def _times(client: Client, path: str) -> dict[str, float]:
    return percentiles(_time(client, path) for _ in range(TIMES))


def _time(client: Client, path: str) -> float:
    """Milliseconds of processor time."""
    began = time.process_time()
    answer = client.get(path)
    body = answer.content if not answer.streaming else b"".join(answer)
    if answer.status_code not in (200, 302) and "bulk" not in path:
        raise RuntimeError(f"{answer.status_code} for {path}: {body[:500]!r}")
    return (time.process_time() - began) * 1000
