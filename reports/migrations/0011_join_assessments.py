from typing import Any

from django.db import migrations, models


def join_assessments_that_stand_twice(apps: Any, schema_editor: Any) -> None:
    """Earlier releases could make two published assessments of one authority, date and kind. The
    first keeps what all of them have. A section known only by its score goes where another section
    of its statement stands beside it."""
    assessments = apps.get_model("reports", "Assessment").objects
    published = assessments.filter(status="published").exclude(authority=None)
    fields = ("authority", "published", "kind")
    counted = published.order_by().values(*fields).annotate(count=models.Count("pk"))
    for group in counted.filter(count__gt=1):
        first, *others = published.filter(**{name: group[name] for name in fields}).order_by("pk")
        for other in others:
            other.sections.update(assessment=first)
            if first.outcomes.filter(document=None).exists():
                other.outcomes.filter(document=None).delete()
            other.outcomes.update(assessment=first)
            other.problems.update(assessment=first)
            other.delete()
        statements = first.sections.exclude(document=None).values("statement")
        first.sections.filter(document=None, statement__in=statements).delete()


class Migration(migrations.Migration):
    """Apart from the constraint that needs it: PostgreSQL makes no index in a transaction that has
    changed the rows."""

    dependencies = [
        ("reports", "0010_document_id_scope"),
    ]

    operations = [
        migrations.RunPython(join_assessments_that_stand_twice, migrations.RunPython.noop),
    ]
