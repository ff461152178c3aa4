"""The text of an e-mail and the content of a webhook."""

import json
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse

from reports.facts import framework, labels
from reports.models import Finding, ListedFinding, Notice, listed

MOST_SHOWN = 50


class NoAddressError(Exception):
    """The account has no e-mail address."""


def email_of(notice: Notice) -> EmailMessage:
    """Raises NoAddressError."""
    owner = notice.subscription.owner
    if not owner.email:
        raise NoAddressError("The account has no e-mail address.")
    count = len(notice.findings)
    host = urlsplit(settings.SITE_URL).hostname
    return EmailMessage(
        subject=f"{count} new finding{'' if count == 1 else 's'}: {notice.subscription.name}"[:200],
        body=_body(notice),
        to=[owner.email],
        headers={
            "Message-ID": f"<{notice.uuid}@{host}>",
            "List-Unsubscribe": f"<{settings.SITE_URL}{reverse('follow')}>",
            "Auto-Submitted": "auto-generated",
        },
    )


def payload_of(notice: Notice) -> bytes:
    subscription = notice.subscription
    return json.dumps(
        {
            "type": "findings.added",
            "id": str(notice.uuid),
            "search": {
                "name": subscription.name,
                "url": f"{settings.SITE_URL}{subscription.search_url}",
            },
            "total": len(notice.findings),
            "findings": [
                {
                    "id": finding.public_id,
                    "url": f"{settings.SITE_URL}{finding.get_absolute_url()}",
                    "api_url": f"{settings.SITE_URL}/api/v1/findings/{finding.public_id}",
                    "authority": finding.authority,
                    "statement": finding.statement,
                    "score": finding.score,
                    "text": finding.text,
                }
                for finding in _shown(notice)
            ],
            "licence": framework.ATTRIBUTION,
        },
        ensure_ascii=False,
    ).encode()


def _body(notice: Notice) -> str:
    parts = [f"New findings of the search “{notice.subscription.name}”:"]
    for finding in _shown(notice):
        place = f"{finding.authority_name}, {finding.definition.name}"
        parts.append(
            f"{place} ({labels.score(finding.score)})\n{finding.text}\n"
            f"{settings.SITE_URL}{finding.get_absolute_url()}"
        )
    more = len(notice.findings) - MOST_SHOWN
    if more > 0:
        parts.append(f"And {more} more.")
    parts.append(f"The whole search: {settings.SITE_URL}{notice.subscription.search_url}")
    parts.append(f"To stop these messages: {settings.SITE_URL}{reverse('follow')}")
    parts.append(framework.ATTRIBUTION)
    return "\n\n".join(parts)


def _shown(notice: Notice) -> list[ListedFinding]:
    """The findings of a notice that are still published, in its order."""
    ids = notice.findings[:MOST_SHOWN]
    found = {row.public_id: row for row in listed(Finding.objects.filter(public_id__in=ids))}
    return [found[public_id] for public_id in ids if public_id in found]
