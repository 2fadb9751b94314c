"""Rows on their way into tables and out of them: written together, read by prepared statements."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from django.db import connection
from psycopg import Cursor, sql

FEW: Final = 200
"""Up to this many rows one pipelined INSERT a table is quicker than a COPY (bench/lodgement)."""
KEPT_STATEMENTS: Final = 512


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
            with raw.pipeline(), Cursor(raw) as piped:
                for one in filled:
                    statement = _insert(one.table, one.columns, len(one.rows))
                    piped.execute(statement, _flat(one.rows), prepare=True)
            return
        with Cursor(raw) as copying:
            for one in filled:
                with copying.copy(_copy(one.table, one.columns)) as copy:
                    for row in one.rows:
                        copy.write_row(row)


def read(statement: str, values: Sequence[object] | Mapping[str, object]) -> list[tuple[Any, ...]]:
    """Return the rows of a statement that is prepared once and asked often.

    For look-ups on the way in, where planning the statement anew would cost more than it.
    """
    connection.ensure_connection()
    with connection.wrap_database_errors, Cursor(connection.connection) as cursor:
        return cursor.execute(statement, values, prepare=True).fetchall()


def _flat(rows: Sequence[tuple[object, ...]]) -> list[object]:
    return [value for row in rows for value in row]


@lru_cache(maxsize=KEPT_STATEMENTS)
def _insert(table: str, columns: tuple[str, ...], count: int) -> bytes:
    row = sql.SQL("({})").format(sql.SQL(", ").join([sql.Placeholder()] * len(columns)))
    statement = sql.SQL("INSERT INTO {} ({}) VALUES {}").format(
        sql.Identifier(table), _names(columns), sql.SQL(", ").join([row] * count)
    )
    return statement.as_bytes(None)


@lru_cache(maxsize=KEPT_STATEMENTS)
def _copy(table: str, columns: tuple[str, ...]) -> bytes:
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), _names(columns))
    return statement.as_bytes(None)


def _names(columns: tuple[str, ...]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, columns))
