"""Events whose consequences failed, and the periodic jobs of each node.

Step:   expand, 1 of 1.
Locks:  the announcements, for an instant, for the reference to them; no row is read.
Time:   at once.
Back:   what failed is forgotten; the worker tries those events again.
"""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Two tables of the worker."""

    dependencies: ClassVar = [("announcements", "0002_eras")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="FailedEvent",
            fields=[
                ("event", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to="announcements.announcement")),
                ("subject", models.UUIDField()),
                ("tries", models.PositiveSmallIntegerField()),
                ("first_at", models.DateTimeField()),
                ("tried_at", models.DateTimeField()),
                ("next_at", models.DateTimeField()),
                ("parked_at", models.DateTimeField(null=True)),
                ("error", models.CharField(default="", max_length=500)),
                ("trace", models.TextField(default="")),
            ],
            options={
                "indexes": [models.Index(fields=["subject", "event"], name="failed_of_subject")],
            },
        ),
        migrations.CreateModel(
            name="PeriodicJob",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=60)),
                ("node", models.CharField(max_length=120)),
                ("at", models.DateTimeField()),
                ("done_at", models.DateTimeField(null=True)),
                ("failures", models.PositiveIntegerField(default=0)),
                ("error", models.CharField(default="", max_length=500)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("name", "node"), name="job_of_node")],
            },
        ),
    ]
