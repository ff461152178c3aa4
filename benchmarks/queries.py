"""The sixty questions, the same each time: six kinds of words, with no, one or two filters."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from benchmarks.words import vocabulary
from reports.search import SearchQuery

Filters = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Ask:
    """Of each tuple in `wanted` one must be found, and none of `unwanted`. Words with a space
    between them are a phrase; a star at the end stands for any ending."""

    kind: str
    wanted: tuple[tuple[str, ...], ...]
    unwanted: tuple[str, ...] = ()
    filters: Filters = field(default_factory=dict)

    @property
    def words(self) -> tuple[str, ...]:
        """All that a found text can hold."""
        return tuple(word for group in self.wanted for word in group)

    def search_query(self, *, exact: bool = False) -> SearchQuery:
        """`exact`: only the words as typed, as the bare engine and the peers search."""
        groups = [" OR ".join(_quoted(word) for word in group) for group in self.wanted]
        q = " ".join([*groups, *(f"-{_quoted(word)}" for word in self.unwanted)])
        params = {name: list(values) for name, values in self.filters.items()}
        query, problems = SearchQuery.from_params({"q": q, **params})
        if problems:
            raise ValueError(problems)
        return query.with_exact(exact)


def _quoted(word: str) -> str:
    return f'"{word}"' if " " in word else word


NONE: tuple[Filters, ...] = ({}, {}, {}, {})
ONE: tuple[Filters, ...] = (
    {"score": ("2",)},
    {"statement": ("safeguarding",)},
    {"topic": ("training",)},
    {"region": ("london",)},
    {"authority": ("harrow", "leeds", "devon")},
    {"year": ("2024",)},
    {"theme": ("leadership",)},
    {"evidence": ("partners",)},
    {"heading": ("direct-payments",)},
)
TWO: tuple[Filters, ...] = (
    {"score": ("1", "2"), "year": ("2024", "2025")},
    {"region": ("north-west",), "statement": ("learning",)},
    {"topic": ("co-production",), "score": ("3",)},
    {"kind": ("county",), "theme": ("providing-support",)},
    {"authority": ("kent", "essex"), "evidence": ("people",)},
    {"heading": ("safety-during-transitions",), "year": ("2023",)},
)

COMMON = (
    "people",
    "local",
    "authority",
    "care",
    "support",
    "staff",
    "services",
    "social",
    "the",
    "information",
)
PAIRS = (
    "unpaid carers",
    "complaints learning",
    "people waiting",
    "housing needs",
    "hospital discharge",
    "staff training",
    "young transition",
    "risk oversight",
    "local care",
    "budget workforce recruitment",
)
PHRASES = (
    "peer review",
    "direct payments",
    "safeguarding adults board",
    "occupational therapists",
    "deprivation of liberty safeguards",
    "local authority",
    "front door",
    "preparing for adulthood",
    "principal social worker",
    "care support",
)
PREFIXES = (
    "safeguard*",
    "commission*",
    "assess*",
    "councillor*",
    "vacanc*",
    "innov*",
    "telec*",
    "wellb*",
    "ombuds*",
    "sustain*",
)
BOOLEAN = (
    ((("complaints", "compliments"), ("learning",)), ()),
    ((("carers",),), ("unpaid",)),
    ((("housing", "homecare"), ("younger", "older")), ()),
    ((("training",),), ("staff", "workforce")),
    ((("peer review", "quality assurance framework"),), ()),
    ((("hospital",), ("discharge", "reablement")), ("respite",)),
    ((("people", "carers"),), ("waiting",)),
    ((("audit", "survey", "evaluation"),), ("performance",)),
    ((("direct payments",), ("budget", "finance")), ()),
    ((("advocacy",), ("interpreters", "language", "digital")), ("telephone",)),
)
RARE_RANKS = range(6_000, 26_000, 2_000)


def all_queries() -> tuple[Ask, ...]:
    kinds: dict[str, list[tuple[tuple[str, ...], ...]]] = {
        "rare": [((vocabulary()[rank],),) for rank in RARE_RANKS],
        "common": [((word,),) for word in COMMON],
        "and": [tuple((word,) for word in pair.split()) for pair in PAIRS],
        "phrase": [((phrase,),) for phrase in PHRASES],
        "prefix": [((prefix,),) for prefix in PREFIXES],
    }
    plain = [(kind, wanted, ()) for kind, some in kinds.items() for wanted in some]
    boolean = [("boolean", wanted, unwanted) for wanted, unwanted in BOOLEAN]
    return tuple(
        Ask(kind, wanted, unwanted, _filters(number))
        for number, (kind, wanted, unwanted) in enumerate([*plain, *boolean])
    )


def _filters(number: int) -> Filters:
    """Of the ten queries of a kind four have none, three have one, three have two."""
    kind, place = divmod(number, 10)
    if place < len(NONE):
        return NONE[place]
    if place < 7:
        return ONE[(3 * kind + place - 4) % len(ONE)]
    return TWO[(3 * kind + place - 7) % len(TWO)]
