from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0008_packs_and_subscriptions'),
    ]

    operations = [
        migrations.CreateModel(
            name='WorkedOut',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, unique=True)),
                ('state', models.CharField(help_text='See `reports.reading.worked_out`.', max_length=200)),
                ('data', models.JSONField()),
                ('made_at', models.DateTimeField(auto_now=True)),
            ],
            options={
                'verbose_name_plural': 'worked out',
                'ordering': ['name'],
            },
        ),
        migrations.AddField(
            model_name='authority',
            name='context_source',
            field=models.CharField(blank=True, help_text='Whose figures population and deprivation are.', max_length=200),
        ),
        migrations.AddField(
            model_name='authority',
            name='deprivation',
            field=models.FloatField(blank=True, help_text='An average score; higher is more deprived. As population.', null=True),
        ),
        migrations.AddField(
            model_name='authority',
            name='population',
            field=models.PositiveIntegerField(blank=True, help_text='From a table of context; empty until one is loaded.', null=True),
        ),
    ]
