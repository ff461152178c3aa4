"""What `seam.py` states, for every engine. Where engines may differ, a test says how they do."""

from collections import Counter
from collections.abc import Iterable, Iterator
from random import Random
from typing import Any

import pytest

from reports.models import BusyError
from reports.search import asking
from reports.search.engines.seam import PAGE_SIZE, Engine, Lock, Nearest, SearchDocument
from reports.search.language.facets import AXES
from reports.search.language.parser import parse
from reports.search.language.question import Question
from reports.search.language.tree import Labelled, Node, Run
from reports.search.quoting import holding, resembling
from tests.search.engines.conftest import build, document, replace

WORDS = [
    "carer",
    "carers",
    "caring",
    "review",
    "reviews",
    "complaint",
    "staff",
    "team",
    "learning",
    "learned",
    "feedback",
]
FILTERS: tuple[dict[str, Any], ...] = (
    {},
    {"score": ("2",)},
    {"score": ("2", "3"), "year": ("2024",)},
    {"topic": ("training", "complaints")},
    {"topic": ("training",), "authority": ("leeds", "kent"), "year": ("2024", "2025")},
)
QUERIES = (
    "",
    "carers",
    "carers reviews",
    '"staff team"',
    "complaint OR feedback",
    "staff -team",
    "learn*",
)


def corpus(size: int = 300) -> list[SearchDocument]:
    """Made-up findings, the same each time."""
    draw = Random(7)
    return [
        document(
            f"f{number:04}",
            " ".join(draw.choices(WORDS, k=draw.randint(3, 30))),
            heading=" ".join(draw.choices(WORDS, k=2)),
            score=draw.choice("123"),
            year=draw.choice(("2024", "2025")),
            authority=draw.choice(("harrow", "leeds", "kent")),
            topic=tuple(
                draw.sample(("training", "complaints", "co-production"), k=draw.randint(0, 3))
            ),
            newest=draw.randint(0, 50),
            by_authority=draw.randint(0, 50),
        )
        for number in range(size)
    ]


def ask(
    q: str = "", sort: str = "relevance", page: int = 1, **filters: tuple[str, ...]
) -> Question:
    return Question(parse(q).tree, filters, sort, page)


def found(engine: Engine, q: str) -> list[str]:
    return sorted(engine.answer(ask(q)).public_ids)


def test_words_are_equal_whatever_their_form_accent_or_case(engine: Engine) -> None:
    texts = ("Learning", "LEARNED", "people’s cafés", "Łódź", "section 42 enquiries", "teach")
    build(engine, (document(str(number), text) for number, text in enumerate(texts)))
    for q, expected in (
        ("learns", ["0", "1"]),
        ("people", ["2"]),
        ("CAFE", ["2"]),
        ("lodz", ["3"]),
        ("42", ["4"]),
        ("nothing", []),
    ):
        assert found(engine, q) == expected, q


def test_text_and_heading_are_searched_as_one_but_a_phrase_does_not_span_them(
    engine: Engine,
) -> None:
    build(engine, [document("a", "front of house", heading="door policy"), document("b", "door")])
    assert found(engine, "front door") == ["a"]
    assert found(engine, '"house door"') == []
    assert found(engine, '"door policy"') == ["a"]


def test_a_known_term_is_found_like_any_words_in_a_row(engine: Engine) -> None:
    build(
        engine,
        [
            document("a", "unpaid care"),
            document("b", "so unpaid caring so"),
            document("c", "care is unpaid"),
            document("d", "is unpaid", heading="Care"),
            document("e", heading="Unpaid care"),
        ],
    )
    assert found(engine, '"unpaid care"') == ["a", "b", "e"]
    assert found(engine, '"so unpaid care"') == ["b"]
    assert found(engine, "unpaid care") == ["a", "b", "c", "d", "e"]
    replace(engine, ["a"], [document("a", "carers")])
    assert found(engine, '"unpaid care"') == ["b", "e"]


def test_a_finding_scores_the_sum_for_its_words(engine: Engine) -> None:
    """Rarer words, more of them, in a shorter text: each comes first."""
    common = [document(f"c{number}", "staff said so") for number in range(20)]
    rare = document("rare", "carer said so")
    build(
        engine,
        [
            *common,
            rare,
            document("both", "carer staff"),
            document("long", "carer " * 2 + "so " * 40),
        ],
    )
    assert engine.answer(ask("staff OR carer")).public_ids[:2] == ("both", "rare")
    assert engine.public_ids(ask("carer"), 9) == ["both", "rare", "long"]


def test_a_word_with_a_star_and_a_filter_do_not_change_the_order(engine: Engine) -> None:
    documents = [
        document("first", "team staff", score="1"),
        document("second", "team " + "stand stood staff stable " * 9, score="2"),
        document("third", "team " + "so " * 60 + "stand", score="2"),
    ]
    build(engine, documents)
    expected = engine.public_ids(ask("team"), 9)
    assert engine.public_ids(ask("team sta*"), 9) == expected
    assert engine.public_ids(ask("team", score=("1", "2")), 9) == expected


def test_a_star_stands_for_any_ending(engine: Engine) -> None:
    build(
        engine,
        [document("a", "Direct payments"), document("b", "direct paths"), document("c", "pay")],
    )
    assert found(engine, "pay*") == ["a", "c"]
    assert found(engine, '"direct pa*"') == ["a", "b"]
    assert found(engine, '"direct pay*"') == ["a"]
    assert found(engine, "directpaymentsandmore*") == []


def test_a_star_that_stands_for_very_many_words(engine: Engine) -> None:
    """Tantivy looks for the hundred commonest and says so; OpenSearch looks for all."""
    build(engine, [document(f"f{number}", f"word{number:03}x") for number in range(150)])
    answer = engine.answer(ask("word*"))
    if answer.notes:
        assert answer.total == 100
        assert "only the 100 commonest" in answer.notes[0]
    else:
        assert answer.total == 150


def holds(finding: SearchDocument, filters: dict[str, Any], *, without: str = "") -> bool:
    return all(
        set(finding.values[axis]) & set(values)
        for axis, values in filters.items()
        if axis != without
    )


@pytest.mark.parametrize("filters", FILTERS)
@pytest.mark.parametrize("q", ["", "staff"])
def test_totals_and_counts_are_exact(engine: Engine, q: str, filters: dict[str, Any]) -> None:
    documents = corpus()
    build(engine, documents)
    matching = [each for each in documents if not q or q in f"{each.text} {each.heading}".split()]

    answer = engine.answer(ask(q, **filters))

    assert answer.total == sum(holds(each, filters) for each in matching)
    for axis in AXES:
        expected = Counter(
            value
            for each in matching
            if holds(each, filters, without=axis.name)
            for value in each.values[axis.name]
        )
        counts = {value: n for value, n in answer.counts[axis.name].items() if n and value}
        assert counts == expected, axis.name
    assert engine.count(ask(q, **filters)) == answer.total


@pytest.mark.parametrize("sort", ["relevance", "newest", "authority"])
def test_pages_hold_every_finding_once_and_in_order(engine: Engine, sort: str) -> None:
    documents = {each.public_id: each for each in corpus()}
    build(engine, documents.values())
    total = engine.answer(ask("staff", sort)).total
    pages = [
        engine.answer(ask("staff", sort, page)) for page in range(1, -(-total // PAGE_SIZE) + 1)
    ]
    shown = [public_id for page in pages for public_id in page.public_ids]

    assert len(shown) == len(set(shown)) == total > 5 * PAGE_SIZE
    if sort != "relevance":
        key = "newest" if sort == "newest" else "by_authority"
        keys = [getattr(documents[public_id], key) for public_id in shown]
        assert keys == sorted(keys)
    assert shown == engine.public_ids(ask("staff", sort), total)


def test_a_page_beyond_the_last_is_the_last(engine: Engine) -> None:
    build(engine, [document(f"{number:02}", "staff", newest=number) for number in range(45)])
    answer = engine.answer(ask("staff", "newest", page=9))
    assert (answer.page, len(answer.public_ids), answer.total) == (3, 5, 45)
    assert engine.answer(ask("nobody", page=9)).page == 1


def test_an_export_gives_every_finding_once_in_order(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "PART", 7)
    documents = {each.public_id: each for each in corpus()}
    build(engine, documents.values())

    ids = list(asking.ids_in_parts(engine, ask("", "newest", score=("1",))))

    assert sorted(ids) == sorted(i for i, each in documents.items() if "1" in each.values["score"])
    keys = [documents[public_id].newest for public_id in ids]
    assert keys == sorted(keys)
    keyed = engine.keyed_ids(ask("", "newest", score=("1",)), keys[10], 5)
    assert [key for key, _ in keyed] == keys[keys.index(keys[10]) :][:5]


def test_a_change_is_seen_when_it_is_written(engine: Engine) -> None:
    build(engine, [document("a", "before"), document("b", "doomed")])
    replace(engine, ["a", "b", "never there"], [document("a", "after")])
    assert (found(engine, "before"), found(engine, "doomed"), found(engine, "after")) == (
        [],
        [],
        ["a"],
    )
    assert engine.size() == 1


def test_one_writes_at_a_time_and_each_with_a_later_version(engine: Engine) -> None:
    build(engine, [])
    versions = []
    for _ in range(2):
        with engine.held(Lock.WRITING, timeout=0) as version:
            versions.append(version)
            if engine.place.startswith("tantivy-"):  # the database's lock is of a process
                with pytest.raises(BusyError), engine.held(Lock.WRITING, timeout=0):
                    pass
    assert versions[0] < versions[1]


def test_a_rebuild_replaces_the_index_and_its_place_stays(engine: Engine) -> None:
    assert not engine.ready()
    build(engine, [document("a", "first")])
    place = engine.place
    with engine.rebuilding(timeout=0) as new:
        assert engine.is_held(Lock.REBUILDING)
        new.fill([document("b", "second")])
        assert found(engine, "first") == ["a"]
        with engine.held(Lock.WRITING, timeout=1) as version, new.writer(version) as writer:
            writer.replace(["c"], [document("c", "third")])
            assert engine.size() == 1
        with engine.held(Lock.WRITING, timeout=1):
            new.publish()
    assert not engine.is_held(Lock.REBUILDING)
    assert (found(engine, "first"), found(engine, "second OR third")) == ([], ["b", "c"])
    assert (engine.ready(), engine.place) == (True, place)


def test_a_rebuild_that_fails_leaves_the_index_in_use(engine: Engine) -> None:
    build(engine, [document("a", "first")])

    def failing() -> Iterator[SearchDocument]:
        yield document("b", "second")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        build(engine, failing())
    assert found(engine, "first OR second") == ["a"]


def nearest(engine: Engine, parts: Iterable[tuple[str, float]], **more: object) -> list[str]:
    return engine.nearest(Nearest([(Run((word,)), share) for word, share in parts], **more), 9)  # type: ignore[arg-type]


def test_near_misses_come_by_the_share_that_they_hold(engine: Engine) -> None:
    build(
        engine,
        [
            document("all", "carer review team"),
            document("most", "carer review", score="1"),
            document("some", "team"),
            document("none", "feedback"),
        ],
    )
    parts = [("carers", 0.5), ("reviews", 0.3), ("team", 0.2), ("nowhere", 0.0)]
    assert nearest(engine, parts) == ["all", "most"]
    assert nearest(engine, parts, least=0.2) == ["all", "most", "some"]
    assert nearest(engine, parts, least=0.2, of_best=0.7) == ["all", "most"]
    assert nearest(engine, parts, of_best=0.9) == ["all"]
    assert nearest(engine, parts, unwanted=Run(("team",))) == ["most"]
    assert nearest(engine, parts, filters={"score": ("1",)}) == ["most"]
    assert nearest(engine, [("nowhere", 0.0)]) == []


def test_frequencies_are_right_for_words_and_values(engine: Engine) -> None:
    build(
        engine, [document("a", "carer team"), document("b", "carers"), document("c", "", score="1")]
    )
    nodes: list[Node] = [
        Run(("caring",)),
        Run(("team",)),
        Run(("nobody",)),
        Labelled("score", "1"),
        Run(("carer", "team")),
    ]
    [carers, team, nobody, low, row] = engine.frequencies(nodes)
    assert (team, nobody, low) == (1, 0, 1)
    assert carers == engine.count(ask("caring"))
    assert row >= 1
    assert engine.frequencies([]) == []


def test_words_near_a_misspelt_one_are_those_of_the_index(engine: Engine) -> None:
    build(
        engine,
        [document("a", "safeguarding safeguarding"), document("b", "safeguarding Leeds café")],
    )
    assert "safeguarding" in engine.words_near("safegaurding", 2)
    assert "leeds" in engine.words_near("leads", 1)
    assert "cafe" in engine.words_near("cafw", 1)


def test_headings_are_given_as_printed(engine: Engine) -> None:
    build(engine, [heading_of("a", "direct-payments", "Direct payments")])
    assert engine.headings(["direct-payments", "unknown"]) == {"direct-payments": "Direct payments"}
    assert engine.headings([]) == {}


def heading_of(public_id: str, slug: str, printed: str) -> SearchDocument:
    made = document(public_id, heading=printed)
    return SearchDocument(public_id, "", printed, {**made.values, "heading": (slug,)}, 0, 0)


def test_those_of_some_findings_that_a_question_finds(engine: Engine) -> None:
    build(
        engine, [document("a", "staff"), document("b", "staff", score="1"), document("c", "team")]
    )
    assert engine.matching(ask("staff", score=("3",)), ["a", "b", "c", "unknown"]) == {"a"}


def test_a_quotation_is_looked_for_by_its_rarest_words(engine: Engine) -> None:
    quoted = "staff told us that carer review took far too long in the borough last year"
    build(
        engine,
        [
            document("source", quoted),
            document("like", "carer review in borough"),
            document("other", "team"),
        ],
    )
    words = "Staff told us that carers’ review took far too long"
    assert holding(words, 5) == ["source"]
    assert holding(f"{words} nowhere", 5) == []
    assert holding("", 5) == []
    assert resembling("carer review borough nowhere", 5)[:2] == ["like", "source"]
    assert resembling("nowhere", 5) == []
