"""What this project infers about a finding: its topics, and whose evidence it rests on.

The rules are phrases in `data/topics.toml` and `data/evidence.toml`, readable and editable without
knowing how to program. Case does not matter; a hyphen in a phrase may be a space or nothing, a
space may be a hyphen; `*` at the end of a word stands for any ending, `*` alone for up to four
words.
"""

import re
from dataclasses import dataclass
from functools import cache

from reports.facts.taxonomy import EVIDENCE_RULES, TOPICS, Rule
from reports.inference.figures import figures_in

TOPIC = "topic"
EVIDENCE = "evidence"
HYPHEN = r"[\s\-‐‑–]?"
SPACE = r"[\s\-‐‑]{1,3}"
ANY_WORDS = r"(?:[\w'’-]+,?\s){0,4}"
# Shown as evidence of an inference; more would say no more.
MAX_PHRASES = 12


@dataclass(frozen=True, slots=True)
class Labels:
    """What is inferred about one finding: the attributes are those of `reports.facts.inferred`.
    Slugs, but for `figures`, which are words of the text."""

    topics: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    tone: str = ""


NO_LABELS = Labels()


@dataclass(frozen=True, slots=True)
class Inference:
    """A rule that holds for a text: `kind` is "topic" or "evidence", `phrases` are the words in
    the text that made it hold, as printed."""

    slug: str
    kind: str
    phrases: tuple[str, ...]


def explain(text: str) -> tuple[Inference, ...]:
    """The topics of a text, then its evidence categories, each with the words that tell it."""
    lowered = text.lower().replace("’", "'")
    # A few letters grow in lower case; then positions differ, and the lowered words have to do.
    printed = text if len(lowered) == len(text) else lowered
    inferences = (
        Inference(rule.slug, kind, _phrases_in(rule, lowered, printed))
        for kind, rules in ((TOPIC, TOPICS), (EVIDENCE, EVIDENCE_RULES))
        for rule in rules
    )
    return tuple(inference for inference in inferences if inference.phrases)


def topics_and_evidence(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The slugs of both, in the order of their lists."""
    found = explain(text)
    topics = tuple(inference.slug for inference in found if inference.kind == TOPIC)
    return topics, tuple(inference.slug for inference in found if inference.kind == EVIDENCE)


def infer(text: str, heading: str = "", statement: str = "") -> Labels:
    """All that is inferred about one finding. `heading` is the sub-heading it stands under,
    `statement` the slug of its quality statement."""
    topics, evidence = topics_and_evidence(text)
    return Labels(topics=topics, evidence=evidence, figures=figures_in(text))


def _phrases_in(rule: Rule, lowered: str, printed: str) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for match in _pattern(rule).finditer(lowered):
        found.setdefault(match[0], printed[match.start() : match.end()])
        if len(found) == MAX_PHRASES:
            break
    return tuple(found.values())


@cache
def _pattern(rule: Rule) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(_phrase_pattern, rule.phrases))})")


def _phrase_pattern(phrase: str) -> str:
    """A phrase as a regular expression. None of its parts can match without bound."""
    pattern = ""
    for word in phrase.lower().split():
        if word == "*":
            pattern += ANY_WORDS
            continue
        ending = r"[\w']{0,20}" if word.endswith("*") else r"(?!\w)"
        pattern += HYPHEN.join(map(re.escape, word.removesuffix("*").split("-"))) + ending + SPACE
    return pattern.removesuffix(SPACE)
