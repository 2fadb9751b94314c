"""The public keys that an installation signs with, so that a node knows which it needs.

Step:   expand, 1 of 1; the ledger's key is taken from the last checkpoint, others when next used.
Locks:  none on tables in use.
Time:   at once.
Back:   a node makes keys of its own again where it has none.
"""

from typing import ClassVar

from django.db import migrations, models

KNOWN = """
    INSERT INTO ledger_signingkey (purpose, key, since)
    SELECT 'ledger', encode(key, 'hex'), at FROM ledger_checkpoint ORDER BY number DESC LIMIT 1
"""


class Migration(migrations.Migration):
    """A table of public keys, with the one that signed last."""

    dependencies: ClassVar = [("ledger", "0004_witnessed")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="SigningKey",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("purpose", models.CharField(max_length=40)),
                ("key", models.CharField(max_length=64)),
                ("since", models.DateTimeField()),
                ("retired_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [models.UniqueConstraint(condition=models.Q(("retired_at", None)), fields=("purpose",), name="signing_key_in_use"), models.UniqueConstraint(fields=("purpose", "key"), name="signing_key_once")],
            },
        ),
        migrations.RunSQL(KNOWN, migrations.RunSQL.noop),
    ]
