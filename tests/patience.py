"""How long a test waits for what has to come in the end."""

import time
from typing import Final

from django.db import connection

PATIENCE_SECONDS: Final = 120.0
"""Far longer than it ever takes: a test says that it comes, not how fast on a machine in use."""
# Not pg_stat_activity: a transaction that has read it does not see who connects afterwards.
_WAITING: Final = """
    SELECT count(DISTINCT pid) FROM pg_locks
    WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))
"""


def waiting_for_this(count: int) -> bool:
    """Return whether so many other connections come to wait for what this one has locked."""
    end = time.monotonic() + PATIENCE_SECONDS
    with connection.cursor() as cursor:
        while time.monotonic() < end:
            cursor.execute(_WAITING)
            if cursor.fetchone() == (count,):
                return True
            time.sleep(0.02)
    return False
