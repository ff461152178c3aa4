import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document
from pytest_django import Settings
from pytest_django.asserts import assertContains, assertNotContains
from reportlab.lib.pagesizes import A5
from reportlab.platypus import Paragraph, SimpleDocTemplate

from reports.models import Finding
from reports.quotes import checking, corpus_state
from tests.support.html import texts


def test_asks_for_a_text_or_a_file(client: Client, db: None) -> None:
    page = client.get("/check/")

    assertContains(page, '<textarea name="text"')
    assertContains(page, 'type="file"')


def test_gives_a_verdict_with_its_place_and_a_certificate(
    client: Client, first_of_haringey: Finding
) -> None:
    words = first_of_haringey.text[:60].rsplit(" ", 1)[0]

    page = client.post("/check/", {"text": f"In Haringey, “{words}” was written."})

    assertContains(page, "<h1>1 quotation checked</h1>", html=True)
    assertContains(page, "1. Exact")
    assertContains(page, f"{first_of_haringey.get_absolute_url()}#:~:text=")
    assertContains(page, first_of_haringey.paragraph.document.sha256)
    assertContains(page, corpus_state().fingerprint)


def test_reads_a_word_file(client: Client, first_of_haringey: Finding) -> None:
    document, file = Document(), io.BytesIO()
    document.add_paragraph(f"CQC wrote: “{first_of_haringey.text[:50].rsplit(' ', 1)[0]}”.")
    document.save(file)

    page = client.post("/check/", {"file": SimpleUploadedFile("paper.docx", file.getvalue())})

    assertContains(page, "1. Exact")
    assertContains(page, "paper.docx")


def test_reads_a_pdf(client: Client, first_of_haringey: Finding) -> None:
    text, file = first_of_haringey.text, io.BytesIO()
    quotation = text[:300].rsplit(" ", 1)[0]
    paragraph = Paragraph(f"Of Haringey CQC wrote: “{quotation}”. And: “{text[:20]}zebras”.")
    SimpleDocTemplate(file, pagesize=A5).build([paragraph])

    page = client.post("/check/", {"file": SimpleUploadedFile("paper.pdf", file.getvalue())})

    assert texts(page, "main h2")[0] in ("1. Exact", "1. The same words, differently set")
    assert len(texts(page, "main blockquote")) == 2
    assertContains(page, "paper.pdf")


def test_marks_words_that_differ_for_eyes_and_ears(
    client: Client, first_of_haringey: Finding
) -> None:
    words = " ".join(first_of_haringey.text.split()[:12]).replace("not", "very")

    page = client.post("/check/", {"text": words})

    assertContains(page, "1. Altered")
    assertContains(page, "only in the quotation: </span>very</ins>")
    assertContains(page, "only in the report: </span>not</del>")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({}, "Paste a text or choose a file."),
        ({"text": "x" * 200_001}, "at most 200,000 can be checked"),
        ({"file": SimpleUploadedFile("a.exe", b"MZ")}, "“a.exe” cannot be read"),
        ({"file": SimpleUploadedFile("a.docx", b"PK no")}, "“a.docx”: "),
        ({"file": SimpleUploadedFile("a.pdf", b"")}, "“a.pdf”: the file is empty"),
    ],
    ids=["nothing", "long", "foreign", "damaged", "empty"],
)
def test_what_cannot_be_checked_is_said(
    client: Client, db: None, data: dict[str, object], message: str
) -> None:
    response = client.post("/check/", data)

    assertContains(response, message, status_code=422)


def test_a_file_that_is_too_large_is_refused(client: Client, db: None, settings: Settings) -> None:
    settings.MAX_DOCUMENT_BYTES = 10

    response = client.post("/check/", {"file": SimpleUploadedFile("a.txt", b"x" * 11)})

    assertContains(response, "“a.txt” is too large", status_code=422)


def test_without_an_index_nothing_is_judged(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "ready_to_quote", lambda: False)

    response = client.post("/check/", {"text": "“staff felt valued”"})

    assertContains(response, "The search index is missing", status_code=503)


def test_escapes_what_was_pasted(client: Client, seeded: None) -> None:
    page = client.post("/check/", {"text": "“<script>alert(1)</script> and more words”"})

    assertNotContains(page, "<script>alert")


def test_a_text_that_is_too_long_is_refused_with_its_length(client: Client, seeded: None) -> None:
    page = client.post("/check/", {"text": "a" * 200_001})

    assertContains(
        page,
        "The text has 200,001 characters; at most 200,000 can be checked at once.",
        status_code=422,
    )
