"""A table as one JSON object: a description, columns and rows."""

import json
from collections.abc import Iterator
from typing import Any

from reports.exports.tables import Export, in_chunks


def json_chunks(export: Export[Any]) -> Iterator[str]:
    """The file in pieces. Lists stay lists; an unknown value is null."""
    about = {
        "title": export.table.title,
        "query": [{"name": name, "value": value} for name, value in export.about.query],
        "address": export.about.address,
        "made_at": export.about.made_at.isoformat(),
        "total": export.about.total,
        "count": export.about.count,
        "notes": list(export.about.notes),
        "about": dict(export.about_lines()),
    }
    columns = [
        {"name": column.name, "title": column.title, "type": column.type.value}
        for column in export.table.columns
    ]
    head = {"about": about, "columns": columns}
    yield f'{json.dumps(head, ensure_ascii=False)[:-1]}, "rows": [\n'
    rows = (dict(zip(export.table.names, cells, strict=True)) for cells in export.cells())
    written = (json.dumps(row, ensure_ascii=False) for row in rows)
    yield from in_chunks(f",\n{row}" if number else row for number, row in enumerate(written))
    yield "\n]}\n"
