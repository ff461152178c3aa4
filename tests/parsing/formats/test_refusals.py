"""A refusal says what is wrong with the file and what to do about it."""

from collections.abc import Callable

import pytest

from reports.parsing import ReadError, parse_report
from reports.parsing.formats import read_html, read_pdf, read_word
from reports.parsing.formats.mhtml import read_mhtml
from reports.parsing.formats.read import Read
from reports.parsing.formats.text import read_plain_text
from tests.parsing.formats.samples import pdf_of_content, pdf_of_lines, pdf_of_pictures, word_of
from tests.parsing.samples import section_text

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LINES = [(70.0, 700.0, "People told us.")]
SCANNED = (
    "the PDF holds only pictures of pages, no text; have text recognised in it (OCR), or find the "
    "web page or Word version"
)
AS_TEXT = "save the report as UTF-8 text"


@pytest.mark.parametrize(
    ("read", "data", "code", "message"),
    [
        (read_plain_text, b"%PDF-1.7", "binary", f"the file is a PDF, not text; {AS_TEXT}"),
        (
            read_plain_text,
            b"PK\x03\x04",
            "binary",
            f"the file is a Word document or another zip archive, not text; {AS_TEXT}",
        ),
        (read_plain_text, OLE, "binary", f"the file is an old Word document, not text; {AS_TEXT}"),
        (
            read_plain_text,
            b"{\\rtf1",
            "binary",
            f"the file is an RTF document, not text; {AS_TEXT}",
        ),
        (read_plain_text, b"\x89PNG", "binary", f"the file is a picture, not text; {AS_TEXT}"),
        (
            read_plain_text,
            b"\x1f\x8b",
            "binary",
            f"the file is a compressed file, not text; {AS_TEXT}",
        ),
        (
            read_plain_text,
            b"one\0two",
            "binary",
            f"the file is not text: it holds bytes that no text has; {AS_TEXT}",
        ),
        (
            read_plain_text,
            b"\xff\xfeo",
            "binary",
            f"the file is not text: it cannot be read as utf-16-le; {AS_TEXT}",
        ),
        (
            read_html,
            b"<p>\x01\x02\x03</p>",
            "binary",
            "the file is not a web page: it holds bytes that no page has; save the page again",
        ),
        (read_html, b"<p> </p>", "empty", "the file holds no text; save or download it again"),
        (
            read_html,
            b"<p" + b"".join(b" a%d" % number for number in range(201)) + b">One</p>",
            "too-large",
            "the page has a tag with more than 200 attributes; save it again",
        ),
        (
            read_mhtml,
            b"Content-Type: text/plain\n\nOne",
            "damaged",
            "the file is damaged or is not a saved page; save the page again, as html",
        ),
        (
            read_pdf,
            b"none",
            "damaged",
            "the file is damaged or is not a PDF; download it again",
        ),
        (read_pdf, b"%PDF-1.7\nbroken", "damaged", "the PDF is damaged; download it again"),
        (
            read_pdf,
            pdf_of_lines(LINES, password="secret"),
            "encrypted",
            "the PDF is locked with a password; save it without one",
        ),
        (
            read_pdf,
            pdf_of_pictures(1),
            "scanned",
            SCANNED,
        ),
        (
            read_pdf,
            pdf_of_content(b"q Q"),
            "empty",
            "the file holds no text; save or download it again",
        ),
        (
            read_word,
            b"none",
            "damaged",
            "the file is damaged or is not a Word document; open it in Word and save it again",
        ),
        (
            read_word,
            OLE + bytes(600),
            "unsupported-format",
            "the file is an old Word document (.doc); open it in Word and save it as .docx",
        ),
        (
            read_word,
            OLE + "EncryptedPackage".encode("utf-16-le"),
            "encrypted",
            "the Word document is locked with a password; save it without one",
        ),
        (
            read_word,
            word_of("<w:p>"),
            "damaged",
            "the file is damaged or is not a Word document; open it in Word and save it again",
        ),
    ],
)
def test_a_file_that_cannot_be_read(
    read: Callable[[bytes], Read], data: bytes, code: str, message: str
):
    with pytest.raises(ReadError) as refused:
        read(data)

    assert (refused.value.code, refused.value.message) == (code, message)
    assert refused.value.line is None


def test_damaged_bytes_of_utf_8_are_named_by_their_line():
    with pytest.raises(ReadError) as refused:
        read_plain_text("It’s\nthe people’s\n".encode() + b"v\xe2\x80iew")

    assert (refused.value.code, refused.value.line) == ("encoding", 3)
    assert refused.value.message == "the file is UTF-8 with damaged bytes; save it again as UTF-8"


@pytest.mark.parametrize(
    ("score", "message"),
    [
        (
            "Score: not yet given",
            "The score is printed as “not yet given”, which is not a number. None was taken.",
        ),
        ("Score: 7", "The score is printed as 7; scores go from 1 to 4. None was taken."),
        (
            "Score: 2\n\n3 - Evidence shows a good standard",
            "The section prints different scores: 2 and 3. None was taken.",
        ),
        ("", "The section prints no score."),
    ],
)
def test_a_score_that_is_not_taken(score: str, message: str):
    [problem] = parse_report(section_text("Staff were trained.", score=score)).problems

    assert problem.message == message


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        (
            section_text(),
            "findings-missing",
            "The section holds no findings.",
        ),
        (
            f"{section_text('One.')}\n\n{section_text('Two.')}",
            "statement-repeated",
            "The same quality statement has a section further up.",
        ),
        (
            section_text("One.", "Key findings for this quality statement", "Two."),
            "label-repeated",
            "Key findings begin twice in one section; the title of another may be missing.",
        ),
        (
            section_text("One.", "Score: 3", "Two."),
            "left-out",
            "Left out of the findings: “Score: 3”. Check that it is not part of them.",
        ),
    ],
)
def test_a_section_that_is_in_doubt(text: str, code: str, message: str):
    problems = {problem.code: problem.message for problem in parse_report(text).problems}

    assert problems[code] == message
