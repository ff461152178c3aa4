"""The figures that findings quote: those of current assessments, and the measures that several
authorities quote."""

import re
import statistics
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import F

from reports.models import Figure, FigureQuerySet
from reports.reading.phrases import sentence_at
from reports.reading.profiles import Profile, sections_of

FLOOR = 5  # authorities; with fewer a measure has no median


@dataclass(frozen=True, slots=True)
class Known:
    """A measure that is recognised across authorities: by its unit, and by words that must all be
    in the finding's sentence or the figure's noun phrase."""

    slug: str
    name: str
    units: tuple[str, ...]
    words: tuple[str, ...]

    def fits(self, unit: str, text: str) -> bool:
        return unit in self.units and all(
            re.search(word, text, re.IGNORECASE) for word in self.words
        )


KNOWN = (
    Known(
        "complaints-upheld",
        "Complaints upheld by the Ombudsman",
        ("%",),
        (r"\buph(?:eld|old)", r"ombudsman|LGSCO|complaint"),
    ),
    Known(
        "waiting-days",
        "Days waited",
        ("days", "day"),
        (r"\bwait", r"\b(?:assessment|review|service|care)"),
    ),
    Known("waiting-weeks", "Weeks waited", ("weeks", "week"), (r"\bwait",)),
    Known("vacancies", "Vacancy rate", ("%",), (r"\bvacanc",)),
    Known("turnover", "Staff turnover", ("%",), (r"\bturnover\b",)),
    Known("satisfaction", "Satisfied with care or services", ("%",), (r"\bsatisf",)),
    Known("reablement", "Still at home after reablement", ("%",), (r"\breablement", r"\bhome\b")),
)
KNOWN_BY_SLUG = {known.slug: known for known in KNOWN}


def figures_of(
    profiles: Iterable[Profile], statement: str = "", score: int | None = None
) -> FigureQuerySet:
    """The figures of current sections, with their findings."""
    wanted = [
        section
        for section, (profile, slug) in sections_of(profiles).items()
        if statement in ("", slug) and score in (None, profile.held[slug].score)
    ]
    return Figure.objects.filter(
        finding__section__in=wanted, finding__status="published"
    ).select_related("finding__paragraph")


def in_order(figures: FigureQuerySet, sort: str) -> FigureQuerySet:
    """The figures by value, the highest or lowest first and those without a value last; or by
    measure."""
    orders = {
        "highest": (F("value").desc(nulls_last=True), "pk"),
        "lowest": (F("value").asc(nulls_last=True), "pk"),
        "measure": ("measure", "unit", "value", "pk"),
        "": ("finding__section__assessment__authority__name", "finding__section", "finding", "pk"),
    }
    return figures.order_by(*orders[sort])


def sentence_of(text: str, words: str) -> tuple[str, str, str]:
    """The sentence that quotes `words`, as the text before, the words and the text after. If an
    edit has removed them, only the words."""
    place = text.find(words)
    if place < 0:
        return "", words, ""
    return sentence_at(text, place, place + len(words))


def recognised(figure: Figure) -> Known | None:
    """The first measure whose unit and words fit."""
    before, words, after = sentence_of(figure.finding.text, figure.text)
    text = f"{before}{words}{after} {figure.measure}"
    return next((known for known in KNOWN if known.fits(figure.unit, text)), None)


def median(values: Collection[float]) -> float | None:
    """None if there are too few authorities."""
    return statistics.median(values) if len(values) >= FLOOR else None
