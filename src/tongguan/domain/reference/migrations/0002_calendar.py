"""Holidays that were announced after this release: loaded from a file, a row a day.

Step:   expand, 1 of 1.
Locks:  none that others wait for; two new tables.
Time:   at once.
Back:   drops both tables; deadlines are counted by the holidays of the library and the pack.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reference', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='CalendarRelease',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=200)),
                ('sha256', models.CharField(max_length=64, unique=True)),
                ('loaded_at', models.DateTimeField()),
                ('loaded_by', models.CharField(max_length=150)),
            ],
        ),
        migrations.CreateModel(
            name='CalendarDay',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('day', models.DateField()),
                ('worked', models.BooleanField()),
                ('source', models.CharField(max_length=300)),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='reference.calendarrelease')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('release', 'day'), name='calendar_day_once')],
            },
        ),
    ]
