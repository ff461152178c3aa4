"""All that is inferred about a finding, and the words on which each label is based."""

from collections import defaultdict
from dataclasses import dataclass

from reports.facts.taxonomy import GROUPS, TOPICS
from reports.inference.evidence import evidence_of
from reports.inference.figures import figures_in
from reports.inference.matcher import Text
from reports.inference.tone import tone_of
from reports.inference.weighing import FindingText, Weigher

# A topic needs two phrases, or one and the sub-heading, or one in the first sentence. A group needs
# one phrase.
_TOPICS = Weigher(TOPICS, enough=3.0)
_GROUPS = Weigher(GROUPS, enough=2.0)
# Enough phrases to show as the reason for a label.
MAX_PHRASES = 12


@dataclass(frozen=True, slots=True)
class Labels:
    """What is inferred about one finding. The attributes are those of `reports.facts.inferred`.
    They hold slugs, except `figures`, which holds words of the text. The topic with the most weight
    comes first."""

    topics: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    tone: str = ""


NO_LABELS = Labels()


@dataclass(frozen=True, slots=True)
class Inference:
    """A label that a rule gives a finding: `field` is its attribute, `phrases` the words, as
    printed, that made the rule hold."""

    field: str
    slug: str
    phrases: tuple[str, ...]


def explain(text: str, heading: str = "", statement: str = "") -> tuple[Inference, ...]:
    """Every topic, group, evidence category and tone of a finding with its reason. `heading` is the
    sub-heading above it, `statement` the slug of its quality statement."""
    about = FindingText(Text.of(text), Text.of(heading).lowered, statement)
    labels = {
        "topics": _TOPICS.rank(about),
        "groups": _GROUPS.rank(about),
        "evidence": evidence_of(about.text),
        "tone": tone_of(about.text),
    }
    return tuple(
        Inference(field, slug, phrases[:MAX_PHRASES])
        for field, found in labels.items()
        for slug, phrases in found
    )


def infer(text: str, heading: str = "", statement: str = "") -> Labels:
    """All that is inferred about a finding; the arguments are those of `explain`."""
    slugs: defaultdict[str, list[str]] = defaultdict(list)
    for inference in explain(text, heading, statement):
        slugs[inference.field].append(inference.slug)
    return Labels(
        topics=tuple(slugs["topics"]),
        groups=tuple(slugs["groups"]),
        evidence=tuple(slugs["evidence"]),
        figures=figures_in(text),
        tone="".join(slugs["tone"]),
    )
