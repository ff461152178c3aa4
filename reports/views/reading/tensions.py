"""Questions that the findings of one report raise."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from reports.display.paging import page_of
from reports.reading import tensions as reading
from reports.reading.profiles import profiles
from reports.reading.tensions import AGAINST, KINDS, TONED, VOICES, Side, Tension
from reports.views.reading import forms
from reports.views.reading.answering import answer, file_answer, files, link
from reports.views.reading.forms import AuthorityField, ReadingForm, choice, page_field

PAGE_SIZE = 25


class TensionsForm(ReadingForm):
    authority = AuthorityField()
    kind = choice("Kind", list(KINDS.items()))
    statement = choice("Quality statement", forms.STATEMENTS)
    page = page_field()


@dataclass(frozen=True, slots=True)
class TensionRow:
    tension: Tension
    kind: str
    sides: tuple[tuple[Side, str], ...]


@require_safe
def tensions(request: HttpRequest) -> HttpResponseBase:
    form = TensionsForm(request.GET)
    if not form.is_valid():
        return answer(request, "tensions", form)
    asked = form.cleaned_data
    slug = asked["authority"].slug if asked["authority"] else ""
    result = reading.tensions(profiles())
    found = [
        one
        for one in result.found
        if slug in ("", one.authority)
        and asked["kind"] in ("", one.kind)
        and (not asked["statement"] or asked["statement"] in {s.statement for s in one.sides})
    ]
    if asked["format"]:
        header = (
            "Authority", "Authority (slug)", "Kind", "Kind (slug)", "Question",
            "One side", "Other side",
        )  # fmt: skip
        lines = [
            (
                one.name,
                one.authority,
                KINDS[one.kind],
                one.kind,
                one.question,
                *(side.words for side in one.sides),
            )
            for one in found
        ]
        return file_answer(request, form, "Tensions", header, lines, total=len(lines))
    params = {"authority": slug, "kind": asked["kind"], "statement": asked["statement"]}
    sheet = page_of(found, asked["page"], PAGE_SIZE)
    return answer(
        request,
        "tensions",
        form,
        {
            "rows": [_row(one) for one in sheet],
            "sheet": sheet,
            "every": len(result.found),
            "counts": [
                (
                    name,
                    sum(one.kind == kind for one in found),
                    link("tensions", **{**params, "kind": kind}),
                )
                for kind, name in KINDS.items()
            ],
            "made": result.made,
            "floors": (VOICES, TONED, round(100 * AGAINST)),
            "files": files("tensions", **params),
        },
    )


def _row(one: Tension) -> TensionRow:
    return TensionRow(
        one, KINDS[one.kind], tuple((side, _address(one, side)) for side in one.sides)
    )


def _address(one: Tension, side: Side) -> str:
    if side.finding:
        return reverse("finding", args=[side.finding])
    return link(
        "behind",
        authority=one.authority,
        statement=side.statement,
        topic=side.topic,
        tone=side.tone,
    )
