"""Signed checkpoints over the chains, append-only as the chains are.

Step:   expand, 1 of 1; the worker signs the first checkpoints when it runs next.
Locks:  none on tables in use.
Time:   at once.
Back:   the checkpoints are gone; the chains stay.
"""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

REFUSE = """
    CREATE TRIGGER ledger_append_only BEFORE UPDATE OR DELETE ON ledger_checkpoint
        FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
    CREATE TRIGGER ledger_append_only BEFORE UPDATE OR DELETE ON ledger_head
        FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
"""
ALLOW = """
    DROP TRIGGER ledger_append_only ON ledger_checkpoint;
    DROP TRIGGER ledger_append_only ON ledger_head;
"""


class Migration(migrations.Migration):
    """Two tables that the database keeps as they were written."""

    dependencies: ClassVar = [("ledger", "0002_append_only")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="Checkpoint",
            fields=[
                ("number", models.PositiveIntegerField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("count", models.PositiveIntegerField()),
                ("digest", models.BinaryField()),
                ("previous", models.BinaryField()),
                ("hash", models.BinaryField()),
                ("key", models.BinaryField()),
                ("signature", models.BinaryField()),
                ("up_to", models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="Head",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("chain", models.UUIDField()),
                ("number", models.PositiveIntegerField()),
                ("hash", models.BinaryField()),
                (
                    "checkpoint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="ledger.checkpoint"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("chain", "number"), name="head_once")
                ]
            },
        ),
        migrations.RunSQL(REFUSE, ALLOW),
    ]
