"""What the data migrations do to rows that earlier versions stored."""

import importlib

import pytest

repaired = importlib.import_module("reports.migrations.0005_repair_dates").repaired


@pytest.mark.parametrize(
    ("stored", "after"),
    [
        ("2025-02-28", "2025-02-28"),
        ("2025", "2025"),
        ("0000-12", ""),
        ("٢٠٢٥-12", "2025-12"),
        ("2025-02-30", ""),
    ],
)
def test_stored_dates_are_repaired(stored, after):
    assert repaired(stored) == after
