"""Keep which enterprise moves the goods, so that only it may report for its own movement.

Step:   expand, 1 of 1; earlier movements have none, and officers or sites report for them.
Locks:  the table for a moment; nothing is rewritten.
Time:   at once.
Back:   drops the column; carriers could report for one another again.
"""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column, empty where no carrier reported."""

    dependencies: ClassVar = [("transit", "0001_initial")]
    operations: ClassVar = [
        migrations.AddField("movement", "carrier_id", models.BigIntegerField(null=True)),
    ]
