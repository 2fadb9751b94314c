"""Keep everybody who asked for a replacement that waits, so that none of them confirms it.

Step:   expand, 1 of 1; of a replacement that waits already, its last asker is known.
Locks:  one table for a moment.
Time:   at once.
Back:   drops who asked before the last one; the ledger still tells it.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('inspection', '0007_officer_choices'),
    ]

    operations = [
        migrations.AddField(
            model_name='officerdraw',
            name='wanted_askers',
            field=models.JSONField(null=True),
        ),
    ]
