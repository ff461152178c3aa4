"""`manage.py ingest`: what it prints and how it exits."""

import json

import pytest
from django.core.management import CommandError, call_command

from reports.models import Authority, IndexChange
from reports.search import catch_up
from tests.ingest.conftest import DATA, PEOPLE, SEEDS, STAFF, report_text

pytestmark = pytest.mark.django_db


def test_json_is_one_object_on_standard_output(capsys):
    call_command("ingest", str(SEEDS[0]), "--json")

    printed = json.loads(capsys.readouterr().out)

    [document] = printed["documents"]
    problems = document.pop("problems")
    assert document == {
        "path": str(SEEDS[0]),
        "status": "created",
        "authority": "Haringey",
        "sections": [
            {
                "statement": "learning",
                "score": 2,
                "headings": [
                    {
                        "heading": "Continuous learning, improvement and professional development",
                        "findings": 9,
                    },
                    {"heading": "Learning from feedback", "findings": 9},
                ],
            }
        ],
        "unparsed": 0,
    }
    assert all(set(problem) == {"line", "code", "message"} for problem in problems)


def test_each_document_has_a_line_and_a_table_closes(capsys, write):
    bad = write("bad.txt", b"")

    with pytest.raises(SystemExit) as stopped:
        call_command("ingest", str(SEEDS[0]), str(SEEDS[1]), str(bad))

    printed = capsys.readouterr()
    lines = printed.out.splitlines()
    assert stopped.value.code == 1
    assert lines[0].startswith("created   000_9c9b08ed48e88806.txt  Haringey; learning 2; 18")
    assert "authority not identified" in lines[1]
    assert lines[2] == "failed    bad.txt"
    assert lines[3:] == [
        "",
        "Documents",
        "  created           2",
        "  updated           0",
        "  unchanged         0",
        "  failed            1",
        "  skipped           0",
        "  unidentified      1",
    ]
    assert f"{bad}: " in printed.err


def test_a_problem_names_file_and_line(capsys, write):
    path = write("seven.txt", report_text(STAFF, score="Score: 7"))

    call_command("ingest", str(path))

    assert f"{path}:3: " in capsys.readouterr().err


def test_the_index_is_up_to_date_afterwards(write):
    call_command("ingest", str(write("a.txt", report_text(STAFF))), verbosity=0)

    assert not IndexChange.objects.exists()


def test_what_was_read_can_be_found_before_the_end(write, monkeypatch, capsys):
    catch_up()
    monkeypatch.setattr("reports.search.index.outbox.BETWEEN", -1)
    left = []
    monkeypatch.setattr(
        "reports.search.index.outbox.catch_up",
        lambda: left.append(IndexChange.objects.count()),
    )
    for number, words in enumerate((STAFF, PEOPLE)):
        write(f"report-{number}.txt", report_text(words))

    call_command("ingest", str(write("report-2.txt", report_text(DATA)).parent))

    one = left[0]  # changes of one report
    assert left == [one, 2 * one, 3 * one, 3 * one]


def test_a_database_without_authorities_is_named(write):
    Authority.objects.all().delete()

    with pytest.raises(CommandError, match=r"manage\.py migrate"):
        call_command("ingest", str(write("a.txt", report_text(STAFF))))


def test_what_is_passed_over_in_a_folder_is_named(capsys, write, tmp_path):
    write("in/report.txt", report_text(STAFF))
    write("in/picture.jpeg", b"x")

    call_command("ingest", str(tmp_path / "in"))

    assert "picture.jpeg" in capsys.readouterr().err
