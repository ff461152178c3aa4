"""What a query means: a question for the engine, and what to tell the reader about it."""

from dataclasses import dataclass

from reports.search.language.compounds import widen_spellings
from reports.search.language.facets import FACETS, Facet
from reports.search.language.parser import parse
from reports.search.language.plain import Plain, in_plain_words
from reports.search.language.query import SearchQuery
from reports.search.language.question import Question
from reports.search.language.tree import Both, Node, parts_of, positive_runs, show
from reports.search.language.widening import Also, NamedAuthority, Widened, WidenedPart, widen


@dataclass(frozen=True, slots=True)
class RelaxedQuery:
    """A query with one condition left out: a facet, or a part of the words."""

    left_out: Facet | str
    query: SearchQuery


@dataclass(frozen=True, slots=True)
class Understood:
    """`tree` holds the words as understood, `shown` the same as text with its operators, `parts`
    the same widened. `left_out` are words that are not searched for, `also` what was searched for
    besides the words typed, `authorities` those that the words name, and `notes` what made no sense
    and was ignored."""

    query: SearchQuery
    question: Question
    tree: Node | None = None
    shown: str = ""
    parts: tuple[WidenedPart, ...] = ()
    left_out: tuple[str, ...] = ()
    also: tuple[Also, ...] = ()
    authorities: tuple[NamedAuthority, ...] = ()
    notes: tuple[str, ...] = ()

    def relaxed(self) -> list[RelaxedQuery]:
        """Every query that leaves one condition out and has another left."""
        less = [
            RelaxedQuery(facet, self.query.without(facet.name))
            for facet in FACETS
            if self.query.selected(facet.name)
        ]
        filtered = bool(less)
        parts = parts_of(self.tree)
        for part in parts:
            others = tuple(other for other in parts if other is not part)
            if others or filtered:
                less.append(RelaxedQuery(show(part), self.query.with_q(show(Both(others)))))
        return less


def understand(query: SearchQuery) -> Understood:
    parsed = parse(query.q)
    tree = parsed.tree
    if tree is None:
        return Understood(query, _question(query, None), notes=parsed.notes)
    if query.exact:
        plain = Plain(tree)
        widened = Widened((WidenedPart(show(tree), widen_spellings(tree)),))
    else:
        plain = in_plain_words(tree)
        widened = widen(plain.tree)
    return Understood(
        query,
        _question(query, widened.tree),
        plain.tree,
        show(plain.tree, " AND ", "NOT "),
        widened.parts,
        plain.left_out,
        widened.also,
        widened.authorities,
        parsed.notes,
    )


def _question(query: SearchQuery, words: Node | None) -> Question:
    sort = query.sort or "relevance"
    if sort == "relevance" and not (words and any(positive_runs(words))):
        sort = "newest"  # all findings are equally relevant
    return Question(words, query.axis_filters(), sort, query.page)
