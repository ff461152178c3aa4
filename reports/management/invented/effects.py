"""The effects that are put into the invented reports, which tests look for.

Everything else in them is drawn at random, with more praise where a score is higher.
"""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence that the findings on a statement hold with one probability at scores 3 and 4 and
    with another at 1 and 2. `phrase` is the part of it that marks the score."""

    statement: str
    phrase: str
    sentence: str
    at_high: float
    at_low: float


@dataclass(frozen=True, slots=True)
class TopicEffect:
    """A topic that the findings on a statement have with one probability at some scores and with
    another at the rest; what chance gives it elsewhere is taken out."""

    statement: str
    topic: str
    scores: tuple[int, ...]
    inside: float
    outside: float


@dataclass(frozen=True, slots=True)
class PlantedMeasure:
    """A number that most reports quote in a statement: the local value and England's. `whole` and
    `spread` give it; `london` is added in London. `{}` in the words is the value."""

    name: str
    statement: str
    heading: int
    words: str
    england: str
    middle: float
    spread: float
    english: float
    london: float = 0.0


@dataclass(frozen=True, slots=True)
class RegionEffect:
    """Scores of a statement are higher by some points in a region, as far as the scale goes."""

    region: str
    statement: str
    points: int


PHRASES = (
    Phrase(
        "safeguarding",
        "triaged by a qualified worker",
        "Each referral was triaged by a qualified worker on the day it came, which worked well.",
        0.75,
        0.08,
    ),
    Phrase(
        "safeguarding",
        "paused without a decision",
        "Some referrals were paused without a decision, and there was a lack of oversight.",
        0.06,
        0.7,
    ),
    Phrase(
        "governance",
        "a single improvement ledger",
        "Leaders kept a single improvement ledger, which was effective.",
        0.65,
        0.05,
    ),
    Phrase(
        "learning",
        "exit conversations were not recorded",
        "There were gaps, since exit conversations were not recorded.",
        0.05,
        0.6,
    ),
)

TOPICS = (
    TopicEffect("assessing-needs", "waiting-times", (1, 2), 0.9, 0.25),
    TopicEffect("healthier-lives", "technology-and-innovation", (4,), 0.95, 0.3),
    # An empty cell: at these scores the topic never comes.
    TopicEffect("governance", "complaints", (4,), 0.0, 0.7),
)

MEASURES = (
    PlantedMeasure(
        "waiting for an assessment",
        "assessing-needs",
        1,
        "The average time people waited for a Care Act assessment was {} days.",
        "The England average time people waited for a Care Act assessment was {} days.",
        38,
        9,
        41,
        london=18,
    ),
    PlantedMeasure(
        "still at home after reablement",
        "healthier-lives",
        1,
        "National data showed that {}% of people were still at home 91 days after reablement.",
        "The England average for people still at home after reablement was {}%.",
        82,
        4,
        84,
    ),
    PlantedMeasure(
        "satisfied with care",
        "equity",
        0,
        "National survey data showed that {}% of people were satisfied with their care.",
        "The England average for people satisfied with their care was {}%.",
        63,
        4,
        65,
    ),
    PlantedMeasure(
        "vacancy rate",
        "care-provision",
        3,
        "Workforce data showed an adult social care vacancy rate of {}%.",
        "The England average for the adult social care vacancy rate was {}%.",
        9,
        2,
        8,
    ),
    PlantedMeasure(
        "complaints upheld",
        "learning",
        1,
        "The Ombudsman upheld {}% of complaints about the local authority.",
        "The England average for complaints upheld by the Ombudsman was {}%.",
        78,
        7,
        80,
    ),
)

REGION = RegionEffect("north-east", "partnerships", 1)

EARLIER = 8  # authorities with an earlier report
VERSIONS = 1  # authorities with a second version of one report
KEPT, REWORDED = 5, 2  # findings per section that an earlier report shares with the later one

TWO_VALUES = 6  # authorities whose report gives one measure two values
TWO_VOICES = 5  # whose report praises complaints in one statement and criticises them in another
AGAINST_SCORE = 5  # whose findings on a statement scored 4 are all criticism


def as_json(chosen: dict[str, Any]) -> dict[str, Any]:
    """What was planted: the effects above, and which authorities they fell on (`chosen`)."""
    return {
        "phrases": [asdict(phrase) for phrase in PHRASES],
        "topics": [asdict(topic) for topic in TOPICS],
        "measures": [asdict(measure) for measure in MEASURES],
        "region": asdict(REGION),
        **chosen,
    }
