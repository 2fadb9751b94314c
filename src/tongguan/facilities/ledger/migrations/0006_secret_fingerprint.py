"""The fingerprint of the installation's secret, so that a node with another secret is found.

Step:   expand, 1 of 1; the first node that serves writes it.
Locks:  none on tables in use.
Time:   at once.
Back:   a node with another secret is found by nobody again.
"""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """A table of fingerprints, empty."""

    dependencies: ClassVar = [("ledger", "0005_signing_keys")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="SecretFingerprint",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("salt", models.BinaryField()),
                ("fingerprint", models.CharField(max_length=64)),
                ("since", models.DateTimeField()),
                ("in_use", models.BooleanField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(condition=models.Q(("in_use", True)), fields=("in_use",), name="secret_in_use")],
            },
        ),
    ]
