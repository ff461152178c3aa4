import csv
import io
import json
import tracemalloc
import zipfile

import pytest
from lxml import etree

from reports.exports import FINDINGS, Export, csv_chunks, json_chunks, write_xlsx
from reports.models import ListedFinding
from tests.exports.making import make_export, make_taken

CELLS = {
    "Finding": "abc",
    "Authority": "York",
    "Authority (slug)": "york",
    "Region": "Yorkshire and The Humber",
    "Region (slug)": "yorkshire-and-the-humber",
    "Theme": "Leadership",
    "Theme (slug)": "leadership",
    "Quality statement": "Learning, improvement and innovation",
    "Quality statement (slug)": "learning",
    "Score": "3",
    "Score description": "Evidence shows a good standard",
    "Heading": "Learning from feedback",
    "Number in the section": "1",
    "Text": "Staff “learned” 12%, they said.",
    "Assessment date": "2025-12",
    "Assessment kind": "Formal",
    "Assessment kind (slug)": "formal",
    "Assessment status": "Published",
    "Assessment (id)": "ass",
    "Section (id)": "sec",
    "Topics (inferred)": "Co-production; Peer review",
    "Topics (inferred, slugs)": "co-production; peer-review",
    "Groups of people (inferred)": "Dementia",
    "Groups of people (inferred, slugs)": "dementia",
    "Evidence categories (inferred)": "Staff and leaders",
    "Evidence categories (inferred, slugs)": "staff-and-leaders",
    "Figures (inferred)": "12%",
    "Tone (inferred)": "Strength",
    "Tone (inferred, slug)": "strength",
    "Figures read (inferred)": "12%: Staff “learned",
    "Corrected by an editor": "",
    "Text as printed": "",
    "Heading as printed": "",
    "Score as printed": "",
    "Quality statement as printed (slug)": "",
    "Authority as printed (slug)": "",
    "Added here": "2026-01-02",
    "Source file (SHA-256)": "f" * 64,
    "Link": "https://example.org/findings/abc/",
    "Source": "© Care Quality Commission",
}
ABOUT = [
    ("Content", "Findings"),
    ("Query", "Words: =co-production; Score: 3 – Evidence shows a good standard"),
    ("Rows", "the first 1 of 2"),
    ("Order", "Newest first"),
    ("Made", "5 March 2026, 09:30 UTC"),
    ("Address", "https://example.org/findings.csv?q=%3Dco-production&score=3"),
]


def test_csv_has_every_column_after_what_the_file_is() -> None:
    about, titles, row = _csv(make_export(make_taken()))

    assert about[: len(ABOUT)] == [f"# {label}: {text}" for label, text in ABOUT]
    assert about[-2].startswith("# Licence: Report text, scores and ratings: © Care Quality")
    assert about[-1] == "# Note: “x” was ignored."
    assert dict(zip(titles, row, strict=True)) == CELLS


def test_csv_without_preamble_begins_with_the_titles() -> None:
    text = "".join(csv_chunks(make_export(), preamble=False))

    assert text == f"\ufeff{_line(FINDINGS.titles)}"


def test_json_has_the_same_columns_in_the_same_order_and_keeps_lists() -> None:
    body = json.loads("".join(json_chunks(make_export(make_taken(), make_taken(score=None)))))

    assert [column["title"] for column in body["columns"]] == list(CELLS)
    assert body["about"]["query"][0] == {"name": "Words", "value": "=co-production"}
    assert (body["about"]["total"], body["about"]["count"]) == (2, 1)
    first, second = body["rows"]
    assert list(first) == list(FINDINGS.names)
    assert first["topics"] == ["co-production", "peer-review"]
    assert (first["score"], second["score"]) == (3, None)


def test_json_of_nothing_is_whole() -> None:
    assert json.loads("".join(json_chunks(make_export())))["rows"] == []


def test_a_workbook_says_on_its_first_sheet_what_it_is() -> None:
    about, rows = _sheets(make_export(make_taken()))

    assert [(label, text) for label, text, *_ in about[: len(ABOUT)]] == ABOUT
    assert rows == [list(CELLS), [text for text in CELLS.values() if text]]


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "＝1"])
def test_no_format_holds_a_formula(start: str) -> None:
    export = make_export(make_taken(text=start))

    *_, row = _csv(export)
    assert f"'{start}" in row
    file = io.BytesIO()
    write_xlsx(export, file)
    with zipfile.ZipFile(file) as workbook:
        assert b"<f>" not in workbook.read("xl/worksheets/sheet2.xml")


def test_a_workbook_says_where_it_cuts_a_text() -> None:
    _, rows = _sheets(make_export(make_taken(text="x" * 40_000)))

    [cut] = [cell for cell in rows[1] if cell.startswith("xxx")]
    assert len(cut) == 32_767
    assert cut.endswith("(cut: Excel holds 32,767 characters a cell)")


def test_shows_what_cqc_printed_where_an_editor_corrected_it() -> None:
    finding = make_taken(text="Staff learned.", heading="New", score=4, authority=None, name=None)

    *_, titles, row = _csv(make_export(finding))

    cells = dict(zip(titles, row, strict=True))
    assert cells["Corrected by an editor"] == "text; heading; score; authority"
    assert cells["Text as printed"] == "Staff “learned” 12%, they said."
    assert cells["Heading as printed"] == "Learning from feedback"
    assert cells["Score as printed"] == "3"
    assert cells["Authority as printed (slug)"] == "york"
    assert cells["Quality statement as printed (slug)"] == ""
    assert cells["Authority"] == "Authority not identified"


@pytest.mark.parametrize("chunks", [csv_chunks, json_chunks])
def test_memory_does_not_grow_with_the_rows(chunks) -> None:
    finding = make_taken()

    def peak(rows: int) -> int:
        export = make_export()
        many = Export(FINDINGS, (finding for _ in range(rows)), export.about, str)
        tracemalloc.start()
        for _ in chunks(many):
            pass
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(1)  # what is made once and kept
    # 4,500 more rows hold two megabytes; what the collector has not yet freed varies by 0.1.
    assert peak(5_000) < peak(500) + 300_000


def _csv(export: Export[ListedFinding]) -> tuple[list[str], list[str], list[str]]:
    """The lines before the titles, the titles, the last row."""
    text = "".join(csv_chunks(export)).removeprefix("\ufeff")
    rows = list(csv.reader(io.StringIO(text)))
    about = [row[0] for row in rows if row[0].startswith("# ")]
    return about, rows[len(about)], rows[-1]


def _line(cells: tuple[str, ...]) -> str:
    written = io.StringIO()
    csv.writer(written).writerow(cells)
    return written.getvalue()


def _sheets(export: Export[ListedFinding]) -> list[list[list[str]]]:
    """The texts of each sheet, row by row."""
    file = io.BytesIO()
    write_xlsx(export, file)
    with zipfile.ZipFile(file) as workbook:
        return [_texts(workbook.read(f"xl/worksheets/sheet{number}.xml")) for number in (1, 2)]


def _texts(sheet: bytes) -> list[list[str]]:
    rows = etree.fromstring(sheet).iter("{*}row")
    return [
        ["".join(cell.itertext()) for cell in row.iter("{*}c") if "".join(cell.itertext())]
        for row in rows
        if len(row)
    ]
