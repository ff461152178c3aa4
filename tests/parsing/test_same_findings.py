"""The same report in any format gives the same blocks and the same findings."""

import pytest

from reports.parsing import ReportRecord, parse_report
from reports.parsing.formats import Read, read_html, read_pdf, read_word
from tests.fixtures.make_reports import files
from tests.fixtures.read_blocks import blocks_of
from tests.fixtures.whole_report import Block, Source, sources

READERS = {".html": read_html, ".pdf": read_pdf, ".docx": read_word}
WHOLE = ("{}.txt", "{}.html", "{}.pdf", "{}-two-columns.pdf", "{}.docx", "{}-bold-headings.docx")

Findings = list[tuple[str, int | None, list[tuple[str, str]]]]


@pytest.fixture(scope="module", params=[source.name for source in sources()])
def source(request: pytest.FixtureRequest) -> Source:
    return next(source for source in sources() if source.name == request.param)


@pytest.fixture(scope="module")
def written(source: Source) -> dict[str, Read]:
    """What each file of a report is read as."""
    return {name: _read(name, content) for name, content in files(source)}


def _read(name: str, content: bytes) -> Read:
    suffix = name[name.rindex(".") :]
    return READERS[suffix](content) if suffix in READERS else Read(content.decode())


def _texts(blocks: tuple[Block, ...]) -> list[str]:
    return [block.text for block in blocks]


def _findings(record: ReportRecord) -> Findings:
    return [
        (
            section.statement,
            section.score,
            [(paragraph.heading, paragraph.text) for paragraph in section.paragraphs],
        )
        for section in record.sections
    ]


@pytest.mark.parametrize("name", WHOLE)
def test_every_format_of_a_whole_report_gives_its_blocks(
    source: Source, written: dict[str, Read], name: str
):
    whole = source.whole

    assert blocks_of(written[name.format(whole.name)].text) == _texts(whole.blocks)


def test_every_page_of_one_statement_gives_its_blocks_and_address(
    source: Source, written: dict[str, Read]
):
    for page in source.statement_pages:
        read = written[f"{page.name}.html"]
        assert (blocks_of(read.text), read.address) == (_texts(page.blocks), page.address)


@pytest.mark.parametrize("name", WHOLE)
def test_every_format_of_a_whole_report_gives_the_same_findings(
    source: Source, written: dict[str, Read], name: str
):
    slug = source.whole.name
    records = [parse_report(written[each.format(slug)].text) for each in (WHOLE[0], name)]

    assert len(records[1].sections) == 9
    assert records[0].identification == records[1].identification
    assert _findings(records[0]) == _findings(records[1])
