"""Two to five authorities beside each other, statement by statement."""

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms as django_forms
from django.http import HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.safestring import SafeString

from reports.exports import Column
from reports.facts import framework
from reports.facts.framework import Statement
from reports.facts.gazetteer import slugify
from reports.models import Authority, Finding
from reports.reading.behind import findings_of
from reports.reading.profiles import Held, Profile, profiles
from reports.views.reading import forms
from reports.views.reading.answering import Answer, reading_page
from reports.views.reading.files import ReadingFile, column, corrected_scores, table_file
from reports.views.reading.forms import AuthorityField, ReadingForm, choice
from reports.views.reading.links import held_score, link

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
        elif not self.errors and len(self.authorities) > MOST:
            self.add_error("add", f"Choose {LEAST} to {MOST} authorities: leave one out first.")
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


@reading_page("compare-authorities", CompareForm)
def compare_authorities(form: CompareForm) -> Answer | HttpResponseRedirect:
    slugs = [one.slug for one in form.authorities]
    statement = form.cleaned_data["statement"]
    if form.cleaned_data["add"]:
        # The same comparison has the same address, however the reader got to it.
        return redirect(link("compare-authorities", a=slugs, statement=statement))
    columns = _columns(form.authorities, statement)
    rows = [
        (one, [(column.held(one.slug), column.score(one.slug)) for column in columns])
        for one in framework.STATEMENTS
    ]
    return Answer(
        {
            "columns": columns,
            "enough": len(columns) >= LEAST,
            "full": len(columns) == MOST,
            "rows": rows,
            "statement": framework.STATEMENT_BY_SLUG.get(statement),
            "headings": _headings(columns, statement) if statement else (),
            "with_text": [
                (one, link("compare-authorities", a=slugs, statement=one.slug))
                for one, held in rows
                if sum(bool(each and each.text) for each, _ in held) >= LEAST
            ],
        },
        _file(columns) if len(columns) >= LEAST else None,
        asked={"a": slugs},
    )


def _columns(chosen: Sequence[Authority], statement: str) -> list[ComparedAuthority]:
    held = {profile.authority.pk: profile for profile in profiles()} if chosen else {}
    return [
        ComparedAuthority(
            one,
            held.get(one.pk),
            link(
                "compare-authorities",
                a=[other.slug for other in chosen if other != one],
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


def _file(compared: Sequence[ComparedAuthority]) -> ReadingFile:
    columns: tuple[Column[Statement], ...] = (
        column("Quality statement", lambda statement: statement.name),
        column("Quality statement (slug)", lambda statement: statement.slug),
        *(_score_column(one) for one in compared),
        column(
            "Corrected by an editor",
            lambda statement: corrected_scores(
                (one.authority.name, one.held(statement.slug)) for one in compared
            ),
        ),
    )
    notes = [
        f"{one.authority.name}: {one.profile.rating_name}, {one.profile.display_date}"
        for one in compared
        if one.profile
    ]
    return table_file("Authorities compared", columns, framework.STATEMENTS, notes)


def _score_column(one: ComparedAuthority) -> Column[Statement]:
    def score(statement: Statement) -> int | None:
        return one.profile.score(statement.slug) if one.profile else None

    return column(one.authority.name, score)
