"""Following a search: an Atom feed for everybody, e-mail and webhooks for people with an
account."""

from dataclasses import replace
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reports.facts import framework
from reports.follow import AddressError, atom, check_address, latest
from reports.models import Authority, Subscription
from reports.search import SearchQuery, search
from reports.views.downloads import refused

MOST_OF_ONE = 50  # searches that one account can follow


class FollowForm(forms.Form):
    channel = forms.ChoiceField(
        label="How", choices=Subscription.Channel.choices, widget=forms.RadioSelect
    )
    address = forms.URLField(
        label="Address of the webhook",
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text="Only for a webhook: a public address, such as https://example.org/hook.",
    )

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if values.get("channel") == Subscription.Channel.EMAIL:
            values["address"] = ""
        elif not self.errors:
            try:
                check_address(values.get("address", ""))
            except AddressError as error:
                self.add_error("address", str(error))
        return values


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The findings of a search as a feed, newest first."""
    return _feed(request)


@require_safe
def authority_feed(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Authority, slug=slug)
    return _feed(request, found.get_absolute_url(), authority=(slug,))


@require_safe
def statement_feed(request: HttpRequest, slug: str) -> HttpResponse:
    statement = framework.STATEMENT_BY_SLUG.get(slug)
    if statement is None:
        return refused([f"There is no quality statement “{slug}”."], 404)
    return _feed(request, statement=(slug,))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """The ways to follow the search in the address, and the searches that the reader follows
    already."""
    query, problems = SearchQuery.from_params(request.GET)
    query = query.with_page(1)
    form = FollowForm(request.POST if request.method == "POST" else {"channel": "email"})
    subscriptions = _own(request)
    page = {
        "form": form,
        "query": query,
        "here": query.query_string(),
        "name": name_of(query),
        "problems": problems,
        "subscriptions": subscriptions,
        "bound": request.method == "POST",
    }
    if request.method != "POST":
        return render(request, "takeaway/follow.html", page, status=400 if problems else 200)
    if not request.user.is_authenticated:
        page["refusal"] = "Sign in first: alerts go to an account."
        return render(request, "takeaway/follow.html", page, status=403)
    if problems or not form.is_valid():
        return render(request, "takeaway/follow.html", page, status=422)
    if len(subscriptions) >= MOST_OF_ONE:
        page["refusal"] = f"You follow {MOST_OF_ONE} searches already: stop one first."
        return render(request, "takeaway/follow.html", page, status=409)
    _subscribe(request.user, query, form.cleaned_data)
    return redirect("follow")


@never_cache
@require_POST
def stop(request: HttpRequest, key: str) -> HttpResponse:
    """Stop following a search. The alert of another person gets a 404."""
    mine = Subscription.objects.filter(owner_id=request.user.pk or 0)
    get_object_or_404(mine, key=key).delete()
    return redirect("follow")


def name_of(query: SearchQuery) -> str:
    """The search in words."""
    chips = search(query).chips
    return "; ".join(f"{chip.facet}: {chip.value}" for chip in chips) or "all findings"


def _subscribe(owner: User, query: SearchQuery, values: dict[str, Any]) -> None:
    """Following the same search twice changes nothing."""
    try:
        with transaction.atomic():
            Subscription.objects.create(
                owner=owner,
                query=query.query_string(),
                name=name_of(query)[:500],
                channel=values["channel"],
                address=values["address"],
            )
    except IntegrityError:
        pass


def _own(request: HttpRequest) -> list[Subscription]:
    if not request.user.is_authenticated:
        return []
    return list(Subscription.objects.filter(owner_id=request.user.pk))


def _feed(request: HttpRequest, page: str = "", **only: Any) -> HttpResponse:
    """The search in the address, with other values for some filters. `page` is the page of the
    site that the feed follows; without it, the search. A wrong address is refused."""
    query, problems = SearchQuery.from_params(request.GET)
    if problems:
        return refused(problems)
    query = replace(query, **only)
    absolute = request.build_absolute_uri
    page = page or f"{reverse('findings')}?{query.query_string()}"
    title = f"New findings: {name_of(query)}"
    written = atom(latest(query), title, absolute(page), absolute(), absolute)
    return HttpResponse(written, content_type="application/atom+xml; charset=utf-8")
