import csv
import io
from datetime import UTC, date, datetime

import pytest
from docx import Document

from reports import packs
from reports.exports import csv_chunks
from reports.models import Finding, Pack
from reports.parsing.readers import read_document
from tests.search.making import make_finding

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 5)
CHANGED = (
    "Text changed since it was added. It said: Staff & carers “learned”.. "
    "It says now: Staff forgot."
)


@pytest.fixture
def pack() -> Pack:
    pack = packs.create("Review of <carers>")
    finding = make_finding("Staff & carers “learned”.")
    packs.add(pack, [finding.public_id])
    pack.items.update(note="Ask about this\x0b <b>")
    Finding.objects.filter(pk=finding.pk).update(text="Staff forgot.")
    return pack


def site(path: str) -> str:
    return f"https://example.org{path}"


def test_word_holds_each_finding_with_note_change_and_citation(pack: Pack) -> None:
    file = io.BytesIO()
    packs.write_word(pack, packs.entries(pack), file, site, TODAY)

    texts = [paragraph.text for paragraph in Document(file).paragraphs]
    item = pack.items.get()
    assert texts[0] == "Review of <carers>"
    assert texts[3:] == [
        "1. Harrow, Learning, improvement and innovation, finding 1",
        "Staff & carers “learned”.",
        CHANGED,
        "Note: Ask about this <b>",
        packs.entries(pack)[0].citation(site, TODAY),
    ]
    assert f"https://example.org/findings/{item.finding}/" in texts[-1]
    assert "28 February 2025" in texts[-1]


def test_pdf_can_be_read_with_the_same_words(pack: Pack) -> None:
    file = io.BytesIO()
    packs.write_pdf(pack, packs.entries(pack), file, site, TODAY)

    text = " ".join(read_document(file.getvalue(), "pack.pdf").text.split())
    for words in (
        "Review of <carers>",
        "Staff & carers “learned”.",
        "Note: Ask about this <b>",
        "It says now: Staff forgot.",
    ):
        assert words in text


def test_csv_is_one_row_a_finding(pack: Pack) -> None:
    now = datetime(2026, 3, 5, tzinfo=UTC)
    export = packs.pack_csv_export(pack, packs.entries(pack), site, now)

    text = "".join(csv_chunks(export, preamble=False)).removeprefix("\ufeff")
    [row] = csv.DictReader(io.StringIO(text))
    assert (row["Place"], row["Authority"], row["Score"]) == ("1", "Harrow", "3")
    assert row["Text"] == "Staff & carers “learned”."
    assert row["Changed since"].startswith("Text changed since it was added.")
    assert row["Link"] == f"https://example.org/findings/{row['Finding']}/"


def test_an_empty_pack_makes_whole_files() -> None:
    pack = packs.create("Empty")
    word, pdf = io.BytesIO(), io.BytesIO()

    packs.write_word(pack, [], word, site, TODAY)
    packs.write_pdf(pack, [], pdf, site, TODAY)

    assert Document(word).paragraphs[0].text == "Empty"
    assert "Empty" in read_document(pdf.getvalue(), "pack.pdf").text
