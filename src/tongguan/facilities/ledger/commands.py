"""Entering acts, in the transaction of the act."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final, cast
from uuid import UUID

from django.db import connection
from msgspec import json

from tongguan.facilities.accounts.values import Actor
from tongguan.facilities.ledger.rules.chain import BEGINNING, seal
from tongguan.facilities.ledger.sealed import FACT, Rows, joined
from tongguan.facilities.ledger.values import HOUSE, NewEntry
from tongguan.facilities.tables import TableRows, read, write

COLUMNS = ("chain", "number", "kind", "at", "by", "facts", "previous", "hash")
_HEADS: Final = """
    SELECT asked.chain, head.number, head.hash FROM unnest(%s::uuid[]) AS asked (chain)
    CROSS JOIN LATERAL (
        SELECT number, hash FROM ledger_entry AS entry
        WHERE entry.chain = asked.chain ORDER BY number DESC LIMIT 1
    ) AS head
"""


def record(
    kind: str,
    chain: UUID | None,
    *,
    by: Actor,
    at: datetime,
    wrote: object = (),
    **facts: object,
) -> None:
    """Enter one act on the chain of a declaration, or of the house where there is none.

    Acts on one chain follow one another: the caller holds the declaration's lock
    (`clearance.lock`); the chain of the house is locked here until the transaction ends.

    Args:
        kind: what was done.
        chain: the declaration; None for the house.
        by: who did it.
        at: the moment.
        wrote: a list of what the act wrote into sealed tables (`sealed.made`, `changed`,
            `added`, `removed`); `ledger verify` reports a row that is not as the ledger says.
        facts: what else there is to say.

    Raises:
        ValueError: a fact has the name of the one that says what was written.
    """
    if FACT in facts:
        raise ValueError(f"{kind}: the fact {FACT} is said with `wrote`")
    if chain is None:
        chain = HOUSE
        lock_house()
    told = {name: str(fact) for name, fact in facts.items() if fact is not None}
    if said := joined(cast("Iterable[Rows]", wrote)):
        told[FACT] = said
    record_each([NewEntry(chain, kind, told)], by=by, at=at)


def lock_house() -> None:
    """Lock the chain of the house until the transaction ends; who takes other locks too, first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('ledger.house'))")


def record_each(entries: Sequence[NewEntry], *, by: Actor, at: datetime) -> None:
    """Enter acts on several chains; the caller holds what each of them is about.

    Args:
        entries: in order; several may lie on one chain.
        by: who did them all.
        at: the moment of all.

    Cost: two statements for any number.
    """
    found = read(_HEADS, [list({entry.chain for entry in entries})])
    heads = {chain: (number, bytes(last)) for chain, number, last in found}
    write([rows(entries, by=by, at=at, heads=heads)])


def rows(
    entries: Iterable[NewEntry],
    *,
    by: Actor,
    at: datetime,
    heads: Mapping[UUID, tuple[int, bytes]] | None = None,
) -> TableRows:
    """Return the rows of acts, for a writer of many tables.

    Args:
        entries: in order; several may lie on one chain.
        by: who did them all.
        at: the moment of all.
        heads: number and hash of the last entry of each chain; one that lacks begins here.
    """
    heads = dict(heads or {})
    how = {"capacity": by.capacity} if by.capacity else {}
    made: list[tuple[object, ...]] = []
    for entry in entries:
        number, previous = heads.get(entry.chain, (0, BEGINNING))
        facts = {**entry.facts, **how}
        row = _row(previous, entry.chain, number + 1, entry.kind, at, by.name, facts)
        made.append(row)
        heads[entry.chain] = (number + 1, row[-1])
    return TableRows("ledger_entry", COLUMNS, made)


def _row(
    previous: bytes,
    chain: UUID,
    number: int,
    kind: str,
    at: datetime,
    by: str,
    facts: dict[str, str],
) -> tuple[UUID, int, str, datetime, str, str, bytes, bytes]:
    sealed = seal(previous, chain=chain, number=number, kind=kind, at=at, by=by, facts=facts)
    return (chain, number, kind, at, by, json.encode(facts).decode(), previous, sealed)
