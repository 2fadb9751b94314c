"""A licence may be for some goods only, and may name a port.

Step:   expand, 1 of 1; the columns have defaults in the database, older code writes on.
Locks:  the licences, for an instant; no row is written anew.
Time:   at once.
Back:   drops the columns; licences would be good for all goods again.
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("permits", "0001_initial")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="licence",
            name="commodities",
            field=ArrayField(models.CharField(max_length=10), db_default=[], default=list),
        ),
        migrations.AddField(
            model_name="licence",
            name="port",
            field=models.CharField(blank=True, db_default="", default="", max_length=8),
        ),
    ]
