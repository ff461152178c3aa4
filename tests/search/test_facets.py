"""Counts, held against a plain reading of the rules: any value of a facet will do, all facets must
hold, a facet's counts leave out its own choice."""

import itertools
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import Settings

from reports.facts import framework, gazetteer
from reports.models import Finding
from reports.search import SearchPage, SearchQuery, search
from reports.search.language.facets import FACETS
from tests.search.making import make_finding

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Row:
    text: str
    score: int | None
    statement: str
    heading: str
    topics: tuple[str, ...]
    groups: tuple[str, ...]
    evidence: tuple[str, ...]
    tone: str
    authority: str | None
    published: str

    def values(self, facet: str) -> tuple[str, ...]:
        place = gazetteer.by_slug().get(self.authority or "")
        heading = gazetteer.slugify(self.heading)
        return {
            "score": (str(self.score or "unscored"),),
            "theme": (framework.STATEMENT_BY_SLUG[self.statement].theme.slug,),
            "statement": (self.statement,),
            "heading": (heading,) if heading else (),
            "topic": self.topics,
            "group": self.groups,
            "evidence": self.evidence,
            "tone": (self.tone,) if self.tone in ("strength", "shortfall") else (),
            "authority": (self.authority or "unidentified",),
            "region": (place.region if place else "unidentified",),
            "kind": (place.kind if place else "unidentified",),
            "year": (self.published[:4] or "undated",),
        }[facet]


AUTHORITIES = ["harrow", "barnet", "york", "leeds", "kent", None]
POOLS: dict[str, list[Any]] = {
    "text": ["staff learned", "carers spoke", "staff and carers"],
    "score": [1, 2, 3, None],
    "statement": ["learning", "governance", "equity", "safeguarding"],
    "heading": ["", "Learning from feedback", "Governance"],
    "topics": [(), ("training",), ("co-production", "boards-and-forums"), ("boards-and-forums",)],
    "groups": [(), ("dementia",), ("dementia", "mental-health")],
    "evidence": [(), ("people",), ("people", "partners")],
    "tone": ["strength", "shortfall", "mixed", ""],
    "authority": AUTHORITIES,
    "published": ["", "2024", "2025-02", "2025-06-30"],
}
rows = st.lists(
    st.builds(Row, **{name: st.sampled_from(pool) for name, pool in POOLS.items()}), max_size=12
)
VALUES = {
    facet.name: sorted(
        {
            value
            for name, pool in POOLS.items()
            for each in pool
            for value in Row(
                **({key: values[0] for key, values in POOLS.items()} | {name: each})
            ).values(facet.name)
        }
    )
    for facet in FACETS
}
selections = st.fixed_dictionaries(
    {},
    optional={
        name: st.lists(st.sampled_from(values), min_size=1, max_size=3, unique=True).map(tuple)
        for name, values in VALUES.items()
    },
)


folders = itertools.count()


def holds(row: Row, q: str, selection: dict[str, tuple[str, ...]], but: str = "") -> bool:
    return all(word in row.text for word in q.split()) and all(
        set(row.values(facet)) & set(chosen) for facet, chosen in selection.items() if facet != but
    )


def shown(page: SearchPage) -> dict[str, dict[str, int]]:
    return {group.name: {each.value: each.count for each in group.values} for group in page.facets}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(rows, st.sampled_from(["", "staff", "carers", "staff carers"]), selections)
def test_counts_are_those_of_a_plain_reading(
    settings: Settings,
    tmp_path: Path,
    corpus: list[Row],
    q: str,
    selection: dict[str, tuple[str, ...]],
) -> None:
    Finding.objects.all().delete()
    settings.SEARCH_URL = f"tantivy:///{tmp_path}/{next(folders)}"
    for row in corpus:
        make_finding(**vars(row))
    page = search(replace(SearchQuery(q=q), **cast("dict[str, Any]", selection)))
    expected = {
        facet.name: dict.fromkeys(selection.get(facet.name, ()), 0)
        | Counter(
            value
            for row in corpus
            if holds(row, q, selection, but=facet.name)
            for value in row.values(facet.name)
        )
        for facet in FACETS
    }
    assert shown(page) == expected
    assert page.total == sum(holds(row, q, selection) for row in corpus)


def test_values_stand_in_a_sensible_order() -> None:
    make_finding(score=None, statement="learning", authority="york", published="")
    make_finding(score=3, statement="equity", authority=None, published="2024-01-01")
    make_finding(score=1, statement="assessing-needs", authority="york", published="2025")
    values = {name: list(counts) for name, counts in shown(search(SearchQuery())).items()}
    assert values["score"] == ["1", "3", "unscored"]
    assert values["statement"] == ["assessing-needs", "equity", "learning"]
    assert values["authority"] == ["york", "unidentified"]
    assert values["year"] == ["2025", "2024", "undated"]


def test_what_is_chosen_and_finds_nothing_can_be_given_up() -> None:
    make_finding(score=3)
    score = search(SearchQuery(score=("1",))).facets[0]
    assert [(each.value, each.count, each.selected) for each in score.values] == [
        ("1", 0, True),
        ("3", 1, False),
    ]
    assert score.selected_count == 1


def test_a_contradiction_of_facets_finds_nothing() -> None:
    make_finding(authority="york")
    page = search(SearchQuery(authority=("york",), region=("london",)))
    assert page.total == 0
    assert shown(page)["region"] == {"london": 0, "yorkshire-and-the-humber": 1}


def test_headings_are_labelled_as_printed() -> None:
    make_finding(heading="Partners' views: learning")
    query = SearchQuery(heading=("partners-views-learning", "never-printed"))
    heading = next(group for group in search(query).facets if group.name == "heading")
    assert [each.label for each in heading.values] == ["Partners' views: learning", "Never printed"]


def test_inferred_facets_say_so() -> None:
    groups = search(SearchQuery()).facets
    assert [group.name for group in groups if group.inferred] == [
        "topic",
        "group",
        "evidence",
        "tone",
    ]


def test_values_no_vocabulary_knows_are_counted_all_the_same() -> None:
    make_finding(topics=("training", "a-topic-of-old"))
    topic = next(group for group in search(SearchQuery()).facets if group.name == "topic")
    assert [(each.label, each.count) for each in topic.values] == [
        ("Training and development", 1),
        ("A topic of old", 1),
    ]
    assert search(SearchQuery(topic=("a-topic-of-old",))).total == 1


def test_says_how_many_headings_are_too_rare_to_be_listed() -> None:
    for number in range(203):
        make_finding(heading=f"Heading {number}")
    heading = next(group for group in search(SearchQuery()).facets if group.name == "heading")

    assert (len(heading.values), heading.hidden) == (200, 3)
