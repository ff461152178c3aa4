"""Which authority, if any, the findings name as the one assessed.

CQC writes "the local authority" and seldom the name. If it does, the name is the subject of a
clause: "Haringey ranked 15th", "Northumberland's social work academy received a visit". Other
authorities are named too: neighbours, partners, places people moved to. So a name counts only if

- it is whole, with the usual capitals, is not part of a longer proper name ("University of
  Bristol", "Kent Police", "North London Councils"), and no hyphen ties it to another word;
- it begins a clause: after the start of a sentence, a comma or a word like "that" or "while";
- the words after it say what an assessed authority is, has or does, not what a partner does for
  another ("had shared its tool");
- the sentence names no second authority and nothing that sets this one beside another ("a
  neighbouring", "with the local authority");
- the findings never mention it as a partner ("with Camden", "neighbouring Camden").

If exactly one authority is named in this way, the report is about it. In doubt, no authority is
named.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from textwrap import shorten

from reports.facts.gazetteer import by_exact_name
from reports.facts.taxonomy import load

SENTENCE_BREAK = re.compile(r"(?<!\bSt)[.!?…][\"'”’)\]]*\s+")
POSSESSIVE = re.compile(r"['’]s?(?!\w)")
WORD = re.compile(r"[\w'’%&-]+")
CLAUSE_START = re.compile(r"(?:^|[,;:(–—]|\s-)\s*[\"“‘']?$")
_WORDS = {name: frozenset(words) for name, words in load("mentions.toml").items()}
OPENING_WORDS, ADVERBS = _WORDS["opening"], _WORDS["adverbs"]
BEING, HAVING, DOING = _WORDS["being"], _WORDS["having"], _WORDS["doing"]
# "Reading was encouraged" is not about the borough.
ALSO_COMMON_WORDS = frozenset({"Reading", "Bury"})
OTHER_BODIES = re.compile(
    r"\b(?:hospitals?|universit(?:y|ies)|colleges?|police|trusts?|NHS|airport|board|council"
    r"|councils|neighbours?|schools?)\b"
)
# Words that compare the authority named with the one assessed.
ANOTHER_PARTY = re.compile(
    r"\bneighbour|\bother (?:local authorit|council|borough|area)|\banother\b|\bsimilar\b"
    r"|\belsewhere\b|\bnearby\b|\bthe (?:local authority|council|Council)(?!['’])\b"
    r"|\b(?:shared?|sharing|lent|hosted|partnered|twinned|jointly|alongside)\b"
    r"|\bexample of (?:good|best) practice\b|\b(?:peer|sub-?region)"
)
AS_PARTNER_BEFORE = re.compile(
    r"\b(?:with|from|alongside|unlike|like|neighbouring|neighbours?|nearby|visited|joined)"
    r" (?:the )?$"
)
# "Of the five authorities, Camden ..."
ONE_OF_MANY_BEFORE = re.compile(r"\b(?:authorities|councils|boroughs|counties)\b")
MAX_NOUN_WORDS = 6
MAX_EVIDENCE = 60
# No sentence is longer. This bounds the search in text without full stops.
MAX_SENTENCE = 2000


def authority_named(paragraphs: Iterable[str]) -> tuple[str, str] | None:
    """The slug of the one authority that the findings name as the one assessed, and the words that
    name it; None if there is no such authority or more than one."""
    named: dict[str, str] = {}
    partners: set[str] = set()
    for paragraph in paragraphs:
        for sentence in SENTENCE_BREAK.split(paragraph):
            mentions = list(_names().finditer(sentence[:MAX_SENTENCE]))
            slugs = {by_exact_name()[mention[0]].slug for mention in mentions}
            for mention in mentions:
                slug = by_exact_name()[mention[0]].slug
                if AS_PARTNER_BEFORE.search(sentence[: mention.start()][-40:]):
                    partners.add(slug)
                elif len(slugs) == 1 and (words := _as_subject(sentence, mention)):
                    named.setdefault(slug, words)
    own = [slug for slug in named if slug not in partners]
    return (own[0], named[own[0]]) if len(own) == 1 else None


@cache
def _names() -> re.Pattern[str]:
    """All names, longest first, whole and tied to no other word."""
    return re.compile(rf"(?<![\w&'’-])(?:{'|'.join(map(re.escape, by_exact_name()))})(?![\w&]|-\w)")


def _as_subject(sentence: str, mention: re.Match[str]) -> str:
    """The words in which a sentence names this authority as the one assessed, or empty."""
    name, before, after = mention[0], sentence[: mention.start()], sentence[mention.end() :]
    if not _begins_clause(before) or ONE_OF_MANY_BEFORE.search(before):
        return ""
    if ANOTHER_PARTY.search(before + after):
        return ""
    if name in ALSO_COMMON_WORDS and not before.strip():
        return ""
    words = list(_first_words(after))
    possessive = POSSESSIVE.match(after)
    said = _noun_length(words) if possessive else 0
    if said is None or not _fits_one_assessed(words[said:]):
        return ""
    return shorten(name + after, MAX_EVIDENCE, placeholder=" …")


def _begins_clause(before: str) -> bool:
    if CLAUSE_START.search(before):
        return True
    opening = WORD.findall(before[-20:])[-1:]
    return bool(opening) and before.endswith(" ") and opening[0].lower() in OPENING_WORDS


def _first_words(after: str) -> Iterator[str]:
    """The words after a name, up to the next mark of punctuation."""
    rest = POSSESSIVE.sub("", after, count=1) if POSSESSIVE.match(after) else after
    head = re.split(r"[,;:.()–—“”\"]", rest[:120], maxsplit=1)[0]
    yield from WORD.findall(head)


def _noun_length(words: list[str]) -> int | None:
    """How many words the thing possessed has ("social work academy"), up to the verb."""
    for at, word in enumerate(words[: MAX_NOUN_WORDS + 1]):
        if at and word in BEING | HAVING | DOING | ADVERBS:
            return at
        if not word.islower() or OTHER_BODIES.search(word):
            return None
    return None


def _fits_one_assessed(words: list[str]) -> bool:
    """Whether a predicate is one of an assessed authority."""
    words = [word for word in words if word not in ADVERBS or word == "not"]
    match words:
        case [verb, what, *_] if verb in BEING:
            return what in _WORDS["being_what"] or what[0].isdigit()
        case [verb, "been", what, *_] if verb in HAVING:
            return what in _WORDS["being_what"]
        case [verb, what, *_] if verb in HAVING:
            return what in DOING or not _is_participle(what)
        case [verb, *_]:
            return verb in DOING
    return False


def _is_participle(word: str) -> bool:
    return word.endswith("ed") or word in _WORDS["irregular_participles"]
