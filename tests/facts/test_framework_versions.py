"""A framework version is a file, and a second one needs no other code."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from reports.facts.framework import VERSIONS
from reports.facts.framework_versions import FOLDER, read_versions, version_for

ROOT = Path(__file__).parents[2]
INVENTED = ROOT / "tests" / "fixtures" / "frameworks"


@pytest.fixture
def two_versions(tmp_path):
    for path in (*FOLDER.glob("*.toml"), *INVENTED.glob("*.toml")):
        shutil.copy(path, tmp_path)
    return tmp_path


def test_versions_come_in_the_order_in_which_they_began(two_versions):
    assert [version.slug for version in read_versions(two_versions)] == ["2023", "2026"]


@pytest.mark.parametrize(
    ("statements", "published", "expected"),
    [
        (["governance"], "2025-01", "2023"),
        (["governance"], "2026-09", "2023"),
        (["hearing-people"], "2026-06-03", "2026"),
        (["safeguarding"], "2025", "2023"),
        (["safeguarding"], "2026-06", "2026"),
        (["safeguarding"], "", "2026"),
        ([], "2026-04", "2026"),
        (["governance", "hearing-people"], "2025", "2023"),
        (["hearing-people"], "2025", "2026"),
    ],
    ids=lambda value: ", ".join(value) if isinstance(value, list) else value or "undated",
)
def test_the_statements_decide_and_then_the_date(two_versions, statements, published, expected):
    versions = read_versions(two_versions)

    assert version_for(versions, statements, published).slug == expected


def test_a_folder_without_versions_is_refused(tmp_path):
    with pytest.raises(ValueError, match="holds no framework version"):
        read_versions(tmp_path)


def test_a_version_that_lacks_something_is_named(two_versions):
    text = (INVENTED / "2026.toml").read_text("utf-8").replace("in_force_from", "begins")
    (two_versions / "2026.toml").write_text(text, "utf-8")

    with pytest.raises(ValueError, match=r"2026\.toml lacks 'in_force_from'"):
        read_versions(two_versions)


def test_two_versions_cannot_begin_at_the_same_time(two_versions):
    shutil.copy(two_versions / "2026.toml", two_versions / "copy.toml")

    with pytest.raises(ValueError, match="same in_force_from"):
        read_versions(two_versions)


def test_the_version_in_use_is_cqcs_of_2023():
    assert [version.slug for version in VERSIONS] == ["2023"]
    assert VERSIONS[0].highest_total == 36


def test_a_second_version_needs_no_other_code(two_versions, tmp_path_factory):
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "cqc_site.settings",
        "VAR_DIR": str(tmp_path_factory.mktemp("site")),
        "DATABASE_URL": "",
    }
    command = ["-m", "tests.support.second_framework", two_versions, INVENTED / "report-2026.txt"]

    run = subprocess.run(
        [sys.executable, *map(str, command)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 0, run.stderr
    facts = json.loads(run.stdout)
    assert facts["framework"] == "2026"
    assert facts["sections"] == [
        ["hearing-people", "Hearing what people say", 3, "This works well"],
        ["safeguarding", "Keeping people from harm", 2, "Something has to change"],
        ["acting-on-it", "Acting on what people say", 3, "This works well"],
    ]
    assert facts["found"] == 1
    assert facts["theme facet"] == ["Listening", "Acting"]
    assert " to 8 of 12 points, 67%" in facts["authority page"]
    assert facts["problems"] == []
