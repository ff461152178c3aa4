"""The examples on the pages of Compare and Learn say what the pages that they lead to show."""

import re

import pytest

from reports.views.reading.pages import pages_in
from tests.support.html import hrefs, texts


def _examples(client, group):
    """What each item of a page of contents says: the example, and its address if it has one."""
    response = client.get(f"/{group}/")
    assert response.status_code == 200
    return dict(
        zip(
            [page.name for page in pages_in(group)],
            texts(response, "main .example"),
            strict=True,
        )
    ), hrefs(response, "main .example a")


@pytest.mark.parametrize("group", ["compare", "learn"])
def test_with_nothing_loaded_each_says_what_it_needs(client, db, group):
    said, links = _examples(client, group)

    needs = [page.needs for page in pages_in(group)]
    assert list(said.values()) == [f"Nothing to show yet. It needs {each}." for each in needs]
    assert links == []


def test_from_the_published_scores(client, scored):
    said, links = _examples(client, "compare")

    assert said["compare-authorities"] == (
        "Westmorland and Furness, compared with Blackpool, has the same score on 2 of 9 statements"
    )
    assert said["matrix"] == (
        "Assessing needs has the smallest share of scores of 3 or 4: 20 of 81 authorities"
    )
    assert said["side-by-side"].startswith("Nothing to show yet")
    assert links[0] == "/compare/profiles/?a=westmorland-and-furness&a=blackpool"
    [matrix] = [link for link in links if link.startswith("/compare/matrix/")]
    assert any(text.startswith("20 of ") for text in texts(client.get(matrix), "main p"))


def test_likeness_names_those_that_the_page_lists_first(client, scored):
    said, links = _examples(client, "compare")
    [address] = [link for link in links if link.startswith("/compare/like-mine/")]

    listed = texts(client.get(address), "main tbody th")[:3]

    assert said["like-mine"] == f"Most like Westmorland and Furness: {', '.join(listed)}"


def test_the_next_rating_counts_the_ways_of_its_page(client, scored):
    said, links = _examples(client, "learn")
    [address] = [link for link in links if link.startswith("/learn/next-rating/")]

    assert said["next-rating"] == (
        "Westmorland and Furness is 1 point short of Good, and can gain it in 9 ways"
    )
    assert "exactly 9 smallest ways" in " ".join(texts(client.get(address), "main p"))


def test_side_by_side_counts_what_its_page_finds(client, seeded):
    said, links = _examples(client, "compare")

    words, address = said["side-by-side"], links[0]

    low, high = map(int, re.findall(r"(\d+) (?:findings )?at score", words))
    shown = " ".join(texts(client.get(address), "main h2"))
    assert f"{low} findings" in shown
    assert f"{high} findings" in shown


def test_a_page_with_nothing_chosen_gives_the_same_example(client, scored):
    said, _ = _examples(client, "learn")

    assert texts(client.get("/learn/next-rating/"), "main .example") == [
        f"For example: {said['next-rating']}"
    ]


def test_a_page_with_a_choice_gives_none(client, scored):
    assert texts(client.get("/learn/next-rating/?authority=barnet"), "main .example") == []
