"""A made-up corpus of N findings, the same each time, in the real tables and the real index."""

import json
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from itertools import islice
from pathlib import Path
from random import Random

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection, transaction

from benchmarks.words import figure_sentence, paragraph
from reports import search
from reports.facts import framework, inferred
from reports.facts.identifiers import public_id
from reports.facts.taxonomy import TOPICS
from reports.inference.figures import figures_in, quantities
from reports.models import (
    Assessment,
    Authority,
    Figure,
    Finding,
    Kind,
    Paragraph,
    Section,
    SourceDocument,
)

SEED = 2025
YEARS = range(2020, 2026)
CHUNK = 2_000  # findings written at once
QUOTING = 1 / 6  # of the findings end with a figure
TABLES = (Figure, Finding, Paragraph, Section, SourceDocument, Assessment)
TEXT = "corpus.txt"  # which every document names as its text

HEADINGS = {
    "assessing-needs": (
        "Assessment, care planning and review arrangements",
        "Timeliness of assessments, care planning and reviews",
        "Assessment and care planning for unpaid carers",
        "Help for people to meet their non-eligible care and support needs",
        "Eligibility decisions for care and support",
        "Financial assessment and charging policy for care and support",
        "Provision of independent advocacy",
    ),
    "healthier-lives": (
        "Arrangements to prevent, delay or reduce needs for care and support",
        "Provision and impact of intermediate care and reablement services",
        "Access to equipment and home adaptations",
        "Provision of accessible information and advice",
        "Direct payments",
    ),
    "equity": (
        "Understanding and reducing barriers to care and support",
        "Inclusion and accessibility arrangements",
        "Seldom heard groups",
    ),
    "care-provision": (
        "Understanding local needs for care and support",
        "Market shaping and commissioning to meet local needs",
        "Ensuring sufficient capacity in local services to meet demand",
        "Ensuring quality of local services",
        "Ensuring local services are sustainable",
        "Housing and support options",
    ),
    "partnerships": (
        "Partnership working to deliver shared local and national objectives",
        "Arrangements to support effective partnership working",
        "Impact of partnership working",
        "Working with voluntary and charity sector groups",
    ),
    "safe-systems": (
        "Safety management",
        "Safety during transitions",
        "Contingency planning",
        "Leaving hospital",
    ),
    "safeguarding": (
        "Safeguarding systems, processes and practices",
        "Responding to local safeguarding risks and issues",
        "Responding to concerns and undertaking Section 42 enquiries",
        "Making safeguarding personal",
    ),
    "governance": (
        "Governance, accountability and risk management",
        "Strategic planning",
        "Information security",
        "Stability of leadership",
    ),
    "learning": (
        "Continuous learning, improvement and professional development",
        "Learning from people's experience and feedback",
        "Research and innovation",
    ),
}


@dataclass(frozen=True, slots=True)
class Built:
    """What it took, in seconds."""

    rows: float
    index: float


def ensure(findings: int, folder: Path) -> Path:
    """The corpus in `folder`, made now unless it is there. Django must be set up to work there."""
    mark = folder / "corpus.json"
    if not mark.exists():
        for left in folder.glob("db.sqlite3*"):  # of a build that was broken off
            left.unlink()
    call_command("migrate", verbosity=0)
    if not mark.exists():
        built = build(findings)
        report = {"findings": findings, "rows_seconds": built.rows, "index_seconds": built.index}
        mark.write_text(json.dumps(report), encoding="utf-8")
    search.rebuild(only_if_missing=True)  # that of an older version of this program is not searched
    return folder


def build(findings: int) -> Built:
    """Fill an empty database, whose tables are there, and index it."""
    began = time.perf_counter()
    default_storage.save(TEXT, ContentFile(b"Made up.\n"))
    write(findings)
    written = time.perf_counter()
    search.rebuild()
    return Built(written - began, time.perf_counter() - written)


def write(findings: int) -> None:
    """The rows, without an index."""
    random = Random(SEED)
    waiting = findings
    authorities = random.sample(list(Authority.objects.all()), Authority.objects.count())
    numbers = _Numbers()
    places = _places(random, authorities, numbers)
    while waiting:
        with transaction.atomic():
            some = list(islice(places, max(1, min(waiting, CHUNK) // 16)))
            rows = list(islice(_findings(random, some, numbers), waiting))
            _save(some, rows, numbers)
        waiting -= len(rows)
    _refresh_statistics()


@dataclass(slots=True)
class _Numbers:
    """Primary keys, given here so that rows can name one another before they are written.
    Assessments up to `saved` are written; no two share authority, date and kind."""

    assessment: int = 0
    section: int = 0
    finding: int = 0
    saved: int = 0
    taken: set[tuple[int, str, str]] = field(default_factory=set)


def _places(random: Random, authorities: list[Authority], numbers: _Numbers) -> Iterator[Section]:
    """Sections without end: nine an assessment, each of one document."""
    while True:
        numbers.assessment += 1
        number = numbers.assessment
        assessment = _assessment(random, numbers, authorities[number % len(authorities)])
        document = _document(number, assessment)
        for position, statement in enumerate(framework.STATEMENTS):
            numbers.section += 1
            score = random.choices((1, 2, 3, 4, None), (6, 34, 48, 10, 2))[0]
            yield Section(
                pk=numbers.section,
                public_id=public_id("section", statement.slug, str(number)),
                assessment=assessment,
                document=document,
                position=position,
                statement=statement.slug,
                parsed_statement=statement.slug,
                score=score,
                parsed_score=score,
                printed_score=score,
            )


def _assessment(random: Random, numbers: _Numbers, authority: Authority) -> Assessment:
    """Drawn again where the authority has one of this date and kind: the database takes only one
    of them."""
    while True:
        published = _date(random)
        kind = Kind.PILOT if random.random() < 0.05 else Kind.FORMAL
        if (key := (authority.pk, published, kind)) not in numbers.taken:
            numbers.taken.add(key)
            return Assessment(
                pk=numbers.assessment,
                public_id=public_id("assessment", "", str(numbers.assessment)),
                authority=authority,
                published=published,
                kind=kind,
            )


def _date(random: Random) -> str:
    """Most are known to the day, some to the month, some not at all."""
    day = f"{random.choice(YEARS)}-{random.randint(1, 12):02}-{random.randint(1, 28):02}"
    return day[: random.choices((10, 7, 0), (90, 8, 2))[0]]


def _document(number: int, assessment: Assessment) -> SourceDocument:
    token = public_id("document", "", str(number))
    return SourceDocument(
        pk=number,
        sha256=f"{token:0>64}",
        text_sha256=f"{token:0>64}",
        path=f"made-up-{number}.txt",
        size=9,
        original=TEXT,
        text=TEXT,
        spans=[[0, 9, "finding"]],
        authority=assessment.authority,
        published=assessment.published,
        kind=assessment.kind,
    )


def _findings(
    random: Random, sections: list[Section], numbers: _Numbers
) -> Iterator[tuple[Paragraph, Finding]]:
    for section in sections:
        headings = HEADINGS[section.statement]
        count = random.randint(8, 24)
        for position in range(count):
            numbers.finding += 1
            quoted = figure_sentence(random) if random.random() < QUOTING else ""
            text = f"{paragraph(random)} {quoted}".rstrip()
            shared = {
                "pk": numbers.finding,
                "section": section,
                "position": position,
                "heading": headings[position * len(headings) // count],
                "text": text,
                "topics": _some(random, _TOPICS, (15, 40, 30, 12, 3)),
                "groups": _some(random, _GROUPS, (75, 20, 5)),
                "evidence": _some(random, _EVIDENCE, (30, 50, 20)),
                "tone": random.choice(_TONES),
                "figures": list(figures_in(quoted)),
            }
            yield (
                Paragraph(document=section.document, spans=[[0, 9]], **shared),
                Finding(
                    public_id=public_id("finding", section.statement, text),
                    paragraph_id=numbers.finding,
                    **shared,
                ),
            )


_TOPICS = tuple(topic.slug for topic in TOPICS)
_GROUPS = tuple(inferred.GROUPS.choices)
_TONES = ("", *inferred.TONE.choices)
_EVIDENCE = tuple(category.slug for category in framework.EVIDENCE_CATEGORIES)


def _some(random: Random, slugs: tuple[str, ...], how_many: tuple[int, ...]) -> list[str]:
    """None, one, two ... with the weights of `how_many`; the first slugs come oftenest."""
    [count] = random.choices(range(len(how_many)), how_many)
    chosen = random.choices(slugs, [1 / place for place in range(1, len(slugs) + 1)], k=count)
    return [slug for slug in slugs if slug in chosen]


def _save(
    sections: list[Section], rows: list[tuple[Paragraph, Finding]], numbers: _Numbers
) -> None:
    """An assessment goes on where the last rows ended: it is written once."""
    new = {s.assessment_id: s for s in sections if s.assessment_id > numbers.saved}
    numbers.saved = max([numbers.saved, *new])
    Assessment.objects.bulk_create([section.assessment for section in new.values()])
    SourceDocument.objects.bulk_create([s.document for s in new.values() if s.document])
    Section.objects.bulk_create(sections)
    Paragraph.objects.bulk_create([read for read, _ in rows])
    Finding.objects.bulk_create([finding for _, finding in rows])
    Figure.objects.bulk_create(
        Figure(finding=finding, position=position, **asdict(quantity))
        for _, finding in rows
        for position, quantity in enumerate(quantities(finding.text, finding.figures))
    )


def _refresh_statistics() -> None:
    """As a database that has been in use for a while has them."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
