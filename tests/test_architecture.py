"""Who may import whom. The contracts are in pyproject.toml; docs/architecture says why."""

import ast
import sys
from pathlib import Path

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

APP = Path(__file__).parent.parent / "reports"


def test_rooms_import_downwards_only() -> None:
    assert lint_imports() == EXIT_STATUS_SUCCESS


@pytest.mark.parametrize(
    "name",
    ["dates", "framework", "gazetteer", "identifiers", "matching", "ratings", "topics"],
)
def test_words_need_only_the_standard_library(name: str) -> None:
    tree = ast.parse((APP / f"{name}.py").read_text(encoding="utf-8"))
    imported = {
        module.split(".")[0]
        for node in ast.walk(tree)
        for module in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }

    assert imported - sys.stdlib_module_names - {"reports"} == set()
