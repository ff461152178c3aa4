"""120 whole reports with planted effects, the same for the same seed.

111 authorities have one report; some of them an earlier one, and one a second version.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from reports.facts import framework, gazetteer
from reports.facts.gazetteer import GazetteerEntry
from reports.management.invented import effects
from reports.management.invented.filling import filled, finding, reworded, texts
from reports.management.invented.invented_report import (
    InventedParagraph,
    InventedReport,
    InventedSection,
)

SEED = 2025
REPORTS = 120
AUTHORITIES = REPORTS - effects.EARLIER - effects.VERSIONS
LEAST, MOST = 7, 11  # findings per section
STRENGTHS = {1: 0.15, 2: 0.35, 3: 0.65, 4: 0.88}  # the share of praise at each score
MARGINS = (-1.55, -0.15, 1.45)  # of an authority's quality, between the scores
COMPLAINTS = "complaints"
PLANTED = "planted.json"


@dataclass(slots=True)
class Corpus:
    """Reports in the order in which they are to be read: earlier ones and versions first.
    `chosen` names the authorities that the effects fell on, by slug."""

    reports: list[InventedReport]
    chosen: dict[str, Any]


def write(folder: Path, seed: int = SEED) -> Corpus:
    """The reports as files, and what is planted in them as `planted.json`."""
    folder.mkdir(parents=True, exist_ok=True)
    made = corpus(seed)
    for report in made.reports:
        (folder / report.file_name).write_text(report.text, encoding="utf-8")
    planted = json.dumps(effects.as_json(made.chosen), indent=1)
    (folder / PLANTED).write_text(planted + "\n", encoding="utf-8")
    return made


def corpus(seed: int = SEED) -> Corpus:
    random = Random(seed)
    entries = sorted(random.sample(gazetteer.entries(), AUTHORITIES), key=lambda one: one.slug)
    reports = [_report(Random(f"{seed} {entry.slug}"), entry) for entry in entries]
    chosen: dict[str, Any] = {
        "two_values": _plant(random, reports, effects.TWO_VALUES, _two_values),
        "two_voices": _plant(random, reports, effects.TWO_VOICES, _two_voices),
        "against_score": _plant(random, reports, effects.AGAINST_SCORE, _against_score),
    }
    earlier = [_earlier(random, report) for report in reports[: effects.EARLIER]]
    versions = [_version(random, report) for report in reports[-effects.VERSIONS :]]
    chosen |= {
        "earlier": [report.authority.slug for report in earlier],
        "versions": [report.authority.slug for report in versions],
        "kept": effects.KEPT,
        "reworded": effects.REWORDED,
    }
    return Corpus([*earlier, *reports, *versions], chosen)


def _report(random: Random, entry: GazetteerEntry) -> InventedReport:
    quality = random.gauss(0, 0.8)
    sections = []
    for statement in framework.CURRENT.statements:
        score = 1 + sum(quality + random.gauss(0, 0.7) > margin for margin in MARGINS)
        if (entry.region, statement.slug) == (effects.REGION.region, effects.REGION.statement):
            score = min(4, score + effects.REGION.points)
        sections.append(
            InventedSection(statement, score, _paragraphs(random, statement.slug, score))
        )
    report = InventedReport(
        entry, (random.choice((2024, 2025)), random.randint(1, 12), 5), sections
    )
    for measure in effects.MEASURES:
        _quote(random, report, measure)
    return report


def _paragraphs(random: Random, statement: str, score: int) -> list[InventedParagraph]:
    drawn = [_tone(random, score) for _ in range(random.randint(LEAST, MOST))]
    made = [
        InventedParagraph("", finding(random, topic, tone), topic, tone)
        for topic, tone in zip(_topics(random, statement, score, len(drawn)), drawn, strict=True)
    ]
    made += [InventedParagraph("", text) for text in _planted_phrases(random, statement, score)]
    headings = texts()["headings"][statement]
    for place, paragraph in enumerate(made):
        paragraph.heading = headings[place * len(headings) // len(made)]
    return made


def _tone(random: Random, score: int) -> str:
    return "strength" if random.random() < STRENGTHS[score] else "shortfall"


def _topics(random: Random, statement: str, score: int, count: int) -> list[str]:
    """Topics drawn at random, except planted ones, which come once or not at all."""
    planted = [effect for effect in effects.TOPICS if effect.statement == statement]
    known = [
        topic
        for topic in texts()["topics"][statement]
        if topic not in {effect.topic for effect in planted}
    ]
    drawn = random.choices(known, [1 / place for place in range(1, len(known) + 1)], k=count)
    for effect in planted:
        chance = effect.inside if score in effect.scores else effect.outside
        if random.random() < chance:
            drawn[random.randrange(count)] = effect.topic
    return drawn


def _planted_phrases(random: Random, statement: str, score: int) -> Iterator[str]:
    for phrase in effects.PHRASES:
        if phrase.statement == statement:
            chance = phrase.at_high if score >= 3 else phrase.at_low
            if random.random() < chance:
                yield phrase.sentence


def _quote(random: Random, report: InventedReport, measure: effects.PlantedMeasure) -> None:
    if random.random() < 0.2:
        return
    london = measure.london if report.authority.region == "london" else 0.0
    value = round(random.gauss(measure.middle + london, measure.spread))
    text = f"{measure.words.format(value)} {measure.england.format(round(measure.english))}"
    _add(report, measure, text)


def _add(report: InventedReport, measure: effects.PlantedMeasure, text: str) -> None:
    section = _section(report, measure.statement)
    heading = texts()["headings"][measure.statement][measure.heading]
    last = max(place for place, one in enumerate(section.paragraphs) if one.heading == heading)
    section.paragraphs.insert(last + 1, InventedParagraph(heading, text))


def _section(report: InventedReport, statement: str) -> InventedSection:
    return next(one for one in report.sections if one.statement.slug == statement)


def _plant(random: Random, reports: list[InventedReport], count: int, plant: Any) -> list[str]:
    """Put an effect into `count` reports that can take it, and return their slugs."""
    taken: list[str] = []
    for report in random.sample(reports, len(reports)):
        if len(taken) < count and plant(random, report):
            taken.append(report.authority.slug)
    return sorted(taken)


def _two_values(random: Random, report: InventedReport) -> bool:
    """One measure, once with one value and once with another, for the same year."""
    vacancy = next(one for one in effects.MEASURES if one.name == "vacancy rate")
    for value in (7, 13):
        words = vacancy.words.format(value).rstrip(".")
        _add(report, vacancy, f"{words} in 2024/25.")
    return True


def _two_voices(random: Random, report: InventedReport) -> bool:
    """Complaints praised in Learning and criticised in Governance."""
    for statement, tone in (("learning", "strength"), ("governance", "shortfall")):
        section = _section(report, statement)
        if statement == "governance" and section.score == 4:
            return False
        section.paragraphs = [one for one in section.paragraphs if one.topic != COMPLAINTS]
        heading = texts()["headings"][statement][0]
        for _ in range(2):
            text = finding(random, COMPLAINTS, tone)
            section.paragraphs.insert(0, InventedParagraph(heading, text, COMPLAINTS, tone))
    return True


def _against_score(random: Random, report: InventedReport) -> bool:
    """A statement scored 4 whose findings all criticise."""
    best = [one for one in report.sections if one.score == 4 and one.statement.slug == "equity"]
    for section in best:
        for paragraph in section.paragraphs:
            paragraph.topic = random.choice(texts()["topics"]["equity"])
            paragraph.tone = "shortfall"
            paragraph.text = finding(random, paragraph.topic, paragraph.tone)
    return bool(best)


def _earlier(random: Random, later: InventedReport) -> InventedReport:
    """A report of two years before that shares some findings with the later one: the first few word
    for word, the next few with a sentence less."""
    sections = []
    for section in later.sections:
        score = max(1, min(4, section.score + random.choice((-1, -1, 0, 1))))
        fresh = _paragraphs(random, section.statement.slug, score)
        shared = section.paragraphs[: effects.KEPT + effects.REWORDED]
        old = [InventedParagraph(one.heading, one.text) for one in shared]
        for paragraph in shared[effects.KEPT :]:
            paragraph.text = reworded(random, paragraph.text)
        sections.append(
            InventedSection(section.statement, score, [*old, *fresh[: len(fresh) // 2]])
        )
    year, month, day = later.published
    return InventedReport(later.authority, (year - 2, month, day), sections)


def _version(random: Random, report: InventedReport) -> InventedReport:
    """The same report put up again with one finding more in its last section."""
    sections = [
        InventedSection(one.statement, one.score, list(one.paragraphs)) for one in report.sections
    ]
    last = sections[-1]
    text = filled(random, "After a review, {team} told us that training was effective.")
    last.paragraphs.append(InventedParagraph(last.paragraphs[-1].heading, text))
    return InventedReport(report.authority, report.published, sections, version=2)
