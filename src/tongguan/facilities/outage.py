"""Whether an error says that the database is away, and not that a statement was wrong."""

from typing import Final

import psycopg
from django.db import utils as django_errors

AWAY: Final = ("08", "53", "57P")
"""Connection lost or refused, no room or connection left, shut down. Source: PostgreSQL, app. A."""
_LOST: Final = (django_errors.InterfaceError, psycopg.InterfaceError)
_FAILED: Final = (django_errors.OperationalError, psycopg.OperationalError)


def is_outage(error: BaseException | None) -> bool:
    """Return whether the same would go well once the database answers again."""
    if not isinstance(error, _FAILED):
        return isinstance(error, _LOST)
    cause = error if isinstance(error, psycopg.Error) else error.__cause__
    state = getattr(cause, "sqlstate", None)
    # Without a state the client itself found no server, or lost it.
    return state is None or state.startswith(AWAY)
