"""Seeds that are not revealed yet are kept sealed: a place for it.

Step:   expand, 1 of 3: one more column, and the clear one may be empty.
Locks:  the seeds, for an instant; no row is written anew.
Time:   at once.
Back:   drops the column; seeds that are sealed by then are lost, so reveal them before.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('risk', '0003_backtests'),
    ]

    operations = [
        migrations.AddField(
            model_name='dailyseed',
            name='sealed',
            field=models.BinaryField(null=True),
        ),
        migrations.AlterField(
            model_name='dailyseed',
            name='seed',
            field=models.BinaryField(null=True),
        ),
    ]
