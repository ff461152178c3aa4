"""CSV tables that operators load: every line is checked before any is used."""

import csv
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

CsvRow = dict[str, str]


class TableError(ValueError):
    """What is wrong with a table, one line for each fault."""


def read_rows(
    path: Path, columns: Sequence[str], problems_of: Callable[[CsvRow], Iterator[str]]
) -> list[CsvRow]:
    """The rows of a table with these columns. Raises `TableError` if there is none, or with all
    that `problems_of` says about its rows."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            missing = [column for column in columns if column not in (reader.fieldnames or ())]
            if missing:
                raise TableError(f"{path}: these columns are missing: {', '.join(missing)}.")
            numbered = [(reader.line_num, row) for row in reader]
    except OSError as error:
        raise TableError(f"{path}: cannot be read ({error.strerror}).") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise TableError(f"{path}: is not a CSV file in UTF-8 ({error}).") from error
    problems = [
        f"{path}:{number}: {problem}"
        for number, row in numbered
        for problem in (
            ["has more or fewer cells than the heading."]
            if None in row or None in row.values()
            else problems_of(row)
        )
    ]
    if problems:
        raise TableError("\n".join(problems))
    return [row for _, row in numbered]
