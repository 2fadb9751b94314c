"""Keep on whose finding a hold was opened, so that another person decides on it.

Step:   expand, 1 of 1; earlier holds name nobody.
Locks:  the table for a moment; nothing is rewritten.
Time:   at once.
Back:   drops the column.
"""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column."""

    dependencies: ClassVar = [("clearance", "0002_promise")]
    operations: ClassVar = [
        migrations.AddField(
            "hold",
            "opened_by",
            models.CharField(blank=True, db_default="", default="", max_length=310),
        ),
    ]
