"""The findings behind a number on another page: exactly those that were counted."""

from reports.display.paging import page_of
from reports.reading.behind import Behind, Wanted, wanted_sections
from reports.reading.coverage import coverage
from reports.reading.profiles import profiles
from reports.views.reading import forms
from reports.views.reading.answering import Answer, reading_page
from reports.views.reading.files import findings_file
from reports.views.reading.forms import AuthorityField, ReadingForm, choice, several

PAGE_SIZE = 20


class BehindForm(ReadingForm):
    statement = choice("Quality statement", forms.STATEMENTS, "All nine")
    score = several("Score", forms.SCORES)
    topic = choice("Topic (inferred)", forms.TOPIC_CHOICES)
    tone = choice("Tone (inferred)", forms.TONES)
    authority = AuthorityField()
    besides = AuthorityField("Leave out")
    year = forms.year_field()
    page = forms.page_field()


@reading_page("behind", BehindForm)
def behind_number(form: BehindForm) -> Answer:
    asked = form.cleaned_data
    everyone = profiles(asked["year"])
    covered = coverage(everyone, asked["year"])
    wanted = Wanted(
        form.statements, [int(score) for score in asked["score"]], asked["topic"], asked["tone"]
    )
    chosen = [
        one
        for one in everyone
        if asked["authority"] in (None, one.authority) and asked["besides"] != one.authority
    ]
    found = Behind(wanted_sections(chosen, covered, wanted), wanted)
    return Answer(
        {
            "sections": len(found.sections),
            "authorities": found.authorities,
            "sheet": page_of(found, asked["page"], PAGE_SIZE),
            "made": covered.made,
        },
        findings_file(found.public_ids(), len(found)),
    )
