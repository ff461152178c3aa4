"""Two to five authorities beside each other, statement by statement."""

from dataclasses import dataclass
from functools import partial

from django import forms as django_forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from reports.facts import framework
from reports.facts.gazetteer import slugify
from reports.models import Authority, Finding
from reports.reading.behind import findings_of
from reports.reading.profiles import Held, Profile, profiles
from reports.views.reading import forms
from reports.views.reading.answering import (
    answer,
    corrected_scores,
    file_answer,
    files,
    held_score,
    link,
)
from reports.views.reading.examples import example
from reports.views.reading.forms import AuthorityField, ReadingForm, choice

LEAST, MOST = 2, 5


class CompareForm(ReadingForm):
    a = django_forms.ModelMultipleChoiceField(
        Authority.objects.all(),
        to_field_name="slug",
        label="Authorities",
        required=False,
        widget=django_forms.MultipleHiddenInput,
        error_messages={"invalid_choice": "“%(value)s” is not an authority; choose from the list."},
    )
    add = AuthorityField("Add an authority")
    statement = choice("Findings on", forms.STATEMENTS, "None: scores only")

    def clean(self) -> dict[str, object]:
        cleaned = super().clean()
        if len(set(self.given.getlist("a"))) > MOST:
            self.add_error("a", f"Choose {LEAST} to {MOST} authorities.")
        return cleaned

    @property
    def authorities(self) -> list[Authority]:
        """The authorities in the order of the address, each once; the one just added comes last."""
        by_slug = {one.slug: one for one in self.cleaned_data["a"]}
        slugs = [slug for slug in self.given.getlist("a") if slug in by_slug]
        found = [by_slug[slug] for slug in dict.fromkeys(slugs)]
        added = self.cleaned_data["add"]
        return [*found, added] if added and added not in found else found


@dataclass(frozen=True, slots=True)
class ComparedAuthority:
    authority: Authority
    profile: Profile | None
    without_url: str

    def held(self, statement: str) -> Held | None:
        return self.profile.held.get(statement) if self.profile else None

    def score(self, statement: str) -> SafeString:
        return held_score(self.held(statement), self.authority)


@dataclass(frozen=True, slots=True)
class HeadingRow:
    """The findings of every column under one heading."""

    heading: str
    cells: tuple[tuple[Authority, tuple[Finding, ...]], ...]


@require_safe
def compare_authorities(request: HttpRequest) -> HttpResponseBase:
    form = CompareForm(request.GET)
    if not form.is_valid():
        return answer(request, "compare-authorities", form)
    chosen = form.authorities
    if len(chosen) > MOST:
        form.add_error("add", f"Choose {LEAST} to {MOST} authorities: leave one out first.")
        return answer(request, "compare-authorities", form)
    statement = form.cleaned_data["statement"]
    slugs = [one.slug for one in chosen]
    if form.cleaned_data["add"]:
        # The same comparison has the same address, however the reader got to it.
        return redirect(link("compare-authorities", a=slugs, statement=statement))
    columns = _columns(chosen, statement)
    rows = [
        (one, [(column.held(one.slug), column.score(one.slug)) for column in columns])
        for one in framework.STATEMENTS
    ]
    if form.cleaned_data["format"] and len(chosen) >= LEAST:
        return _file(request, form, columns)
    return answer(
        request,
        "compare-authorities",
        form,
        {
            "columns": columns,
            "slugs": slugs,
            "enough": len(chosen) >= LEAST,
            "full": len(chosen) == MOST,
            "rows": rows,
            "statement": framework.STATEMENT_BY_SLUG.get(statement),
            "headings": _headings(columns, statement) if statement else (),
            "with_text": [
                (one, link("compare-authorities", a=slugs, statement=one.slug))
                for one, held in rows
                if sum(bool(each and each.text) for each, _ in held) >= LEAST
            ],
            "files": files("compare-authorities", a=slugs),
            "example": partial(example, "compare-authorities"),
        },
    )


def _columns(chosen: list[Authority], statement: str) -> list[ComparedAuthority]:
    held = {profile.authority.pk: profile for profile in profiles()} if chosen else {}
    slugs = [one.slug for one in chosen]
    return [
        ComparedAuthority(
            one,
            held.get(one.pk),
            link(
                "compare-authorities",
                a=[slug for slug in slugs if slug != one.slug],
                statement=statement,
            ),
        )
        for one in chosen
    ]


def _headings(columns: list[ComparedAuthority], statement: str) -> list[HeadingRow]:
    """Headings that most columns have come first, then those of the first column."""
    by_column = [_by_heading(column, statement) for column in columns]
    printed: dict[str, str] = {}
    for headings in by_column:
        for slug, findings in headings.items():
            printed.setdefault(slug, findings[0].heading or "Without a heading")
    rows = [
        HeadingRow(
            name,
            tuple(
                (column.authority, tuple(headings.get(slug, ())))
                for column, headings in zip(columns, by_column, strict=True)
            ),
        )
        for slug, name in printed.items()
    ]
    return sorted(rows, key=lambda row: -sum(bool(findings) for _, findings in row.cells))


def _by_heading(column: ComparedAuthority, statement: str) -> dict[str, list[Finding]]:
    held = column.held(statement)
    found: dict[str, list[Finding]] = {}
    for finding in findings_of([held.pk]) if held and held.text else ():
        found.setdefault(slugify(finding.heading), []).append(finding)
    return found


def _file(
    request: HttpRequest, form: ReadingForm, columns: list[ComparedAuthority]
) -> HttpResponseBase:
    names = [column.authority.name for column in columns]
    header = [
        "Quality statement", "Quality statement (slug)", *names, "Corrected by an editor",
    ]  # fmt: skip
    rows = []
    for statement in framework.STATEMENTS:
        held = [column.held(statement.slug) for column in columns]
        scores = [each.score if each else None for each in held]
        corrected = corrected_scores(zip(names, held, strict=True))
        rows.append((statement.name, statement.slug, *scores, corrected))
    notes = [
        f"{column.authority.name}: {column.profile.rating_name}, {column.profile.display_date}"
        for column in columns
        if column.profile
    ]
    title = "Authorities compared"
    return file_answer(request, form, title, header, rows, total=len(rows), notes=notes)
