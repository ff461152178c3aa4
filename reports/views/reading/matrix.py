"""All scores, or the findings on one topic, over authorities: a matrix, distributions, a map."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms as django_forms
from django.utils.html import format_html
from django.utils.safestring import SafeString

from reports.exports import Column
from reports.facts import framework
from reports.reading import distributions
from reports.reading.coverage import Coverage, coverage
from reports.reading.distributions import FLOOR, GROUPINGS, SCORES, Distribution
from reports.reading.profiles import Held, Profile, profiles
from reports.views.national import MEASURE_BY_SLUG, StripPart, strip
from reports.views.reading import forms
from reports.views.reading.answering import Answer, reading_page
from reports.views.reading.files import ReadingFile, column, corrected_scores, table_file
from reports.views.reading.forms import AuthorityField, ReadingForm, choice, several
from reports.views.reading.links import held_score, link
from reports.views.reading.tile_map import COUNTS, level_of, tile_map

NO_TEXT = SafeString('<span class="quiet">no text held</span>')


class MatrixForm(ReadingForm):
    statement = choice("Quality statement", forms.STATEMENTS, "All nine")
    score = several("Score", forms.SCORES)
    topic = choice("Topic (inferred)", forms.TOPIC_CHOICES, "None: show scores")
    region = choice("Region", forms.REGIONS)
    kind = choice("Kind of authority", forms.KINDS)
    rating = choice("Overall rating", forms.RATINGS)
    year = forms.year_field()
    besides = AuthorityField("Leave out", hidden=True)
    level = django_forms.ChoiceField(
        label="Findings on the topic",
        choices=[(str(level), words) for level, words in COUNTS.words.items()],
        required=False,
        widget=django_forms.HiddenInput,
        error_messages={"invalid_choice": "It can be 1, 2, 3 or 4, as the key of the map links."},
    )

    def clean(self) -> dict[str, object]:
        cleaned = super().clean()
        if cleaned.get("level") and not cleaned.get("topic"):
            self.add_error("level", "Choose a topic too.")
        if cleaned.get("score") and not cleaned.get("statement"):
            self.add_error("score", "Choose a quality statement too.")
        return cleaned


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """One statement in the matrix. `number` is its score, or how many findings are on the topic;
    None if that is not known. `html` shows it as a link to what is behind it."""

    number: int | None
    html: SafeString
    held: Held | None = None


@dataclass(frozen=True, slots=True)
class MatrixRow:
    profile: Profile
    cells: tuple[MatrixCell, ...]


@dataclass(frozen=True, slots=True)
class ScoreSpread:
    """One group's scores on the chosen statement."""

    group: Distribution
    url: str
    parts: tuple[StripPart, ...]


@reading_page("matrix", MatrixForm)
def matrix(form: MatrixForm) -> Answer:
    asked = form.cleaned_data
    everyone = profiles(asked["year"])
    statements = [framework.STATEMENT_BY_SLUG[slug] for slug in form.statements]
    covered = coverage(everyone, asked["year"]) if asked["topic"] else None
    shown = [profile for profile in everyone if _wanted(profile, form, covered)]
    rows = [_row(profile, form, covered) for profile in shown]
    return Answer(
        {
            "rows": rows,
            "known": len(everyone),
            "besides": asked["besides"],
            "level": COUNTS.words[int(asked["level"])] if asked["level"] else "",
            "every_url": link("matrix", year=asked["year"]),
            "statements": statements,
            "spreads": _spreads(shown, asked) if asked["statement"] else (),
            "picture": tile_map(shown, asked, form.statements, covered),
            "floor": FLOOR,
            "topic": dict(forms.TOPIC_CHOICES).get(asked["topic"], ""),
            "made": covered.made if covered else None,
        },
        _file(rows, [statement.name for statement in statements], asked["topic"]),
    )


def _wanted(profile: Profile, form: MatrixForm, covered: Coverage | None) -> bool:
    asked, authority = form.cleaned_data, profile.authority
    same = (
        authority != asked["besides"]
        and asked["region"] in ("", authority.region)
        and asked["kind"] in ("", authority.kind)
        and asked["rating"] in ("", profile.rating)
        and (not asked["score"] or str(profile.score(asked["statement"])) in asked["score"])
    )
    if not same or not asked["level"]:
        return same
    level = level_of(profile, COUNTS, form.statements, asked["topic"], covered)
    return level == int(asked["level"])


def _row(profile: Profile, form: MatrixForm, covered: Coverage | None) -> MatrixRow:
    asked = form.cleaned_data
    cells = []
    for slug in form.statements:
        held = profile.held.get(slug)
        if covered is None:
            shown = held_score(held, profile.authority)
            cells.append(MatrixCell(profile.score(slug), shown, held))
        elif held and held.text:
            count = covered.count(held.pk, asked["topic"])
            url = link(
                "behind",
                authority=profile.authority,
                statement=slug,
                # Where there is none, all findings of the section are behind it.
                topic=asked["topic"] if count else "",
                year=asked["year"],
            )
            cells.append(MatrixCell(count, format_html('<a href="{}">{}</a>', url, count)))
        else:
            cells.append(MatrixCell(None, NO_TEXT))
    return MatrixRow(profile, tuple(cells))


def _spreads(shown: list[Profile], asked: dict[str, Any]) -> list[tuple[str, list[ScoreSpread]]]:
    statement = asked["statement"]
    everyone = distributions.distribution(shown, statement, "All shown")
    tables = [("All", [_spread(everyone, asked)])] if everyone.total else []
    for grouping in GROUPINGS:
        groups = distributions.by_group(shown, statement, grouping)
        spreads = [_spread(group, {**asked, grouping.name: group.value}) for group in groups]
        tables.append((grouping.label, spreads))
    return [(label, spreads) for label, spreads in tables if spreads]


def _spread(group: Distribution, asked: dict[str, Any]) -> ScoreSpread:
    def address(*scores: int) -> str:
        return link("matrix", **{**asked, "score": scores})

    return ScoreSpread(
        group,
        address(*(score for score in SCORES if group.counts[score])),
        strip(MEASURE_BY_SLUG[asked["statement"]], group.counts, address),
    )


def _file(rows: list[MatrixRow], names: Sequence[str], topic: str) -> ReadingFile:
    columns: tuple[Column[MatrixRow], ...] = (
        column("Authority", lambda row: row.profile.authority.name),
        column("Authority (slug)", lambda row: row.profile.authority.slug),
        column("ONS code", lambda row: row.profile.authority.gss_code),
        column("Region", lambda row: row.profile.authority.get_region_display()),
        column("Region (slug)", lambda row: row.profile.authority.region),
        column("Kind", lambda row: row.profile.authority.get_kind_display()),
        column("Kind (slug)", lambda row: row.profile.authority.kind),
        column("Published", lambda row: row.profile.published),
        column("Overall rating", lambda row: row.profile.rating and row.profile.rating_name),
        *(_number_column(name, place) for place, name in enumerate(names)),
        column(
            "Corrected by an editor",
            lambda row: corrected_scores(
                zip(names, (cell.held for cell in row.cells), strict=True)
            ),
        ),
    )
    return table_file(f"Findings on {topic}" if topic else "Scores", columns, rows)


def _number_column(name: str, place: int) -> Column[MatrixRow]:
    return column(name, lambda row: row.cells[place].number)
