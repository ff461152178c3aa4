#!/usr/bin/env python3
"""Fuzz one reader of document formats with Atheris, guided by the coverage of its Python code.

    pip install atheris
    PYTHONPATH=. python benchmarks/fuzz_readers.py html --seconds 120

Starts from the invented reports of the tests. A crash, an exception other than `ReadError` or an
input that takes longer than ten seconds ends the run, and the input is written to the current
folder. The code in C of lxml and PDFium is run, but does not guide.

Observed in 2026-11 with Atheris 3.0, Python 3.11, lxml 6.1, pypdfium2 5.15, python-docx 1.2, 120 s
each on one of two shared cores:

    reader       inputs  MB at most   found
    html        134,521          81   nothing
    pdf          10,459          82   nothing
    word         50,768         217   nothing
    word-part    25,779         235   nothing
    archive   5,539,666          83   an entry without a name: IndexError, mended
"""

import argparse
import io
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["reports.parsing.formats"]):
    from reports.parsing.errors import ReadError
    from reports.parsing.formats import open_archive, read_html, read_pdf, read_word

from tests.fixtures.whole_report import sources
from tests.fixtures.write_html import write_html
from tests.fixtures.write_pdf import write_pdf
from tests.fixtures.write_word import write_word
from tests.parsing.formats.samples import pdf_of_lines, zip_of

MAX_BYTES = 64 * 1024
SECONDS_AN_INPUT = 10
PAGE = sources()[0].statement_pages[-1]
WORD = write_word(PAGE, styled=True)
DOCUMENT_PART = "word/document.xml"


def read_archive(data: bytes) -> object:
    return list(open_archive(data))


def read_word_part(data: bytes) -> object:
    """Only the document part changes. The package stays whole, because a damaged zip is refused
    before its parts are read."""
    package = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(WORD)) as whole, zipfile.ZipFile(package, "w") as changed:
        for name in whole.namelist():
            changed.writestr(name, data if name == DOCUMENT_PART else whole.read(name))
    return read_word(package.getvalue())


READERS: dict[str, Callable[[bytes], object]] = {
    "html": read_html,
    "pdf": read_pdf,
    "word": read_word,
    "word-part": read_word_part,
    "archive": read_archive,
}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("reader", choices=sorted(READERS))
    options.add_argument("--seconds", type=int, default=120)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as corpus:
        write_seeds(Path(corpus), chosen.reader)
        flags = (
            f"-max_total_time={chosen.seconds}",
            f"-max_len={MAX_BYTES}",
            f"-timeout={SECONDS_AN_INPUT}",
            "-print_final_stats=1",
        )
        atheris.Setup([sys.argv[0], corpus, *flags], target(READERS[chosen.reader]))
        atheris.Fuzz()


def target(read: Callable[[bytes], object]) -> Callable[[bytes], None]:
    def run(data: bytes) -> None:
        try:
            read(data)
        except ReadError:
            return

    return run


def write_seeds(folder: Path, reader: str) -> None:
    html = write_html(PAGE)
    lines = [(70.0, 780.0 - 14 * number, block.text) for number, block in enumerate(PAGE.blocks)]
    seeds = {
        "html": [html],
        "pdf": [pdf_of_lines(lines, lines), write_pdf(PAGE, columns=2)],
        "word": [WORD, write_word(PAGE, styled=False)],
        "word-part": [zipfile.ZipFile(io.BytesIO(WORD)).read(DOCUMENT_PART)],
        "archive": [zip_of([("a.html", html), ("b/c.txt", b"Words.")])],
    }
    for number, seed in enumerate(seeds[reader]):
        (folder / str(number)).write_bytes(seed)


if __name__ == "__main__":
    main()
