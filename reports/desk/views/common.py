"""What the pages of the desk share: who may open them, the place in the queue, the reason given."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from reports import roles
from reports.corrections import Why
from reports.desk.queue import REASON_BY_SLUG, QueueReason

INGEST = "reports.add_sourcedocument"
READER_REPORTS = "reader-reports"
View = Callable[..., HttpResponse]


def only(allowed: Callable[[Any], bool]) -> Callable[[View], View]:
    """A decorator that asks visitors to sign in, and refuses people who are signed in and not
    allowed."""

    def decorated(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not allowed(request.user):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorated


def ingesters_only(view: View) -> View:
    guarded: View = never_cache(only(lambda user: user.has_perm(INGEST))(view))
    return guarded


editors_only = only(roles.may_correct)
get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True, slots=True)
class QueuePlace:
    """The editor's place in the queue; empty if the editor did not come from the queue."""

    reason: QueueReason | None
    at: int = 0

    @classmethod
    def of(cls, request: HttpRequest) -> "QueuePlace":
        at = request.GET.get("at", "")
        known = at.isascii() and at.isdigit() and len(at) < 18
        reason = REASON_BY_SLUG.get(request.GET.get("queue", ""))
        return cls(reason, int(at)) if known and reason else cls(None)

    @property
    def query(self) -> str:
        if self.reason is None:
            return ""
        return "?" + urlencode({"queue": self.reason.slug, "at": self.at})

    @property
    def seen(self) -> str | None:
        """The item as the editor sees it, if it can be marked as correct."""
        if self.reason is None or not self.reason.target:
            return None
        return next(
            (seen for _, seen in self.reason.seen_of(self.reason.waiting().filter(pk=self.at))),
            None,
        )

    @property
    def waits(self) -> bool:
        """Whether the item of this place still waits."""
        return bool(self.reason and self.reason.waiting().filter(pk=self.at).exists())

    @property
    def next_url(self) -> str:
        return reverse("desk-next") + self.query

    def onwards(self, otherwise: str) -> HttpResponseRedirect:
        """Redirect to the next item of the queue, or to the page that the editor came from. A
        reader's report that is not answered yet stays the current item, because the correction may
        be what the editor answers with."""
        if self.reason and self.reason.slug == READER_REPORTS and self.waits:
            return redirect(reverse("desk-report", args=[self.at]) + self.query)
        return redirect(self.next_url if self.reason else otherwise)


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent with a form; None if the page is only looked at."""
    return request.POST if request.method == "POST" else None


@dataclass(frozen=True, slots=True)
class FormPage:
    """A page of the desk with a form. `context` is what its template needs besides the form."""

    request: HttpRequest
    template: str
    form: forms.BaseForm
    context: dict[str, Any]

    @property
    def place(self) -> QueuePlace:
        return QueuePlace.of(self.request)

    def shown(self, status: int = 0, **more: Any) -> HttpResponse:
        """The page, with status 422 if its form is wrong."""
        page = {"form": self.form, "place": self.place, **self.context, **more}
        status = status or (422 if self.form.errors else 200)
        return render(self.request, self.template, page, status=status)

    def saved(
        self, change: Callable[[Why], object], message: str, otherwise: str, *, stays: bool = False
    ) -> HttpResponse:
        """Make the change, say so, and go on in the queue, or to `otherwise` if the editor did not
        come from the queue or if `stays` is true, because more of the same waits. If the change is
        not possible, the page says why."""
        why = why_of(self.request, self.form)
        try:
            change(why)
        except ValidationError as error:
            self.form.add_error(None, error.messages)
            return self.shown()
        say_saved(self.request, message, why)
        return redirect(otherwise) if stays else self.place.onwards(otherwise)


def say_saved(request: HttpRequest, text: str, why: Why) -> None:
    """Show a message that the correction is saved, with a link to undo it."""
    address = reverse("desk-revert", args=[why.batch])
    messages.success(request, format_html('{} <a href="{}">Undo</a>', text, address))


def why_of(request: HttpRequest, form: forms.BaseForm, **more: Any) -> Why:
    """`form` has the fields of a `ReasonForm`."""
    return Why(
        editor=request.user.get_username(),
        reason=form.cleaned_data["reason"],
        note=form.cleaned_data["note"],
        **more,
    )
