"""Each authority with its current scores, from which every comparison starts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from reports.facts import dates, framework
from reports.facts.framework import FrameworkVersion
from reports.models import Assessment, Authority, Section

STATEMENTS = tuple(statement.slug for statement in framework.STATEMENTS)


@dataclass(frozen=True, slots=True)
class Held:
    """One quality statement of an assessment; `text` is true if its findings are held, and
    `printed` is CQC's score where an editor has corrected it."""

    pk: int
    public_id: str
    score: int | None
    text: bool
    score_corrected: bool = False
    printed: int | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """An authority and its assessment; `held` is by statement. If two sections of a statement
    disagree, the first with text is held and the score is None."""

    authority: Authority
    assessment: int
    published: str
    rating: str
    version: FrameworkVersion
    held: Mapping[str, Held]

    @property
    def scores(self) -> dict[str, int]:
        """The known scores by statement, in the order of the assessment's framework version."""
        known = {one.slug: self.score(one.slug) for one in self.version.statements}
        return {slug: score for slug, score in known.items() if score}

    @property
    def complete(self) -> bool:
        return len(self.scores) == len(self.version.statements)

    @property
    def has_text(self) -> bool:
        return any(held.text for held in self.held.values())

    @property
    def display_date(self) -> str:
        return dates.display(self.published)

    @property
    def rating_name(self) -> str:
        band = framework.RATING_BY_SLUG.get(self.rating)
        return band.name if band else "rating not known"

    def score(self, statement: str) -> int | None:
        return self.held[statement].score if statement in self.held else None


def profiles(year: str = "") -> list[Profile]:
    """One for each authority, by name, in two queries. With a year of four digits, from that year's
    assessments; see `AssessmentQuerySet.standing`."""
    assessments = list(
        Assessment.objects.standing(year).select_related("authority").order_by("authority__name")
    )
    held = _held([assessment.pk for assessment in assessments])
    return [
        Profile(
            assessment.authority,
            assessment.pk,
            assessment.published,
            assessment.rating,
            assessment.framework_version,
            held.get(assessment.pk, {}),
        )
        for assessment in assessments
        if assessment.authority
    ]


def sections_of(profiles: Iterable[Profile]) -> dict[int, tuple[Profile, str]]:
    """The authority and statement of each section with text, by the section's primary key."""
    return {
        held.pk: (profile, statement)
        for profile in profiles
        for statement, held in profile.held.items()
        if held.text
    }


def _held(assessments: Sequence[int]) -> dict[int, dict[str, Held]]:
    rows = (
        Section.objects.current()
        .filter(assessment__in=assessments)
        .order_by("assessment", "pk")
        .values_list(
            "assessment", "statement", "pk", "public_id", "score", "parsed_score", "document"
        )
    )
    found: dict[int, dict[str, Held]] = {}
    for assessment, statement, pk, public_id, score, parsed, document in rows:
        held = Held(pk, public_id, score, document is not None, score != parsed, parsed)
        of_assessment = found.setdefault(assessment, {})
        before = of_assessment.get(statement)
        of_assessment[statement] = _both(before, held) if before else held
    return found


def _both(one: Held, other: Held) -> Held:
    known = {held.score for held in (one, other) if held.score}
    base = one if one.text or not other.text else other
    return replace(base, score=known.pop() if len(known) == 1 else None)
