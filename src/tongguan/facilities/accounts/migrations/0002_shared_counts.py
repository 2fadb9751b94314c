"""A table for what all processes count together, as tries at signing in.

Step:   expand, 1 of 1.
Locks:  none; the table is new.
Time:   at once.
Back:   each process counts by itself again.

It is not logged: a crash empties it, and counting begins anew.
"""

from typing import ClassVar

from django.db import migrations

MAKE = """
    CREATE UNLOGGED TABLE accounts_count (
        cache_key varchar(255) PRIMARY KEY,
        value text NOT NULL,
        expires timestamptz NOT NULL
    );
    CREATE INDEX accounts_count_expires ON accounts_count (expires);
"""


class Migration(migrations.Migration):
    """As Django's database cache wants it."""

    dependencies: ClassVar = [("accounts", "0001_initial")]
    operations: ClassVar = [migrations.RunSQL(MAKE, "DROP TABLE accounts_count")]
