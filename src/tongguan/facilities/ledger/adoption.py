"""Adopting rows that no act describes: those of a house from before its tables were sealed.

An adoption is begun and ended by an entry on the chain of the house. Between the two, entries say
what the rows hold that no entry described, each on the chain of its rows, so that from then on a
change of them is found. What limits it, so that it cannot hide a change made later:

- A table is adopted once in the life of a house, whether it has such rows or not.
- Nothing is adopted while a seal or a checkpoint is broken.
- A row that an act wrote is never adopted, nor a column that an entry describes.
- A row of a declaration is adopted only if the chain of the declaration began before an act first
  described a row of that table. A declaration without a chain has no row that is adopted; bills
  and rejected submissions have none where an earlier release wrote them (`SealedTable.unbegun`).
- `ledger verify` lists every adoption: who, when, why, and how many rows of which table.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Final
from uuid import UUID

from django.db import connection, transaction
from msgspec import DecodeError, Raw, json
from psycopg import sql

from tongguan.facilities.accounts.values import Actor
from tongguan.facilities.ledger import problems
from tongguan.facilities.ledger.adopted import ADOPTED, BEGUN, ENDED, adoptions
from tongguan.facilities.ledger.commands import lock_house, record
from tongguan.facilities.ledger.comparison import LAST, chains_of, fetched, rows_between
from tongguan.facilities.ledger.forms import plain
from tongguan.facilities.ledger.models import Entry
from tongguan.facilities.ledger.queries import verify
from tongguan.facilities.ledger.sealed import REST, Columns, Rows, SealedTable, replay
from tongguan.facilities.ledger.values import HOUSE, Adoption
from tongguan.facilities.tables import one_moment
from tongguan.kernel.time import LOCAL

GROUP: Final = 500
"""So many chains are locked at a time, and so many rows of the house stand in one entry."""
_SAID: Final = "SELECT chain, number, facts ->> 'rows' FROM ledger_entry WHERE facts ? 'rows'"
_BEGUN: Final = sql.SQL(
    "SELECT chain FROM ledger_entry"
    " WHERE number = 1 AND (%s::uuid IS NULL OR chain > %s) ORDER BY chain LIMIT %s"
)
_FIRST_SAID: Final = """
    SELECT at, facts ->> 'rows' FROM ledger_entry
    WHERE facts ? 'rows' AND kind <> 'ROWS_ADOPTED' ORDER BY at
"""

Lock = Callable[[Sequence[UUID]], None]
"""Locks declarations until the transaction ends."""
Kept = dict[str, dict[str, Columns]]


@dataclass(frozen=True, slots=True)
class _Work:
    """An adoption that is open: its entry, its tables, and when acts first described each."""

    number: int
    tables: Mapping[str, SealedTable]
    described: Mapping[str, datetime]
    by: Actor
    now: datetime

    def enter(self, chain: UUID | None, rows: Rows) -> None:
        """Enter what was missing on a chain."""
        record(ADOPTED, chain, by=self.by, at=self.now, wrote=[rows], adoption=self.number)

    def may_adopt(self, table: SealedTable, began: datetime | None) -> bool:
        """Return whether rows of a chain may be from before acts described rows of their table."""
        if began is None:
            return table.unbegun
        return table.table not in self.described or began < self.described[table.table]


def adopt(
    tables: Mapping[str, SealedTable], *, lock: Lock, reason: str, by: Actor, now: datetime
) -> Adoption:
    """Have the ledger describe the rows that no act described, in transactions of some chains each.

    An adoption that was broken off is gone on with, and keeps its first reason.

    Args:
        tables: all that are sealed, by name; those that were adopted before are passed over.
        lock: locks declarations.
        reason: why no act describes these rows.
        by: who adopts them.
        now: the moment.

    Raises:
        ProblemError: LED-009 the ledger is broken, LED-010 every table was adopted, LED-011 no
            reason.
    """
    if not reason.strip():
        raise problems.NO_REASON.error()
    broken = verify().broken
    if broken:
        place = f"{broken[0].chain or 'checkpoint'} {broken[0].number}"
        raise problems.LEDGER_BROKEN.error(count=len(broken), place=place)
    number, wanted = _begin(tables, reason=reason.strip(), by=by, now=now)
    work = _Work(number, wanted, _first_described(), by, now)
    _adopt_chains(work, lock)
    _adopt_house(work)
    return next(one for one in adoptions()[0] if one.number == number)


@transaction.atomic(durable=True)
def _begin(
    tables: Mapping[str, SealedTable], *, reason: str, by: Actor, now: datetime
) -> tuple[int, Mapping[str, SealedTable]]:
    """Enter that an adoption begins, or find the one that is open; return its tables too."""
    lock_house()
    found = adoptions()[0]
    for one in found:
        if not one.ended:
            return one.number, {name: tables[name] for name in one.tables if name in tables}
    taken = {name for one in found for name in one.tables}
    wanted = {name: table for name, table in tables.items() if name not in taken}
    if not wanted:
        raise problems.ALL_ADOPTED.error(by=found[-1].by, at=found[-1].at.astimezone(LOCAL).date())
    record(BEGUN, None, by=by, at=now, reason=reason, tables=" ".join(sorted(wanted)))
    return Entry.objects.filter(chain=HOUSE).order_by("-number")[0].number, wanted


def _first_described() -> dict[str, datetime]:
    """Return when an act first described a row of each table."""
    first: dict[str, datetime] = {}
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(_FIRST_SAID)
        for at, text in fetched(cursor):
            for table in _tables_of(text):
                first.setdefault(table, at)
    return first


def _tables_of(text: str) -> Iterable[str]:
    try:
        return json.decode(text, type=dict[str, Raw])
    except DecodeError:  # the comparison reports it
        return ()


def _adopt_chains(work: _Work, lock: Lock) -> None:
    low: UUID | None = None
    while chains := _chains_after(work, low):
        with transaction.atomic(durable=True):
            lock(chains)
            for chain, rows in _missing_of_chains(work, chains, low):
                work.enter(chain, rows)
        low = chains[-1]


def _chains_after(work: _Work, low: UUID | None) -> list[UUID]:
    """Return the next chains above `low`, in order, also those that no entry has begun."""
    unbegun = [table for table in work.tables.values() if table.unbegun]
    parts = [_BEGUN, *(chains_of(table) for table in unbegun)]
    every = sql.SQL(" UNION ").join(sql.SQL("({})").format(part) for part in parts)
    statement = sql.SQL("SELECT * FROM ({}) AS every ORDER BY 1 LIMIT %s").format(every)
    with connection.cursor() as cursor:
        cursor.execute(statement, [*([low, low, GROUP] * len(parts)), GROUP])
        return [chain for (chain,) in cursor.fetchall()]


def _missing_of_chains(
    work: _Work, chains: Sequence[UUID], low: UUID | None
) -> Iterator[tuple[UUID, Rows]]:
    """Yield by chain what no entry says of its rows, of the chains above `low` that these are."""
    first = Entry.objects.filter(chain__in=chains, number=1).values_list("chain", "at")
    began = dict(first)
    said: dict[UUID, Kept] = {chain: {} for chain in chains if chain != HOUSE}

    def of(chain: UUID, table: str) -> dict[str, Columns]:
        return said[chain].setdefault(table, {})

    _replay(" AND chain = ANY(%s) ORDER BY chain, number", [list(said)], of)
    missing: dict[UUID, Rows] = {}
    for name, table in work.tables.items():
        if not table.chain:
            continue
        for chain, rows in rows_between(table, low, chains[-1]):
            if chain not in said or not work.may_adopt(table, began.get(chain)):
                continue
            if lacks := _missing(table, said[chain].get(name, {}), rows):
                missing.setdefault(chain, {})[name] = lacks
    yield from missing.items()


def _adopt_house(work: _Work) -> None:
    """Adopt the rows of the house as they are at one moment, and end the adoption."""
    tables = [table for table in work.tables.values() if not table.chain]
    with _house_held(), one_moment():
        said: Kept = {table.table: {} for table in tables}
        _replay(" ORDER BY chain, number", [], lambda _chain, table: said.get(table, {}))
        for table in tables:
            rows: dict[str, Columns | None] = {}
            for _chain, found in rows_between(table, None, LAST):
                rows |= found
            lacks = list(_missing(table, said[table.table], rows).items())
            for place in range(0, len(lacks), GROUP):
                work.enter(None, {table.table: dict(lacks[place : place + GROUP])})
        record(ENDED, None, by=work.by, at=work.now, adoption=work.number)


def _replay(
    which: str, values: list[list[UUID]], kept: Callable[[UUID, str], dict[str, Columns]]
) -> None:
    """Apply what entries say about rows, in their order, to what is kept by chain and table."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(_SAID + which, values)
        for chain, number, text in fetched(cursor):
            try:
                replay(text, partial(kept, chain))
            except ValueError as error:
                place = f"{chain} {number}"
                raise problems.LEDGER_BROKEN.error(count=1, place=place) from error


def _missing(
    table: SealedTable, told: Mapping[str, Columns], rows: Mapping[str, Columns | None]
) -> dict[str, Columns | None]:
    """Return by key the columns of rows of one chain that no entry describes."""
    missing: dict[str, Columns | None] = {}
    for key, columns in rows.items():
        said = told.get(key)
        if said is None:
            missing[key] = columns
        elif not _is_whole(table, said):
            lacks = _lacking(said, columns or {})
            if lacks:
                missing[key] = lacks
    return missing


def _is_whole(table: SealedTable, said: Columns) -> bool:
    """Return whether an act wrote the row: only then is `rest` told, or the first column."""
    return (REST if table.rest else table.columns[0]) in said


def _lacking(said: Columns, columns: Columns) -> Columns:
    """Return the columns that are not told; of one that was added to, what it was before that."""
    lacks = {}
    for name, value in columns.items():
        if f"+{name}" in said and name not in said:
            lacks[name] = plain(Decimal(value) - Decimal(said[f"+{name}"]))
        elif name not in said:
            lacks[name] = value
    return lacks


@contextmanager
def _house_held() -> Iterator[None]:
    """Hold the chain of the house before the moment of reading, so that no entry comes between."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext('ledger.house'))")
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(hashtext('ledger.house'))")
