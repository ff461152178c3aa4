"""What the sources of an assessment agree on, and what they do not.

A score may be printed on the statement's own page, on the report's summary page, and in the table
of published scores. Where all agree, that is the score. Where they differ there is none: each value
stays where it was read, and the difference is a problem for an editor.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reports.corrections import edited_fields, merge
from reports.facts.framework import RATING_BY_SLUG, Statement, version_for
from reports.facts.identifiers import allocate
from reports.facts.ratings import band_of, overall_percent
from reports.ingest.sections import record_changes
from reports.models import Assessment, Problem, PublishedOutcome, Section, taken_ids


@dataclass(frozen=True, slots=True)
class Claim:
    """What one source says: a score, a rating or a percentage, in the words a reader knows."""

    source: str
    value: int | str


def settle(assessment: Assessment) -> None:
    """Bring an assessment's scores, rating and problems in line with all its sources."""
    outcomes = list(assessment.outcomes.select_related("document"))
    _settle_framework(assessment, outcomes)
    problems = [
        *_settle_scores(assessment, outcomes),
        *_settle_rating(assessment, outcomes),
        *_check_arithmetic(assessment),
    ]
    assessment.problems.all().delete()
    for problem in problems:
        problem.assessment = assessment
    Problem.objects.bulk_create(problems)


def _settle_framework(assessment: Assessment, outcomes: Sequence[PublishedOutcome]) -> None:
    statements = set(assessment.sections.current().values_list("statement", flat=True))
    statements.update(statement for outcome in outcomes for statement in outcome.scores)
    assessment.framework = version_for(statements, assessment.published).slug


def _settle_scores(
    assessment: Assessment, outcomes: Sequence[PublishedOutcome]
) -> Iterator[Problem]:
    standing: defaultdict[str, list[Section]] = defaultdict(list)
    for section in assessment.sections.current().select_related("document"):
        standing[section.statement].append(section)
    for statement in assessment.framework_version.statements:
        published = [
            Claim(outcome.source_name, outcome.scores[statement.slug])
            for outcome in outcomes
            if statement.slug in outcome.scores
        ]
        if published and not standing[statement.slug]:
            standing[statement.slug].append(_section_without_text(assessment, statement))
        for section in standing[statement.slug]:
            claims = [*_printed_score(section), *published]
            _set_score(section, claims)
            yield from _disagreement(
                "score-disagreement", statement.name, claims, statement=statement.slug
            )


def _section_without_text(assessment: Assessment, statement: Statement) -> Section:
    """A statement whose score is known and whose report has not been read."""
    about = f"{assessment.public_id} without text"
    [public_id] = allocate("section", statement.slug, [about], taken_ids(Section))
    return Section(
        public_id=public_id,
        assessment=assessment,
        position=assessment.framework_version.statements.index(statement),
        statement=statement.slug,
        parsed_statement=statement.slug,
    )


def _printed_score(section: Section) -> list[Claim]:
    if section.document is None or section.printed_score is None:
        return []
    return [Claim(section.document.name, section.printed_score)]


def _set_score(section: Section, claims: Sequence[Claim]) -> None:
    agreed = _agreed(claims)
    before = section.score
    edited = "score" in edited_fields("section", [section.public_id])[section.public_id]
    section.score = merge(section.parsed_score, agreed, section.score, edited=edited)
    section.parsed_score = agreed
    section.save()
    if section.score != before:
        record_changes(Section.objects.filter(pk=section.pk))


def _settle_rating(
    assessment: Assessment, outcomes: Sequence[PublishedOutcome]
) -> Iterator[Problem]:
    ratings = [Claim(outcome.source_name, outcome.rating) for outcome in outcomes if outcome.rating]
    percents = [
        Claim(outcome.source_name, outcome.percent) for outcome in outcomes if outcome.percent
    ]
    agreed = str(_agreed(ratings) or "")
    agreed_percent = _agreed(percents)
    edited = edited_fields("assessment", [assessment.public_id])[assessment.public_id]
    assessment.rating = merge(
        assessment.parsed_rating, agreed, assessment.rating, edited="rating" in edited
    )
    assessment.percent = merge(
        assessment.parsed_percent, agreed_percent, assessment.percent, edited="percent" in edited
    )
    assessment.parsed_rating = agreed
    assessment.parsed_percent = agreed_percent
    assessment.save()
    named = [Claim(c.source, RATING_BY_SLUG[str(c.value)].name) for c in ratings]
    yield from _disagreement("rating-disagreement", "The overall rating", named)
    yield from _disagreement("percent-disagreement", "The overall percentage", percents)


def _check_arithmetic(assessment: Assessment) -> Iterator[Problem]:
    """Percentage from nine scores, rating from the percentage."""
    scores = [section.score for section in assessment.sections.current() if section.score]
    percent = assessment.percent
    version = assessment.framework_version
    if len(scores) == len(version.statements):
        sum_says = overall_percent(scores, version)
        if percent is not None and percent != sum_says:
            yield Problem(
                code="percent-arithmetic",
                message=f"The scores add up to {sum_says}%, but {percent}% is printed.",
            )
        percent = sum_says
    if percent is None or not assessment.rating:
        return
    band = band_of(percent, version)
    if band.slug != assessment.rating:
        yield Problem(
            code="rating-arithmetic",
            message=f"{percent}% is {band.name}, but the rating is "
            f"{assessment.get_rating_display()}.",
        )


def _agreed(claims: Sequence[Claim]) -> int | str | None:
    """The one value of all claims, or None where there is none or more than one."""
    values = {claim.value for claim in claims}
    return values.pop() if len(values) == 1 else None


def _disagreement(
    code: str, what: str, claims: Sequence[Claim], statement: str = ""
) -> Iterator[Problem]:
    if len({claim.value for claim in claims}) > 1:
        said = ", but ".join(f"{claim.source} says {claim.value}" for claim in claims)
        message = f"{what}: {said}. None is shown until an editor decides."
        yield Problem(code=code, message=message, statement=statement)
