"""The rows of the made-up corpus, made a part at a time, so that several processes can share the
work. Every process makes the same rows for a part."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from itertools import accumulate
from random import Random
from typing import Any

from django.db import connections, models
from django.db.models import Field, Model

from benchmarks.words import figure_sentence, paragraph
from reports.facts import framework, inferred
from reports.facts.identifiers import public_id
from reports.facts.taxonomy import TOPICS
from reports.inference.figures import figures_in, quantities
from reports.management.invented.filling import texts
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
TEXT = "corpus.txt"  # which every document names as its text
QUOTING = 1 / 6  # of the findings end with a figure
MOST_FINDINGS = 24  # of a section
MOST_FIGURES = 4  # of a finding
TABLES: tuple[type[Model], ...] = (
    Assessment,
    SourceDocument,
    Section,
    Paragraph,
    Finding,
    Figure,
)

HEADINGS: Mapping[str, Sequence[str]] = texts()["headings"]


@dataclass(frozen=True, slots=True)
class Part:
    """Some assessments, whose sections and findings are to be made."""

    number: int
    assessments: Sequence[Assessment]


def assessments(random: Random, authorities: Sequence[Authority]) -> Iterator[Assessment]:
    """Without end, one authority after another. If an authority has an assessment of this date and
    kind already, another date is drawn, because the database takes only one of them."""
    taken: set[tuple[int, str, str]] = set()
    number = 0
    while True:
        authority = authorities[number % len(authorities)]
        published = _date(random)
        kind = Kind.PILOT if random.random() < 0.05 else Kind.FORMAL
        if (key := (authority.pk, published, kind)) not in taken:
            taken.add(key)
            number += 1
            yield Assessment(
                pk=number,
                public_id=public_id("assessment", "", str(number)),
                authority=authority,
                published=published,
                kind=kind,
            )


def rows_of(part: Part) -> dict[str, list[tuple[Any, ...]]]:
    """As the database takes them, by the model's name, in the order of `TABLES`."""
    random = Random(f"{SEED} {part.number}")
    made: dict[str, list[Model]] = {model.__name__: [] for model in TABLES}
    for assessment in part.assessments:
        document = _document(assessment)
        made["Assessment"].append(assessment)
        made["SourceDocument"].append(document)
        for position, statement in enumerate(framework.STATEMENTS):
            section = _section(random, position, statement.slug, document, assessment)
            made["Section"].append(section)
            for row in _findings(random, section, document):
                made[type(row).__name__].append(row)
    return {name: [_prepared(row) for row in rows] for name, rows in made.items()}


@cache
def columns(model: type[Model]) -> "list[Field[Any, Any]]":
    """Those that are written; the database fills the others in."""
    return [field for field in model._meta.concrete_fields if not field.has_db_default()]


def _prepared(row: Model) -> tuple[Any, ...]:
    connection, values = connections["default"], row.__dict__
    return tuple(
        values[field.attname]
        if type(field) in _AS_THEY_ARE
        else field.get_db_prep_save(field.pre_save(row, add=True), connection)
        for field in columns(type(row))
    )


# Fields of these types go to the database as they are. To ask each takes longer than all the rest.
_AS_THEY_ARE = {
    models.AutoField,
    models.BigAutoField,
    models.BooleanField,
    models.CharField,
    models.ForeignKey,
    models.PositiveIntegerField,
    models.PositiveSmallIntegerField,
    models.TextField,
}


def _date(random: Random) -> str:
    """Most are known to the day, some to the month, some not at all."""
    day = f"{random.choice(YEARS)}-{random.randint(1, 12):02}-{random.randint(1, 28):02}"
    return day[: random.choices((10, 7, 0), (90, 8, 2))[0]]


def _document(assessment: Assessment) -> SourceDocument:
    token = public_id("document", "", str(assessment.pk))
    return SourceDocument(
        pk=assessment.pk,
        sha256=f"{token:0>64}",
        text_sha256=f"{token:0>64}",
        path=f"made-up-{assessment.pk}.txt",
        size=9,
        original=TEXT,
        text=TEXT,
        spans=[[0, 9, "finding"]],
        authority_id=assessment.authority_id,
        published=assessment.published,
        kind=assessment.kind,
    )


def _section(
    random: Random,
    position: int,
    statement: str,
    document: SourceDocument,
    assessment: Assessment,
) -> Section:
    score = random.choices((1, 2, 3, 4, None), (6, 34, 48, 10, 2))[0]
    return Section(
        pk=(assessment.pk - 1) * len(framework.STATEMENTS) + position + 1,
        public_id=public_id("section", statement, str(assessment.pk)),
        assessment_id=assessment.pk,
        document_id=document.pk,
        position=position,
        statement=statement,
        parsed_statement=statement,
        score=score,
        parsed_score=score,
        printed_score=score,
    )


def _findings(
    random: Random, section: Section, document: SourceDocument
) -> Iterator[Paragraph | Finding | Figure]:
    """Each with its paragraph before it and its figures after it."""
    headings = HEADINGS[section.statement]
    count = random.randint(8, MOST_FINDINGS)
    for position in range(count):
        key = (section.pk - 1) * MOST_FINDINGS + position + 1
        quoted = figure_sentence(random) if random.random() < QUOTING else ""
        text = f"{paragraph(random)} {quoted}".rstrip()
        shared = {
            "pk": key,
            "section_id": section.pk,
            "position": position,
            "heading": headings[position * len(headings) // count],
            "text": text,
            "topics": _some(random, _TOPICS, (15, 40, 30, 12, 3)),
            "groups": _some(random, _GROUPS, (75, 20, 5)),
            "evidence": _some(random, _EVIDENCE, (30, 50, 20)),
            "tone": random.choice(_TONES),
            "figures": list(figures_in(quoted)),
        }
        finding_id = public_id("finding", section.statement, text)
        yield Paragraph(document_id=document.pk, spans=[[0, 9]], **shared)
        yield Finding(public_id=finding_id, paragraph_id=key, **shared)
        for place, quantity in enumerate(quantities(quoted, figures_in(quoted))):
            figure = key * MOST_FIGURES + place
            yield Figure(pk=figure, finding_id=key, position=place, **asdict(quantity))


_TOPICS = tuple(topic.slug for topic in TOPICS)
_GROUPS = tuple(inferred.GROUPS.choices)
_TONES = ("", *inferred.TONE.choices)
_EVIDENCE = tuple(category.slug for category in framework.EVIDENCE_CATEGORIES)


def _some(random: Random, slugs: tuple[str, ...], how_many: tuple[int, ...]) -> list[str]:
    """None, one, two ... with the weights of `how_many`; the first slugs come oftenest."""
    [count] = random.choices(range(len(how_many)), how_many)
    chosen = random.choices(slugs, cum_weights=_falling(len(slugs)), k=count)
    return [slug for slug in slugs if slug in chosen]


@cache
def _falling(count: int) -> tuple[float, ...]:
    """Cumulative."""
    return tuple(accumulate(1 / place for place in range(1, count + 1)))
