"""A search goes one way: it is understood, asked, presented."""

import sys
from itertools import groupby
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client

from reports.search import SearchPage, SearchQuery, catch_up, search
from reports.search.asking import Found
from reports.search.engines.seam import Answer
from reports.search.language.question import Question
from reports.search.language.understanding import Understood
from tests.search.making import make_finding

ROOT = "reports.search."
ROOMS = ("language", "engines", "page")
# What all rooms share: the query and its tree, facets, words.
VOCABULARY = {"query", "tree", "facets", "terms", "joined_terms", "question"}
APP = f"{Path(__file__).parents[2] / 'reports'}/"
# What is asked, from the address to the page, one made of the other.
FORMS = (QueryDict, SearchQuery, Understood, Question, Answer, Found, SearchPage)


@pytest.mark.django_db
def test_no_room_is_entered_again() -> None:
    for _ in range(5):  # with fewer it asks again, for near misses
        make_finding("Leaders were learning from complaints.")
    catch_up()
    rooms = [room for room, _ in groupby(_rooms_of(SearchQuery(q="complaints learning")))]
    assert rooms == list(ROOMS)


def _rooms_of(query: SearchQuery) -> list[str]:
    """The room of each function that a search calls, in order."""
    rooms: list[str] = []

    def note(frame: FrameType, event: str, _: Any) -> None:
        name = frame.f_globals.get("__name__", "")
        if event == "call" and name.startswith(ROOT):
            room, *module = name.removeprefix(ROOT).split(".")
            if room in ROOMS and not VOCABULARY.intersection(module):
                rooms.append(room)

    sys.setprofile(note)
    try:
        search(query)
    finally:
        sys.setprofile(None)
    return rooms


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
