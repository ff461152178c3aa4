"""Parses the query language: what a person typed becomes a small tree.

    complaints learning       both, in any form of the word (learned, learns)
    carers OR volunteers      either; OR binds closer than the “and” between words
    "peer review"             these words next to one another, in this order, in any form
    training -mandatory       the first without the second; NOT mandatory is the same
    communit*                 every word that starts with these letters
    (a b) OR c                groups

Nothing typed is an error. What makes no sense is left out, and a note says what and why.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from reports.search.language.terms import WORD
from reports.search.language.tree import Both, Either, Node, Run, Without

DEEPEST = 20  # groups within groups; nobody writes so many, and Python's stack has an end
SHOWN_IN_NOTE = 30
OPERATORS = frozenset(("AND", "NOT", "OR"))


@dataclass(frozen=True, slots=True)
class Parsed:
    """`tree` is None if no word was typed; `notes` say what was left out."""

    tree: Node | None
    notes: tuple[str, ...] = ()


def parse(text: str) -> Parsed:
    parser = _Parser(text)
    return Parsed(parser.group(), tuple(dict.fromkeys(parser.notes)))


_APOSTROPHES = str.maketrans("‘’‛ʼ＇`´", "'" * 7)
_QUOTES = str.maketrans("“”„‟«»＂", '"' * 7)
_DASHES = str.maketrans("‐‑‒–—−", "-" * 6)
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_BREAKS = re.compile(r"[,;/|](?![0-9])")
_TOKEN = re.compile(
    r"""(?P<open>\()
    |   (?P<close>\))
    |   "(?P<phrase>[^"]*)(?P<quote>"?)
    |   (?P<minus>(?<![^\s(])-+(?=[^\s)-]))
    |   (?P<chunk>[^\s()"]+)""",
    re.VERBOSE,
)


class _Parser:
    """Reads left to right: group = (either)*, either = operand (OR operand)*."""

    def __init__(self, text: str) -> None:
        text = text.translate(_APOSTROPHES | _QUOTES | _DASHES | _INVISIBLE)
        self.tokens = list(_TOKEN.finditer(_BREAKS.sub(" ", text)))
        self.notes: list[str] = []
        self.at = 0

    def group(self, depth: int = 0) -> Node | None:
        parts: list[Node] = []
        while self.at < len(self.tokens):
            if self.take("close"):
                if depth:
                    return _joined(Both, parts)
                self.notes.append("A “)” without its “(” was ignored.")
            elif (part := self.either(depth)) is not None:
                parts.append(part)
        if depth:
            self.notes.append("A “(” without its “)” was closed at the end.")
        return _joined(Both, parts)

    def either(self, depth: int) -> Node | None:
        parts = [self.operand(depth)]
        while self.word_is("OR"):
            self.at += 1
            parts.append(None if self.ended() else self.operand(depth))
        found = [part for part in parts if part is not None]
        if len(found) < len(parts) > 1:
            self.notes.append("OR needs a word on each side; here it was ignored.")
        return _joined(Either, found)

    def operand(self, depth: int) -> Node | None:
        """None if the next token has no meaning here; the token is consumed unless it is an OR."""
        if self.word_is("OR"):
            return None
        token = self.tokens[self.at]
        self.at += 1
        match token.lastgroup:
            case "open":
                return self.open_group(depth)
            case "minus":
                return self.excluded("-", depth)
            case "quote":
                return self.phrase(token)
        match token["chunk"]:
            case "NOT":
                return self.excluded("NOT", depth)
            case "AND":
                return None
        return self.run(token["chunk"], quoted=False)

    def open_group(self, depth: int) -> Node | None:
        if depth < DEEPEST:
            return self.group(depth + 1)
        self.notes.append("Brackets within brackets were ignored: there were too many.")
        return None

    def excluded(self, sign: str, depth: int) -> Node | None:
        while self.take("minus") or self.word_is("NOT"):
            self.at += self.word_is("NOT")
        part = None if self.ended() else self.operand(depth)
        if part is None:
            self.notes.append(f"A “{sign}” with no word after it was ignored.")
            return None
        return Without(part)

    def phrase(self, token: re.Match[str]) -> Node | None:
        if not token["quote"]:
            self.notes.append("A quotation mark without its partner was closed at the end.")
        return self.run(token["phrase"].strip(), quoted=True)

    def run(self, text: str, *, quoted: bool) -> Node | None:
        words = tuple(word.replace("'", "") for word in WORD.findall(text))
        if not words:
            shown = text if len(text) <= SHOWN_IN_NOTE else f"{text[:SHOWN_IN_NOTE]}…"
            self.notes.append(f"“{shown}” holds no word and was ignored.")
            return None
        open_end = text.endswith("*")
        if "*" in text.rstrip("*"):
            self.notes.append("A * works only at the end of a word; elsewhere it was ignored.")
        typed = _tidied(text)
        star = "*" if open_end else ""
        if quoted or typed in OPERATORS:
            return Run(words, open_end, typed=f"“{typed}{star}”")
        return Run(words, open_end, hyphened="-" in typed, typed=f"{typed}{star}")

    def take(self, kind: str) -> bool:
        here = self.at < len(self.tokens) and self.tokens[self.at].lastgroup == kind
        self.at += here
        return here

    def word_is(self, word: str) -> bool:
        return not self.ended() and self.tokens[self.at]["chunk"] == word

    def ended(self) -> bool:
        """Whether this group has no more tokens."""
        return self.at >= len(self.tokens) or self.tokens[self.at].lastgroup == "close"


def _joined(kind: Callable[[tuple[Node, ...]], Node], parts: list[Node]) -> Node | None:
    if len(parts) < 2:
        return parts[0] if parts else None
    return kind(tuple(parts))


def _tidied(text: str) -> str:
    """From the first word to the last, as typed."""
    words = list(WORD.finditer(text))
    return text[words[0].start() : words[-1].end()]
