"""Dates that no calendar has, stored by versions that took any digit and any year.

Digits of other scripts become ASCII; what is then no real day, month or year from 1900 to 2100
becomes undated. The findings of a repaired assessment are written to the outbox, because the year
is part of their search documents.
"""

import datetime
import re
from typing import Any

from django.db import migrations

PARTIAL_DATE = re.compile(r"([0-9]{4})(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?")


def repaired(value: str) -> str:
    text = "".join(str(int(char)) if char.isdecimal() else char for char in value)
    found = PARTIAL_DATE.fullmatch(text)
    if not found or not 1900 <= int(found[1]) <= 2100:
        return ""
    try:
        datetime.date.fromisoformat(f"{text}-01-01"[:10])
    except ValueError:
        return ""
    return text


def repair(apps: Any, schema_editor: Any) -> None:
    IndexChange = apps.get_model("reports", "IndexChange")
    Finding = apps.get_model("reports", "Finding")
    for name in ("Assessment", "SourceDocument"):
        model = apps.get_model("reports", name)
        for pk, published in model.objects.exclude(published="").values_list("pk", "published"):
            if repaired(published) == published:
                continue
            model.objects.filter(pk=pk).update(published=repaired(published))
            if name == "Assessment":
                findings = Finding.objects.filter(section__assessment=pk)
                IndexChange.objects.bulk_create(
                    IndexChange(finding=public_id)
                    for public_id in findings.values_list("public_id", flat=True)
                )


class Migration(migrations.Migration):
    dependencies = [("reports", "0004_created_at_and_constraints")]
    operations = [migrations.RunPython(repair, migrations.RunPython.noop)]
