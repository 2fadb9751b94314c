"""A table for wrong tries at secrets, counted by all processes together.

Step:   expand, 1 of 1.
Locks:  none; the table is new.
Time:   at once.
Back:   tries at signing in and at tokens are counted by nobody.

It is not logged: a crash empties it, and counting begins anew.
"""

from typing import ClassVar

from django.db import migrations

MAKE = """
    CREATE UNLOGGED TABLE accounts_tried (
        key varchar(120) PRIMARY KEY,
        count integer NOT NULL,
        until timestamptz NOT NULL
    );
    CREATE INDEX accounts_tried_until ON accounts_tried (until);
"""


class Migration(migrations.Migration):
    """One table without a model: it is written by statements of its own."""

    dependencies: ClassVar = [("accounts", "0005_chief")]
    operations: ClassVar = [migrations.RunSQL(MAKE, "DROP TABLE accounts_tried")]
