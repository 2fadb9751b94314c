"""Refuse to change or remove an entry, whoever asks.

Step:   expand, 1 of 1.
Locks:  none on an empty table.
Time:   at once.
Back:   entries could be changed again; the seals still tell.
"""

from typing import ClassVar

from django.db import migrations

REFUSE = """
    CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'the ledger is append-only';
    END $$;
    CREATE TRIGGER ledger_append_only BEFORE UPDATE OR DELETE ON ledger_entry
        FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
"""
ALLOW = """
    DROP TRIGGER ledger_append_only ON ledger_entry;
    DROP FUNCTION ledger_refuse();
"""


class Migration(migrations.Migration):
    """Append-only, by the database itself."""

    dependencies: ClassVar = [("ledger", "0001_initial")]
    operations: ClassVar = [migrations.RunSQL(REFUSE, ALLOW)]
