"""Whether a finding describes a strength, a shortfall or both, by the words of `tone.toml`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reports.facts.taxonomy import MIXED, TONES, load
from reports.inference.matcher import Phrases, Shown, Text
from reports.inference.sentences import sentences

PHRASE, WEAK = 2.0, 0.5
_WORDS = load("tone.toml")
MIXED_FROM = float(_WORDS["mixed_from"])
MIXED_FROM_HINGED = float(_WORDS["mixed_from_hinged"])
NEGATIONS = Phrases(_WORDS["negations"])
HINGES = Phrases(_WORDS["hinges"])
CONTRASTS = Phrases(_WORDS["contrasts"])
NEUTRAL = Phrases(_WORDS["neutral"])
_BY_SLUG = {tone.slug: tone for tone in TONES}
STRENGTH, SHORTFALL = _BY_SLUG["strength"], _BY_SLUG["shortfall"]
OPPOSITE = {STRENGTH.slug: SHORTFALL.slug, SHORTFALL.slug: STRENGTH.slug}
STRONG_WORDS = Phrases((*STRENGTH.phrases, *SHORTFALL.phrases))
WEAK_WORDS = Phrases((*STRENGTH.weak, *SHORTFALL.weak))
STRENGTHS = {PHRASE: Phrases(STRENGTH.phrases), WEAK: Phrases(STRENGTH.weak)}
# A negation reaches this many characters ahead, and not past a comma.
REACH = 24
ENOUGH = 1.0


@dataclass(frozen=True, slots=True)
class ToneWords:
    """Printed words that show a strength or a shortfall, and their weight."""

    slug: str
    weight: float
    words: str


def tone_of(text: Text) -> tuple[Shown, ...]:
    """The tone, if it has one."""
    found = [
        ToneWords(slug, weight, text.printed[start + begin : start + end])
        for start, sentence in sentences(text.lowered)
        for slug, weight, begin, end in _tone_words(sentence)
    ]
    slug = _decide(found, hinged=HINGES.first(text.lowered) is not None)
    if slug in OPPOSITE and _one_side_of_a_contrast(text.lowered):
        slug = MIXED
    words = [one.words for one in found if slug in (MIXED, one.slug)]
    return ((slug, tuple(dict.fromkeys(words))),) if slug else ()


def _one_side_of_a_contrast(text: str) -> bool:
    """Whether a word such as "however" sets the known phrases against something that no phrase
    covers: the words before it have phrases of tone, the rest of the sentence has none."""
    found = list(sentences(text))
    for place, (_, sentence) in enumerate(found):
        contrast = CONTRASTS.first(sentence)
        if contrast is None:
            continue
        before, after = sentence[: contrast.start()], sentence[contrast.end() :]
        if len(before.split()) < 3:
            before = " ".join(earlier for _, earlier in found[:place])
        if _has_no_tone(after) and not _has_no_tone(before):
            return True
    return False


def _has_no_tone(words: str) -> bool:
    return next(_tone_words(words), None) is None


def _decide(found: list[ToneWords], *, hinged: bool) -> str:
    weights = {slug: sum(one.weight for one in found if one.slug == slug) for slug in OPPOSITE}
    most = max(weights, key=lambda slug: weights[slug])
    both = sum(weights.values())
    if weights[most] < ENOUGH:
        return ""
    lesser = both - weights[most]
    least = both * (MIXED_FROM_HINGED if hinged else MIXED_FROM)
    return MIXED if lesser >= max(least, ENOUGH) else most


def _tone_words(sentence: str) -> Iterator[tuple[str, float, int, int]]:
    """The side, weight and position of all words of tone, strong ones first."""
    rest = NEUTRAL.without(sentence)
    turned: set[int] = set()
    for phrases, weight in ((STRONG_WORDS, PHRASE), (WEAK_WORDS, WEAK)):
        for match in phrases.matches(rest):
            slug = _side(match[0], weight)
            negation = _negation(rest, match.start())
            # A negated weak word of shortfall is too little to count.
            if negation and (weight == PHRASE or slug == STRENGTH.slug):
                turned.add(negation.start())
                yield OPPOSITE[slug], weight, negation.start(), match.end()
            elif not negation:
                yield slug, weight, match.start(), match.end()
        rest = phrases.without(rest)
    for negation in NEGATIONS.matches(rest):
        if negation.start() not in turned:
            yield SHORTFALL.slug, WEAK, negation.start(), negation.end()


def _side(words: str, weight: float) -> str:
    match = STRENGTHS[weight].first(words)
    return STRENGTH.slug if match and match[0] == words else SHORTFALL.slug


def _negation(sentence: str, place: int) -> re.Match[str] | None:
    """The last negation close before a position."""
    begin = max(0, place - REACH)
    cut = max(sentence.rfind(",", begin, place), sentence.rfind(";", begin, place), begin - 1) + 1
    return next(reversed(list(NEGATIONS.matches(sentence, cut, place))), None)
