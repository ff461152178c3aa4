from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from reports import follow
from reports.follow import notices, webhooks
from reports.models import Finding, Notice, Subscription
from reports.search import catch_up
from tests.search.making import make_finding

pytestmark = pytest.mark.django_db


@pytest.fixture
def subscription() -> Subscription:
    owner = User.objects.create_user("reader", "reader@example.org")
    made = Subscription.objects.create(owner=owner, query="q=carers", name="Words: carers")
    earlier = timezone.now() - timedelta(minutes=1)
    Subscription.objects.update(created_at=earlier, checked_to=earlier)
    return made


def run() -> None:
    follow.collect()
    follow.send_waiting()


def test_new_findings_of_the_search_are_sent(subscription: Subscription) -> None:
    make_finding("Carers waited.", score=2)
    make_finding("Nothing of the kind.", authority="camden")

    run()

    [message] = mail.outbox
    assert message.to == ["reader@example.org"]
    assert message.subject == "1 new finding: Words: carers"
    assert "Carers waited." in message.body
    assert "Nothing of the kind." not in message.body
    assert f"<{Notice.objects.get().uuid}@localhost>" == message.extra_headers["Message-ID"]


def test_nobody_is_told_twice(subscription: Subscription) -> None:
    make_finding("Carers waited.")
    run()
    run()
    make_finding("Carers wait no more.", authority="camden")
    run()

    assert ["Carers waited." in message.body for message in mail.outbox] == [True, False]


def test_what_was_there_before_is_not_told(subscription: Subscription) -> None:
    old = make_finding("Carers waited.")
    Finding.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(minutes=30))

    run()

    assert mail.outbox == []


def test_what_was_stored_by_a_slow_transaction_is_told(subscription: Subscription) -> None:
    run()
    late = make_finding("Carers waited.")
    Finding.objects.filter(pk=late.pk).update(created_at=timezone.now() - timedelta(seconds=30))
    catch_up()

    run()

    assert len(mail.outbox) == 1


def test_killed_before_sending_loses_nothing(subscription: Subscription) -> None:
    make_finding("Carers waited.")
    follow.collect()  # and then the process is killed

    run()

    assert len(mail.outbox) == 1


def test_killed_within_a_notice_neither_loses_nor_repeats(
    subscription: Subscription, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Everything of one subscription is written together, or not at all."""
    make_finding("Carers waited.")

    def killed(*args: object, **values: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Notice.objects, "create", killed)
        with pytest.raises(KeyboardInterrupt):
            follow.collect()

    run()
    assert len(mail.outbox) == 1


def test_killed_while_sending_is_sent_after_the_lease(
    subscription: Subscription, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_finding("Carers waited.")
    follow.collect()

    def killed(*args: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(EmailBackend, "send_messages", killed)
        with pytest.raises(KeyboardInterrupt):
            follow.send_waiting()

    follow.send_waiting()
    assert mail.outbox == []  # it may still be on its way
    Notice.objects.update(not_before=timezone.now())
    follow.send_waiting()
    assert len(mail.outbox) == 1


def test_what_fails_is_tried_again_later_and_given_up_in_the_end(
    subscription: Subscription, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_finding("Carers waited.")
    follow.collect()

    def refuse(*args: object) -> None:
        raise ConnectionRefusedError("no server")

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    for _ in range(notices.MOST_ATTEMPTS):
        Notice.objects.update(not_before=timezone.now())
        follow.send_waiting()

    notice = Notice.objects.get()
    assert (notice.state, notice.problem) == (Notice.State.FAILED, "no server")


def test_an_account_without_an_address_does_no_harm(subscription: Subscription) -> None:
    User.objects.update(email="")
    make_finding("Carers waited.")

    run()

    assert Notice.objects.get().problem == "The account has no e-mail address."


def test_a_webhook_is_signed_and_numbered(
    subscription: Subscription, monkeypatch: pytest.MonkeyPatch
) -> None:
    Subscription.objects.update(channel="webhook", address="https://example.org/hook")
    posted = []
    monkeypatch.setattr(webhooks, "post", lambda *values: posted.append(values))
    finding = make_finding("Carers waited.")

    run()

    [(address, name, secret, body)] = posted
    assert address == "https://example.org/hook"
    assert name == str(Notice.objects.get().uuid)
    assert secret == subscription.secret
    assert finding.public_id.encode() in body
