"""Authorities like a chosen one."""

from dataclasses import dataclass
from functools import partial

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from reports.display.paging import page_of
from reports.models import Authority
from reports.reading.likeness import PARTS, USUAL, Likeness, Measure, most_like
from reports.reading.profiles import Profile, profiles
from reports.views.reading.answering import answer, file_answer, files, link
from reports.views.reading.examples import example
from reports.views.reading.forms import AuthorityField, ReadingForm, page_field, several

SHOWN = 20
PART_LABELS = {
    "kind": "Kind of authority",
    "region": "Region",
    "distance": "Distance",
    "population": "Population",
    "deprivation": "Deprivation",
    "scores": "Scores",
}
NEEDS_CONTEXT = ("population", "deprivation")


class LikeMineForm(ReadingForm):
    authority = AuthorityField()
    by = several("Like in", list(PART_LABELS.items()), USUAL)
    page = page_field()

    @property
    def parts(self) -> list[str]:
        """The values that likeness is measured by."""
        return list(self.cleaned_data["by"])


@dataclass(frozen=True, slots=True)
class AuthorityLike:
    likeness: Likeness
    profile: Profile | None
    url: str

    @property
    def percent(self) -> int:
        return round(100 * self.likeness.value)

    @property
    def unknown(self) -> list[str]:
        return [PART_LABELS[name].lower() for name in self.likeness.unknown]


@require_safe
def like_mine(request: HttpRequest) -> HttpResponseBase:
    form = LikeMineForm(request.GET)
    authority = form.cleaned_data.get("authority") if form.is_valid() else None
    if authority is None:
        return answer(request, "like-mine", form, {"example": partial(example, "like-mine")})
    rows = rows_like(authority, form.parts)
    if form.cleaned_data["format"]:
        return _file(request, form, authority, rows)
    return answer(
        request,
        "like-mine",
        form,
        {
            "authority": authority,
            "sheet": page_of(rows, form.cleaned_data["page"], SHOWN),
            "parts": [PART_LABELS[name] for name in form.parts],
            "without_context": [
                PART_LABELS[name].lower()
                for name in form.parts
                if name in NEEDS_CONTEXT and getattr(authority, name) is None
            ],
            "compare_url": compared(authority, *(row.likeness.authority for row in rows[:4])),
            "files": files("like-mine", authority=authority.slug, by=form.parts),
        },
    )


def rows_like(authority: Authority, parts: list[str]) -> list[AuthorityLike]:
    """All other authorities, the most like first."""
    everyone = list(Authority.objects.all())
    held = {profile.authority.pk: profile for profile in profiles()}
    scores = {pk: profile.scores for pk, profile in held.items()}
    found = most_like(authority, everyone, parts, Measure.of(everyone, scores))
    return [
        AuthorityLike(one, held.get(one.authority.pk), compared(authority, one.authority))
        for one in found
    ]


def compared(*authorities: Authority) -> str:
    """The address of the comparison of some authorities."""
    return link("compare-authorities", a=[one.slug for one in authorities])


def _file(
    request: HttpRequest, form: ReadingForm, authority: Authority, rows: list[AuthorityLike]
) -> HttpResponseBase:
    known = {part.name for row in rows for part in row.likeness.parts}
    names = [name for name in PARTS if name in known]
    header = [
        "Like",
        "Authority",
        "Authority (slug)",
        "Likeness (worked out)",
        "Kilometres",
        *(PART_LABELS[name] for name in names),
        "Reasons",
    ]
    lines = []
    for row in rows:
        parts = {part.name: part for part in row.likeness.parts}
        lines.append(
            (
                authority.name,
                row.likeness.authority.name,
                row.likeness.authority.slug,
                round(row.likeness.value, 4),
                round(row.likeness.km, 1),
                *(round(parts[name].value, 4) if name in parts else None for name in names),
                "; ".join(part.reason for part in row.likeness.parts),
            )
        )
    return file_answer(request, form, f"Like {authority.name}", header, lines, total=len(lines))
