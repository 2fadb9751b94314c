"""Counts of wrong tries at secrets, which all processes share, so that nobody can guess one.

A try is counted before the secret is looked at, and taken back when it was right: many tries at
once cannot all pass before the first is counted. A count ends with its time, however often somebody
goes on trying.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from math import ceil

from django.db import connection
from django.utils.crypto import salted_hmac

_COUNT = """
    WITH ended AS (
        DELETE FROM accounts_tried WHERE key IN (
            SELECT key FROM accounts_tried WHERE until <= %(now)s AND key <> ALL(%(keys)s)
            LIMIT 5 FOR UPDATE SKIP LOCKED
        )
    )
    INSERT INTO accounts_tried AS had (key, count, until)
    SELECT key, 1, until
    FROM unnest(%(keys)s::text[], %(ends)s::timestamptz[]) AS tried (key, until)
    ON CONFLICT (key) DO UPDATE SET
        count = CASE WHEN had.until <= %(now)s THEN 1 ELSE had.count + 1 END,
        until = CASE WHEN had.until <= %(now)s THEN excluded.until ELSE had.until END
    RETURNING key, count, until
"""
_TAKE_BACK = "UPDATE accounts_tried SET count = count - 1 WHERE key = ANY(%s) AND count > 0"
_FORGET = """
    WITH gone AS (DELETE FROM accounts_tried WHERE key LIKE %s RETURNING count, until)
    SELECT coalesce(sum(count) FILTER (WHERE until > %s), 0) FROM gone
"""
_REMEMBER = """
    INSERT INTO accounts_tried (key, count, until) VALUES (%s, 1, %s)
    ON CONFLICT (key) DO UPDATE SET until = excluded.until
"""


@dataclass(frozen=True, slots=True)
class Limit:
    """How many wrong tries are heard within a time.

    Attributes:
        most: so many; the next is refused until the time has passed.
        seconds: counted from the first of them.
    """

    most: int
    seconds: int


def count(tried: Sequence[tuple[str, Limit]], *, now: datetime) -> int:
    """Count a try under each key; return for how many seconds it is refused, 0 if it is heard.

    One statement, which also deletes up to five counts that have ended.
    """
    limits = dict(sorted(tried))
    ends = [now + timedelta(seconds=limit.seconds) for limit in limits.values()]
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"now": now, "keys": list(limits), "ends": ends})
        rows = cursor.fetchall()
    waits = [until - now for key, counted, until in rows if counted > limits[key].most]
    return max((ceil(wait.total_seconds()) for wait in waits), default=0)


def take_back(keys: Sequence[str]) -> None:
    """Take back a try that was right."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKE_BACK, [list(keys)])


def remember(key: str, *, until: datetime) -> None:
    """Keep that something is known, as the address somebody came from."""
    with connection.cursor() as cursor:
        cursor.execute(_REMEMBER, [key, until])


def is_remembered(key: str, *, now: datetime) -> bool:
    """Return whether something is known still."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM accounts_tried WHERE key = %s AND until > %s", [key, now])
        return cursor.fetchone() is not None


def forget(prefix: str, *, now: datetime) -> int:
    """Forget all counts whose keys begin so, and return how many wrong tries still counted.

    The prefix has no sign that a pattern reads.
    """
    with connection.cursor() as cursor:
        cursor.execute(_FORGET, [f"{prefix}%", now])
        return int(cursor.fetchone()[0])


def of_account(person_id: int) -> str:
    """Return what the keys begin with under which tries at a person's account are counted."""
    return f"sign-in:p{person_id}:"


def subject(typed: str) -> str:
    """Return a key for what somebody typed, which does not tell it: it may be a password."""
    return salted_hmac("tongguan tries", typed, algorithm="sha256").hexdigest()[:32]


def network(address: str) -> str:
    """Return what an address is counted as: itself, or the /64 that an IPv6 address lies in."""
    try:
        found = ip_address(address)
    except ValueError:
        return subject(address)
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(ip_network((int(found), 64), strict=False).network_address)
    return str(found)
