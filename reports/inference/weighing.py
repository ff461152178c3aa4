"""Adds up the signs for topics and groups, so that a passing mention is not enough."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from reports.facts.taxonomy import Rule
from reports.inference.matcher import Matcher, Shown, Text
from reports.inference.sentences import first_sentence_end

HEADING, PHRASE, WEAK, BROAD_HEADING, STATEMENT = 3.0, 2.0, 1.0, 1.0, 1.0
FIRST_SENTENCE = 1.5
# A phrase that is repeated counts less than a new one.
SAME_WORDS = 0.5
# A label far behind the first is taken for a passing mention.
SHARE_OF_BEST = 0.4
MOST = 4
IGNORED = 0.0
# The lists of a rule and what their phrases weigh. Ignored phrases come first, so that they are
# known before the others are looked at.
IN_TEXT = {"ignored": IGNORED, "phrases": PHRASE, "weak": WEAK}
IN_HEADING = {"headings": HEADING, "broad_headings": BROAD_HEADING}


@dataclass(frozen=True, slots=True)
class FindingText:
    """The input of rules: a finding's text, the sub-heading above it (lowered) and the slug
    of its quality statement."""

    text: Text
    heading: str = ""
    statement: str = ""


@dataclass(slots=True)
class _Scale:
    """The evidence for one rule, collected from left to right."""

    weight: float = 0.0
    words: dict[str, str] = field(default_factory=dict)
    ignored_to: int = 0

    def add(self, words: str, printed: str, weight: float) -> None:
        self.weight += weight * (SAME_WORDS if words in self.words else 1.0)
        self.words.setdefault(words, printed)


class Weigher:
    """Weighs rules against findings. A label holds from the weight `enough` on."""

    def __init__(self, rules: Sequence[Rule], enough: float) -> None:
        self._rules = {rule.slug: rule for rule in rules}
        self._enough = enough
        self._in_text = _matcher(rules, IN_TEXT)
        self._in_heading = _matcher(rules, IN_HEADING)

    def rank(self, about: FindingText) -> tuple[Shown, ...]:
        """The labels with enough weight, the weightiest first."""
        scales = {slug: scale for slug, scale in self._weigh(about).items() if scale.words}
        best = max((scale.weight for scale in scales.values()), default=0.0)
        enough = max(self._enough, best * SHARE_OF_BEST)
        holding = [found for found in scales.items() if found[1].weight >= enough]
        holding.sort(key=lambda found: -found[1].weight)
        return tuple((slug, tuple(scale.words.values())) for slug, scale in holding[:MOST])

    def _weigh(self, about: FindingText) -> dict[str, _Scale]:
        scales = {slug: _Scale() for slug in self._rules}
        self._weigh_heading(about, scales)
        self._weigh_text(about.text, scales)
        for slug, scale in scales.items():
            if about.statement in self._rules[slug].statements:
                scale.weight += STATEMENT
        return scales

    def _weigh_heading(self, about: FindingText, scales: dict[str, _Scale]) -> None:
        found = sorted(
            (weight, slug, match[0])
            for (slug, weight), match in self._in_heading.find(about.heading)
        )
        for weight, slug, words in reversed(found):
            if not scales[slug].words:
                scales[slug].add(f"heading {words}", words, weight)

    def _weigh_text(self, text: Text, scales: dict[str, _Scale]) -> None:
        opening = first_sentence_end(text.lowered)
        for (slug, weight), match in self._in_text.find(text.lowered):
            scale = scales[slug]
            if weight == IGNORED:
                scale.ignored_to = match.end()
            elif match.start() >= scale.ignored_to:
                printed = text.printed[match.start() : match.end()]
                first = FIRST_SENTENCE if match.start() < opening else 1.0
                scale.add(match[0], printed, weight * first)


def _matcher(rules: Sequence[Rule], weights: Mapping[str, float]) -> Matcher[tuple[str, float]]:
    """Finds the phrases of these lists of all rules, by the rule's slug and the weight."""
    return Matcher(
        {
            (rule.slug, weight): getattr(rule, name)
            for rule in rules
            for name, weight in weights.items()
        }
    )
