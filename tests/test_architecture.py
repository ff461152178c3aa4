"""Who may import whom: the contracts are in pyproject.toml."""

import ast
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

ROOT = Path(__file__).parent.parent
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
ROOMS = next(contract for contract in CONTRACTS["contracts"] if "containers" in contract)
BOTTOM = ROOMS["layers"][-1].split(" : ")


def test_rooms_import_downwards_only() -> None:
    assert lint_imports() == EXIT_STATUS_SUCCESS


@pytest.mark.parametrize("room", BOTTOM)
def test_a_room_at_the_bottom_needs_only_the_standard_library(room: str) -> None:
    imported = set(imported_packages(ROOT / "reports" / f"{room}.py"))

    assert imported - sys.stdlib_module_names - {"reports"} == set()


def imported_packages(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]
