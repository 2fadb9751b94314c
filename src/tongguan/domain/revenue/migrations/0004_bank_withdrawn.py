"""A bank may be withdrawn, and registered anew with another key: a row for each of its keys.

Step:   expand, 1 of 1.
Locks:  the banks, for an instant; they are few.
Time:   at once.
Back:   as long as no bank has two keys; a bank that was withdrawn would be believed again.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('revenue', '0003_district_codes'),
    ]

    operations = [
        migrations.AddField(
            model_name='bank',
            name='withdrawn_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name='bank',
            name='name',
            field=models.CharField(max_length=100),
        ),
        migrations.AddConstraint(
            model_name='bank',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('name',), name='bank_one_key'),
        ),
    ]
