"""Questions that the findings of one report raise."""

from collections import Counter

from reports.display.paging import page_of
from reports.exports import Column
from reports.reading import tensions as reading
from reports.reading.profiles import profiles
from reports.reading.tensions import AGAINST, KINDS, TONED, VOICES, Tension
from reports.views.reading import forms
from reports.views.reading.answering import Answer, reading_page
from reports.views.reading.files import column, table_file
from reports.views.reading.forms import AuthorityField, ReadingForm, choice
from reports.views.reading.links import link

PAGE_SIZE = 25
COLUMNS: tuple[Column[Tension], ...] = (
    column("Authority", lambda one: one.name),
    column("Authority (slug)", lambda one: one.authority),
    column("Kind", lambda one: one.kind_name),
    column("Kind (slug)", lambda one: one.kind),
    column("Question", lambda one: one.question),
    column("One side", lambda one: one.sides[0].words),
    column("Other side", lambda one: one.sides[1].words),
)


class TensionsForm(ReadingForm):
    authority = AuthorityField()
    kind = choice("Kind", list(KINDS.items()))
    statement = choice("Quality statement", forms.STATEMENTS)
    page = forms.page_field()


@reading_page("tensions", TensionsForm)
def tensions(form: TensionsForm) -> Answer:
    asked = form.cleaned_data
    slug = asked["authority"].slug if asked["authority"] else ""
    result = reading.tensions(profiles())
    found = [
        one
        for one in result.found
        if slug in ("", one.authority)
        and asked["kind"] in ("", one.kind)
        and asked["statement"] in ("", *(side.statement for side in one.sides))
    ]
    counts = Counter(one.kind for one in found)
    here = {"authority": slug, "statement": asked["statement"]}
    return Answer(
        {
            "sheet": page_of(found, asked["page"], PAGE_SIZE),
            "every": len(result.found),
            "counts": [
                (name, counts[kind], link("tensions", **here, kind=kind))
                for kind, name in KINDS.items()
            ],
            "made": result.made,
            "floors": (VOICES, TONED, round(100 * AGAINST)),
        },
        table_file("Tensions", COLUMNS, found),
    )
