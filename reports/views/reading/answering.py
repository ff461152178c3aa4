"""What the pages of Compare and Learn have in common: a form, what it asks for, and files."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial, wraps
from typing import TypeVar

from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reports.facts import framework
from reports.views.reading.examples import example
from reports.views.reading.files import ReadingFile
from reports.views.reading.forms import FORMATS, ReadingForm
from reports.views.reading.links import link
from reports.views.reading.pages import page_of

AnyForm = TypeVar("AnyForm", bound=ReadingForm)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a page shows: `context` for its template, and its table as a `file` if it has one.
    `asked` are the parameters in the address of the file, if they are not those of the form."""

    context: Mapping[str, object] = field(default_factory=dict)
    file: ReadingFile | None = None
    asked: Mapping[str, object] | None = None


AnswerTo = Callable[[AnyForm], Answer | HttpResponseBase]
View = Callable[[HttpRequest], HttpResponseBase]


def reading_page(name: str, form_class: type[AnyForm]) -> Callable[[AnswerTo[AnyForm]], View]:
    """Turns a function into the page `name` of `pages`. The function gives the answer to a valid
    form. The page shows the answer, or gives its table as a file. If the form is
    wrong, or becomes wrong in the function, or a page without a table is asked for a file, the page
    says what is wrong, with status 400."""

    def decorated(answer_to: AnswerTo[AnyForm]) -> View:
        @require_safe
        @wraps(answer_to)
        def view(request: HttpRequest) -> HttpResponseBase:
            form = form_class(request.GET)
            answer = answer_to(form) if form.is_valid() else Answer()
            if isinstance(answer, HttpResponseBase):
                return answer
            if not form.errors and form.cleaned_data["format"]:
                if answer.file:
                    return answer.file.response(request, form)
                form.add_error("format", "There is no table here to take away as a file.")
            return _page(request, name, form, answer)

        return view

    return decorated


def _page(request: HttpRequest, name: str, form: ReadingForm, answer: Answer) -> HttpResponseBase:
    context = {
        "form": form,
        "page": page_of(name),
        "score_descriptions": framework.SCORE_DESCRIPTIONS,
        "example": partial(example, name),
        "no_query": QueryDict(),  # for {% querystring %} in links to other pages
        "files": _files(name, form, answer) if answer.file else (),
        **answer.context,
    }
    status = 400 if form.errors else 200
    return render(request, f"reading/{name}.html", context, status=status)


def _files(name: str, form: ReadingForm, answer: Answer) -> list[tuple[str, str]]:
    """The formats of the page's table, each with the address of the file."""
    asked = form.cleaned_data if answer.asked is None else answer.asked
    kept = {key: value for key, value in asked.items() if key not in ("page", "format")}
    return [(label, link(name, **kept, format=slug)) for slug, label in FORMATS]
