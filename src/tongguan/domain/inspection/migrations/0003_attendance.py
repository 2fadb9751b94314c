"""Keep who attends an inspection and when it begins, before anything is unpacked.

Step:   expand, 1 of 1.
Locks:  none but on the new table.
Time:   at once.
Back:   drops the table; records already signed keep their witness.
"""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """One table."""

    dependencies: ClassVar = [
        ("declarations", "0001_initial"),
        ("inspection", "0002_officers_drawn"),
    ]
    operations: ClassVar = [
        migrations.CreateModel(
            name="Attendance",
            fields=[
                ("hold", models.UUIDField(primary_key=True, serialize=False)),
                ("witness", models.CharField(blank=True, max_length=100)),
                ("absence", models.CharField(blank=True, max_length=200)),
                ("noted_at", models.DateTimeField()),
                ("noted_by", models.CharField(max_length=150)),
                ("seals_before", models.CharField(blank=True, max_length=200)),
                ("started_at", models.DateTimeField(null=True)),
                ("started_by", models.CharField(blank=True, max_length=150)),
                (
                    "declaration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="declarations.declaration",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.CheckConstraint(
                condition=models.Q(("absence", ""), ("witness", ""), _negated=True),
                name="attendance_says_who",
            ),
        ),
    ]
