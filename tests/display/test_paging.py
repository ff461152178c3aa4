import pytest
from django.test import Client

from reports.display.paging import page_of
from tests.support.html import hrefs


@pytest.mark.parametrize(
    ("pages", "number", "expected"),
    [
        (4, 2, [1, 2, 3, 4]),
        (9, 1, [1, 2, "…", 9]),
        (9, 5, [1, "…", 4, 5, 6, "…", 9]),
        (9, 9, [1, "…", 8, 9]),
        (9, 10, [1, "…", 8, 9]),
        (9, "x", [1, 2, "…", 9]),
        (0, 1, [1]),
    ],
)
def test_lists_the_ends_the_neighbours_and_the_gaps_between(
    pages: int, number: int | str, expected: list[int | str]
) -> None:
    assert list(page_of(range(10 * pages), number, 10).numbers) == expected


def test_links_keep_the_search_and_drop_what_is_not_of_it(client: Client, seeded: None) -> None:
    response = client.get("/findings/?sort=newest&utm_source=mail&page=2")

    assert hrefs(response, ".pagination a") == [
        "?sort=newest",
        "?sort=newest",
        "?sort=newest&page=2",
        "?sort=newest&page=3",
        "?sort=newest&page=4",
        "?sort=newest&page=5",
        "?sort=newest&page=3",
    ]
