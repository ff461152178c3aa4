"""Any search, split by score into columns."""

from dataclasses import dataclass, replace
from typing import Any

from django import forms as django_forms
from django.urls import reverse
from django.utils.datastructures import MultiValueDict

from reports.models import ListedFinding, listed_findings
from reports.reading.distributions import SCORES
from reports.search import SearchPage, SearchQuery, public_ids, search
from reports.views.reading import forms
from reports.views.reading.answering import Answer, reading_page
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

    def __init__(self, data: MultiValueDict[str, str]) -> None:
        super().__init__(data)
        query, self.query_problems = SearchQuery.from_params(data)
        # The columns are the scores, and the page of results that the reader came from does not
        # matter.
        self.query = replace(query, score=(), page=1, sort="relevance" if query.q else "")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.query_problems and not self.errors:
            self.add_error(None, self.query_problems[0])
        return cleaned

    @property
    def selects(self) -> list[tuple[str, str, list[tuple[str, str]], str]]:
        """The lists to choose from: name, label, choices, and the first value of the address."""
        return [
            (name, str(self[name].label), choices, next(iter(getattr(self.query, name)), ""))
            for name, choices in (("statement", forms.STATEMENTS), ("topic", forms.TOPIC_CHOICES))
        ]

    @property
    def kept(self) -> list[tuple[str, str]]:
        """The parameters that the page has no field for."""
        return [(name, value) for name, value in self.query.to_params() if name not in self.fields]


@dataclass(frozen=True, slots=True)
class ScoreColumn:
    """`total` findings have the score; those shown are the best of different authorities."""

    score: int
    total: int
    url: str
    found: tuple[ListedFinding, ...]


@reading_page("side-by-side", SideBySideForm)
def side_by_side(form: SideBySideForm) -> Answer:
    query = form.query
    if not (query.q or query.statement or query.topic):
        return Answer()
    page = search(query)
    return Answer(
        {
            "columns": [_column(query, page, score) for score in reversed(SCORES)],
            "chips": page.chips,
            "total": page.total,
            "all_url": f"{reverse('findings')}?{query.query_string()}",
        }
    )


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
