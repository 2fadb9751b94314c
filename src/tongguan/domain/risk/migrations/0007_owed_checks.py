"""Checks that are owed on bills whose declarations were revoked before they were done.

Step:   expand, 1 of 1: one new table; nothing that exists changes.
Locks:  none that anybody waits for.
Time:   at once.
Back:   drops the table: bills that are declared again are selected anew.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('declarations', '0001_initial'),
        ('risk', '0006_seeds_stay_sealed'),
    ]

    operations = [
        migrations.CreateModel(
            name='OwedCheck',
            fields=[
                ('bill', models.CharField(max_length=35, primary_key=True, serialize=False)),
                ('reasons', models.JSONField()),
                ('at', models.DateTimeField()),
                ('declaration', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='declarations.declaration')),
            ],
        ),
    ]
