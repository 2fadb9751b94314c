"""Comparing the rows of the house with what the ledger says about them, in both directions."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Final
from uuid import UUID

from django.db import connection
from psycopg import sql

from tongguan.facilities.ledger.sealed import (
    Columns,
    SealedTable,
    described_rows,
    replay,
    settled,
)
from tongguan.facilities.ledger.values import Compared, Difference, RowRow, Unlike
from tongguan.facilities.tables import one_moment

CHAINS: Final = 2_000
"""So many chains are compared at a time."""
MOST: Final = 200
"""So many differences are listed; all are counted."""
READ: Final = 2_000
_SAID: Final = """
    SELECT chain, facts ->> 'rows' FROM ledger_entry WHERE facts ? 'rows' ORDER BY chain, number
"""
_BETWEEN: Final = sql.SQL(
    "SELECT {chain}, {columns} FROM {source}"
    " WHERE (%s::uuid IS NULL OR {chain} > %s) AND {chain} <= %s"
)
LAST: Final = UUID(int=(1 << 128) - 1)

Kept = dict[str, dict[str, Columns]]


@dataclass(slots=True)
class _Report:
    """What was found so far."""

    rows: int = 0
    listed: list[Difference] = field(default_factory=list)
    counts: Counter[tuple[str, Unlike]] = field(default_factory=Counter)

    def add(self, one: Difference) -> None:
        self.counts[one.table, one.unlike] += 1
        if len(self.listed) < MOST:
            self.listed.append(one)


def compare(
    tables: Mapping[str, SealedTable],
    *,
    numbers: str,
    more: Callable[[], Iterable[Difference]] = tuple,
) -> Compared:
    """Compare all rows of sealed tables with what the ledger says, as of one moment.

    Args:
        tables: by name.
        numbers: the table whose column `number` is how people call a chain.
        more: what else is found to differ, at the same moment.

    Cost: a statement a table for every 2,000 chains; 7,000 declarations in a few seconds.
    """
    report = _Report()
    house: Kept = {}
    of_chains = [table for table in tables.values() if table.chain]
    with one_moment():
        low: UUID | None = None
        for said in _groups(tables, house, report):
            high = LAST if said is None else max(said)
            kept = said or {}
            for table in of_chains:
                _compare_chains(table, kept, low, high, numbers, report)
            low = high
        for table in of_chains:
            _compare(table, None, "", {}, rows_of_no_chain(table), report)
        for table in tables.values():
            if not table.chain:
                _compare_house(table, house.get(table.table, {}), report)
        for one in more():
            report.add(one)
    return Compared(report.rows, dict(report.counts), tuple(report.listed))


def rows_of(tables: Mapping[str, SealedTable]) -> Iterator[RowRow]:
    """Yield all rows of sealed tables as they are compared, for an auditor; in one transaction."""
    for table in tables.values():
        for chain, rows in rows_between(table, None, LAST):
            for key, columns in rows.items():
                yield RowRow(table.table, chain, key, columns or {})
        if table.chain:
            for key, columns in rows_of_no_chain(table).items():
                yield RowRow(table.table, None, key, columns or {})


def _groups(
    tables: Mapping[str, SealedTable], house: Kept, report: _Report
) -> Iterator[dict[UUID, Kept] | None]:
    """Yield by chain what the ledger says, some chains at a time; None when all are read."""
    said: dict[UUID, Kept] = {}
    with connection.chunked_cursor() as cursor:
        cursor.execute(_SAID)
        for chain, entries in groupby(fetched(cursor), lambda row: row[0]):
            kept: Kept = {}

            def of(table: str, kept: Kept = kept) -> dict[str, Columns]:
                at_home = table in tables and not tables[table].chain
                return (house if at_home else kept).setdefault(table, {})

            for _chain, text in entries:
                try:
                    replay(text, of)
                except ValueError:
                    report.add(Difference(Unlike.UNREADABLE, "ledger_entry", chain, "", ""))
            if kept:
                said[chain] = kept
            if len(said) >= CHAINS:
                yield said
                said = {}
    if said:
        yield said
    yield None


def _compare_chains(
    table: SealedTable,
    said: Mapping[UUID, Kept],
    low: UUID | None,
    high: UUID,
    numbers: str,
    report: _Report,
) -> None:
    left = {chain: kept[table.table] for chain, kept in said.items() if table.table in kept}

    def number(chain: UUID) -> str:
        named = said.get(chain, {}).get(numbers, {}).get(str(chain), {})
        return named.get("number", "")

    for chain, rows in rows_between(table, low, high):
        if chain is not None:
            told = left.pop(chain, {})
            _compare(table, chain, number(chain), told, rows, report)
    for chain, told in left.items():
        _compare(table, chain, number(chain), told, {}, report)


def _compare_house(table: SealedTable, told: Mapping[str, Columns], report: _Report) -> None:
    found: dict[str, Columns | None] = {}
    for _chain, rows in rows_between(table, None, LAST):
        found |= rows
    _compare(table, None, "", told, found, report)


def _compare(
    table: SealedTable,
    chain: UUID | None,
    number: str,
    told: Mapping[str, Columns],
    rows: Mapping[str, Columns | None],
    report: _Report,
) -> None:
    report.rows += len(rows)
    for key in told.keys() - rows.keys():
        report.add(Difference(Unlike.GONE, table.table, chain, number, key))
    for key, columns in rows.items():
        actual = columns or {}
        if key not in told:
            named = number or (actual.get("number", "") if table.key == table.chain else "")
            report.add(Difference(Unlike.UNTOLD, table.table, chain, named, key))
            continue
        wanted = settled(told[key])
        for name in sorted(wanted.keys() | actual.keys()):
            ledger, row = wanted.get(name, ""), actual.get(name, "")
            if ledger != row:
                report.add(
                    Difference(Unlike.CHANGED, table.table, chain, number, key, name, ledger, row)
                )


def rows_between(
    table: SealedTable, low: UUID | None, high: UUID
) -> Iterator[tuple[UUID | None, dict[str, Columns | None]]]:
    """Yield what is compared of the rows of each chain above `low`, up to and including `high`.

    Where `low` is None, they begin with the first there can be.
    """
    names = _names(table)
    between = [low, low, high] * (2 if table.alone else 1)
    with connection.chunked_cursor() as cursor:
        cursor.execute(_statement(table, names), between if table.chain else [])
        for chain, found in groupby(fetched(cursor), lambda row: row[0]):
            rows = [row[1:] for row in found]
            yield chain if table.chain else None, described_rows(table, names, rows)


def rows_of_no_chain(table: SealedTable) -> dict[str, Columns | None]:
    """Return what is compared of rows that lie on no chain, by key: no act writes such a row."""
    names = _names(table)
    with connection.cursor() as cursor:
        cursor.execute(_orphans(table, names))
        rows = cursor.fetchall()
    return described_rows(table, names, rows) if rows else {}


def chains_of(table: SealedTable) -> sql.Composed:
    """Return the statement that reads chains that rows lie on, above one, in order, so many."""
    chain = sql.Identifier("row", table.alone or table.chain)
    alone = sql.SQL("{} IS NULL").format(_chain(table)) if table.alone else sql.SQL("true")
    return sql.SQL(
        "SELECT DISTINCT {chain} FROM {source} WHERE {alone}"
        " AND (%s::uuid IS NULL OR {chain} > %s) ORDER BY 1 LIMIT %s"
    ).format(chain=chain, source=_source(table), alone=alone)


def _names(table: SealedTable) -> tuple[str, ...]:
    return tuple(dict.fromkeys([table.key, *table.columns, *table.rest]))


def _source(table: SealedTable) -> sql.Composed:
    return sql.SQL("{} AS row {}").format(sql.Identifier(table.table), sql.SQL(table.join))


def _chain(table: SealedTable) -> sql.Identifier:
    if table.join:
        return sql.Identifier(*table.chain.split("."))
    return sql.Identifier("row", table.chain)


def _statement(table: SealedTable, names: tuple[str, ...]) -> sql.Composed:
    columns, source = _columns(names), _source(table)
    if not table.chain:
        group = sql.Identifier("row", table.key) if table.folded else sql.SQL("NULL")
        return sql.SQL("SELECT {}, {} FROM {} ORDER BY 1").format(group, columns, source)
    found = _BETWEEN.format(chain=_chain(table), columns=columns, source=source)
    if table.alone:
        alone = sql.Identifier("row", table.alone)
        more = _BETWEEN.format(chain=alone, columns=columns, source=source)
        none = sql.SQL("{} AND {} IS NULL").format(more, _chain(table))
        found = sql.SQL("{} UNION ALL {}").format(found, none)
    return sql.SQL("{} ORDER BY 1").format(found)


def _orphans(table: SealedTable, names: tuple[str, ...]) -> sql.Composed:
    places = [_chain(table), *([sql.Identifier("row", table.alone)] if table.alone else [])]
    nowhere = sql.SQL("SELECT {} FROM {} WHERE coalesce({}) IS NULL")
    return nowhere.format(_columns(names), _source(table), sql.SQL(", ").join(places))


def _columns(names: tuple[str, ...]) -> sql.Composed:
    return sql.SQL(", ").join(sql.Identifier("row", name) for name in names)


def fetched(cursor: Any) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a statement, read in groups."""
    while rows := cursor.fetchmany(READ):
        yield from rows
