"""Addresses of the pages of Compare and Learn, and scores that link to their findings."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.safestring import SafeString

from reports.display.scores import score_cell
from reports.models import Authority
from reports.reading.profiles import Held


def link(name: str, **params: object) -> str:
    """The address of a page with parameters. Empty ones are left out; a list repeats its
    parameter; an authority is named by its slug."""
    given = {
        key: value.slug if isinstance(value, Authority) else value
        for key, value in params.items()
        if value not in (None, "", [], ())
    }
    query = urlencode(given, doseq=True)
    return f"{reverse(name)}?{query}" if query else reverse(name)


def held_score(held: Held | None, authority: Authority) -> SafeString:
    """A score as a link to its findings, or to the authority if its text is not held."""
    if held is None:
        return score_cell(None)
    text = reverse("section", args=[held.public_id]) if held.text else ""
    return score_cell(held.score, text or authority.get_absolute_url())


def compared(*authorities: Authority) -> str:
    """The address of the comparison of some authorities."""
    return link("compare-authorities", a=[one.slug for one in authorities])
