"""The smallest ways from an authority's nine scores to the next rating."""

from dataclasses import dataclass
from functools import partial

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from reports.facts.inferred import TOPICS
from reports.reading import next_rating as reading
from reports.reading.coverage import Coverage, coverage
from reports.reading.distributions import SCORES
from reports.reading.next_rating import FLOOR, Path, Step
from reports.reading.profiles import Profile, profiles
from reports.views.reading.answering import answer, file_answer, files, held_score, link
from reports.views.reading.examples import example
from reports.views.reading.forms import AuthorityField, ReadingForm

TOPICS_SHOWN = 3


class NextRatingForm(ReadingForm):
    authority = AuthorityField()


@dataclass(frozen=True, slots=True)
class Praised:
    """A topic that authorities with one point more were praised for, and how many of them were."""

    topic: str
    authorities: int
    url: str


@dataclass(frozen=True, slots=True)
class ShownStep:
    step: Step
    from_score: SafeString
    reached_url: str
    scored_url: str
    findings: int
    findings_url: str
    praised: tuple[Praised, ...]


@require_safe
def next_rating(request: HttpRequest) -> HttpResponseBase:
    form = NextRatingForm(request.GET)
    authority = form.cleaned_data.get("authority") if form.is_valid() else None
    if authority is None:
        return answer(request, "next-rating", form, {"example": partial(example, "next-rating")})
    everyone = profiles()
    profile = next((one for one in everyone if one.authority == authority), None)
    context: dict[str, object] = {"authority": authority, "profile": profile, "floor": FLOOR}
    if profile and profile.complete:
        others = [one for one in everyone if one != profile]
        path = reading.path(profile.scores, [one.scores for one in others], profile.version)
        if form.cleaned_data["format"] and path:
            return _file(request, form, path)
        covered = coverage(everyone)
        context |= {
            "path": path,
            "highest": profile.version.highest_total,
            "statements": len(profile.version.statements),
            "total": sum(profile.scores.values()),
            "steps": [
                _shown(step, profile, others, covered) for step in (path.steps if path else ())
            ],
            "files": files("next-rating", authority=authority),
        }
    return answer(request, "next-rating", form, context)


def _shown(step: Step, profile: Profile, others: list[Profile], covered: Coverage) -> ShownStep:
    at_score = [one for one in others if one.score(step.statement) == step.to]
    sections = [one.held[step.statement].pk for one in at_score if one.held[step.statement].text]
    besides = profile.authority.slug
    return ShownStep(
        step,
        held_score(profile.held[step.statement], profile.authority),
        _scored(step, step.to, besides),
        _scored(step, min(SCORES), besides),
        sum(covered.count(section) for section in sections),
        link("behind", statement=step.statement, score=step.to),
        _praised(step, sections, covered),
    )


def _scored(step: Step, least: int, besides: str) -> str:
    """The other authorities that have any score."""
    scores = [score for score in SCORES if score >= least]
    return link("matrix", statement=step.statement, score=scores, besides=besides)


def _praised(step: Step, sections: list[int], covered: Coverage) -> tuple[Praised, ...]:
    """The topics that the most sections praise."""
    authorities: dict[str, int] = {}
    for section in sections:
        for topic, tally in covered.tallies(section).items():
            authorities[topic] = authorities.get(topic, 0) + bool(topic and tally.strength)
    best = sorted(authorities.items(), key=lambda item: (-item[1], item[0]))[:TOPICS_SHOWN]
    return tuple(
        Praised(
            TOPICS.name_of(topic),
            count,
            link(
                "behind",
                statement=step.statement,
                score=step.to,
                topic=topic,
                tone="strength",
            ),
        )
        for topic, count in best
        if count
    )


def _file(request: HttpRequest, form: ReadingForm, path: Path) -> HttpResponseBase:
    header = (
        "Way", "Quality statement", "Quality statement (slug)", "From", "To",
        "Others there or above", "Others scored",
    )  # fmt: skip
    lines = [
        (
            number,
            step.name,
            step.statement,
            step.score,
            step.to,
            step.reached,
            step.scored,
        )
        for number, way in enumerate(path.ways, 1)
        for step in way.steps
    ]
    notes = (f"The first {len(path.ways)} of {path.total} ways to {path.band.name}.",)
    title = "Ways to the next rating"
    return file_answer(request, form, title, header, lines, total=len(lines), notes=notes)
