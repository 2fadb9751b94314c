"""Signing how far the chains have come: what was signed cannot be cut off unseen."""

from datetime import datetime, timedelta
from typing import Final

from django.db import connection, transaction

from tongguan.facilities.ledger.installation_keys import signing_key
from tongguan.facilities.ledger.models import Checkpoint, Entry
from tongguan.facilities.ledger.rules.chain import BEGINNING
from tongguan.facilities.ledger.rules.checkpoints import digest, seal
from tongguan.facilities.ledger.values import HeadRow
from tongguan.facilities.tables import TableRows, write

KEY: Final = "ledger"
MOST: Final = 20_000
"""So many new entries one checkpoint takes up; the next one goes on."""
OVERLAP: Final = timedelta(minutes=10)
"""Entries get their number before their transaction commits: those of so long ago are looked at
again, which no transaction outlasts."""

_COLUMNS: Final = (
    "number",
    "at",
    "count",
    "digest",
    "previous",
    "hash",
    "key",
    "signature",
    "entries",
    "chains",
    "up_to",
)
_MOVED: Final = """
    SELECT moved.chain, last.number, last.hash, coalesce((
        SELECT max(number) FROM ledger_head AS head WHERE head.chain = moved.chain
    ), 0)
    FROM (SELECT DISTINCT chain FROM ledger_entry WHERE id > %s AND id <= %s) AS moved
    CROSS JOIN LATERAL (
        SELECT number, hash FROM ledger_entry AS entry
        WHERE entry.chain = moved.chain ORDER BY number DESC LIMIT 1
    ) AS last
    WHERE NOT EXISTS (
        SELECT FROM ledger_head AS head
        WHERE head.chain = moved.chain AND head.number = last.number
    )
    ORDER BY moved.chain
"""
_SIGNED: Final = """
    SELECT coalesce(sum(number), 0), count(*)
    FROM (SELECT max(number) AS number FROM ledger_head GROUP BY chain) AS signed
"""


@transaction.atomic
def sign_heads(*, now: datetime) -> int:
    """Sign the last entry of every chain that moved since the last checkpoint; return how many.

    Signed is also how many entries and chains there are in all, so that a ledger that was emptied
    or cut is found by whoever has a later checkpoint than it holds. Where none moved there is
    nothing to sign, and no checkpoint. Two workers take turns.

    Raises:
        ProblemError: LED-012 the key is not on this node; nothing is signed.

    Cost: 0.1 ms a chain; the entries of the last ten minutes are read again.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('ledger.checkpoint'))")
    last = Checkpoint.objects.order_by("-number").first()
    settled = Checkpoint.objects.filter(at__lte=now - OVERLAP).order_by("-number").first()
    moved, up_to = _moved(settled.up_to if settled else 0, last.up_to if last else 0)
    if not moved:
        return 0
    heads = [head for head, _before in moved]
    entries, chains = _signed(last)
    entries += sum(head.number - before for head, before in moved)
    chains += sum(before == 0 for _head, before in moved)
    totals = (entries, chains, up_to)
    number, previous = (last.number + 1, bytes(last.hash)) if last else (1, BEGINNING)
    count, over = digest(heads)
    sealed = seal(previous, number=number, at=now, count=count, digest=over, totals=totals)
    key = signing_key(KEY)
    public = key.public_key().public_bytes_raw()
    row = (number, now, count, over, previous, sealed, public, key.sign(sealed), *totals)
    write(
        [
            TableRows("ledger_checkpoint", _COLUMNS, [row]),
            TableRows(
                "ledger_head",
                ("checkpoint_id", "chain", "number", "hash"),
                [(number, head.chain, head.number, head.hash) for head in heads],
            ),
        ]
    )
    return count


def _signed(last: Checkpoint | None) -> tuple[int, int]:
    """Return how many entries and chains the checkpoints so far have signed."""
    if last is None:
        return 0, 0
    if last.entries is not None and last.chains is not None:
        return last.entries, last.chains
    with connection.cursor() as cursor:  # the last one is of an earlier version
        cursor.execute(_SIGNED)
        [row] = cursor.fetchall()
    return int(row[0]), row[1]


def _moved(settled: int, seen: int) -> tuple[list[tuple[HeadRow, int]], int]:
    """Return the unsigned heads of the next chains that moved, and the last entry looked at.

    With each head goes the number of the head that was signed before it, 0 for none.
    """
    newest = Entry.objects.order_by("-id").values_list("id", flat=True).first() or 0
    heads: list[tuple[HeadRow, int]] = []
    up_to = seen
    with connection.cursor() as cursor:
        while not heads:
            up_to = min(up_to + MOST, newest)
            cursor.execute(_MOVED, [settled, up_to])
            heads = [
                (HeadRow(id_, number, bytes(hash_)), before)
                for id_, number, hash_, before in cursor
            ]
            if up_to == newest:
                break
    return heads, up_to
