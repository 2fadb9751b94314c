"""Keep the decisions on cases, each with the consequence that it names.

Step:   expand, 1 of 1; cases decided before are in the audit log alone.
Locks:  none but on the new table.
Time:   at once.
Back:   drops the table.
"""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """One table."""

    dependencies: ClassVar = [
        ("declarations", "0001_initial"),
        ("review", "0003_revocation"),
    ]
    operations: ClassVar = [
        migrations.CreateModel(
            name="CaseDecision",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("hold", models.UUIDField()),
                ("consequence", models.CharField(max_length=12)),
                ("words", models.TextField()),
                ("decided_by", models.CharField(max_length=150)),
                ("decided_at", models.DateTimeField()),
                (
                    "declaration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="declarations.declaration",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            consequence__in=[
                                "NONE",
                                "REFUND",
                                "AMENDMENT",
                                "RECOVERY",
                                "PENALTY",
                                "REFUSAL",
                                "REEXPORT",
                                "DESTRUCTION",
                            ]
                        ),
                        name="case_consequence_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True),
                        name="case_decided_with_reason",
                    ),
                ],
                "indexes": [models.Index(fields=["hold", "id"], name="case_decisions_of_hold")],
            },
        ),
    ]
