"""Of mandates that are the same in all they say, one runs.

Two written at the same moment could both run. Either covers what the other does: of such, the first
stays, and the others are marked as revoked, so that the index can be made.

Step:   expand, 1 of 1; what is refused was refused before, but to two at the same moment.
Locks:  the mandates, against writing, while the index is made.
Time:   10 s for a million mandates.
Back:   drops the index.
"""

from typing import ClassVar

from django.db import migrations, models

LEAVE_ONE = """
    UPDATE parties_mandate AS m SET revoked_at = now(), revoked_by = 'system'
    WHERE m.revoked_at IS NULL AND EXISTS (
        SELECT FROM parties_mandate AS first
        WHERE first.id < m.id AND first.revoked_at IS NULL
          AND (first.principal_id, first.broker_id, first.flow, first.chapters,
               first.valid_from, first.valid_until)
            = (m.principal_id, m.broker_id, m.flow, m.chapters, m.valid_from, m.valid_until)
    )
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("parties", "0001_initial")]

    operations: ClassVar = [
        migrations.RunSQL(LEAVE_ONE, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.UniqueConstraint(
                fields=["principal", "broker", "flow", "chapters", "valid_from", "valid_until"],
                condition=models.Q(revoked_at=None),
                name="mandate_given_once",
            ),
        ),
    ]
