"""A table of every quoted number, and the measures that several authorities quote."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from django import forms as django_forms

from reports.display.paging import page_of
from reports.exports import XLSX_LIMIT, Column, ColumnType
from reports.facts import framework
from reports.models import Figure, FigureQuerySet
from reports.reading import figures as reading
from reports.reading.figures import FLOOR, KNOWN, KNOWN_BY_SLUG, recognised, sentence_of
from reports.reading.profiles import Profile, profiles, sections_of
from reports.views.reading import forms
from reports.views.reading.answering import Answer, reading_page
from reports.views.reading.files import Rows, column, table_file
from reports.views.reading.forms import ReadingForm, choice
from reports.views.reading.links import link

PAGE_SIZE = 50
SORTS = (("highest", "Highest first"), ("lowest", "Lowest first"), ("measure", "What it measures"))
WHOSE = [*Figure.Whose.choices, ("unknown", "Not said")]


class FiguresForm(ReadingForm):
    measure = django_forms.CharField(
        label="What it measures (inferred)", required=False, max_length=100
    )
    known = choice("Recognised measure (inferred)", [(one.slug, one.name) for one in KNOWN])
    statement = choice("Quality statement", forms.STATEMENTS)
    topic = choice("Topic (inferred)", forms.TOPIC_CHOICES)
    whose = choice("Whose (inferred)", WHOSE)
    unit = django_forms.CharField(label="Unit (inferred)", required=False, max_length=40)
    sort = choice("Order", SORTS, "Authority")
    page = forms.page_field()


@dataclass(frozen=True, slots=True)
class FigureRow:
    figure: Figure
    profile: Profile
    statement: str
    sentence: tuple[str, str, str]

    @property
    def statement_name(self) -> str:
        return framework.STATEMENT_BY_SLUG[self.statement].name

    @property
    def number(self) -> float | None:
        return None if self.figure.value is None else float(self.figure.value)

    @property
    def value(self) -> str:
        """The number without trailing zeros."""
        if self.figure.value is None:
            return ""
        text = f"{self.figure.value:,f}"
        return text.rstrip("0").rstrip(".") if "." in text else text


@dataclass(frozen=True, slots=True)
class MeasureSpread:
    """A recognised measure across authorities, for one kind of owner of the figure."""

    label: str
    url: str
    authorities: int
    median: float | None
    lowest: float
    lowest_url: str
    highest: float
    highest_url: str


COLUMNS: tuple[Column[FigureRow], ...] = (
    column("Authority", lambda row: row.profile.authority.name),
    column("Authority (slug)", lambda row: row.profile.authority.slug),
    column("Quality statement", lambda row: row.statement_name),
    column("Quality statement (slug)", lambda row: row.statement),
    column("Figure (exact words)", lambda row: row.figure.text),
    column("Value", lambda row: row.number),
    column("Unit", lambda row: row.figure.unit),
    column("What it measures", lambda row: row.figure.measure),
    column("Whose", lambda row: row.figure.get_whose_display()),
    column("Whose (slug)", lambda row: row.figure.whose),
    column("Period", lambda row: row.figure.period),
    column("Direction", lambda row: row.figure.get_direction_display()),
    column("Clear", lambda row: "yes" if row.figure.clear else "no"),
    column("Sentence", lambda row: "".join(row.sentence).strip()),
    column(
        "Corrected by an editor",
        lambda row: "yes" if row.figure.finding.words_corrected else "no",
    ),
    column("Finding", lambda row: row.figure.finding.get_absolute_url(), ColumnType.LINK),
)


@reading_page("figures", FiguresForm)
def figures(form: FiguresForm) -> Answer:
    asked = form.cleaned_data
    everyone = profiles()
    found = _filtered(reading.figures_of(everyone, asked["statement"]), asked)
    rows: Rows[FigureRow] = FigureRows(reading.in_order(found, asked["sort"]), everyone)
    known = KNOWN_BY_SLUG.get(asked["known"])
    if known:
        rows = [row for row in rows if recognised(row.figure) == known]
    return Answer(
        {
            "sheet": page_of(rows, asked["page"], PAGE_SIZE),
            "spreads": _spreads(rows, asked) if known else (),
            "authorities": len({row.profile.authority.pk for row in rows}) if known else 0,
            "known": known,
            "floor": FLOOR,
            "limit": XLSX_LIMIT,
        },
        table_file("Figures", COLUMNS, rows),
    )


class FigureRows:
    """Figures as rows, read a page at a time."""

    def __init__(self, figures: FigureQuerySet, everyone: list[Profile]) -> None:
        self.figures = figures
        self.sections = sections_of(everyone)

    def __len__(self) -> int:
        return self._count

    @cached_property
    def _count(self) -> int:
        return self.figures.count()

    def __iter__(self) -> Iterator[FigureRow]:
        return (self._row(figure) for figure in self.figures.iterator(chunk_size=2000))

    def __getitem__(self, part: slice) -> list[FigureRow]:
        return [self._row(figure) for figure in self.figures[part]]

    def _row(self, figure: Figure) -> FigureRow:
        profile, statement = self.sections[figure.finding.section_id]
        return FigureRow(figure, profile, statement, sentence_of(figure.finding.text, figure.text))


def _filtered(found: FigureQuerySet, asked: dict[str, str]) -> FigureQuerySet:
    if asked["measure"]:
        found = found.filter(measure__icontains=asked["measure"])
    if asked["unit"]:
        found = found.filter(unit__iexact=asked["unit"])
    if asked["known"]:
        found = found.filter(unit__in=KNOWN_BY_SLUG[asked["known"]].units)
    if asked["whose"]:
        found = found.filter(whose="" if asked["whose"] == "unknown" else asked["whose"])
    if asked["topic"]:
        # Quoted, because a slug must match a whole string of the JSON list on every database.
        found = found.filter(finding__topics__icontains=f'"{asked["topic"]}"')
    return found


def _spreads(rows: Iterable[FigureRow], asked: dict[str, object]) -> list[MeasureSpread]:
    """One spread for each kind of owner (this authority, England, the region ...). Each authority
    counts once, by the first value in its report."""
    values: dict[str, dict[int, float]] = {}
    for row in rows:
        if row.number is not None:
            of_owner = values.setdefault(row.figure.whose, {})
            of_owner.setdefault(row.profile.authority.pk, row.number)
    labels = {**dict(Figure.Whose.choices), "": "Not said whose"}
    spreads = []
    for whose, of_owner in sorted(values.items(), key=lambda item: -len(item[1])):
        here = {**asked, "page": None, "whose": whose or "unknown"}
        known = of_owner.values()
        spreads.append(
            MeasureSpread(
                str(labels[whose]),
                link("figures", **here),
                len(known),
                reading.median(known),
                min(known),
                link("figures", **{**here, "sort": "lowest"}),
                max(known),
                link("figures", **{**here, "sort": "highest"}),
            )
        )
    return spreads
