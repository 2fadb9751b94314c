"""Count transactions on where the database is restored into a server that begins anew.

Step:   expand, 1 of 1.
Locks:  the announcements, for an instant; no row is written anew.
Time:   at once.
Back:   the server's own count decides again.
"""

from typing import ClassVar

from django.db import migrations, models

import tongguan.facilities.announcements.models

MAKE = """
    CREATE FUNCTION announcements_era() RETURNS bigint LANGUAGE sql STABLE AS 'SELECT 0::bigint'
"""


class Migration(migrations.Migration):
    """A function says what was counted before; the default adds it."""

    dependencies: ClassVar = [("announcements", "0001_initial")]
    operations: ClassVar = [
        migrations.RunSQL(MAKE, "DROP FUNCTION announcements_era()"),
        migrations.AlterField(
            model_name="announcement",
            name="transaction",
            field=models.BigIntegerField(
                db_default=tongguan.facilities.announcements.models.CountedTransaction()
            ),
        ),
    ]
