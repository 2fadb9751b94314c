"""A guarantee may be withdrawn before it ends: nothing more is drawn on it.

Step:   expand, 1 of 1.
Locks:  the guarantees, for an instant; no row is written anew.
Time:   at once.
Back:   drops the column; what was withdrawn would be drawn on again.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('revenue', '0004_bank_withdrawn'),
    ]

    operations = [
        migrations.AddField(
            model_name='guarantee',
            name='withdrawn_at',
            field=models.DateTimeField(null=True),
        ),
    ]
