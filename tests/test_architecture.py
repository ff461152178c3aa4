"""Who may import whom: the contracts are in pyproject.toml."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

ROOT = Path(__file__).parent.parent
FACTS = sorted((ROOT / "reports" / "facts").glob("*.py"))


def test_rooms_import_downwards_only() -> None:
    assert lint_imports() == EXIT_STATUS_SUCCESS


@pytest.mark.parametrize("module", FACTS, ids=lambda module: module.stem)
def test_facts_need_only_the_standard_library(module: Path) -> None:
    imported = set(imported_packages(module))

    assert imported - sys.stdlib_module_names - {"reports"} == set()


def imported_packages(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]
