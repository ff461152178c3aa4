"""`manage.py corrections` writes the record to a file and reads it back."""

import pytest
from django.core.management import CommandError, call_command

from reports.corrections import change
from reports.models import Correction, Finding

pytestmark = pytest.mark.django_db


def test_what_is_exported_can_be_imported(finding, why, tmp_path, capsys):
    file = tmp_path / "corrections.json"
    change(finding, {"text": "Corrected."}, why())
    call_command("corrections", "export", str(file))
    Correction.objects.all()._raw_delete("default")
    Finding.objects.filter(pk=finding.pk).update(text=finding.paragraph.text)

    call_command("corrections", "import", str(file))

    finding.refresh_from_db()
    assert finding.text == "Corrected."
    exported, imported = capsys.readouterr().out.splitlines()
    assert exported.startswith("1 corrections, 0 items marked as correct and 0 reports")
    assert exported.endswith(f"written to {file}.")
    assert imported.startswith("1 corrections made, 0 known already; new here are 0 items")


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CommandError, match=r"none\.json: No such file"):
        call_command("corrections", "import", str(tmp_path / "none.json"))


def test_a_file_that_is_not_an_export_is_named(tmp_path):
    file = tmp_path / "notes.txt"
    file.write_text("notes")

    with pytest.raises(CommandError, match=r"notes\.txt: nothing was imported"):
        call_command("corrections", "import", str(file))
