"""Whether this node can be given work: its disk, database, tables, worker, keys and secret."""

import shutil
from datetime import datetime, timedelta
from functools import cache
from typing import Final

from django.conf import settings
from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from tongguan.facilities.announcements.periodic import last_heartbeat
from tongguan.facilities.ledger.installation_keys import missing_keys
from tongguan.facilities.ledger.installation_secret import secret_faults
from tongguan.kernel.text import _

SILENT: Final = timedelta(minutes=2)
"""A worker says every ten seconds that it is alive; a long job may keep it from that a while."""
LEAST_FREE_MB: Final = 256
"""What bodies of a few batches and the log of the embedded database take until somebody helps."""
DISK: Final = _("The disk of TONGGUAN_HOME is nearly full. Make room on it.")
DATABASE: Final = _("The database does not answer. See that it runs and can be reached.")
TABLES: Final = _("The tables are not of this release. Run: tongguan migrate")
WORKER: Final = _("No worker is alive: nothing follows from what is done. See its log.")
KEYS: Final = _("A signing key is not on this node, or its HSM fails. Run: tongguan keys list")
SECRET: Final = _("The other nodes have another secret (LED-015). See TONGGUAN_SECRET_KEY.")


def faults(*, now: datetime) -> tuple[tuple[str, str], ...]:
    """Return each check that fails with its words, to be translated; none where all is well."""
    full = () if _has_room() else (("disk", DISK),)
    try:
        if _known() - MigrationRecorder(connection).applied_migrations().keys():
            return (*full, ("tables", TABLES))
        seen = last_heartbeat()
        checks = (
            ("worker", WORKER, seen is not None and now - seen <= SILENT),
            ("keys", KEYS, not missing_keys()),
            ("secret", SECRET, not secret_faults()),
        )
    except Error:
        return (*full, ("database", DATABASE))
    return (*full, *((name, words) for name, words, is_well in checks if not is_well))


def _has_room() -> bool:
    try:
        return shutil.disk_usage(settings.HOME).free >> 20 >= LEAST_FREE_MB
    except OSError:  # the disk cannot be asked; that says nothing of its room
        return True


@cache
def _known() -> frozenset[tuple[str, str]]:
    """Return the changes of tables that this release is made for, by part and name."""
    return frozenset(MigrationLoader(None).disk_migrations)
