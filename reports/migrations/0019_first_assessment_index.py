
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0018_worked_out_seconds"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="assessment",
            index=models.Index(
                fields=["authority", "status", "kind", "-published", "id"],
                name="assessments_current_first",
            ),
        ),
    ]
