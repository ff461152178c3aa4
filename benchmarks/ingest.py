"""How fast reports go in, and whether memory stays steady.

    python -m benchmarks.ingest [REPORTS]

Writes whole reports (nine statements each) of different authorities from the tests' fixtures into a
folder, a third each as web page, PDF and Word document, every paragraph made the authority's own.
Then times reading and parsing them alone, and the whole ingest (with rows, files and index) into a
separate database. Reading and parsing is the floor: the ratio says what storing costs. Whether
memory stays steady is seen by running it for 20 reports and for 150.
"""

import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import django
from django.core.management import call_command

from reports.facts.gazetteer import GazetteerEntry, entries
from reports.parsing import parse_report, read_document
from tests.fixtures.whole_report import Block, Kind, Page, sources
from tests.fixtures.write_html import write_html
from tests.fixtures.write_pdf import write_pdf
from tests.fixtures.write_word import write_word


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    with tempfile.TemporaryDirectory() as folder:
        reports = Path(folder) / "reports"
        reports.mkdir()
        for name, content in _reports(count):
            (reports / name).write_bytes(content)
        parsing, findings = _time_parsing(reports)
        ingesting = _time_ingest(Path(folder), reports)
    print(f"{count} reports, {findings} findings")
    for what, seconds in (("read and parse", parsing), ("ingest", ingesting)):
        print(f"{what:<16}{count / seconds:8.1f} documents/s {findings / seconds:8.0f} findings/s")
    print(f"ratio           {ingesting / parsing:8.1f}")


def _reports(count: int) -> Iterator[tuple[str, bytes]]:
    [whole] = [source.whole for source in sources() if source.whole.name == "barnet-0125"]
    for number, entry in enumerate(entries()[:count]):
        page = _about(whole, entry)
        match number % 3:
            case 0:
                yield f"{number}.html", write_html(page)
            case 1:
                yield f"{number}.pdf", write_pdf(page, columns=1)
            case _:
                yield f"{number}.docx", write_word(page, styled=True)


def _about(page: Page, entry: GazetteerEntry) -> Page:
    """The same report about another authority, with every paragraph changed."""
    slug = f"{entry.slug.replace('-', '')}-0125"
    return replace(
        page,
        address=page.address.replace(page.name, slug),
        blocks=tuple(_block_about(block, entry.official_name) for block in page.blocks),
    )


def _block_about(block: Block, name: str) -> Block:
    text = block.text.replace("London Borough of Barnet", name)
    own = f" This was so across {name} in our assessment." if block.kind is Kind.PARAGRAPH else ""
    return replace(block, text=text + own)


def _time_parsing(folder: Path) -> tuple[float, int]:
    findings = 0
    started = time.perf_counter()
    for path in sorted(folder.iterdir()):
        read = read_document(path.read_bytes(), path.name)
        record = parse_report(read.text, path.name)
        findings += sum(len(section.paragraphs) for section in record.sections)
    return time.perf_counter() - started, findings


def _time_ingest(folder: Path, reports: Path) -> float:
    os.environ |= {"VAR_DIR": str(folder / "var"), "DATABASE_URL": "", "SEARCH_URL": ""}
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cqc_site.settings")
    django.setup()
    call_command("migrate", verbosity=0)
    started = time.perf_counter()
    call_command("ingest", str(reports), verbosity=0)
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory     {peak:8.0f} MB")
    return seconds


if __name__ == "__main__":
    main()
