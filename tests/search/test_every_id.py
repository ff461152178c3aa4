import pytest

from reports.search import SearchQuery, asking, every_id, public_ids


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "PART", 7)


@pytest.mark.parametrize(
    "query",
    [SearchQuery(), SearchQuery(score=("3",)), SearchQuery(q="training", sort="authority")],
    ids=["all", "filtered", "words"],
)
def test_all_parts_together_are_the_search(seeded: None, query: SearchQuery) -> None:
    assert list(every_id(query)) == public_ids(query, 1_000)


def test_relevance_gives_way_to_the_date(seeded: None) -> None:
    assert list(every_id(SearchQuery(q="training"))) == public_ids(
        SearchQuery(q="training", sort="newest"), 1_000
    )


def test_findings_with_one_sort_key_all_come(seeded: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "PART", 1)

    assert len(set(every_id(SearchQuery()))) == 83


def test_findings_that_change_places_meanwhile_come_once_each(
    seeded: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As those of one sort key can when one of them is indexed again between two parts."""
    monkeypatch.setattr(asking, "PART", 2)
    order = ["abcde"]

    class Engine:
        def keyed_ids(self, question: object, start: int, limit: int) -> list[tuple[int, str]]:
            found, order[0] = order[0], order[0][::-1]
            return [(7, public_id) for public_id in found][:limit]

    ids = list(asking.ids_in_parts(Engine(), None))  # type: ignore[arg-type]

    assert sorted(ids) == list("abcde")


def test_a_place_among_equal_keys_counts_those_of_earlier_pages() -> None:
    assert asking.place_after([(5, "a"), (7, "b")], 5, 2) == (7, 1)
    assert asking.place_after([(7, "c"), (7, "d")], 7, 1) == (7, 3)


def test_what_finds_nothing_has_no_ids(seeded: None) -> None:
    assert list(every_id(SearchQuery(q="zzzz"))) == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("ombudsmn", "ombudsman"), ("ombudsmn complainst", "ombudsman complaints")],
)
def test_a_file_holds_what_the_page_of_a_misspelt_search_shows(
    seeded: None, typed: str, meant: str
) -> None:
    found = list(every_id(SearchQuery(q=typed)))

    assert found
    assert found == list(every_id(SearchQuery(q=meant)))
