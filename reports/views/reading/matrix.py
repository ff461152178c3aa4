"""All scores, or the findings on one topic, over authorities: a matrix, distributions, a table."""

from dataclasses import dataclass
from typing import Any

from django import forms as django_forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from reports.facts import framework
from reports.reading import distributions
from reports.reading.coverage import Coverage, coverage
from reports.reading.distributions import FLOOR, GROUPINGS, SCORES, Distribution
from reports.reading.profiles import STATEMENTS, Held, Profile, profiles
from reports.views.reading import forms
from reports.views.reading.answering import (
    answer,
    corrected_scores,
    file_answer,
    files,
    held_score,
    link,
)
from reports.views.reading.forms import AuthorityField, ReadingForm, choice, several, year_field
from reports.views.reading.tile_map import COUNTS, level_of, tile_map

NO_TEXT = SafeString('<span class="quiet">no text held</span>')


class MatrixForm(ReadingForm):
    statement = choice("Quality statement", forms.STATEMENTS, "All nine")
    score = several("Score", forms.SCORES)
    topic = choice("Topic (inferred)", forms.TOPIC_CHOICES, "None: show scores")
    region = choice("Region", forms.REGIONS)
    kind = choice("Kind of authority", forms.KINDS)
    rating = choice("Overall rating", forms.RATINGS)
    year = year_field()
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
class Bar:
    score: int
    count: int
    url: str
    offset: float
    width: float


@dataclass(frozen=True, slots=True)
class ScoreSpread:
    """One group's scores on the chosen statement."""

    group: Distribution
    url: str
    bars: tuple[Bar, ...]


@require_safe
def matrix(request: HttpRequest) -> HttpResponseBase:
    form = MatrixForm(request.GET)
    if not form.is_valid():
        return answer(request, "matrix", form)
    asked = form.cleaned_data
    everyone = profiles(asked["year"])
    statements = [asked["statement"]] if asked["statement"] else list(STATEMENTS)
    covered = coverage(everyone, asked["year"]) if asked["topic"] else None
    shown = [
        profile
        for profile in everyone
        if _wanted(profile, asked) and _has_level(profile, statements, asked, covered)
    ]
    rows = [_row(profile, statements, asked, covered) for profile in shown]
    if form.cleaned_data["format"]:
        return _file(request, form, rows)
    return answer(
        request,
        "matrix",
        form,
        {
            "rows": rows,
            "known": len(everyone),
            "besides": asked["besides"],
            "level": COUNTS.words[int(asked["level"])] if asked["level"] else "",
            "every_url": link("matrix", year=asked["year"]),
            "statements": [framework.STATEMENT_BY_SLUG[slug] for slug in statements],
            "spreads": _spreads(shown, asked) if asked["statement"] else (),
            "map": tile_map(shown, asked, statements, covered),
            "floor": FLOOR,
            "topic": dict(forms.TOPIC_CHOICES).get(asked["topic"], ""),
            "made": covered.made if covered else None,
            "files": files("matrix", **asked),
        },
    )


def _wanted(profile: Profile, asked: dict[str, object]) -> bool:
    same = (
        profile.authority != asked["besides"]
        and profile.authority.region == (asked["region"] or profile.authority.region)
        and profile.authority.kind == (asked["kind"] or profile.authority.kind)
        and profile.rating == (asked["rating"] or profile.rating)
    )
    scores = asked["score"]
    if not same or not scores:
        return same
    return str(profile.score(str(asked["statement"]))) in scores  # type: ignore[operator]


def _has_level(
    profile: Profile, statements: list[str], asked: dict[str, Any], covered: Coverage | None
) -> bool:
    """Whether the authority has as many findings on the topic as asked for."""
    if not asked["level"]:
        return True
    found = level_of(profile, COUNTS, statements, asked["topic"], covered)
    return found == int(asked["level"])


def _row(
    profile: Profile, statements: list[str], asked: dict[str, Any], covered: Coverage | None
) -> MatrixRow:
    cells = []
    for slug in statements:
        held = profile.held.get(slug)
        if covered is None:
            shown = held_score(held, profile.authority)
            cells.append(MatrixCell(profile.score(slug), shown, held))
        elif held and held.text:
            count = covered.count(held.pk, asked["topic"])
            # Where there is none, all findings of the section are behind it.
            topic = asked["topic"] if count else ""
            url = link(
                "behind",
                authority=profile.authority,
                statement=slug,
                topic=topic,
                year=asked["year"],
            )
            cells.append(MatrixCell(count, format_html('<a href="{}">{}</a>', url, count)))
        else:
            cells.append(MatrixCell(None, NO_TEXT))
    return MatrixRow(profile, tuple(cells))


def _spreads(shown: list[Profile], asked: dict[str, object]) -> list[tuple[str, list[ScoreSpread]]]:
    statement = str(asked["statement"])
    everyone = distributions.distribution(shown, statement, "All shown")
    tables = [("All", [_spread(everyone, asked, "")])] if everyone.total else []
    for grouping in GROUPINGS:
        groups = distributions.by_group(shown, statement, grouping)
        tables.append((grouping.label, [_spread(group, asked, grouping.name) for group in groups]))
    return [(label, spreads) for label, spreads in tables if spreads]


def _spread(group: Distribution, asked: dict[str, object], name: str) -> ScoreSpread:
    here = asked | ({name: group.value} if name else {})
    bars = []
    offset = 0.0
    for score in SCORES:
        width = 100 * group.counts[score] / group.total
        url = link("matrix", **{**here, "score": [score]})
        bars.append(Bar(score, group.counts[score], url, round(offset, 2), round(width, 2)))
        offset += width
    scores = [score for score in SCORES if group.counts[score]]
    return ScoreSpread(group, link("matrix", **{**here, "score": scores}), tuple(bars))


def _file(request: HttpRequest, form: ReadingForm, rows: list[MatrixRow]) -> HttpResponseBase:
    asked = form.cleaned_data
    slugs = [asked["statement"]] if asked["statement"] else STATEMENTS
    names = [framework.STATEMENT_BY_SLUG[slug].name for slug in slugs]
    topic = asked["topic"]
    header = [
        "Authority", "Authority (slug)", "ONS code", "Region", "Region (slug)", "Kind",
        "Kind (slug)", "Published", "Overall rating", *names, "Corrected by an editor",
    ]  # fmt: skip
    lines = [
        (
            row.profile.authority.name,
            row.profile.authority.slug,
            row.profile.authority.gss_code,
            row.profile.authority.get_region_display(),
            row.profile.authority.region,
            row.profile.authority.get_kind_display(),
            row.profile.authority.kind,
            row.profile.published,
            row.profile.rating_name if row.profile.rating else "",
            *(cell.number for cell in row.cells),
            corrected_scores(zip(names, (cell.held for cell in row.cells), strict=True)),
        )
        for row in rows
    ]
    title = f"Findings on {topic}" if topic else "Scores"
    return file_answer(request, form, title, header, lines, total=len(lines))
