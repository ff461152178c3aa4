"""Any search, split by score into columns."""

from dataclasses import dataclass, replace
from functools import partial

from django import forms as django_forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from reports.models import ListedFinding, listed_findings
from reports.reading.distributions import SCORES
from reports.search import SearchPage, SearchQuery, public_ids, search
from reports.views.reading import forms
from reports.views.reading.answering import answer
from reports.views.reading.examples import example
from reports.views.reading.forms import ReadingForm, several

SHOWN = 5  # authorities per column
READ = 60  # the best of each score, from which different authorities are taken


class SideBySideForm(ReadingForm):
    """The part of a search that this page lets readers choose; the rest of the address is kept."""

    q = django_forms.CharField(
        label="Words", required=False, max_length=500, widget=django_forms.TextInput
    )
    statement = several("Quality statement", forms.STATEMENTS)
    topic = several("Topic (inferred)", forms.TOPIC_CHOICES)


@dataclass(frozen=True, slots=True)
class ScoreColumn:
    """`total` findings have the score; those shown are the best of different authorities."""

    score: int
    total: int
    url: str
    found: tuple[ListedFinding, ...]


@require_safe
def side_by_side(request: HttpRequest) -> HttpResponseBase:
    form = SideBySideForm(request.GET)
    query, problems = SearchQuery.from_params(request.GET)
    # The columns are the scores, and the page of results that the reader came from does not matter.
    query = replace(query, score=(), page=1, sort="relevance" if query.q else "")
    for problem in problems:
        if not form.errors:
            form.add_error(None, problem)
    if form.errors:
        return answer(request, "side-by-side", form, {"choices": _choices(query)})
    context: dict[str, object] = {
        "query": query,
        "choices": _choices(query),
        "example": partial(example, "side-by-side"),
    }
    if query.q or query.statement or query.topic:
        page = search(query)
        context |= {
            "columns": [_column(query, page, score) for score in reversed(SCORES)],
            "chips": page.chips,
            "total": page.total,
            "all_url": f"{reverse('findings')}?{query.query_string()}",
        }
    return answer(request, "side-by-side", form, context)


def _choices(query: SearchQuery) -> dict[str, object]:
    """The lists of the form, with the first value of each filter selected."""
    shown = {"q", "statement", "topic"}
    return {
        "statements": forms.STATEMENTS,
        "topics": forms.TOPIC_CHOICES,
        "statement": query.statement[0] if query.statement else "",
        "topic": query.topic[0] if query.topic else "",
        "hidden": [(name, value) for name, value in query.to_params() if name not in shown],
    }


def _column(query: SearchQuery, page: SearchPage, score: int) -> ScoreColumn:
    of_score = replace(query, score=(str(score),))
    [group] = [group for group in page.facets if group.name == "score"]
    total = sum(value.count for value in group.values if value.value == str(score))
    found = listed_findings(public_ids(of_score, READ)) if total else []
    by_authority: dict[str | None, ListedFinding] = {}
    for finding in found:
        by_authority.setdefault(finding.authority, finding)
    url = f"{reverse('findings')}?{of_score.query_string()}"
    return ScoreColumn(score, total, url, tuple(by_authority.values())[:SHOWN])
