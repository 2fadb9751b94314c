"""A tariff or a list of holidays may be loaded again after another one: it holds again then.

Step:   contract, 1 of 1.
Locks:  the two tables of loaded files, for a moment.
Time:   a moment.
Back:   adds the constraints again; fails where a file was loaded again.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reference', '0003_rates_are_shares'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='tariffrelease',
            name='tariff_release_once',
        ),
        migrations.AlterField(
            model_name='calendarrelease',
            name='sha256',
            field=models.CharField(max_length=64),
        ),
    ]
