"""Rows on their way into tables: gathered by the rooms, written together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.db import connection
from psycopg import sql

FEW: Final = 200
"""Up to this many rows one pipelined INSERT a table is quicker than a COPY (bench/lodgement)."""


@dataclass(frozen=True, slots=True)
class TableRows:
    """Rows for one table, in its final shape; a row has a value for each column."""

    table: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[object, ...]]


def write(sets: Iterable[TableRows]) -> None:
    """Write rows to their tables, in the order given, in the caller's transaction.

    Few rows go as one INSERT a table, all sent before the first answer is read; many go as one
    COPY a table. What is written is the same.

    Raises:
        django.db.IntegrityError: a constraint refused a row; nothing of the transaction is kept.

    Cost: one round trip for few rows, one a table for many.
    """
    filled = [one for one in sets if one.rows]
    few = sum(len(one.rows) for one in filled) <= FEW
    with connection.wrap_database_errors, connection.cursor() as cursor:
        raw = cursor.connection
        if few:
            with raw.pipeline(), raw.cursor() as piped:
                for one in filled:
                    piped.execute(_insert(one, len(one.rows)), _flat(one.rows), prepare=True)
            return
        with raw.cursor() as copying:
            for one in filled:
                with copying.copy(_copy(one)) as copy:
                    for row in one.rows:
                        copy.write_row(row)


def _flat(rows: Sequence[tuple[object, ...]]) -> list[object]:
    return [value for row in rows for value in row]


def _insert(one: TableRows, count: int) -> sql.Composed:
    row = sql.SQL("({})").format(sql.SQL(", ").join([sql.Placeholder()] * len(one.columns)))
    return sql.SQL("INSERT INTO {} ({}) VALUES {}").format(
        sql.Identifier(one.table), _names(one), sql.SQL(", ").join([row] * count)
    )


def _copy(one: TableRows) -> sql.Composed:
    return sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(one.table), _names(one))


def _names(one: TableRows) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, one.columns))
