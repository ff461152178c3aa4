"""The smallest ways from an authority's nine scores to the next rating."""

from collections import Counter
from dataclasses import dataclass

from django.utils.safestring import SafeString

from reports.exports import Column
from reports.facts.inferred import TOPICS
from reports.reading import next_rating as reading
from reports.reading.coverage import Coverage, coverage
from reports.reading.distributions import SCORES
from reports.reading.next_rating import FLOOR, Path, Step
from reports.reading.profiles import Profile, profiles
from reports.views.reading.answering import Answer, reading_page
from reports.views.reading.files import ReadingFile, column, table_file
from reports.views.reading.forms import AuthorityField, ReadingForm
from reports.views.reading.links import held_score, link

TOPICS_SHOWN = 3
# A row is a step of a way, with the number of the way.
COLUMNS: tuple[Column[tuple[int, Step]], ...] = (
    column("Way", lambda row: row[0]),
    column("Quality statement", lambda row: row[1].name),
    column("Quality statement (slug)", lambda row: row[1].statement),
    column("From", lambda row: row[1].score),
    column("To", lambda row: row[1].to),
    column("Others there or above", lambda row: row[1].reached),
    column("Others scored", lambda row: row[1].scored),
)


class NextRatingForm(ReadingForm):
    authority = AuthorityField()


@dataclass(frozen=True, slots=True)
class ShownStep:
    """`praised` are topics that authorities with the score were praised for: slug, name, and how
    many authorities."""

    step: Step
    from_score: SafeString
    reached_url: str
    scored_url: str
    findings: int
    praised: tuple[tuple[str, str, int], ...]


@reading_page("next-rating", NextRatingForm)
def next_rating(form: NextRatingForm) -> Answer:
    authority = form.cleaned_data["authority"]
    if authority is None:
        return Answer()
    everyone = profiles()
    profile = next((one for one in everyone if one.authority == authority), None)
    context: dict[str, object] = {"authority": authority, "profile": profile}
    if profile is None or not profile.complete:
        return Answer(context)
    others = [one for one in everyone if one != profile]
    path = reading.path(profile.scores, [one.scores for one in others], profile.version)
    covered = coverage(everyone)
    context |= {
        "path": path,
        "highest": profile.version.highest_total,
        "statements": len(profile.version.statements),
        "total": sum(profile.scores.values()),
        "steps": [_shown(step, profile, others, covered) for step in (path.steps if path else ())],
        "floor": FLOOR,
    }
    return Answer(context, _file(path) if path else None)


def _shown(step: Step, profile: Profile, others: list[Profile], covered: Coverage) -> ShownStep:
    at_score = [one for one in others if one.score(step.statement) == step.to]
    sections = [one.held[step.statement].pk for one in at_score if one.held[step.statement].text]
    return ShownStep(
        step,
        held_score(profile.held[step.statement], profile.authority),
        _scored(step, step.to, profile),
        _scored(step, min(SCORES), profile),
        sum(covered.count(section) for section in sections),
        _praised(sections, covered),
    )


def _scored(step: Step, least: int, besides: Profile) -> str:
    """The address of the other authorities that have at least this score."""
    scores = [score for score in SCORES if score >= least]
    return link("matrix", statement=step.statement, score=scores, besides=besides.authority)


def _praised(sections: list[int], covered: Coverage) -> tuple[tuple[str, str, int], ...]:
    """The topics that the most sections praise."""
    authorities = Counter(
        topic
        for section in sections
        for topic, tally in covered.tallies(section).items()
        if topic and tally.strength
    )
    best = sorted(authorities.items(), key=lambda item: (-item[1], item[0]))[:TOPICS_SHOWN]
    return tuple((topic, TOPICS.name_of(topic), count) for topic, count in best)


def _file(path: Path) -> ReadingFile:
    return table_file(
        "Ways to the next rating",
        COLUMNS,
        [(number, step) for number, way in enumerate(path.ways, 1) for step in way.steps],
        [f"The first {len(path.ways)} of {path.total} ways to {path.band.name}."],
    )
