"""Words of made-up findings: how often each comes follows Zipf's law, with a long tail.

The words that come most are those of real reports; then come expressions, which give phrase queries
something to find; then 100,000 words that nobody has ever used.

Large bodies of text follow the law in two regimes: up to some 6,000 words, a word of rank r comes
1/r times as often as the first; beyond, it falls with 1/r² (Ferrer i Cancho and Solé, Journal of
Quantitative Linguistics 8, 2001).
"""

from functools import cache
from itertools import accumulate, islice, product
from random import Random

TAIL = 100_000
STEEPER_FROM = 6_000

_COMMON = """
the and to of people local authority care support in for a staff was with had were services told us
that needs this their not social carers been which from working adults assessment partners on they
health team by as community teams improve were leaders is experience data review senior service
provider unpaid feedback assessments process access learning safeguarding quality information
voluntary demand commissioning providers waiting recognised developed outcomes practice strategy
training example training housing advocacy complaints reablement hospital equipment adaptations
disabilities older younger autistic mental independence wellbeing prevention inequalities barriers
language interpreters digital telephone eligibility charging finance panel budget risk oversight
governance scrutiny councillors director workforce recruitment retention vacancies supervision
caseload agency apprenticeships strengths person-centred family transition pathway discharge
emergency contingency resilience capacity market sustainability contract homecare residential
nursing respite placements supported living technology telecare evaluation audit performance
survey ombudsman compliments lessons improvement innovation research
"""

EXPRESSIONS = (
    "peer review",
    "direct payments",
    "safeguarding adults board",
    "making safeguarding personal",
    "co-production",
    "coproduction",
    "occupational therapists",
    "deprivation of liberty safeguards",
    "approved mental health professionals",
    "joint strategic needs assessment",
    "health and wellbeing board",
    "integrated care board",
    "preparing for adulthood",
    "carers' assessments",
    "strengths-based approach",
    "front door",
    "extra care housing",
    "quality assurance framework",
    "voluntary sector organisations",
    "principal social worker",
)

# Each says one figure, of a measure that several authorities quote or of one that none shares.
_FIGURE_SENTENCES = (
    "In March 2024, {}% of social work posts were vacant, a vacancy rate above England's.",
    "Staff turnover was {}% in 2023.",
    "National data showed {}% of people were satisfied with their care and support.",
    "After reablement, {}% of older people were still at home.",
    "People waited {} days for an assessment.",
    "People waited {} weeks for equipment.",
    "The Ombudsman upheld {}% of complaints.",
    "There were {} people waiting for a review.",
    "Of carers, {}% said that they felt supported.",
    "Leaders told us that {} people used direct payments.",
)

_ONSETS = "b br c ch d dr f fl g gr h j k l m n p pl qu r s sh st t tr v w z"
_VOWELS = "a ai e ea i o oa ou u y"
_CODAS = "b ck d ff g l m n nd p r rt sk ss t v x"


@cache
def vocabulary() -> tuple[str, ...]:
    """From the commonest on."""
    known = (*dict.fromkeys(_COMMON.split()), *EXPRESSIONS)
    return (*known, *_invented(TAIL))


def _invented(count: int) -> list[str]:
    syllables = [onset + vowel for onset, vowel in product(_ONSETS.split(), _VOWELS.split())]
    words = [a + b + coda for a, b, coda in product(syllables, syllables, _CODAS.split())]
    Random(153).shuffle(words)
    return list(islice(words, count))


@cache
def _weights() -> tuple[float, ...]:
    """Cumulative."""
    return tuple(accumulate(map(_weight, range(1, len(vocabulary()) + 1))))


def _weight(rank: int) -> float:
    return min(1 / rank, STEEPER_FROM / rank**2)


def paragraph(random: Random) -> str:
    """40 to 120 words in sentences: 81 on average, as the findings of real reports have."""
    length = random.randint(40, 120)
    words = random.choices(vocabulary(), cum_weights=_weights(), k=length)
    step = random.randint(12, 24)
    sentences = (" ".join(words[start : start + step]) for start in range(0, length, step))
    return " ".join(f"{sentence[0].upper()}{sentence[1:]}." for sentence in sentences)


def figure_sentence(random: Random) -> str:
    """A sentence that quotes a figure."""
    return random.choice(_FIGURE_SENTENCES).format(random.randint(1, 99))
