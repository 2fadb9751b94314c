"""Rows on their way into tables and out of them: written together, read by prepared statements."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final, Generic, TypeVar

from django.db import OperationalError, connection, transaction
from msgspec import json
from psycopg import Connection, Cursor, sql

FEW: Final = 200
"""Up to this many rows one INSERT of them all is quicker than a COPY a table (bench/lodgement)."""
KEPT_STATEMENTS: Final = 512
_ENCODER: Final = json.Encoder()
_COLUMNS: Final = """
    SELECT attname, atttypid::regtype::text FROM pg_attribute
    WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped
"""

Row = tuple[Any, ...]
Values = Sequence[object] | Mapping[str, object]
T = TypeVar("T")
U = TypeVar("U")
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class TableRows:
    """Rows for one table, in its final shape; a row has a value for each column."""

    table: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class Lookup(Generic[T]):
    """A question to the database that is prepared once and asked often, and how to read its rows.

    For look-ups on the way in, where planning a statement anew would cost more than it.

    Attributes:
        statement: the text, always the same.
        values: its parameters; None where there is nothing to ask for.
        told: what the rows say.
    """

    statement: str
    values: Values | None
    told: Callable[[list[Row]], T]

    def answer(self) -> T:
        """Ask. One round trip, none where there is nothing to ask for."""
        [rows] = _asked([self])
        return self.told(rows)


def together(first: Lookup[T], second: Lookup[U]) -> tuple[T, U]:
    """Ask two questions in one round trip."""
    rows, others = _asked([first, second])
    return first.told(rows), second.told(others)


def all_together(first: Lookup[T], second: Lookup[U], third: Lookup[V]) -> tuple[T, U, V]:
    """Ask three questions in one round trip."""
    rows, others, more = _asked([first, second, third])
    return first.told(rows), second.told(others), third.told(more)


def write_durably(sets: Iterable[TableRows]) -> None:
    """Write rows in a transaction of their own; when this returns, they are durable.

    Few rows are one statement, which is a transaction by itself.

    Raises:
        django.db.IntegrityError: a constraint refused a row; nothing is kept.
        RuntimeError: a transaction is open already.
    """
    filled = [one for one in sets if one.rows]
    if connection.in_atomic_block or not _few(filled):
        with transaction.atomic(durable=True):
            write(filled)
        return
    connection.ensure_connection()
    with connection.wrap_database_errors:
        _insert_few(filled, connection.connection)


def write(sets: Iterable[TableRows]) -> None:
    """Write rows to their tables, those of one table in order, in the caller's transaction.

    Few rows go as one statement that takes them all as one JSON value; many go as one COPY a
    table, in the order given. What is written is the same.

    Raises:
        django.db.IntegrityError: a constraint refused a row; nothing of the transaction is kept.

    Cost: one round trip for few rows, one a table for many.
    """
    filled = [one for one in sets if one.rows]
    with connection.wrap_database_errors, connection.cursor() as cursor:
        raw = cursor.connection
        if _few(filled):
            _insert_few(filled, raw)
            return
        with Cursor(raw) as copying:
            for one in filled:
                with copying.copy(_copy(one.table, one.columns)) as copy:
                    for row in one.rows:
                        copy.write_row(row)


@contextmanager
def one_moment() -> Iterator[None]:
    """Read in one transaction what is committed at one moment, for as long as it takes.

    Within a transaction that has begun, each statement sees what is committed when it begins.
    """
    outermost = not connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        if outermost:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SET LOCAL statement_timeout = 0")
        yield


def read(statement: str, values: Values) -> list[Row]:
    """Return the rows of a statement that is prepared once and asked often."""
    return Lookup(statement, values, list[Row]).answer()


def _asked(lookups: Sequence[Lookup[Any]]) -> list[list[Row]]:
    """Return the rows that answer each question, all asked before the first answer is read.

    Where the database was started anew since this connection was last used, it is opened again:
    nothing was written yet, so nothing is done twice.
    """
    try:
        return _ask(lookups)
    except OperationalError:
        raw = connection.connection
        if connection.in_atomic_block or raw is None or not raw.closed:
            raise
        connection.close()
        return _ask(lookups)


def _ask(lookups: Sequence[Lookup[Any]]) -> list[list[Row]]:
    asked = [one for one in lookups if one.values is not None]
    connection.ensure_connection()
    raw: Connection[Row] = connection.connection
    with connection.wrap_database_errors:
        if len(asked) > 1:
            with raw.pipeline():
                cursors = [_execute(one, raw) for one in asked]
                found = iter([cursor.fetchall() for cursor in cursors])
        else:
            found = iter([_execute(one, raw).fetchall() for one in asked])
    return [next(found) if one.values is not None else [] for one in lookups]


def _execute(lookup: Lookup[Any], raw: Connection[Row]) -> Cursor[Row]:
    return Cursor(raw).execute(lookup.statement.encode(), lookup.values, prepare=True)


def _few(sets: Sequence[TableRows]) -> bool:
    return sum(len(one.rows) for one in sets) <= FEW


def _insert_few(sets: Sequence[TableRows], raw: Connection[Row]) -> None:
    if not sets:
        return
    tables = tuple((one.table, one.columns) for one in sets)
    content = _ENCODER.encode(
        [[dict(zip(one.columns, row, strict=True)) for row in one.rows] for one in sets]
    )
    with Cursor(raw) as cursor:
        cursor.execute(_insert(tables), [content.decode()], prepare=True)


@cache
def _types_of(table: str) -> Mapping[str, str]:
    """Return the types of a table's columns, asked of the database once."""
    return dict(read(_COLUMNS, [table]))


@lru_cache(maxsize=KEPT_STATEMENTS)
def _insert(tables: tuple[tuple[str, tuple[str, ...]], ...]) -> bytes:
    """Return one statement that inserts rows into all these tables, however many each has."""
    parts = [
        sql.SQL(
            "{} AS (INSERT INTO {} ({}) SELECT {} FROM sent, "
            "jsonb_populate_recordset(NULL::{}, sent.rows -> {}))"
        ).format(
            sql.Identifier(f"into_{place}"),
            sql.Identifier(table),
            _names(columns),
            sql.SQL(", ").join(_read_as(one, _types_of(table)[one]) for one in columns),
            sql.Identifier(table),
            sql.Literal(place),
        )
        for place, (table, columns) in enumerate(tables)
    ]
    sent = sql.SQL("sent (rows) AS (SELECT %s::jsonb)")
    statement = sql.SQL("WITH {} SELECT").format(sql.SQL(", ").join([sent, *parts]))
    return statement.as_bytes(None)


def _read_as(column: str, type_: str) -> sql.Composed:
    """Return a column as JSON holds it: bytes are base 64 there, and JSON is text within JSON."""
    name = sql.Identifier(column)
    if type_ == "bytea":
        return sql.SQL("decode(encode({}, 'escape'), 'base64')").format(name)
    if type_ == "jsonb":
        return sql.SQL("({} #>> '{{}}')::jsonb").format(name)
    return sql.Composed([name])


@lru_cache(maxsize=KEPT_STATEMENTS)
def _copy(table: str, columns: tuple[str, ...]) -> bytes:
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), _names(columns))
    return statement.as_bytes(None)


def _names(columns: tuple[str, ...]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, columns))
