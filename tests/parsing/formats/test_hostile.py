"""For any bytes, a reader gives a `Read` or says why it cannot."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports.parsing.errors import ReadError
from reports.parsing.formats import Read, open_archive, read_html, read_pdf, read_word
from reports.parsing.formats.pdf import text_of_pages
from reports.parsing.formats.pdf_page import PageContent, PdfSegment
from tests.fixtures.whole_report import sources
from tests.fixtures.write_html import write_html
from tests.fixtures.write_pdf import write_pdf
from tests.fixtures.write_word import write_word
from tests.parsing.formats.samples import zip_of


def read_archive(data: bytes) -> Read:
    return Read("".join(name for name, _ in open_archive(data)))


STATEMENT = sources()[0].statement_pages[-1]
ARCHIVE = zip_of([("a.html", write_html(STATEMENT)), ("b.txt", b"Words."), ("c/d.txt", b"More.")])
READERS: list[tuple[Callable[[bytes], Read], bytes]] = [
    (read_html, write_html(STATEMENT)),
    (read_word, write_word(STATEMENT, styled=True)),
    (read_pdf, write_pdf(STATEMENT, columns=2)),
    (read_archive, ARCHIVE),
]
each_reader = pytest.mark.parametrize(
    ("read", "valid"), READERS, ids=["html", "word", "pdf", "archive"]
)
not_slower = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def assert_reads_or_says_why(read: Callable[[bytes], Read], data: bytes) -> None:
    try:
        result = read(data)
    except ReadError:
        return
    # This raises if the text cannot be stored.
    result.text.encode()


@st.composite
def damaged(draw: st.DrawFn, valid: bytes) -> bytes:
    """A file with some parts overwritten, removed or repeated."""
    data = bytearray(valid)
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 40)))
        stretch = st.sampled_from([b"", bytes(data[start:end]) * 2])
        data[start:end] = draw(st.one_of(st.binary(max_size=40), stretch))
    return bytes(data)


def damages(valid: bytes) -> st.SearchStrategy[bytes]:
    cut = st.integers(0, len(valid)).map(lambda end: valid[:end])
    return st.one_of(damaged(valid), cut)


@each_reader
@given(data=st.data())
@not_slower
def test_any_bytes(read: Callable[[bytes], Read], valid: bytes, data: st.DataObject):
    signature = data.draw(
        st.sampled_from([b"", b"PK\x03\x04", b"%PDF-1.7\n", b"<html>", b"\xff\xfe"])
    )

    assert_reads_or_says_why(read, signature + data.draw(st.binary(max_size=2000)))


@each_reader
@given(data=st.data())
@not_slower
def test_a_damaged_file(read: Callable[[bytes], Read], valid: bytes, data: st.DataObject):
    assert_reads_or_says_why(read, data.draw(damages(valid)))


@given(st.binary(max_size=200).map(lambda data: b"%PDF-1.7\n" + data))
@settings(max_examples=5)
def test_any_bytes_in_a_process_of_their_own(data: bytes):
    assert_reads_or_says_why(read_pdf, data)


markup = st.sampled_from(
    [
        *("<main>", "</main>", "<h1>", "</h1>", "<p>", "</p>", "<br>", "<ul>", "<ol>", "<li>"),
        *("</ul>", "</ol>", "<table>", "<tr>", "<td>", "</td>", "</tr>", "</table>", "<pre>"),
        *("</pre>", "<b>", "</b>", "<div hidden>", "</div>", "<nav>", "</nav>", "<body>", "<!--"),
        *("-->", "<template>", "<svg>", "<form>", "</form>", "<select>", "&amp;", "\n", "words "),
    ]
)


@given(st.lists(markup, max_size=60))
def test_any_order_of_tags(pieces: list[str]):
    assert_reads_or_says_why(read_html, "".join(pieces).encode())


def numbers() -> st.SearchStrategy[float]:
    return st.floats(-1e6, 1e6, width=32)


@st.composite
def segments(draw: st.DrawFn) -> PdfSegment:
    text = draw(st.text(min_size=1, max_size=20).filter(str.strip))
    left, width, first = draw(numbers()), draw(st.floats(0, 600)), draw(st.floats(0, 600))
    places = (left, left + width, left + min(first, width), draw(numbers()))
    height = draw(st.floats(0.1, 100))
    return PdfSegment(text, *places, height, draw(st.booleans()), draw(st.integers(0, 3)))


dots = st.lists(st.lists(numbers(), min_size=4, max_size=4))
page = st.builds(PageContent, st.lists(segments()), dots, st.booleans())


@given(st.lists(page, max_size=6))
def test_text_at_any_place_of_a_pdf(pages: list[PageContent]):
    assert_reads_or_says_why(lambda _: text_of_pages(pages), b"")
