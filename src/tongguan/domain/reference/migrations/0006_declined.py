"""Let a tariff, holidays or a rate that wait for a second person be declined, with a reason.

Nothing that was loaded before is declined: what waits goes on waiting.

Step:   expand, 1 of 1.
Locks:  the two tables of loaded files and that of corrected rates, for a moment.
Time:   a moment: columns that are empty, and constraints over a few rows.
Back:   drops the columns; what was declined waits again.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reference', '0005_two_persons'),
    ]

    operations = [
        migrations.AddField(
            model_name='calendarrelease',
            name='decline_reason',
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name='calendarrelease',
            name='declined_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='calendarrelease',
            name='declined_by',
            field=models.CharField(blank=True, max_length=150),
        ),
        migrations.AddField(
            model_name='ratecorrection',
            name='decline_reason',
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name='ratecorrection',
            name='declined_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='ratecorrection',
            name='declined_by',
            field=models.CharField(blank=True, max_length=150),
        ),
        migrations.AddField(
            model_name='tariffrelease',
            name='decline_reason',
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name='tariffrelease',
            name='declined_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='tariffrelease',
            name='declined_by',
            field=models.CharField(blank=True, max_length=150),
        ),
        migrations.AddConstraint(
            model_name='calendarrelease',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decline_reason', ''), ('declined_at', None), ('declined_by', '')), models.Q(('declined_at__isnull', False), models.Q(('declined_by', ''), _negated=True), models.Q(('decline_reason', ''), _negated=True), ('waiting_since__isnull', False)), _connector='OR'), name='calendar_declined_while_it_waits'),
        ),
        migrations.AddConstraint(
            model_name='ratecorrection',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decline_reason', ''), ('declined_at', None), ('declined_by', '')), models.Q(('declined_at__isnull', False), models.Q(('declined_by', ''), _negated=True), models.Q(('decline_reason', ''), _negated=True), ('confirmed_at', None)), _connector='OR'), name='rate_declined_while_it_waits'),
        ),
        migrations.AddConstraint(
            model_name='tariffrelease',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decline_reason', ''), ('declined_at', None), ('declined_by', '')), models.Q(('declined_at__isnull', False), models.Q(('declined_by', ''), _negated=True), models.Q(('decline_reason', ''), _negated=True), ('waiting_since__isnull', False)), _connector='OR'), name='tariff_declined_while_it_waits'),
        ),
    ]
