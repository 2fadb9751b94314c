"""Let a loaded tariff wait for a second person, and say why days that are over are changed.

What was loaded before is in force as it was: it waits for nobody.

Step:   expand, 1 of 1.
Locks:  the two tables of loaded files, for a moment.
Time:   a moment: columns that are empty, and constraints over a few rows.
Back:   drops the columns; what waited is in force then.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reference', '0004_files_load_again'),
    ]

    operations = [
        migrations.AddField(
            model_name='calendarrelease',
            name='approved_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='calendarrelease',
            name='approved_by',
            field=models.CharField(blank=True, max_length=150),
        ),
        migrations.AddField(
            model_name='calendarrelease',
            name='backdated',
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name='calendarrelease',
            name='waiting_since',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='tariffrelease',
            name='approved_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='tariffrelease',
            name='approved_by',
            field=models.CharField(blank=True, max_length=150),
        ),
        migrations.AddField(
            model_name='tariffrelease',
            name='backdated',
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name='tariffrelease',
            name='waiting_since',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddConstraint(
            model_name='calendarrelease',
            constraint=models.CheckConstraint(condition=models.Q(('loaded_by', models.F('approved_by')), _negated=True), name='calendar_approved_by_another'),
        ),
        migrations.AddConstraint(
            model_name='calendarrelease',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('approved_at', None), ('approved_by', '')), models.Q(models.Q(('approved_by', ''), _negated=True), ('approved_at__isnull', False), ('waiting_since', None)), _connector='OR'), name='calendar_approved_or_waiting'),
        ),
        migrations.AddConstraint(
            model_name='tariffrelease',
            constraint=models.CheckConstraint(condition=models.Q(('loaded_by', models.F('approved_by')), _negated=True), name='tariff_approved_by_another'),
        ),
        migrations.AddConstraint(
            model_name='tariffrelease',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('approved_at', None), ('approved_by', '')), models.Q(models.Q(('approved_by', ''), _negated=True), ('approved_at__isnull', False), ('waiting_since', None)), _connector='OR'), name='tariff_approved_or_waiting'),
        ),
    ]
