"""Made-up report texts of one quality statement each, as CQC lays them out, for the real ingest."""

from pathlib import Path
from random import Random

from benchmarks.made_rows import HEADINGS
from benchmarks.words import paragraph
from reports.facts import framework, gazetteer
from reports.management.invented.invented_report import InventedParagraph, InventedSection, printed

PARAGRAPHS = 16


def write_reports(folder: Path, count: int, seed: int) -> int:
    """Returns how many findings they hold."""
    folder.mkdir(parents=True, exist_ok=True)
    authorities = gazetteer.entries()
    for number in range(count):
        turn, place = divmod(number, len(authorities))
        statement = framework.STATEMENTS[turn % len(framework.STATEMENTS)]
        text = report(Random(f"{seed} {number}"), authorities[place].official_name, statement)
        (folder / f"{seed}-{number}.txt").write_text(text, encoding="utf-8")
    return count * PARAGRAPHS


def report(random: Random, authority: str, statement: framework.Statement) -> str:
    headings = HEADINGS[statement.slug]
    paragraphs = [
        InventedParagraph(headings[place * len(headings) // PARAGRAPHS], paragraph(random))
        for place in range(PARAGRAPHS)
    ]
    section = InventedSection(statement, random.randint(1, 4), paragraphs)
    return "\n\n".join([f"{authority}: local authority assessment", *printed(section)])
