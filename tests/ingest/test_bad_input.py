"""Bad input fails with a reason, and doubtful input is stored with its problems. Other files are
still read."""

import os
from pathlib import Path

import pytest

from reports.ingest import (
    IngestResult,
    IngestStatus,
    ParsedDocument,
    find_files,
    ingest_paths,
    parse_document,
)
from reports.models import Finding, Section, SourceDocument
from reports.parsing import ProblemRecord
from tests.ingest.conftest import PEOPLE, STAFF, report_text
from tests.parsing.formats.samples import zip_of
from tests.support.ingesting import ingest

pytestmark = pytest.mark.django_db


PRESS_RELEASE = """CQC rates Halton Borough Council's adult social care provision as good

Published: 4 July 2025 Page last updated: 4 July 2025

Categories

Media
"""


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b"  \n\n ", "empty"),
        ("image.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00", "binary"),
        ("letter.txt", b"Dear Sir,\n\nThank you for your letter.\n", "no-report"),
        ("report.xyz", report_text(STAFF).encode(), "unsupported-format"),
        (
            "release.txt",
            PRESS_RELEASE.encode(),
            "press-release",
        ),
    ],
)
def test_what_is_not_a_report_fails_with_a_reason(write, name, content, code):
    outcome = ingest(write(name, content))

    assert outcome.status is IngestStatus.FAILED
    assert [problem.code for problem in outcome.problems] == [code]
    assert outcome.problems[0].message
    assert not SourceDocument.objects.exists()


def test_an_archive_without_a_report_fails(write):
    path = write("pictures.zip", zip_of([("a.png", b"x")]))

    [problem] = ingest(path).problems

    assert problem.code == "empty-archive"
    assert problem.message.startswith("this archive has no report: no file in it ends in .html,")


def test_what_an_archive_holds_is_read_refused_or_named(write, settings):
    settings.MAX_DOCUMENT_BYTES = 5000
    report = report_text(STAFF).encode()
    files = [("long.txt", bytes(5001)), ("report.txt", report), ("a.png", b"x"), ("b.png", b"x")]
    path = write("files.zip", zip_of(files))

    long, read, skipped = ingest_paths([path])

    assert long.path == str(path / "long.txt")
    assert long.problems == (
        ProblemRecord("too-large", "long.txt becomes too large when it is unpacked"),
    )
    assert (read.status, read.path) == (IngestStatus.CREATED, str(path / "report.txt"))
    assert (skipped.status, skipped.path) == (IngestStatus.SKIPPED, str(path))
    assert skipped.problems == (
        ProblemRecord("skipped", "Not read, because their formats hold no report: a.png, b.png."),
    )


@pytest.mark.parametrize(("number", "more"), [(20, ""), (22, " and 2 more")])
def test_at_most_twenty_files_that_are_not_read_are_named(write, number, more):
    names = [f"{at:02}.png" for at in range(number)]
    report = ("report.txt", report_text(STAFF).encode())
    path = write("files.zip", zip_of([report, *((name, b"x") for name in names)]))

    _, skipped = ingest_paths([path])

    shown = ", ".join(names[:20])
    assert skipped.problems[0].message.endswith(f"no report: {shown}{more}.")


def test_a_file_whose_name_is_not_text_fails_under_a_name_that_can_be_shown(tmp_path):
    path = tmp_path / os.fsdecode(b"report\xff.txt")
    path.write_text(report_text(STAFF))

    outcome = ingest(path)

    assert outcome.path == str(tmp_path / "report\N{REPLACEMENT CHARACTER}.txt")
    assert outcome.problems[0].code == "name-not-utf-8"


def test_a_path_that_is_longer_than_its_column_fails(tmp_path):
    longest = SourceDocument._meta.get_field("path").max_length
    folder = f"/{'a' * (longest - len('/.txt') + 1)}"

    result = parse_document(Path(f"{folder}.txt"), report_text(STAFF).encode())

    assert isinstance(result, IngestResult)
    assert result.problems[0].code == "path-too-long"
    assert isinstance(
        parse_document(Path(f"{folder[:-1]}.txt"), report_text(STAFF).encode()), ParsedDocument
    )


def test_a_vanished_file_fails(tmp_path):
    outcome = ingest(tmp_path / "gone.txt")

    assert (outcome.status, outcome.problems[0].code) == (IngestStatus.FAILED, "unreadable")


def test_an_unreadable_file_fails(write, monkeypatch):
    path = write("secret.txt", report_text(STAFF))

    def refuse(self):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.read_bytes", refuse)
    outcome = ingest(path)

    assert (outcome.status, outcome.problems[0].code) == (IngestStatus.FAILED, "unreadable")
    assert "Permission denied" in outcome.problems[0].message


def test_a_file_over_the_limit_is_refused_before_it_is_read(write, settings, monkeypatch):
    settings.MAX_DOCUMENT_BYTES = 100
    path = write("long.txt", report_text(STAFF))
    monkeypatch.setattr("pathlib.Path.read_bytes", lambda self: pytest.fail("was read"))

    outcome = ingest(path)

    assert (outcome.status, outcome.problems[0].code) == (IngestStatus.FAILED, "too-large")


def test_a_score_of_seven_is_not_a_score(write):
    outcome = ingest(write("seven.txt", report_text(STAFF, score="Score: 7")))

    assert outcome.status is IngestStatus.CREATED
    assert Section.objects.get().score is None
    problem = next(p for p in outcome.problems if p.code == "score-out-of-range")
    assert problem.line == 3


def test_two_scores_together_are_not_a_score(write):
    both = "Score: 2\n\n3 - Evidence shows a good standard"

    outcome = ingest(write("two.txt", report_text(STAFF, score=both)))

    assert Section.objects.get().score is None
    assert "score-conflict" in [problem.code for problem in outcome.problems]


def test_the_title_decides_over_the_body(write):
    body = "Haringey ranked 15th nationally for the support that staff said they had."

    outcome = ingest(write("t.txt", report_text(body, STAFF, title="London Borough of Barnet")))

    assert outcome.authority == "Barnet"
    assert "authority-conflict" in [problem.code for problem in outcome.problems]


def test_a_damaged_line_is_named(write):
    outcome = ingest(write("a.txt", "It’s\nthe people’s\n".encode() + b"v\xe2\x80iew"))

    assert [(problem.code, problem.line) for problem in outcome.problems] == [("encoding", 3)]


def test_the_other_documents_go_on(write):
    paths = [
        write("1.txt", report_text(STAFF)),
        write("2.txt", b""),
        write("3.txt", report_text(PEOPLE)),
    ]

    statuses = [outcome.status for outcome in ingest_paths(paths)]

    assert statuses == [IngestStatus.CREATED, IngestStatus.FAILED, IngestStatus.CREATED]


def test_a_failure_while_writing_leaves_nothing_behind(write, monkeypatch):
    path = write("a.txt", report_text(STAFF))

    def fail(*args, **kwargs):
        raise RuntimeError("power cut")

    with monkeypatch.context() as patch:
        patch.setattr("reports.models.outbox.IndexChangeQuerySet.record", fail)
        with pytest.raises(RuntimeError, match="power cut"):
            ingest(path)

    assert not SourceDocument.objects.exists()
    assert not Finding.objects.exists()
    assert ingest(path).status is IngestStatus.CREATED


def test_a_dry_run_says_what_would_happen_and_changes_nothing(write):
    paths = [write("1.txt", report_text(STAFF)), write("2.txt", report_text(STAFF))]

    statuses = [outcome.status for outcome in ingest_paths(paths, dry_run=True)]

    assert statuses == [IngestStatus.CREATED, IngestStatus.UNCHANGED]
    assert not SourceDocument.objects.exists()


def test_a_folder_gives_its_reports_and_names_the_rest(write, tmp_path):
    report = write("in/a/report.txt", "x")
    other = write("in/picture.jpeg", "x")
    write("in/.hidden.txt", "x")

    found = find_files([str(tmp_path / "in")])

    assert (found.files, found.skipped, found.failed) == ((report,), (other,), ())


def test_a_file_named_twice_is_read_once(write, tmp_path):
    report = write("report.txt", "x")

    assert find_files([str(report), str(tmp_path), str(tmp_path / "*.txt")]).files == (report,)


def test_a_folder_with_nothing_in_it_fails(tmp_path):
    [failure] = find_files([str(tmp_path)]).failed

    [problem] = failure.problems
    assert (failure.status, problem.code) == (IngestStatus.FAILED, "empty-folder")
    assert problem.message.startswith("This folder has no report: no file in it ends in .html,")


def test_a_name_that_matches_nothing_fails(tmp_path):
    [failure] = find_files([str(tmp_path / "nowhere*")]).failed

    assert (failure.status, failure.problems[0].code) == (IngestStatus.FAILED, "not-found")
