"""Reports in every format, damaged: most of them small, some of them whole."""

import io
import random
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.fuzz.running import Answer
from reports.ingest import parse_document, try_documents
from reports.ingest.outcomes import Outcome, Status
from tests.fixtures.whole_report import Page, sources
from tests.fixtures.write_html import write_html
from tests.fixtures.write_pdf import write_pdf
from tests.fixtures.write_word import write_word
from tests.parsing.formats.samples import pdf_of_paragraph

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
MOST_BYTES = 200_000
SMALL = 3_000  # bytes of a text
# One in so many is stored too, in a transaction that is rolled back.
STORED = 20
FAULTS = {"program-fault", "not-stored", "too-slow"}
PIECES = (
    " " * 200, "\t" * 200, "\n" * 50, "score" + " " * 150 + "x", "Score: 3", "December 0000",
    "December ٢٠٢٥", "Published: 31 February 2025", "\x00", "\ufffd", "\u202e", "(" * 300,
    "1,000,000% ", "- " * 200, "x" * 3_000, "1 in " * 100, "London Borough of Barnet",
    "Key findings for this quality statement", "Learning, improvement and innovation",
    "<div " + "a=b " * 300 + ">", "<!--" * 200, "&#0;" * 50, "| " * 300, "# " * 100, "** " * 200,
    "Score: 1\n\nScore: 4", "\r", "\u2028", "\x0c", "Page 1 of 2\n", "[^1]: ", "<td>" * 300,
)  # fmt: skip
XML = (
    "<w:p>", "</w:p>", "<w:tbl><w:tr><w:tc>" * 50, "<w:r><w:t>x</w:t></w:r>" * 200, "&#0;", "&x;",
    '<w:gridSpan w:val="999999"/>', '<w:pStyle w:val="Heading1"/>', "<w:br/>" * 300, "w:val=",
    '<w:ilvl w:val="-1"/>', "<w:ins>", "<w:del>", "<w:txbxContent>",
)  # fmt: skip
PDF = (
    "endstream", "endobj", "BT", "ET", " Tj ", "[(a) -9999 (b)] TJ ", "1 0 0 1 9e9 -9e9 cm ",
    "[" * 200, "0 0 0 0 0 0 Tm ", "/F1 1e38 Tf ", "/F9 0 Tf ", "<FEFF0000> Tj ", "<<" * 200,
    "q " * 300, "/Kids [3 0 R 3 0 R 3 0 R]", "/Count 99999999", "/MediaBox [0 0 0 0]",
    "/Length -1", "/Rotate 45",
)  # fmt: skip
WORD_PARTS = ("word/document.xml", "word/styles.xml", "word/_rels/document.xml.rels")


@dataclass(frozen=True, slots=True)
class Sample:
    suffix: str
    data: bytes
    weight: int


def reader() -> Callable[[random.Random], Answer]:
    """Reads, parses and, now and then, stores a document."""
    found = list(_samples())
    weights = [sample.weight for sample in found]

    def read(chance: random.Random) -> Answer:
        [sample] = chance.choices(found, weights)
        data = damaged(chance, sample)[:MOST_BYTES]
        outcome = parse_document(Path(f"fuzz{sample.suffix}"), data)
        if chance.randrange(STORED) == 0:
            [outcome] = try_documents([outcome])
        sent = f"{sample.suffix} of {len(data)} bytes"
        if not isinstance(outcome, Outcome):
            return Answer(f"{sample.suffix} read", is_fault=False, sent=sent)
        codes = {problem.code for problem in outcome.problems}
        kind = "refused" if outcome.status is Status.FAILED else "stored"
        return Answer(f"{sample.suffix} {kind}", bool(codes & FAULTS), f"{sent}: {sorted(codes)}")

    return read


def damaged(chance: random.Random, sample: Sample) -> bytes:
    """The sample with one to four places of it changed."""
    if sample.suffix == ".docx" and chance.random() < 0.9:
        return _damaged_word(chance, sample.data)
    pieces = {".pdf": PDF}.get(sample.suffix, PIECES)
    return _changed(chance, sample.data, pieces)


def _damaged_word(chance: random.Random, data: bytes) -> bytes:
    """One part of it changed, in a package that is whole: damaged zips do not get that far."""
    part = chance.choice(WORD_PARTS)
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, _changed(chance, content, XML) if name == part else content)
    return buffer.getvalue()


def _changed(chance: random.Random, data: bytes, pieces: tuple[str, ...]) -> bytes:
    for _ in range(chance.randrange(1, 5)):
        start = chance.randrange(len(data) or 1)
        end = min(len(data), start + chance.choice((0, 1, 10, 200, 2_000)))
        piece = chance.choice(
            (
                chance.choice(pieces).encode(),
                chance.choice(pieces).encode() * 5,
                data[start:end] * chance.choice((2, 5, 20)),
                chance.randbytes(20),
                b"",
            )
        )
        data = data[:start] + piece + data[end:]
    return data


def _samples() -> Iterator[Sample]:
    texts = [path.read_bytes() for path in sorted(SEEDS.glob("*.txt"))]
    for text in texts:
        yield Sample(".txt", text, 1)
        for part in _parts(text):
            yield Sample(".txt", part, 8)
            yield Sample(".md", part, 3)
            paragraphs = part.replace(b"\n\n", b"</p><p>")
            yield Sample(".html", b"<html><body><main>" + paragraphs + b"</main></body></html>", 6)
            yield Sample(
                ".pdf", pdf_of_paragraph(part.decode(errors="replace").splitlines()[:50]), 6
            )
    page = _small(sources()[0].statement_pages[-1])
    yield Sample(".html", write_html(page), 4)
    yield Sample(".docx", write_word(page, styled=True), 30)
    yield Sample(".docx", write_word(page, styled=False), 30)
    yield Sample(".pdf", write_pdf(page, columns=2), 15)


def _parts(text: bytes) -> Iterator[bytes]:
    """The beginning, with the headings and the score, and a piece of the middle."""
    yield text[:SMALL]
    yield text[len(text) // 2 :][:SMALL]


def _small(page: Page) -> Page:
    return Page(page.name, page.address, page.blocks[:12])
