"""What authorities like a chosen one were praised for on a topic, at scores 3 and 4."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reports.models import Finding
from reports.reading.behind import Behind, Wanted, WantedSection, findings_of, wanted_sections
from reports.reading.coverage import coverage
from reports.reading.likeness import USUAL, Likeness, others_like
from reports.reading.profiles import profiles
from reports.views.reading import forms
from reports.views.reading.answering import Answer, reading_page
from reports.views.reading.files import findings_file
from reports.views.reading.forms import AuthorityField, ReadingForm, choice, several
from reports.views.reading.like_mine import PART_LABELS
from reports.views.reading.links import link

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
    findings: tuple[Finding, ...]


@reading_page("practice", PracticeForm)
def practice(form: PracticeForm) -> Answer:
    asked = form.cleaned_data
    if not asked["authority"] or not asked["topic"]:
        return Answer()
    everyone = profiles()
    covered = coverage(everyone)
    wanted = Wanted(form.statements, STRONG, asked["topic"], PRAISE)
    likenesses = {
        one.authority.pk: one for one in others_like(asked["authority"], asked["by"], everyone)
    }
    others = [one for one in everyone if one.authority.pk in likenesses]
    known = wanted_sections(others, covered, wanted)
    known.sort(key=lambda place: _rank(place, likenesses))
    found = Behind(known, wanted)
    return Answer(
        {
            "authority": asked["authority"],
            "topic": dict(forms.TOPIC_CHOICES)[asked["topic"]],
            "praise": PRAISE,
            "rows": _rows(known[:SHOWN], likenesses, asked["topic"]),
            "sections": len(known),
            "authorities": found.authorities,
            "total": len(found),
            "all_url": link(
                "behind",
                statement=asked["statement"],
                score=STRONG,
                topic=asked["topic"],
                tone=PRAISE,
                besides=asked["authority"],
            ),
            "made": covered.made,
        },
        findings_file(found.public_ids(), len(found)),
    )


def _rank(
    place: WantedSection, likenesses: Mapping[int, Likeness]
) -> tuple[float, float, int, int]:
    """The most like first, then the nearest, the higher score, the more praise."""
    like = likenesses[place.profile.authority.pk]
    return (-round(like.value, 9), like.km, -(place.held.score or 0), -place.count)


def _rows(
    shown: Sequence[WantedSection], likenesses: Mapping[int, Likeness], topic: str
) -> list[PraisedSection]:
    findings: dict[int, list[Finding]] = {}
    for finding in findings_of([place.section for place in shown], topic, PRAISE):
        findings.setdefault(finding.section_id, []).append(finding)
    return [
        PraisedSection(
            place,
            likenesses[place.profile.authority.pk],
            tuple(findings.get(place.section, ())[:FINDINGS]),
        )
        for place in shown
    ]
