"""Find what customs did of what it promises by when it was done, so that a day is one short read.

Step:   expand, 1 of 1.
Locks:  none that writers wait for: the index is built beside them.
Time:   about a minute for ten million holds; only those of customs with a deadline are in it.
Back:   drops the index.
"""

from typing import ClassVar

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """One index."""

    atomic = False
    dependencies: ClassVar = [("clearance", "0001_initial")]
    operations: ClassVar = [
        AddIndexConcurrently(
            "hold",
            models.Index(
                condition=models.Q(("due_at__isnull", False), ("turn", "CUSTOMS")),
                fields=["ended_at", "due_at"],
                name="hold_promised",
            ),
        ),
    ]
