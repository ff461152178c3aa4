"""Feeds, e-mails and webhooks: new findings of a search, an authority or a statement."""

from reports.follow.feeds import atom, latest
from reports.follow.notices import collect, send_waiting
from reports.follow.webhooks import AddressError, check_address
