"""Backtests: a policy tried on the past, who asked, and what came of it.

Step:   expand, 1 of 1: a new table; nothing that exists changes.
Locks:  none that anybody waits for.
Time:   under a second.
Back:   drops the table, and with it the figures; the ledger still tells who asked.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('risk', '0002_watched'),
    ]

    operations = [
        migrations.CreateModel(
            name='Backtest',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('asked_by', models.CharField(max_length=150)),
                ('asked_at', models.DateTimeField()),
                ('asked', models.JSONField()),
                ('settled', models.JSONField()),
                ('state', models.CharField(max_length=10)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('started_at', models.DateTimeField(null=True)),
                ('beat_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('reached_date', models.DateField(null=True)),
                ('weeks', models.JSONField(default=list)),
                ('totals', models.JSONField(null=True)),
                ('trouble', models.JSONField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['-asked_at'], name='backtest_latest')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'running')), fields=('state',), name='backtest_one_at_a_time'), models.CheckConstraint(condition=models.Q(('ended_at__isnull', True), models.Q(('state__in', ['waiting', 'running']), _negated=True), _connector='OR'), name='backtest_ended_once_over')],
            },
        ),
    ]
