"""Keep the way of a movement, an arrival that came too early, and what was done when it was late.

Step:   expand, 1 of 1; earlier movements have no sites, and may arrive at any moment.
Locks:  the table for a moment; nothing is rewritten.
Time:   at once.
Back:   drops the columns and what they hold.
"""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Seven columns."""

    dependencies: ClassVar = [
        ('transit', '0002_carrier'),
    ]

    operations: ClassVar = [
        migrations.AddField(
            model_name='movement',
            name='called_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='movement',
            name='early_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='movement',
            name='early_by',
            field=models.CharField(blank=True, db_default='', default='', max_length=150),
        ),
        migrations.AddField(
            model_name='movement',
            name='enquired_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='movement',
            name='from_site',
            field=models.CharField(blank=True, db_default='', default='', max_length=12),
        ),
        migrations.AddField(
            model_name='movement',
            name='mode',
            field=models.CharField(blank=True, db_default='', default='', max_length=1),
        ),
        migrations.AddField(
            model_name='movement',
            name='to_site',
            field=models.CharField(blank=True, db_default='', default='', max_length=12),
        ),
    ]
