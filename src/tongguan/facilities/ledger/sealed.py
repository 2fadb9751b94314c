"""What entries say about the rows that their acts wrote, so that rows can be compared with them.

An entry says it in its fact `rows`: a JSON object of tables, in them rows by key, in them columns.
Every value is a text in one form (`plain`), whichever driver or program read it. A column that
begins with `+` is added to what was there; a row that is null was removed.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from hashlib import sha256
from typing import Any, Final

from msgspec import json

from tongguan.facilities.ledger.values import HOUSE
from tongguan.facilities.tables import TableRows

FACT: Final = "rows"
"""The fact of an entry that says which rows its act wrote."""
REST: Final = "rest"
"""Stands for all columns of a row that are not compared one by one: the hash over them."""
LONGEST: Final = 100
"""A longer text is represented by its hash."""

Columns = dict[str, str]
Rows = dict[str, dict[str, Columns | None]]
_ENCODE: Final = json.Encoder(order="deterministic").encode


@dataclass(frozen=True, slots=True)
class SealedTable:
    """A table whose rows the ledger describes.

    Attributes:
        table: its name in the database.
        columns: compared one by one; an act may change some of them.
        rest: written once, with the row; compared as one hash.
        key: the column that names a row: on its chain, or in the house.
        chain: the column that names the chain; empty where the row belongs to the house.
        join: SQL that brings the column of the chain in, where another table has it.
        documents: columns that hold JSON.
        places: columns that the database rounds to so many decimal places.
        folded: all rows of a chain are compared as one.
        defaults: what the database writes where a writer names no value.
    """

    table: str
    columns: tuple[str, ...] = ()
    rest: tuple[str, ...] = ()
    key: str = "id"
    chain: str = "declaration_id"
    join: str = ""
    documents: frozenset[str] = frozenset()
    places: Mapping[str, int] | None = None
    folded: bool = False
    defaults: Mapping[str, object] | None = None

    def described(self, values: Mapping[str, Any]) -> Columns:
        """Return what is compared of a row, given all of its columns; one that lacks is empty."""
        told = {name: found for name in self.columns if (found := self.text(name, values))}
        if self.rest:
            told[REST] = hashed([self.text(name, values) for name in self.rest])
        return told

    def fold(self, rows: Iterable[Mapping[str, Any]]) -> Columns:
        """Return what is compared of all rows of a chain, where they are compared as one."""
        lines = sorted([self.text(name, row) for name in self.rest] for row in rows)
        return {REST: hashed(lines)}

    def text(self, name: str, values: Mapping[str, Any]) -> str:
        """Return one column of a row as it is compared."""
        value = values.get(name, (self.defaults or {}).get(name))
        if value is None or value == "":
            return ""
        if name in self.documents:
            return _short(canonical(value))
        if self.places and name in self.places:
            unit = Decimal(1).scaleb(-self.places[name])
            value = Decimal(value).quantize(unit, ROUND_HALF_UP)
        return _short(plain(value))


def plain(value: object) -> str:
    """Return a value of a column in the one form in which it is compared; nothing is empty."""
    match value:
        case None | bool():
            text = "" if value is None else str(value).lower()
        case Decimal():
            text = f"{value.normalize():f}" if value else "0"
        case datetime():
            text = value.astimezone(UTC).isoformat(timespec="microseconds")
        case bytes() | memoryview():
            text = bytes(value).hex()
        case list() | tuple() | dict():
            text = canonical(value)
        case _:
            text = str(value)
    return text


def canonical(value: object) -> str:
    """Return JSON, or a value that is kept as JSON, with its keys in order and no spaces."""
    if isinstance(value, str | bytes):
        value = json.decode(value)
    return _ENCODE(value).decode()


def hashed(lines: object) -> str:
    """Return the hash (SHA-256) over texts, in their order."""
    return sha256(_ENCODE(lines)).hexdigest()


def made(table: SealedTable, row: object) -> Rows:
    """Say that a row was written whole; `row` is an instance of its model, as written."""
    values = vars(row)
    return {table.table: {plain(values[table.key]): table.described(values)}}


def folded(table: SealedTable, key: object, rows: Iterable[object]) -> Rows:
    """Say that rows were written that are compared as one, as instances of their model."""
    return {table.table: {plain(key): table.fold(vars(row) for row in rows)}}


def changed(table: SealedTable, key: object, **columns: object) -> Rows:
    """Say which columns of a row were written, all of them compared one by one."""
    unknown = columns.keys() - set(table.columns)
    if unknown:
        raise ValueError(f"{table.table}: {', '.join(sorted(unknown))} not compared one by one")
    told = {name: table.text(name, columns) for name in columns}
    return {table.table: {plain(key): told}}


def added(table: SealedTable, key: object, **columns: Decimal) -> Rows:
    """Say what was added to columns of a row; below zero what was taken away."""
    return {table.table: {plain(key): {f"+{name}": plain(by) for name, by in columns.items()}}}


def removed(table: SealedTable, key: object) -> Rows:
    """Say that a row was removed."""
    return {table.table: {plain(key): None}}


def joined(parts: Iterable[Rows]) -> str:
    """Return the text of the fact that says all of these.

    Raises:
        ValueError: two of them speak of one row.
    """
    told: Rows = {}
    for part in parts:
        for table, rows in part.items():
            kept = told.setdefault(table, {})
            for key, columns in rows.items():
                kept[key] = _together(table, kept[key], columns) if key in kept else columns
    return _ENCODE(told).decode() if told else ""


def of_written(sets: Iterable[TableRows], tables: Mapping[str, SealedTable]) -> dict[str, Rows]:
    """Return by chain what rows on their way into tables that are sealed will hold.

    Args:
        sets: for a writer of many tables.
        tables: those that are sealed, by name; rows of others are passed over. Rows of the house
            that are compared as one have one key.

    Cost: 5 µs a row, and what a document takes to be read.
    """
    told: dict[str, Rows] = {}
    for one in sets:
        table = tables.get(one.table)
        if table is None:
            continue
        for chain, rows in _by_chain(one, table):
            told.setdefault(chain, {})[table.table] = described_rows(table, rows)
    return told


def described_rows(
    table: SealedTable, rows: Sequence[Mapping[str, Any]]
) -> dict[str, Columns | None]:
    """Return what is compared of the rows of one chain, by key."""
    if table.folded:
        key = "" if table.chain else plain(rows[0][table.key])
        return {key: table.fold(rows)}
    return {plain(row[table.key]): table.described(row) for row in rows}


def replay(said: str, kept: Callable[[str], dict[str, Columns]]) -> None:
    """Apply what an entry says about rows to what entries said before it.

    What is added to a column is summed by itself (`settled`): entries of other chains may add to
    a row of the house before its own chain is read.

    Args:
        said: the fact of the entry.
        kept: gives for a table its rows so far, by key.

    Raises:
        ValueError: the text is no such fact.
    """
    for table, rows in json.decode(said, type=Rows).items():
        found = kept(table)
        for key, columns in rows.items():
            if columns is None:
                found.pop(key, None)
                continue
            row = found.setdefault(key, {})
            for name, value in columns.items():
                row[name] = _sum(row.get(name), value) if name.startswith("+") else value


def settled(row: Mapping[str, str]) -> Columns:
    """Return a row with what was added to its columns."""
    told = {name: value for name, value in row.items() if not name.startswith("+")}
    for name in row.keys() - told.keys():
        told[name[1:]] = _sum(told.get(name[1:]), row[name])
    return told


def _together(table: str, one: Columns | None, other: Columns | None) -> Columns:
    """Return both of what is said of a row: sums may be added to, nothing else is said twice."""
    if one is None or other is None:
        raise ValueError(f"{table}: a row is described and removed")
    told = dict(one)
    for name, value in other.items():
        if name in told and not name.startswith("+"):
            raise ValueError(f"{table}: {name} of a row is described twice")
        told[name] = _sum(told.get(name), value) if name.startswith("+") else value
    return told


def _sum(so_far: str | None, more: str) -> str:
    try:
        return plain(Decimal(so_far or 0) + Decimal(more))
    except ArithmeticError as error:
        raise ValueError(more) from error


def _by_chain(
    one: TableRows, table: SealedTable
) -> Iterable[tuple[str, list[Mapping[str, object]]]]:
    found: dict[str, list[Mapping[str, object]]] = {}
    for values in one.rows:
        row = dict(zip(one.columns, values, strict=True))
        chain = row.get(table.chain) if table.chain else HOUSE
        if chain is not None:
            found.setdefault(str(chain), []).append(row)
    return found.items()


def _short(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    return "sha256:" + sha256(text.encode()).hexdigest()
