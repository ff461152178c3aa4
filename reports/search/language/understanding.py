"""What a query means: a question for the engine, and what to tell the reader about it."""

from dataclasses import dataclass

from reports.search.language.compounds import widen
from reports.search.language.facets import FACETS, Facet
from reports.search.language.parser import parse
from reports.search.language.query import SearchQuery
from reports.search.language.question import Question
from reports.search.language.tree import Both, Node, positive_runs, show


@dataclass(frozen=True, slots=True)
class LessWanted:
    """A query with one condition left out: a facet, or a part of the words."""

    left_out: Facet | str
    query: SearchQuery


@dataclass(frozen=True, slots=True)
class Understood:
    """`shown` is how the words were understood, `parts` the conditions in them, and `notes` what
    was ignored and why."""

    query: SearchQuery
    question: Question
    shown: str
    parts: tuple[Node, ...]
    notes: tuple[str, ...]

    def with_less(self) -> list[LessWanted]:
        """Every query that leaves one condition out and has another left."""
        less = [
            LessWanted(facet, self.query.without(facet.name))
            for facet in FACETS
            if self.query.selected(facet.name)
        ]
        filtered = bool(less)
        for part in self.parts:
            others = tuple(other for other in self.parts if other is not part)
            if others or filtered:
                less.append(LessWanted(show(part), self.query.with_q(show(Both(others)))))
        return less


def understand(query: SearchQuery) -> Understood:
    parsed = parse(query.q)
    words = widen(parsed.tree) if parsed.tree else None
    return Understood(
        query,
        Question(words, query.axis_filters(), _sort(query, words), query.page),
        parsed.understood,
        parsed.parts,
        parsed.notes,
    )


def _sort(query: SearchQuery, words: Node | None) -> str:
    sort = query.sort or "relevance"
    if sort == "relevance" and not (words and any(positive_runs(words))):
        return "newest"  # all findings are equally relevant
    return sort
