"""Whose evidence a finding is based on, by a small grammar of who is said to have spoken.

In each sentence the rules find a verb of saying, noticing or feeling, go back to the beginning of
its clause, and look at the noun phrase there. "Hospital staff" are partners, "staff" alone are
staff. A sentence without a speaker is evidence of processes: CQC's own description of a system, an
arrangement, a document or data. The words are in `evidence.toml`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reports.facts.taxonomy import EVIDENCE_RULES, load
from reports.inference.matcher import Matcher, Phrases, Shown, Text
from reports.inference.sentences import sentences

_WORDS = load("evidence.toml")
VERBS = Phrases(_WORDS["verbs"])
PLAIN_VERBS = Phrases(_WORDS["plain_verbs"])
INTRODUCED_BY = Phrases(_WORDS["introduced_by"])
FOLLOWS = Phrases(_WORDS["follows"])
PASSIVE_AFTER = frozenset(_WORDS["passive_after"])
BETWEEN = frozenset(_WORDS["between"])
PRONOUNS = frozenset(_WORDS["pronouns"])
STAFF, PARTNERS, PROCESSES = "staff-and-leaders", "partners", "processes"
SPEAKERS = Matcher({rule.slug: rule.phrases for rule in EVIDENCE_RULES if rule.phrases})

CLAUSE_BREAK = re.compile(
    r"[,;:(–—]\s|\b(?:but|while|whilst|whereas|although|though|because|when|that|as|since|so)\s"
)
PARTS = re.compile(r"\s(?:and|or|as well as)\s|,\s")
# Words after one of these in a noun phrase describe its head.
DESCRIBES = re.compile(
    r"\s(?:who|whose|of|from|with|in|at|for|across|by|about|on|within|under|to|we|working|using)\s"
)
QUANTITY = re.compile(
    r"^(?:(?:a |the )?(?:number|majority|range|group|groups|variety|mixture|couple|few)|some|many"
    r"|most|all|several|both|one|two|three|none|members?|representatives?|those|each|half) of\s"
)
OPENS_WITH_PREPOSITION = re.compile(r"^(?:in|at|on|for|from|by|during|after|before|since|of)\s")
FINITE = re.compile(r"\b(?:was|were|is|are|has|have|had|did|does|could|would|met|meant)\b")
NAME_END = re.compile(r"[,;:.]|\bthat\b")
WORD = re.compile(r"[\w'’-]+")
# In "what providers had said" nobody speaks to the assessors, and "26% of carers" comes from a
# survey.
REPORTED = ("what ", "whether ", "how ", "which ")
SHARE = re.compile(r"\d\s?(?:%|per cent)\s(?:of\s)?")
# A clause is cut here, because no speaker's name is longer.
MAX_CLAUSE = 160
MAX_SENTENCE = 3_000
OPENING_WORDS = 8


@dataclass(frozen=True, slots=True)
class Speaker:
    """A category, and the words for the speaker and the speaking, by their place in the text."""

    slug: str
    start: int
    end: int


def evidence_of(text: Text) -> tuple[Shown, ...]:
    """Each category that the text has, in CQC's order, with the printed words that show it."""
    found: dict[str, list[str]] = {}
    attributed = False
    for start, sentence in sentences(text.lowered):
        sentence = sentence[:MAX_SENTENCE]
        speakers = list(_speakers(sentence))
        for speaker in speakers:
            words = text.printed[start + speaker.start : start + speaker.end]
            found.setdefault(speaker.slug, []).append(words)
        goes_on = attributed and _goes_on(sentence)
        attributed = bool(speakers or goes_on or _spoken_by_pronoun(sentence))
        if not attributed:
            words = text.printed[start : start + len(sentence)]
            found.setdefault(PROCESSES, []).append(_opening(words))
    if not found and text.printed.strip():
        found[PROCESSES] = [_opening(text.printed)]
    order = [rule.slug for rule in EVIDENCE_RULES]
    return tuple((slug, tuple(dict.fromkeys(found[slug]))) for slug in order if slug in found)


def _goes_on(sentence: str) -> bool:
    opening = FOLLOWS.first(sentence)
    return opening is not None and opening.start() == 0


def _opening(sentence: str) -> str:
    """The first words of a sentence, shown as the reason if a sentence has no speaker."""
    matched = list(WORD.finditer(sentence))[:OPENING_WORDS]
    return sentence[: matched[-1].end()] if matched else sentence


def _speakers(sentence: str) -> Iterator[Speaker]:
    said_before = 0
    for verb in VERBS.matches(sentence):
        start, clause = _clause_before(sentence, said_before, verb.start())
        said_before = verb.end()
        if clause is None or clause.startswith(REPORTED):
            continue
        for slug in _categories(clause):
            yield Speaker(slug, start, verb.end())
    for opening in INTRODUCED_BY.matches(sentence):
        rest = NAME_END.split(sentence[opening.end() :][:MAX_CLAUSE], maxsplit=1)[0]
        for slug in _categories(_noun_phrase_at_start(rest)):
            yield Speaker(slug, opening.start(), opening.end() + len(rest))


def _noun_phrase_at_start(rest: str) -> str:
    words = WORD.findall(rest)[:6]
    for place, word in enumerate(words):
        if FINITE.fullmatch(word):
            return " ".join(words[:place])
    return " ".join(words)


def _clause_before(sentence: str, said_before: int, verb: int) -> tuple[int, str | None]:
    """Where the noun phrase before a verb starts, at or after the end of the last verb, and its
    words without auxiliaries; None if the verb is passive or nothing is before it."""
    begin = max(said_before, verb - MAX_CLAUSE)
    before = sentence[begin:verb]
    words = WORD.findall(before)
    if not words or (words[-1] in PASSIVE_AFTER and before.rstrip()[-1:].isalnum()):
        return 0, None
    breaks = [match.end() for match in CLAUSE_BREAK.finditer(before)]
    for cut in [*reversed(breaks), 0]:
        clause = _without_auxiliaries(before[cut:])
        if clause:
            return begin + cut + len(before[cut:]) - len(before[cut:].lstrip()), clause
    return 0, None


def _without_auxiliaries(clause: str) -> str:
    words = clause.strip(" ,").split()
    while words and (words[-1].strip(",") in BETWEEN or words[-1].strip(",").endswith("ly")):
        words.pop()
    return " ".join(words)


def _categories(clause: str) -> list[str]:
    """The categories of everyone named in a subject: "staff and partners" are two."""
    found: list[str] = []
    for part in PARTS.split(clause):
        phrase = FINITE.split(part)[-1].strip() if FINITE.search(part) else part
        slug = _category(phrase)
        if slug and slug not in found:
            found.append(slug)
    return found


def _category(phrase: str) -> str:
    """The category of one noun phrase, by its head, or empty."""
    phrase = QUANTITY.sub("", phrase.strip())
    if SHARE.search(phrase):
        return ""
    if slug := _named_at_start(phrase):
        return slug
    if OPENS_WITH_PREPOSITION.match(phrase):
        return _last_named(phrase)
    head, *rest = DESCRIBES.split(f" {phrase} ", maxsplit=1)
    described = _last_named(rest[0]) if rest else ""
    slug = _last_named(head)
    # "Managers at the hospital" are partners.
    return PARTNERS if slug == STAFF and described == PARTNERS else slug or described


def _named_at_start(phrase: str) -> str:
    """For phrases such as "those who used", which have a describing word in them."""
    for slug, match in SPEAKERS.find(phrase):
        if match.start() == 0 and DESCRIBES.search(match[0]):
            return slug
    return ""


def _last_named(words: str) -> str:
    """Partners if they are named anywhere, else the category that is named last."""
    slugs = [slug for slug, _ in sorted(SPEAKERS.find(words), key=lambda found: found[1].end())]
    return PARTNERS if PARTNERS in slugs else slugs[-1] if slugs else ""


def _spoken_by_pronoun(sentence: str) -> bool:
    for verb in PLAIN_VERBS.matches(sentence):
        words = _without_auxiliaries(sentence[: verb.start()][-MAX_CLAUSE:]).split()
        if words and words[-1] in PRONOUNS:
            return True
    return False
