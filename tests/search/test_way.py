"""The way of a query from its address to the page is a line that can be read in one go."""

import sys
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client

from reports.search import SearchPage, SearchQuery
from reports.search.asking import Found
from reports.search.engines.seam import Answer
from reports.search.language.question import Question
from reports.search.language.understanding import Understood

APP = f"{Path(__file__).parents[2] / 'reports'}/"
# What is asked, from the address to the page, one made of the other.
FORMS = (QueryDict, SearchQuery, Understood, Question, Answer, Found, SearchPage)


@pytest.mark.parametrize("words", ["support", "carers"])
def test_a_query_makes_at_most_ten_stops_and_three_returns(
    client: Client, seeded: None, words: str
) -> None:
    client.get(f"/findings/?q={words}&score=2")  # What is kept from then on is not on the way.
    modules = ["views/findings.py"]

    def note(frame: FrameType, event: str, _: Any) -> None:
        code = frame.f_code
        module = code.co_filename.removeprefix(APP)
        if event != "call" or module == code.co_filename or modules[-1:] == [module]:
            return
        names = code.co_varnames[: code.co_argcount]
        # A form that is asked something about itself is not on the way.
        asked_itself = isinstance(frame.f_locals.get("self"), FORMS)
        if not asked_itself and any(isinstance(frame.f_locals.get(name), FORMS) for name in names):
            modules.append(module)

    sys.setprofile(note)
    client.get(f"/findings/?q={words}&score=2")
    sys.setprofile(None)

    stops = len(set(modules))
    assert (stops <= 10, len(modules) - stops <= 3) == (True, True), modules
