"""Findings as files that people take away."""

from reports.exports.csv_rows import HEADER, LIMIT, csv_lines, row, safe_cell

__all__ = ["HEADER", "LIMIT", "csv_lines", "row", "safe_cell"]
