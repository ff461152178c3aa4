"""Compares a quotation with texts that do not hold all its words."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from operator import itemgetter

from reports.quotes.held_texts import Version
from reports.quotes.matching import MARKS, Span, stands_in
from reports.quotes.verdicts import Difference

MOST_COMPARED = 4  # candidates that are compared word by word: the others share fewer words
FEWEST_SPLICED = 3  # words on each side of a joint
NEAR = 80  # up to this many characters left out within a finding are a change, not two places

_TOKEN = re.compile(r"\S+")
# A word or a single sign, so that a missing comma does not change a word.
_WORD_OR_SIGN = re.compile(r"\w+(?:[-‐‑'’.,]\w+)*|[^\w\s]")


@dataclass(frozen=True, slots=True)
class WordLikeness:
    """`share` is the share of the words that agree, from 0 to 1; `span` is the similar part of the
    text."""

    version: Version
    share: float
    span: Span
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Splice:
    """The first `at` characters of the quotation are in one place, the others in another."""

    at: int
    first: Version
    second: Version


def most_alike(quotation: str, versions: Iterable[Version]) -> WordLikeness | None:
    """The most similar text; None if there are no texts."""
    wanted = set(_folded_words(quotation))
    ranked = sorted(versions, key=lambda v: -len(wanted & set(_folded_words(v.text))))
    likenesses = [_likeness(quotation, version) for version in ranked[:MOST_COMPARED]]
    return max(likenesses, key=lambda likeness: likeness.share, default=None)


def splice(quotation: str, versions: Sequence[Version]) -> Splice | None:
    """Two places whose words together make the whole quotation, if there are any."""
    tokens = list(_TOKEN.finditer(quotation))
    if len(tokens) < 2 * FEWEST_SPLICED or not versions:
        return None
    starts, ends = [token.start() for token in tokens], [token.end() for token in tokens]
    heads = [quotation[:end] for end in ends]
    tails = [quotation[start:] for start in reversed(starts)]
    head, first = max(((_most_held(heads, v.text), v) for v in versions), key=itemgetter(0))
    tail, second = max(((_most_held(tails, v.text), v) for v in versions), key=itemgetter(0))
    if head + tail < len(tokens) or min(head, tail) < FEWEST_SPLICED:
        return None
    joint = min(max(head, FEWEST_SPLICED), len(tokens) - FEWEST_SPLICED)
    return Splice(starts[max(joint, len(tokens) - tail)], first, second)


def _most_held(growing: Sequence[str], text: str) -> int:
    """How many of some parts of a quotation are in `text`; each part holds the one before it."""
    return bisect_left(growing, x=True, key=lambda part: stands_in(part, text) is None)


def is_near(joint: Splice, quotation: str) -> bool:
    """Whether both parts are in one text with little between them, so that words were left out."""
    if joint.first is not joint.second:
        return False
    text = joint.first.text
    head = stands_in(quotation[: joint.at].strip(), text)
    tail = stands_in(quotation[joint.at :].strip(), text)
    return head is not None and tail is not None and 0 < tail - head - joint.at < NEAR


def _likeness(quotation: str, version: Version) -> WordLikeness:
    ours = list(_WORD_OR_SIGN.finditer(quotation))
    theirs = list(_WORD_OR_SIGN.finditer(version.text))
    blocks = _matcher(ours, theirs).get_matching_blocks()[:-1]
    if not blocks:
        return WordLikeness(version, 0, (0, 0), ())
    # With the words before and after those shared, as many as the quotation has there.
    first = max(0, blocks[0].b - blocks[0].a)
    last = min(len(theirs), blocks[-1].b + len(ours) - blocks[-1].a)
    same = sum(block.size for block in blocks)
    return WordLikeness(
        version,
        same / max(len(ours), last - first),
        (theirs[first].start(), theirs[last - 1].end()),
        tuple(_differences(ours, theirs[first:last], quotation, version.text)),
    )


def _differences(
    ours: Sequence[re.Match[str]], theirs: Sequence[re.Match[str]], quotation: str, text: str
) -> Iterable[Difference]:
    for kind, start, end, their_start, their_end in _matcher(ours, theirs).get_opcodes():
        if kind != "equal" and their_end > their_start:
            yield Difference("missing", _stretch(text, theirs[their_start:their_end]))
        if end > start:
            said = "same" if kind == "equal" else "added"
            yield Difference(said, _stretch(quotation, ours[start:end]))


def _matcher(
    ours: Sequence[re.Match[str]], theirs: Sequence[re.Match[str]]
) -> "SequenceMatcher[str]":
    return SequenceMatcher(
        None, [_folded(m[0]) for m in ours], [_folded(m[0]) for m in theirs], autojunk=False
    )


def _stretch(text: str, tokens: Sequence[re.Match[str]]) -> str:
    return text[tokens[0].start() : tokens[-1].end()]


def _folded_words(text: str) -> list[str]:
    return [_folded(word) for word in _WORD_OR_SIGN.findall(text)]


def _folded(word: str) -> str:
    return word.translate(MARKS)
