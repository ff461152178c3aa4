"""The findings behind a number on another page: exactly those that were counted."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from reports.display.paging import page_of
from reports.reading.behind import Behind, Wanted, every_id, places
from reports.reading.coverage import coverage
from reports.reading.profiles import STATEMENTS, profiles
from reports.views.reading import forms
from reports.views.reading.answering import answer, files, findings_answer
from reports.views.reading.forms import (
    TONES,
    AuthorityField,
    ReadingForm,
    choice,
    page_field,
    several,
    year_field,
)

PAGE_SIZE = 20


class BehindForm(ReadingForm):
    statement = choice("Quality statement", forms.STATEMENTS, "All nine")
    score = several("Score", forms.SCORES)
    topic = choice("Topic (inferred)", forms.TOPIC_CHOICES)
    tone = choice("Tone (inferred)", TONES)
    authority = AuthorityField()
    besides = AuthorityField("Leave out")
    year = year_field()
    page = page_field()


@require_safe
def behind_number(request: HttpRequest) -> HttpResponseBase:
    form = BehindForm(request.GET)
    if not form.is_valid():
        return answer(request, "behind", form)
    asked = form.cleaned_data
    everyone = profiles(asked["year"])
    covered = coverage(everyone, asked["year"])
    wanted = Wanted(
        [asked["statement"]] if asked["statement"] else STATEMENTS,
        [int(score) for score in asked["score"]],
        asked["topic"],
        asked["tone"],
    )
    found = places(
        [
            one
            for one in everyone
            if asked["authority"] in (None, one.authority) and asked["besides"] != one.authority
        ],
        covered,
        wanted,
    )
    listed = Behind(found, wanted)
    if asked["format"]:
        return findings_answer(request, form, every_id(found, wanted), len(listed))
    return answer(
        request,
        "behind",
        form,
        {
            "sections": len(found),
            "authorities": len({place.profile.authority.pk for place in found}),
            "sheet": page_of(listed, asked["page"], PAGE_SIZE),
            "made": covered.made,
            "files": files("behind", **{**asked, "page": None}),
        },
    )
