"""When a means of transport was declared at entry: the day that duties and terms count from.

Step:   expand, 1 of 1. For goods that had arrived before, their arrival stands in.
Locks:  none that others wait for; a new table.
Time:   at once.
Back:   drops the table; duties of goods declared in advance stay as of acceptance.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cargo', '0002_place_and_carrier'),
    ]

    operations = [
        migrations.CreateModel(
            name='Transport',
            fields=[
                ('manifest', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='cargo.manifest')),
                ('declared_at', models.DateTimeField()),
                ('stated', models.BooleanField()),
                ('by', models.CharField(max_length=150)),
            ],
        ),
    ]
