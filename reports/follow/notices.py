"""Sends new findings to people who follow a search.

First, in one transaction for each subscription, new findings are recorded and put into a notice.
Then notices are sent, each claimed by one process. A crash before that leaves the notice for the
next run, so none is lost. After a crash between sending and recording it, the notice is sent again
with the same id (`Message-ID`, `webhook-id`), so that a receiver can recognise it.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPException

from django.db import transaction
from django.db.models import F
from django.http import QueryDict
from django.utils import timezone

from reports.follow import messages, webhooks
from reports.follow.feeds import found_among
from reports.models import Finding, Notice, Subscription, Told
from reports.search import SearchQuery, catch_up, indexed_until

# A transaction that began earlier may end later, so recently stored findings are looked at again.
OVERLAP = timedelta(hours=1)
LEASE = timedelta(minutes=5)  # a notice that a crashed process had claimed is free again after it
MOST_ATTEMPTS = 8
KEEP_TOLD = timedelta(days=2)

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sent:
    sent: int
    failed: int


def collect() -> int:
    """Write a notice for each subscription that has new findings. Returns how many."""
    catch_up()
    until = indexed_until()
    return sum(_collect_one(subscription.pk, until) for subscription in Subscription.objects.all())


def send_waiting() -> Sent:
    """Send the notices that are due. One that fails is tried again later, each time after a longer
    wait."""
    sent = failed = 0
    for notice in _claimed():
        try:
            _send(notice)
        except (OSError, SMTPException, webhooks.WebhookError, messages.NoAddressError) as error:
            failed += 1
            _put_off(notice, str(error))
        else:
            sent += 1
            Notice.objects.filter(pk=notice.pk).update(
                state=Notice.State.SENT, sent_at=timezone.now(), problem=""
            )
    Told.objects.filter(told_at__lt=timezone.now() - KEEP_TOLD).delete()
    return Sent(sent, failed)


@transaction.atomic
def _collect_one(pk: int, until: datetime) -> bool:
    subscription = Subscription.objects.select_for_update().filter(pk=pk).first()
    if subscription is None:
        return False
    query, _ = SearchQuery.from_params(QueryDict(subscription.query))
    start = max(subscription.created_at, subscription.checked_to - OVERLAP)
    rows = Finding.objects.published().filter(created_at__gte=start).order_by("-created_at", "-pk")
    stored = list(rows.values_list("public_id", flat=True))
    known = set(subscription.told.values_list("finding", flat=True))
    untold = [public_id for public_id in found_among(query, stored) if public_id not in known]
    Told.objects.bulk_create(Told(subscription=subscription, finding=each) for each in untold)
    if untold:
        Notice.objects.create(subscription=subscription, findings=untold)
    Subscription.objects.filter(pk=pk).update(checked_to=max(until, subscription.checked_to))
    return bool(untold)


def _claimed() -> Iterator[Notice]:
    now = timezone.now()
    due = Notice.objects.filter(state=Notice.State.WAITING, not_before__lte=now)
    for pk in list(due.values_list("pk", flat=True)):
        mine = Notice.objects.filter(pk=pk, state=Notice.State.WAITING, not_before__lte=now)
        if mine.update(not_before=timezone.now() + LEASE, attempts=F("attempts") + 1):
            yield Notice.objects.select_related("subscription__owner").get(pk=pk)


def _send(notice: Notice) -> None:
    if notice.subscription.channel == Subscription.Channel.EMAIL:
        messages.email_of(notice).send()
    else:
        body = messages.payload_of(notice)
        webhooks.post(
            notice.subscription.address, str(notice.uuid), notice.subscription.secret, body
        )


def _put_off(notice: Notice, problem: str) -> None:
    given_up = notice.attempts >= MOST_ATTEMPTS
    logger.warning("Notice %s was not sent: %s", notice.uuid, problem)
    Notice.objects.filter(pk=notice.pk).update(
        state=Notice.State.FAILED if given_up else Notice.State.WAITING,
        not_before=timezone.now() + timedelta(minutes=2**notice.attempts),
        problem=problem[:500],
    )
