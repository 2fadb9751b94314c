"""Whether this node can be given work: its database, tables, worker, keys and secret."""

from datetime import datetime, timedelta
from functools import cache
from typing import Final

from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from tongguan.facilities.announcements.periodic import last_heartbeat
from tongguan.facilities.ledger.installation_keys import missing_keys
from tongguan.facilities.ledger.installation_secret import secret_faults
from tongguan.kernel.text import _

SILENT: Final = timedelta(minutes=2)
"""A worker says every ten seconds that it is alive; a long job may keep it from that a while."""
DATABASE: Final = _("The database does not answer. See that it runs and can be reached.")
TABLES: Final = _("The tables are not of this release. Run: tongguan migrate")
WORKER: Final = _("No worker is alive: nothing follows from what is done. See its log.")
KEYS: Final = _("A signing key is not on this node, or its HSM fails. Run: tongguan keys list")
SECRET: Final = _("The other nodes have another secret (LED-015). See TONGGUAN_SECRET_KEY.")


def faults(*, now: datetime) -> tuple[tuple[str, str], ...]:
    """Return each check that fails with its words, to be translated; none where all is well."""
    try:
        if _known() - MigrationRecorder(connection).applied_migrations().keys():
            return (("tables", TABLES),)
        seen = last_heartbeat()
        checks = (
            ("worker", WORKER, seen is not None and now - seen <= SILENT),
            ("keys", KEYS, not missing_keys()),
            ("secret", SECRET, not secret_faults()),
        )
    except Error:
        return (("database", DATABASE),)
    return tuple((name, words) for name, words, is_well in checks if not is_well)


@cache
def _known() -> frozenset[tuple[str, str]]:
    """Return the changes of tables that this release is made for, by part and name."""
    return frozenset(MigrationLoader(None).disk_migrations)
