# The table is made anew: what waits in it is taken in when every index is built again, which the
# way words are made now asks for anyhow.

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0016_withdrawn_documents'),
    ]

    operations = [
        migrations.DeleteModel(name='IndexChange'),
        migrations.CreateModel(
            name='SearchIndex',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.CharField(max_length=200, verbose_name="where it is, by the engine's own name")),
                ('building', models.BooleanField(verbose_name='being built, and not searched yet')),
                ('seen_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('place', 'building'), name='one_index_at_a_place')],
            },
        ),
        migrations.CreateModel(
            name='IndexChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('finding', models.CharField(max_length=16, verbose_name='public id of the finding')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('index', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='reports.searchindex')),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['index', 'id'], name='changes_of_an_index')],
            },
        ),
    ]
