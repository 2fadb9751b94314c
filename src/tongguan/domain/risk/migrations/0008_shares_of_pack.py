"""Keep the shares that the region pack stated with each commitment that hashes them.

Commitments made before have none: their shares are still read from the region pack.

Step:   expand, 1 of 1.
Locks:  the table of commitments, for a moment.
Time:   at once: a column that is empty.
Back:   drops the column: sets of days gone by are read from the pack again.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('risk', '0007_owed_checks'),
    ]

    operations = [
        migrations.AddField(
            model_name='setcommitment',
            name='pack',
            field=models.TextField(null=True),
        ),
    ]
