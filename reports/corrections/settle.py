"""Works out the values that the sources of an assessment agree on, and where they differ.

A score may be printed on the statement's own page, on the report's summary page, and in the table
of published scores. If all agree, that is the score. If they differ there is no score: each value
is kept where it was read, and the difference is a problem for an editor.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from reports.corrections.derived import note_sections
from reports.corrections.review import edited_fields, edited_fields_of, merge, review
from reports.facts.framework import RATING_BY_SLUG, Statement, version_for
from reports.facts.identifiers import public_id
from reports.facts.ratings import band_of, overall_percent
from reports.models import (
    Assessment,
    Problem,
    PublishedOutcome,
    Section,
    SourceDocument,
)


@dataclass(frozen=True, slots=True)
class Claim:
    """What one source says: a score, a rating or a percentage. `source` is the name of the source
    for readers."""

    source: str
    value: int | str


def settle(assessment: Assessment) -> None:
    """Update an assessment's scores, rating and problems from all its sources."""
    outcomes = list(assessment.outcomes.standing().select_related("document"))
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
    standing = _standing(assessment)
    rows = [section for sections in standing.values() for section in sections]
    edited = edited_fields("section", [section.public_id for section in rows])
    for statement in assessment.framework_version.statements:
        published = _published_scores(statement, outcomes)
        sections = standing[statement.slug]
        if published and not sections:
            sections = [_section_without_text(assessment, statement)]
        yield from _settle_statement(statement, sections, published, edited)


def _standing(assessment: Assessment) -> defaultdict[str, list[Section]]:
    """The sections of each statement: those with text, then those known only by a score."""
    standing: defaultdict[str, list[Section]] = defaultdict(list)
    rows = assessment.sections.filter(
        Q(document=None) | Q(document__in=SourceDocument.objects.current())
    ).select_related("document")
    for section in sorted(rows, key=lambda row: (row.document is None, row.pk)):
        standing[section.statement].append(section)
    return standing


def _settle_statement(
    statement: Statement,
    sections: Sequence[Section],
    published: Sequence[Claim],
    edited: Mapping[str, Collection[str]],
) -> Iterator[Problem]:
    """If an editor set the score of a statement before its text was read, the section with the text
    gets that score."""
    by_hand = [row for row in sections if "score" in edited.get(row.public_id, ())]
    without_text = next((row for row in by_hand if row.document is None), None)
    texts = [section for section in sections if section.document]
    for section in sections:
        claims = [*_printed_score(section), *published]
        followed = section.document is None and not edited.get(section.public_id)
        if followed and (texts or not claims):
            # It comes back with the same id when an editor moves the text away.
            section.delete()
            continue
        _set_score(section, claims, section if section in by_hand else without_text)
        if section in by_hand:
            review(section)
        if section.document or not texts:
            yield from _disagreement(
                "score-disagreement", statement.name, claims, statement=statement.slug
            )
    if len(texts) > 1:
        names = " and ".join(f"“{row.document.name}”" for row in texts if row.document)
        yield Problem(
            code="statement-twice",
            message=f"{statement.name} is in {names}. Readers see both until an editor decides "
            "between them.",
            statement=statement.slug,
        )


def _section_without_text(assessment: Assessment, statement: Statement) -> Section:
    """A statement whose score is known and whose report has not been read."""
    return Section(
        public_id=_id_without_text(assessment, statement),
        assessment=assessment,
        position=assessment.framework_version.statements.index(statement),
        statement=statement.slug,
        parsed_statement=statement.slug,
    )


def _id_without_text(assessment: Assessment, statement: Statement) -> str:
    return public_id("section", statement.slug, f"{assessment.public_id} without text")


def create_section_without_text(assessment: Assessment, wanted: str) -> Section | None:
    """Create the section whose public id is `wanted`, if that is the id of one of this assessment's
    statements without text; None otherwise."""
    for statement in assessment.framework_version.statements:
        if _id_without_text(assessment, statement) == wanted:
            section = _section_without_text(assessment, statement)
            outcomes = assessment.outcomes.standing().select_related("document")
            _set_score(section, _published_scores(statement, outcomes), None)
            return section
    return None


def _published_scores(statement: Statement, outcomes: Iterable[PublishedOutcome]) -> list[Claim]:
    return [
        Claim(outcome.source_name, outcome.scores[statement.slug])
        for outcome in outcomes
        if statement.slug in outcome.scores
    ]


def _printed_score(section: Section) -> list[Claim]:
    if section.document is None or section.printed_score is None:
        return []
    return [Claim(section.document.name, section.printed_score)]


def _set_score(section: Section, claims: Sequence[Claim], decided: Section | None) -> None:
    """`decided` is the section whose score an editor has set, if one has."""
    before = section.score
    section.parsed_score = _agreed(claims)
    section.score = decided.score if decided else section.parsed_score
    section.save()
    if section.score != before and section.document:  # without text there are no findings
        note_sections([section])


def _settle_rating(
    assessment: Assessment, outcomes: Sequence[PublishedOutcome]
) -> Iterator[Problem]:
    ratings = [Claim(outcome.source_name, outcome.rating) for outcome in outcomes if outcome.rating]
    percents = [
        Claim(outcome.source_name, outcome.percent) for outcome in outcomes if outcome.percent
    ]
    edited = edited_fields_of(assessment)
    for field, agreed in (("rating", _agreed(ratings) or ""), ("percent", _agreed(percents))):
        base, current = getattr(assessment, f"parsed_{field}"), getattr(assessment, field)
        setattr(assessment, field, merge(base, agreed, current, edited=field in edited))
        setattr(assessment, f"parsed_{field}", agreed)
    assessment.save()
    if edited:
        review(assessment)
    named = [Claim(c.source, RATING_BY_SLUG[str(c.value)].name) for c in ratings]
    yield from _disagreement("rating-disagreement", "The overall rating", named)
    yield from _disagreement("percent-disagreement", "The overall percentage", percents)


def _check_arithmetic(assessment: Assessment) -> Iterator[Problem]:
    """Check the percentage against the nine scores, and the rating against the percentage."""
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


def _agreed(claims: Sequence[Claim]) -> Any:
    """The value on which all claims agree; None without claims, or if they differ."""
    values = {claim.value for claim in claims}
    return values.pop() if len(values) == 1 else None


def _disagreement(
    code: str, what: str, claims: Sequence[Claim], statement: str = ""
) -> Iterator[Problem]:
    if len({claim.value for claim in claims}) > 1:
        said = ", but ".join(f"{claim.source} says {claim.value}" for claim in claims)
        message = f"{what}: {said}. None is shown until an editor decides."
        yield Problem(code=code, message=message, statement=statement)
