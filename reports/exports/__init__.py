"""Findings and authorities as files to download."""

from reports.exports.authorities import AUTHORITIES, taken_authorities
from reports.exports.csv_file import csv_chunks
from reports.exports.findings import FINDINGS, taken_by_id
from reports.exports.json_file import json_chunks
from reports.exports.tables import About, Column, ColumnType, Export, Table
from reports.exports.xlsx_file import write_xlsx

# Rows of a workbook: more would take longer than a reader waits.
XLSX_LIMIT = 20_000
# More findings than this are sorted by date, because sorting them by how well they match takes too
# much memory.
SORTED_LIMIT = 50_000
