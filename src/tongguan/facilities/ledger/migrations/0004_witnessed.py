"""Checkpoints say how much was signed in all; witnesses countersign them.

Step:   expand, 1 of 1; checkpoints of earlier versions have no totals, and none is added to them.
Locks:  the table of checkpoints, for a moment: the columns have no value to be filled in.
Time:   at once.
Back:   countersignatures and totals are gone; checkpoints that sign totals no longer verify.
"""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

REFUSE = """
    CREATE TRIGGER ledger_append_only BEFORE UPDATE OR DELETE ON ledger_countersigned
        FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
"""
ALLOW = "DROP TRIGGER ledger_append_only ON ledger_countersigned;"


class Migration(migrations.Migration):
    """Totals, and a table that the database keeps as it was written."""

    dependencies: ClassVar = [("ledger", "0003_checkpoints")]
    operations: ClassVar = [
        migrations.AddField("checkpoint", "entries", models.BigIntegerField(null=True)),
        migrations.AddField("checkpoint", "chains", models.BigIntegerField(null=True)),
        migrations.CreateModel(
            name="Countersigned",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("witness", models.CharField(max_length=60)),
                ("hash", models.BinaryField()),
                ("at", models.DateTimeField()),
                ("key", models.BinaryField()),
                ("signature", models.BinaryField()),
                (
                    "checkpoint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="ledger.checkpoint"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("checkpoint", "key"), name="countersigned_once"
                    )
                ]
            },
        ),
        migrations.RunSQL(REFUSE, ALLOW),
    ]
