"""What was seen of each model in use, day by day.

Step:   expand, 1 of 1: one new table; nothing that exists changes.
Locks:  none that anybody waits for.
Time:   under a second.
Back:   drops the table, and with it what was seen; withdrawals stay in the ledger.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('risk', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='ModelWatch',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('day', models.DateField()),
                ('criterion', models.PositiveIntegerField()),
                ('version', models.PositiveIntegerField()),
                ('name', models.CharField(max_length=200)),
                ('sha256', models.CharField(max_length=64)),
                ('figures', models.JSONField()),
                ('moved', models.CharField(blank=True, max_length=60)),
                ('passed', models.JSONField()),
                ('withdrawn', models.BooleanField()),
                ('at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('day', 'criterion', 'version'), name='watched_once')],
            },
        ),
    ]
