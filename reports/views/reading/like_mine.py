"""Authorities like a chosen one."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.display.paging import page_of
from reports.exports import Column
from reports.models import Authority
from reports.reading.likeness import PARTS, USUAL, Likeness, others_like
from reports.reading.profiles import Profile, profiles
from reports.views.reading.answering import Answer, reading_page
from reports.views.reading.files import column, table_file
from reports.views.reading.forms import AuthorityField, ReadingForm, page_field, several
from reports.views.reading.links import compared

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


@dataclass(frozen=True, slots=True)
class AuthorityLike:
    likeness: Likeness
    profile: Profile | None

    @property
    def unknown(self) -> list[str]:
        return [PART_LABELS[name].lower() for name in self.likeness.unknown]


@reading_page("like-mine", LikeMineForm)
def like_mine(form: LikeMineForm) -> Answer:
    authority, parts = form.cleaned_data["authority"], form.cleaned_data["by"]
    if authority is None:
        return Answer()
    held = {profile.authority.pk: profile for profile in profiles()}
    found = others_like(authority, parts, held.values())
    rows = [AuthorityLike(one, held.get(one.authority.pk)) for one in found]
    return Answer(
        {
            "authority": authority,
            "sheet": page_of(rows, form.cleaned_data["page"], SHOWN),
            "parts": [PART_LABELS[name] for name in parts],
            "without_context": [
                PART_LABELS[name].lower()
                for name in parts
                if name in NEEDS_CONTEXT and getattr(authority, name) is None
            ],
            "compare_url": compared(authority, *(one.authority for one in found[:4])),
        },
        table_file(f"Like {authority.name}", _columns(authority, found), found),
    )


def _columns(authority: Authority, found: Sequence[Likeness]) -> tuple[Column[Likeness], ...]:
    known = {part.name for one in found for part in one.parts}
    return (
        column("Like", lambda one: authority.name),
        column("Authority", lambda one: one.authority.name),
        column("Authority (slug)", lambda one: one.authority.slug),
        column("Likeness (worked out)", lambda one: round(one.value, 4)),
        column("Kilometres", lambda one: round(one.km, 1)),
        *(_part_column(name) for name in PARTS if name in known),
        column("Reasons", lambda one: "; ".join(part.reason for part in one.parts)),
    )


def _part_column(name: str) -> Column[Likeness]:
    def value(one: Likeness) -> float | None:
        return next((round(part.value, 4) for part in one.parts if part.name == name), None)

    return column(PART_LABELS[name], value)
