"""Finds terms of the field and names of authorities among the words of a query.

A term is found only as a whole. The words of a term of the field may have any ending, those of a
name may not. Words in quotation marks and words with a star are left as they are.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from reports.facts import gazetteer, related_terms
from reports.search.language.terms import WORD, fold, stem
from reports.search.language.tree import Node, Run

Words = tuple[str, ...]

# These are also ordinary words: they name an authority only with a capital letter.
ALSO_COMMON_WORDS = frozenset(("bath", "bury", "reading", "slough"))


@dataclass(frozen=True, slots=True)
class Segment:
    """Neighbouring parts of a query. If they make up a term of the field, `others` are the terms
    with the same meaning, each as its words; if they name an authority, `authority` is its slug.
    `subject` is the same for all terms with one meaning. Otherwise the segment is one part."""

    parts: tuple[Node, ...]
    others: tuple[Words, ...] = ()
    authority: str = ""
    subject: str = ""


def segments(parts: Sequence[Node]) -> Iterator[Segment]:
    """All `parts` in order, those of the longest known terms together."""
    at = 0
    while at < len(parts):
        found = _longest_term(parts, at) or Segment((parts[at],))
        yield found
        at += len(found.parts)


def is_plain(node: Node) -> bool:
    """Whether `node` is words typed without quotation marks or a star."""
    return isinstance(node, Run) and not node.open_end and not node.typed.startswith("“")


def printed_words(text: str) -> Words:
    """The words of `text` as printed, without apostrophes."""
    return tuple(word.replace("'", "").replace("’", "") for word in WORD.findall(text))


def _longest_term(parts: Sequence[Node], start: int) -> Segment | None:
    words: Words = ()
    found = None
    for end in range(start, len(parts)):
        part = parts[end]
        if not isinstance(part, Run) or not is_plain(part) or len(words) >= _most_words():
            break
        words += part.words
        found = _term(tuple(parts[start : end + 1]), words) or found
    return found


def _term(parts: tuple[Node, ...], words: Words) -> Segment | None:
    stems = tuple(map(stem, words))
    if row := _rows().get(stems):
        others = tuple(words for key, words in row.items() if key != stems)
        first = next(iter(row.values()))
        return Segment(parts, others, subject="" if first in _forms() else " ".join(first))
    authority = authorities_by_name().get(_key(words), "")
    if authority and not (words[0].islower() and words[0] in ALSO_COMMON_WORDS):
        return Segment(parts, authority=authority, subject=authority)
    return None


@cache
def _rows() -> dict[Words, dict[Words, Words]]:
    """Maps the stems of each term to its row, which maps the stems of every term that is looked for
    with it to its words. Of terms with equal stems a row keeps the first."""
    rows: dict[Words, dict[Words, Words]] = {}
    for terms in (*related_terms.FORMS, *related_terms.ROWS):
        row = _row(terms)
        rows |= dict.fromkeys(row, row)
    for term, narrower in related_terms.NARROWER.items():
        row = _row([term])
        row = rows.get(next(iter(row)), row)
        rows |= dict.fromkeys(row, row | _row(narrower))
    return rows


def _row(terms: Sequence[str]) -> dict[Words, Words]:
    row: dict[Words, Words] = {}
    for term in terms:
        words = printed_words(term)
        row.setdefault(tuple(map(stem, words)), words)
    return row


@cache
def _forms() -> frozenset[Words]:
    """The first term of each row that names no subject (see `related_terms.FORMS`)."""
    return frozenset(printed_words(row[0]) for row in related_terms.FORMS)


@cache
def authorities_by_name() -> dict[Words, str]:
    """The slug of each authority by each of its names, as folded words without “the” and “and”."""
    return {
        _key(printed_words(name)): entry.slug
        for entry in gazetteer.entries()
        for name in entry.all_names
    }


@cache
def _most_words() -> int:
    return max(map(len, (*_rows(), *authorities_by_name())))


def _key(words: Words) -> Words:
    """“and” is left out because “&” is not a word."""
    folded = tuple(word for word in map(fold, words) if word != "and")
    return folded[1:] if folded[:1] == ("the",) else folded
