"""A search goes one way: it is understood, asked, presented."""

import sys
from itertools import groupby
from types import FrameType
from typing import Any

import pytest

from reports.search import SearchQuery, catch_up, search
from tests.search.making import make_finding

ROOT = "reports.search."
ROOMS = ("language", "engines", "page")
# What all rooms share: the query and its tree, facets, words.
VOCABULARY = {"query", "tree", "facets", "terms", "question"}


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
