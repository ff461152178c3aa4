"""Who may import whom: the contracts are in pyproject.toml."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

ROOT = Path(__file__).parent.parent
MIGRATIONS = sorted((ROOT / "reports" / "migrations").glob("0*.py"))
FACTS = sorted((ROOT / "reports" / "facts").glob("*.py"))


def test_rooms_import_downwards_only() -> None:
    assert lint_imports() == EXIT_STATUS_SUCCESS


@pytest.mark.parametrize("module", FACTS, ids=lambda module: module.stem)
def test_facts_need_only_the_standard_library(module: Path) -> None:
    imported = set(imported_packages(module))

    assert imported - sys.stdlib_module_names - {"reports"} == set()


@pytest.mark.parametrize("migration", MIGRATIONS, ids=lambda migration: migration.stem)
def test_a_migration_of_rows_does_the_same_whatever_the_app_does_now(migration: Path) -> None:
    """Django writes references to functions of fields into migrations; code that changes rows must
    not call the app."""
    changes_rows = "RunPython" in migration.read_text(encoding="utf-8")

    assert not (changes_rows and "reports" in set(imported_packages(migration)))


def imported_packages(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]
