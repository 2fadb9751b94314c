"""Reading the ledger and checking its chains and checkpoints."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, Final
from uuid import UUID

from django.db import connection, transaction

from tongguan.facilities.keys import public_keys
from tongguan.facilities.ledger.models import Checkpoint, Entry, Head
from tongguan.facilities.ledger.rules.chain import BEGINNING, broken_at
from tongguan.facilities.ledger.rules.checkpoints import digest, wrong_with
from tongguan.facilities.ledger.signing import KEY
from tongguan.facilities.ledger.values import (
    CheckpointRow,
    EntryRow,
    Flaw,
    HeadRow,
    Trust,
    Verified,
    Wrong,
)

_COLUMNS: Final = ("chain", "number", "kind", "at", "by", "facts", "previous", "hash")
_SIGNED: Final = ("number", "at", "count", "digest", "previous", "hash", "key", "signature")
_GROUP: Final = 5_000
_UNLIKE: Final = """
    SELECT head.chain, head.number, entry.id IS NULL
    FROM ledger_head AS head
    LEFT JOIN ledger_entry AS entry ON entry.chain = head.chain AND entry.number = head.number
    WHERE (entry.id IS NULL OR entry.hash <> head.hash) {of}
    ORDER BY head.chain, head.number
"""
_UNSIGNED: Final = """
    SELECT count(*)
    FROM ledger_entry AS entry
    LEFT JOIN (SELECT chain, max(number) AS number FROM ledger_head GROUP BY chain) AS signed
        USING (chain)
    WHERE entry.number > coalesce(signed.number, 0) {of}
"""


def entries(chain: UUID) -> tuple[EntryRow, ...]:
    """Return one chain, from its first act to its last."""
    found = Entry.objects.filter(chain=chain).order_by("number").values_list(*_COLUMNS)
    return tuple(_entry(row) for row in found)


def all_entries() -> Iterator[EntryRow]:
    """Yield all entries by chain and number, read in groups."""
    found = Entry.objects.order_by("chain", "number").values_list(*_COLUMNS)
    return map(_entry, found.iterator(chunk_size=_GROUP))


def checkpoints() -> Iterator[tuple[CheckpointRow, Iterable[HeadRow]]]:
    """Yield all checkpoints, earliest first, each with its heads in order of chain."""
    found = Checkpoint.objects.order_by("number").values_list(*_SIGNED)
    for number, at, count, *rest in found.iterator(chunk_size=_GROUP):
        heads = Head.objects.filter(checkpoint=number).order_by("chain")
        columns = heads.values_list("chain", "number", "hash").iterator(chunk_size=_GROUP)
        row = CheckpointRow(number, at, count, *map(bytes, rest))
        yield row, (HeadRow(chain, place, bytes(hash_)) for chain, place, hash_ in columns)


def own_trust() -> Trust:
    """Return what the installation itself knows: the keys that it has and had."""
    return Trust(public_keys(KEY))


@transaction.atomic
def verify(chain: UUID | None = None, *, trust: Trust | None = None) -> Verified:
    """Check every seal and signed head of one chain; or of all, and the checkpoints themselves.

    Args:
        chain: the declaration; all where it is not named.
        trust: what whoever checks knows; without it, what the installation knows.

    Cost: about 10 µs an entry, 100 µs a checkpoint.
    """
    found = iter(entries(chain)) if chain is not None else _unhurried()
    chains = count = 0
    broken: list[Flaw] = []
    for id_, rows in groupby(found, lambda row: row.chain):
        whole = list(rows)
        chains, count = chains + 1, count + len(whole)
        place = broken_at(whole)
        if place is not None:
            broken.append(Flaw(id_, place, Wrong.SEAL))
    with connection.cursor() as cursor:
        cursor.execute(*_of(_UNLIKE, "head", chain))
        for id_, place, gone in cursor.fetchall():
            broken.append(Flaw(id_, place, Wrong.CUT if gone else Wrong.REPLACED))
        cursor.execute(*_of(_UNSIGNED, "entry", chain))
        [unsigned] = cursor.fetchone() or (0,)
    signed = 0
    if chain is None:
        signed, flaws = _checked(trust or own_trust())
        broken += flaws
    return Verified(chains, count, signed, unsigned, tuple(broken))


def _of(statement: str, table: str, chain: UUID | None) -> tuple[str, list[UUID]]:
    if chain is None:
        return statement.format(of=""), []
    return statement.format(of=f"AND {table}.chain = %s"), [chain]


def _unhurried() -> Iterator[EntryRow]:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
    return all_entries()


def _checked(trust: Trust) -> tuple[int, list[Flaw]]:
    flaws: list[Flaw] = []
    count = number = 0
    previous = BEGINNING
    missing = set(trust.exported)
    for row, heads in checkpoints():
        counted = digest(heads)
        wrong = wrong_with(
            row, previous=previous, number=number + 1, counted=counted, keys=trust.keys
        )
        if wrong is not None:
            flaws.append(Flaw(None, row.number, wrong))
        count, number, previous = count + 1, row.number, row.hash
        missing.discard((row.number, row.hash))
    return count, flaws + [Flaw(None, place, Wrong.MISSING) for place, _hash in sorted(missing)]


def _entry(row: tuple[Any, ...]) -> EntryRow:
    chain, number, kind, at, by, facts, previous, sealed = row
    return EntryRow(chain, number, kind, at, by, facts, bytes(previous), bytes(sealed))
