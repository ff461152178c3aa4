"""Reports in every format, damaged: most of them small, some of them whole."""

import io
import random
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

from benchmarks.environment import ROOT
from benchmarks.fuzz.running import Answer
from reports.ingest import parse_document, try_documents
from reports.ingest.results import IngestResult, IngestStatus
from tests.fixtures.whole_report import Page, sources
from tests.fixtures.write_html import write_html
from tests.fixtures.write_pdf import write_pdf
from tests.fixtures.write_word import write_word
from tests.parsing.formats.samples import pdf_of_paragraph

SEEDS = ROOT / "seeds"
MOST_BYTES = 200_000
SMALL = 1_500  # bytes of a text
# One in so many is stored too, in a transaction that is rolled back.
STORED = 20
FAULTS = {"program-fault", "not-stored"}
PIECES = (
    " " * 200, "\t" * 200, "\n" * 50, "score" + " " * 150 + "x", "Score: 3", "December 0000",
    "December ٢٠٢٥", "Published: 31 February 2025", "\x00", "\ufffd", "\u202e", "(" * 300,
    "1,000,000% ", "- " * 200, "x" * 3_000, "1 in " * 100, "London Borough of Barnet",
    "Key findings for this quality statement", "Learning, improvement and innovation",
    "<div " + "a=b " * 300 + ">", "<!--" * 200, "&#0;" * 50, "| " * 300, "# " * 100, "** " * 200,
    "Score: 1\n\nScore: 4", "\r", "\u2028", "\x0c", "Page 1 of 2\n", "[^1]: ", "<td>" * 300,
)  # fmt: skip
XML = (
    "<w:p/>", "<w:tbl><w:tr><w:tc/></w:tr></w:tbl>", "<w:r><w:t>x</w:t></w:r>" * 200,
    "<w:br/>" * 300,
    '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="999999"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>',
    '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr></w:p>', "<w:sdt><w:sdtContent/></w:sdt>",
    '<w:p><w:pPr><w:numPr><w:ilvl w:val="-1"/><w:numId w:val="9"/></w:numPr></w:pPr></w:p>',
    "<w:ins><w:r><w:t>Score: 4</w:t></w:r></w:ins>", "<w:del/>", "<w:tbl>" * 60 + "</w:tbl>" * 60,
    '<w:style w:type="paragraph" w:styleId="a"><w:basedOn w:val="a"/></w:style>', "<w:t>", "&#0;",
)  # fmt: skip
PDF = (
    "endstream", "endobj", "BT", "ET", " Tj ", "[(a) -9999 (b)] TJ ", "1 0 0 1 9e9 -9e9 cm ",
    "[" * 200, "0 0 0 0 0 0 Tm ", "/F1 1e38 Tf ", "/F9 0 Tf ", "<FEFF0000> Tj ", "<<" * 200,
    "q " * 300, "/Kids [3 0 R 3 0 R 3 0 R]", "/Count 99999999", "/MediaBox [0 0 0 0]",
    "/Length -1", "/Rotate 45",
)  # fmt: skip
ELEMENT = re.compile(r"<w:(p|r|style|pPr|tbl)\b[^>]*>.*?</w:\1>", re.DOTALL)
WORDS = re.compile(r">[^<>]+<")
XML_REFUSES = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
WORD_PARTS = ("word/document.xml", "word/document.xml", "word/styles.xml")


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
        if not isinstance(outcome, IngestResult):
            return Answer(f"{sample.suffix} read", is_fault=False, sent=sent)
        codes = {problem.code for problem in outcome.problems}
        kind = "refused" if outcome.status is IngestStatus.FAILED else "stored"
        return Answer(f"{sample.suffix} {kind}", bool(codes & FAULTS), f"{sent}: {sorted(codes)}")

    return read


def damaged(chance: random.Random, sample: Sample) -> bytes:
    """The sample with one to four places of it changed."""
    if sample.suffix == ".docx" and chance.random() < 0.9:
        return _damaged_word(chance, sample.data)
    pieces = {".pdf": PDF}.get(sample.suffix, PIECES)
    return _changed(chance, sample.data, pieces)


def _damaged_word(chance: random.Random, data: bytes) -> bytes:
    """The package with one part changed. The package itself stays whole, because a damaged zip is
    refused before its parts are read."""
    part = chance.choice(WORD_PARTS)
    buffer = io.BytesIO()
    packed = zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1)
    with zipfile.ZipFile(io.BytesIO(data)) as old, packed as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, _changed_xml(chance, content) if name == part else content)
    return buffer.getvalue()


def _changed_xml(chance: random.Random, data: bytes) -> bytes:
    """Mostly still XML: whole elements come, go and are repeated, and words change."""
    text = data.decode()
    for _ in range(chance.randrange(1, 5)):
        element = chance.choice(list(ELEMENT.finditer(text)) or [None])
        if element is None:
            break
        new = chance.choice(
            (
                chance.choice(XML),
                element[0] * chance.choice((0, 2, 50)),
                element[0] + chance.choice(XML) * 5,
                WORDS.sub(lambda found: f">{escape(_words(chance))}<", element[0]),
            )
        )
        text = text[: element.start()] + new + text[element.end() :]
    return text.encode()


def _words(chance: random.Random) -> str:
    return XML_REFUSES.sub("", chance.choice(PIECES))


def _changed(chance: random.Random, data: bytes, pieces: tuple[str, ...]) -> bytes:
    for _ in range(chance.randrange(1, 5)):
        start = chance.randrange(len(data) or 1)
        end = min(len(data), start + chance.choice((0, 1, 10, 200, 2_000)))
        piece = chance.choice(
            (
                chance.choice(pieces).encode(),
                chance.choice(pieces).encode() * 5,
                data[start:end] * chance.choice((2, 5, 20)),
                data[start : start + 500],
                chance.randbytes(3) if chance.random() < 0.1 else b"",
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
    """The beginning of the sample, and its title with a piece of its middle."""
    yield text[:SMALL]
    yield text[:400] + text[len(text) // 2 :][:SMALL]


def _small(page: Page) -> Page:
    return Page(page.name, page.address, page.blocks[:12])
