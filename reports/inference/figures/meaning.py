"""The meaning of a figure: value and unit from its own words, the rest from the words around it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from typing import Any

from reports.inference.figures import shapes
from reports.inference.figures.numbers import FRACTIONS, NUMBER, SCALES, share_of, value_of
from reports.inference.matcher import Matcher
from reports.inference.sentences import sentences

WHOSE = {
    slug: re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})", re.IGNORECASE)
    for slug, words in shapes.WORDS_OF["whose"].items()
}
WHOSE_NAMES = {
    "england": "England",
    "region": "the region",
    "similar": "similar authorities",
    "target": "a target",
}
DIRECTION = Matcher(shapes.WORDS_OF["direction"])
SUBJECT = re.compile(
    rf"\b(?:{'|'.join(sorted(shapes.WORDS_OF['subject']['verbs'], key=len, reverse=True))})\b"
    r"(?:\s(?:to|at|by|up|only|just|over|about|around|nearly|almost|under|more|less|than|an?"
    r"|average|of|from|for|already|still))*\s*$",
    re.IGNORECASE,
)
CLAUSE = re.compile(
    r"[,;:()–—]\s|\s(?:and|but|while|whereas|although|compared|against|with|which)\s"
)
PERIOD = re.compile(
    rf"""\b(?:in|during|between|since|by|at\sthe\send\sof|as\sof|as\sat|before|from|to|until|for)\s
          (?:(?:early|late|mid|spring|summer|autumn|winter|the\syear)\s)?
          (?:\d{{1,2}}\s)?(?:{shapes.MONTH}(?:\s\d{{4}})?(?:\s(?:and|to)\s{shapes.MONTH}\s\d{{4}})?
            |(?:19|20)\d\d(?:[/–-]\d{{2,4}})?)\b
        | \b(?:at\sthe\send\sof|in)\s{shapes.MONTH}\b
        | \b(?:in|over|during|within|for)\s(?:the\s)?(?:last|past|previous|preceding)\s
          (?:{NUMBER}\s)?{shapes.TIME}s?\b
        | \bin\sthe\s{NUMBER}\s{shapes.TIME}s\s(?:before|prior\sto|to|up\sto|ending)\s[\w\s]{{2,30}}
        | \b(?:over|in)\s{NUMBER}\syears\b | \b(?:last|this)\syear\b
        | \ba\s(?:year|week|month)\searlier\b
        | \beach\s(?:week|month|year)\b""",
    re.VERBOSE | re.IGNORECASE,
)
OF_WHAT = re.compile(
    r"^\s(?:of|for|who|that|waiting\sfor)\s(?:the\s|its\s|all\s)?|^\s(?=(?:were|had|on|completed|vacant)\s)"
)
PRONOUN = re.compile(r"(?:it|they|this|these|that|those|he|she|which|there|some)", re.IGNORECASE)
PHRASE_END = re.compile(r"[.,;:()]|\s(?:and|but|which|while|compared|against|so|at the time)\s")
LITTLE = re.compile(
    r"^(?:(?:the|an?|there|this|these|those|its|their|in|that|and|but|of|where|only|just|at|on|for"
    r"|also|had|were|was|from|to|with|against|by)\s)+",
    re.IGNORECASE,
)
SUBJECT_START = re.compile(r"[,;:]\s|\s(?:and|but|that|while)\s")
LEADS_TO_FIGURE = re.compile(r"\s(?:of|to|by|from|at|was|were)\s*$")
UNIT_OF_TIME = re.compile(rf"(?:(?:working|calendar) )?{shapes.TIME}s?")
ANY_NUMBER = re.compile(NUMBER, re.IGNORECASE)
NOT_A_NUMBER = re.compile(r"[£\s]|million|billion")
MOST_WORDS = 12


@dataclass(frozen=True, slots=True)
class Quantity:
    """What one figure says. The attributes are those of the model `Figure`. `clear` is true if the
    rules found its value, whose it is and what it measures."""

    text: str
    value: Decimal | None = None
    unit: str = ""
    measure: str = ""
    whose: str = ""
    period: str = ""
    direction: str = ""
    clear: bool = False

    def __str__(self) -> str:
        """The figure and what is known about it, for people: "38%: people reviewed (England,
        2023/24)"."""
        about = ", ".join(filter(None, (WHOSE_NAMES.get(self.whose), self.period)))
        return "".join(
            (self.text, f": {self.measure}" if self.measure else "", f" ({about})" if about else "")
        )

    def as_json(self) -> dict[str, Any]:
        """Its parts with the value as a number."""
        return asdict(self) | {"value": None if self.value is None else float(self.value)}


def quantities(text: str, figures: Iterable[str]) -> tuple[Quantity, ...]:
    """The meaning of each of a finding's figures, in the order of the text, without those that are
    not in the text."""
    wanted = list(dict.fromkeys(figure for figure in figures if figure and figure in text))
    return tuple(_read(text, wanted))


def _read(text: str, figures: list[str]) -> Iterator[Quantity]:
    places = sorted((text.index(figure), figure) for figure in figures)
    bounds = list(sentences(text))
    before: Quantity | None = None
    for start, figure in places:
        begin, sentence = next((s for s in reversed(bounds) if s[0] <= start), (0, text))
        around = _Around(sentence, start - begin, start - begin + len(figure))
        before = around.read(figure, before)
        yield before


@dataclass(frozen=True, slots=True)
class _Around:
    """A figure's place within its sentence."""

    sentence: str
    start: int
    end: int

    def read(self, figure: str, former: Quantity | None) -> Quantity:
        value, unit = amount(figure)
        whose = "local" if unit == "rank" else self._whose()
        measure = self._measure(figure, unit)
        if former and whose != "local" and (not measure or unit == former.unit):
            # A figure that is compared with another measures the same.
            measure = former.measure or measure
        read = Quantity(
            figure, value, unit, measure, whose, self._period(), self._direction(figure, whose)
        )
        return replace(read, clear=bool(read.value is not None and read.measure and read.whose))

    def _clause(self) -> tuple[int, int]:
        begin, end = 0, len(self.sentence)
        for match in CLAUSE.finditer(self.sentence):
            if match.end() <= self.start:
                begin = match.start()
            elif match.start() >= self.end:
                end = match.start()
                break
        return begin, end

    def _whose(self) -> str:
        begin, end = self._clause()
        clause = self.sentence[begin:end]
        return next((slug for slug, words in WHOSE.items() if words.search(clause)), "local")

    def _measure(self, figure: str, unit: str) -> str:
        period = PERIOD.search(self.sentence, self.end)
        after = self.sentence[self.end : period.start() if period else None]
        after = PHRASE_END.split(after, maxsplit=1)[0]
        if counted := _counted(figure):
            return _short(counted + after)
        if subject := self._subject():
            return subject
        what = OF_WHAT.match(after)
        return _short(after[what.end() :]) if what else self._object()

    def _subject(self) -> str:
        """The noun phrase before the verb that leads to the figure."""
        before = self.sentence[: self.start]
        verb = SUBJECT.search(before)
        if verb is None:
            return ""
        return _short(SUBJECT_START.split(before[: verb.start()])[-1])

    def _object(self) -> str:
        """The words before the figure, back to the beginning of its clause."""
        begin, _ = self._clause()
        return _short(LEADS_TO_FIGURE.sub("", self.sentence[begin : self.start]))

    def _period(self) -> str:
        found = [(m.start(), m[0]) for m in PERIOD.finditer(self.sentence)]
        near = min(found, key=lambda one: abs(one[0] - self.start), default=None)
        return near[1].strip() if near else ""

    def _direction(self, figure: str, whose: str) -> str:
        if pair := shapes.PAIR.fullmatch(figure):
            first, later = ANY_NUMBER.findall(figure)[0], pair["later"]
            one, other = value_of(first), value_of(NOT_A_NUMBER.sub("", later))
            if one is not None and other is not None:
                return "up" if other > one else "down" if other < one else "same"
        if whose != "local":
            return ""
        begin, _ = self._clause()
        before = self.sentence[max(begin, self.start - 60) : self.start].lower()
        return next((slug for slug, _ in DIRECTION.find(before)), "")


def amount(figure: str) -> tuple[Decimal | None, str]:
    """The value and the unit of a figure's words. A range has no single value, so it is None. A
    ratio or a fraction becomes a percentage."""
    for shape, read in _READERS:
        if match := shape.fullmatch(figure):
            value, unit = read(match)
            return value, unit.strip()
    fraction = FRACTIONS.get(figure.lower())
    return (fraction, "%") if fraction is not None else (None, "")


def _plain(match: re.Match[str]) -> tuple[Decimal | None, str]:
    unit = match.groupdict().get("unit") or ""
    return value_of(match["value"]), _unit(unit)


def _unit(words: str) -> str:
    words = " ".join(words.lower().split())
    if words in ("%", "per cent", "percent"):
        return "%"
    if UNIT_OF_TIME.fullmatch(words):
        return words if words.endswith("s") else f"{words}s"
    if words.startswith(("per ", "percentage")):
        return words
    return words.split(" ")[-1] if words else ""


def _pair(match: re.Match[str]) -> tuple[Decimal | None, str]:
    later = match["later"]
    if later.startswith("£"):
        return amount(later)
    return value_of(later), _unit(match["unit"] or "")


def _ratio(match: re.Match[str]) -> tuple[Decimal | None, str]:
    part, whole = match["part"] or match["one"], match["whole"] or match["every"]
    return share_of(value_of(part), value_of(whole)), "%"


def _money(match: re.Match[str]) -> tuple[Decimal | None, str]:
    value = value_of(match["value"])
    scale = SCALES.get((match["scale"] or "").lower(), 1)
    return (None if value is None else _whole(value * scale)), "£"


def _whole(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value


def _rank(match: re.Match[str]) -> tuple[Decimal | None, str]:
    return value_of(match["value"] or match["ranked"]), "rank"


_READERS = (
    (shapes.PAIR, _pair),
    (shapes.RANGE, lambda match: (None, _unit(match["unit"]))),
    (shapes.RATE, _plain),
    (shapes.RATIO, _ratio),
    (shapes.MONEY, _money),
    (shapes.PERCENT, _plain),
    (shapes.RANK, _rank),
    (shapes.SPAN, _plain),
    (shapes.COUNT, _plain),
    (shapes.BARE, _plain),
)


def _counted(figure: str) -> str:
    """The noun that a figure counts, if its words have one."""
    match = shapes.COUNT.fullmatch(figure)
    if match and not shapes.SPAN.fullmatch(figure):
        return match["unit"].strip()
    pair = shapes.PAIR.fullmatch(figure)
    unit = (pair["unit"] or "").strip() if pair else ""
    return unit if unit and unit[0].isalpha() and not unit.startswith("per ") else ""


def _short(words: str) -> str:
    """A phrase without the small words at its start, cut if it is too long."""
    words = LITTLE.sub("", " ".join(words.split()).strip(" ,.;:“”\"'"))
    return "" if PRONOUN.fullmatch(words) else " ".join(words.split()[:MOST_WORDS])
