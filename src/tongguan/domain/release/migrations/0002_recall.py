"""Keep when and why a recall was asked for, so that the second officer knows what he confirms.

Step:   expand, 1 of 1; recalls asked for before show no reason and no moment.
Locks:  the table for a moment; nothing is rewritten.
Time:   at once.
Back:   drops both columns.
"""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Two columns."""

    dependencies: ClassVar = [("release", "0001_initial")]
    operations: ClassVar = [
        migrations.AddField("releaseorder", "recall_asked_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "releaseorder",
            "recall_reason",
            models.CharField(blank=True, db_default="", default="", max_length=300),
        ),
    ]
