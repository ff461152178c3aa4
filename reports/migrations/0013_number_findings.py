"""Fill in what 0012 added: numbers, what lacks a label, and paragraphs that the latest version lacks."""

from itertools import groupby
from typing import Any

from django.db import migrations

BATCH = 1_000


def fill(apps: Any, schema_editor: Any) -> None:
    Finding = apps.get_model("reports", "Finding")
    Paragraph = apps.get_model("reports", "Paragraph")
    findings = Finding.objects.order_by("section", "position", "pk").only(
        "section", "position", "status", "topics", "evidence"
    )
    batch = []
    for _, of_section in groupby(findings.iterator(BATCH), key=lambda row: row.section_id):
        number = 0
        for finding in of_section:
            if finding.status == "published":
                number += 1
                finding.number = number
            else:
                finding.number = finding.position + 1
            finding.untagged = not (finding.topics and finding.evidence)
            batch.append(finding)
        if len(batch) >= BATCH:
            Finding.objects.bulk_update(batch, ["number", "untagged"], BATCH)
            batch = []
    Finding.objects.bulk_update(batch, ["number", "untagged"], BATCH)
    Paragraph.objects.exclude(document__superseded_by=None).update(gone=True)


class Migration(migrations.Migration):
    dependencies = [("reports", "0012_finding_numbers")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
