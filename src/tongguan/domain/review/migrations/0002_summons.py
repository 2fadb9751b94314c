"""Keep where and until when the declarant is summoned, beside what he is asked.

Step:   expand, 1 of 1; earlier rows have no office and no moment, their holds have.
Locks:  the table for a moment; nothing is rewritten.
Time:   at once.
Back:   drops both columns.
"""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Two columns."""

    dependencies: ClassVar = [("review", "0001_initial")]
    operations: ClassVar = [
        migrations.AddField(
            "query",
            "office",
            models.CharField(blank=True, db_default="", default="", max_length=4),
        ),
        migrations.AddField("query", "due_at", models.DateTimeField(null=True)),
    ]
