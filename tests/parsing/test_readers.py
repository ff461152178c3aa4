"""File bytes to text."""

import codecs

import pytest

from reports.parsing import SUPPORTED_SUFFIXES, ReadError, read_document

TEXT = "Learning, improvement and innovation\r\n\r\nPeople’s voices – 25% café\r\n"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode("utf-8"),
        codecs.BOM_UTF8 + TEXT.encode("utf-8"),
        TEXT.encode("utf-16"),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        TEXT.encode("utf-32"),
        TEXT.encode("cp1252"),
    ],
    ids=[
        *("utf-8", "utf-8 marked", "utf-16 marked", "utf-16-le marked", "utf-16-be marked"),
        *("utf-16-le", "utf-16-be", "utf-32 marked", "windows-1252"),
    ],
)
@pytest.mark.parametrize("name", ["report.txt", "REPORT.TXT", "folder/report.txt"])
def test_text_is_the_same_in_every_encoding(data, name):
    assert read_document(data, name).text == TEXT


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "cp1252"])
def test_plain_letters_are_read_in_every_encoding(encoding):
    assert read_document("Score: 3".encode(encoding), "a.txt").text == "Score: 3"


def test_what_no_reader_sees_is_left_out():
    text = "\ufeffone\ufeff of\u200bfer, dif\u00adficult, \ufb01nd, co\u00ad\noperate"
    assert read_document(codecs.BOM_UTF8 + text.encode(), "a.txt").text == (
        "one offer, difficult, find, co\u00ad\noperate"
    )


def test_markdown_is_read_as_the_page_it_stands_for():
    text = (
        "## Waiting {#wait}\n\n"
        "It was 28\\*7 days[^1], says\nthe [plan](a.html) &ndash; *and* more.\n\n"
        "- One\n- Two\n\n> Quoted.\n\n| A | B |\n| - | - |\n| 1 | 2 |\n\n[^1]: A survey.\n"
    )
    assert read_document(text.encode(), "a.md").text == (
        "## Waiting\n\nIt was 28*7 days, says the plan – and more.\n\n• One\n\n• Two\n\nQuoted.\n\n"
        "| A | B |\n\n| 1 | 2 |\n\n[^1]: A survey.\n"
    )


@pytest.mark.parametrize("name", ["a.rtf", "a.odt", "a.pages", "a.doc"])
def test_formats_that_are_not_read_are_refused_by_name_with_what_to_do(name):
    with pytest.raises(ReadError) as caught:
        read_document(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", name)
    assert caught.value.code == "unsupported-format"
    assert "open it in" in caught.value.message


def test_txt_and_md_are_supported():
    assert {".txt", ".md"} <= set(SUPPORTED_SUFFIXES)


@pytest.mark.parametrize(
    ("data", "name", "code", "message"),
    [
        (b"", "a.txt", "empty", "the file is empty"),
        (b" \r\n\t", "a.txt", "empty", "the file holds only blank space"),
        (codecs.BOM_UTF8, "a.md", "empty", "the file holds no"),
        (b"%PDF-1.7\n", "a.txt", "binary", "the file is a PDF, not text"),
        (b"PK\x03\x04rest", "a.txt", "binary", "the file is a Word document or another zip"),
        (b"\x89PNG\r\n\x1a\n", "a.md", "binary", "the file is a picture, not text"),
        (b"some\0text", "a.txt", "binary", "the file is not text"),
        (bytes(range(256)) * 4, "a.txt", "binary", "the file is not text"),
        (b"caf\x81", "a.txt", "binary", "the file is not text"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8\x00", "a.txt", "binary", "the file is not text"),
        (b"text", "a.exe", "unsupported-format", "files ending in .exe cannot be read"),
        (b"text", "report", "unsupported-format", "files without an ending cannot be read"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(data, name, code, message):
    with pytest.raises(ReadError) as caught:
        read_document(data, name)
    assert caught.value.code == code
    assert caught.value.message.startswith(message)
    assert name not in caught.value.message


def test_damaged_utf8_is_not_taken_for_windows_1252():
    data = "People’s\ncafé’s\n".encode() + b"\xff"
    with pytest.raises(ReadError) as caught:
        read_document(data, "a.txt")
    assert (caught.value.code, caught.value.line) == ("encoding", 3)
