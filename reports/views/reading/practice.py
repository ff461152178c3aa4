"""What authorities like a chosen one were praised for on a topic, at scores 3 and 4."""

from dataclasses import dataclass
from functools import partial

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from reports.models import Authority, Finding
from reports.reading.behind import Wanted, WantedSection, every_id, findings_of, places
from reports.reading.coverage import coverage
from reports.reading.likeness import USUAL, Likeness, Measure, most_like
from reports.reading.profiles import STATEMENTS, Profile, profiles
from reports.views.reading import forms
from reports.views.reading.answering import answer, files, findings_answer, link
from reports.views.reading.examples import example
from reports.views.reading.forms import AuthorityField, ReadingForm, choice, several
from reports.views.reading.like_mine import PART_LABELS, compared

SHOWN = 10  # sections
FINDINGS = 3  # of each
STRONG = (3, 4)
PRAISE = "strength"


class PracticeForm(ReadingForm):
    authority = AuthorityField("Your authority")
    topic = choice("Topic (inferred)", forms.TOPIC_CHOICES, "Choose a topic")
    statement = choice("Quality statement", forms.STATEMENTS)
    by = several("Like yours in", list(PART_LABELS.items()), USUAL)


@dataclass(frozen=True, slots=True)
class PraisedSection:
    """One section of an authority: why it is listed, and its first findings of praise."""

    place: WantedSection
    likeness: Likeness
    score: int
    url: str
    compare_url: str
    section_url: str
    findings: tuple[Finding, ...]

    @property
    def percent(self) -> int:
        return round(100 * self.likeness.value)


@require_safe
def practice(request: HttpRequest) -> HttpResponseBase:
    form = PracticeForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    if not asked.get("authority") or not asked.get("topic"):
        return answer(request, "practice", form, {"example": partial(example, "practice")})
    everyone = profiles()
    covered = coverage(everyone)
    wanted = Wanted(
        [asked["statement"]] if asked["statement"] else STATEMENTS, STRONG, asked["topic"], PRAISE
    )
    found = places(
        [one for one in everyone if one.authority != asked["authority"]], covered, wanted
    )
    order = _likenesses(asked["authority"], everyone, asked["by"])
    known = [place for place in found if place.profile.authority.pk in order]
    known.sort(key=lambda place: _rank(place, order))
    total = sum(place.count for place in known)
    if asked["format"]:
        return findings_answer(request, form, every_id(known, wanted), total)
    shown = known[:SHOWN]
    return answer(
        request,
        "practice",
        form,
        {
            "authority": asked["authority"],
            "topic": dict(forms.TOPIC_CHOICES)[asked["topic"]],
            "rows": _rows(asked["authority"], shown, order, asked["topic"]),
            "sections": len(known),
            "authorities": len({place.profile.authority.pk for place in known}),
            "total": total,
            "all_url": link(
                "behind",
                statement=asked["statement"],
                score=list(STRONG),
                topic=asked["topic"],
                tone=PRAISE,
                besides=asked["authority"].slug,
            ),
            "made": covered.made,
            "files": files("practice", **asked),
        },
    )


def _likenesses(chosen: Authority, everyone: list[Profile], by: list[str]) -> dict[int, Likeness]:
    authorities = list(Authority.objects.all())
    scores = {one.authority.pk: one.scores for one in everyone}
    found = most_like(chosen, authorities, by, Measure.of(authorities, scores))
    return {one.authority.pk: one for one in found}


def _rank(place: WantedSection, order: dict[int, Likeness]) -> tuple[float, float, int, int]:
    """The most like first, then the nearest, the higher score, the more praise."""
    like = order[place.profile.authority.pk]
    score = place.profile.score(place.statement) or 0
    return (-round(like.value, 9), like.km, -score, -place.count)


def _rows(
    chosen: Authority, shown: list[WantedSection], order: dict[int, Likeness], topic: str
) -> list[PraisedSection]:
    findings: dict[int, list[Finding]] = {}
    for finding in findings_of([place.section for place in shown], topic, PRAISE):
        findings.setdefault(finding.section_id, []).append(finding)
    return [
        PraisedSection(
            place,
            order[place.profile.authority.pk],
            place.profile.score(place.statement) or 0,
            link(
                "behind",
                authority=place.profile.authority.slug,
                statement=place.statement,
                topic=topic,
                tone=PRAISE,
            ),
            compared(chosen, place.profile.authority),
            reverse("section", args=[place.profile.held[place.statement].public_id]),
            tuple(findings.get(place.section, ())[:FINDINGS]),
        )
        for place in shown
    ]
