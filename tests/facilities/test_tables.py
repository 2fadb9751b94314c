"""Rows written and looked up by the shortest way, without loss where the way breaks."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.db import DataError, IntegrityError, OperationalError, connection, transaction
from psycopg.pq import TransactionStatus

from tongguan.facilities.tables import FEW, Lookup, TableRows, together, write_durably
from tongguan.kernel.identifiers import new_id

pytestmark = pytest.mark.django_db(transaction=True)
MANY = FEW + 1


def entries(chain: UUID, numbers: range) -> TableRows:
    at = datetime(2026, 11, 24, tzinfo=UTC)
    rows = [(chain, number, "TRIED", at, "test", "{}", b"", b"") for number in numbers]
    columns = ("chain", "number", "kind", "at", "by", "facts", "previous", "hash")
    return TableRows("ledger_entry", columns, rows)


def count(chain: UUID) -> Lookup[int]:
    statement = "SELECT count(*) FROM ledger_entry WHERE chain = %s"
    return Lookup(statement, [chain], lambda rows: int(rows[0][0]))


def ended_by_the_server() -> None:
    """Have the server end this connection, as it does when it is started anew."""
    pid = connection.connection.info.backend_pid
    with connection.copy().cursor() as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
        other.connection.close()


@pytest.mark.parametrize("size", [1, MANY])
def test_what_is_written_durably_is_all_there(size: int) -> None:
    chain = new_id()

    write_durably([entries(chain, range(1, size + 1)), entries(chain, range(0))])

    assert connection.connection.info.transaction_status is TransactionStatus.IDLE
    assert count(chain).answer() == size


@pytest.mark.parametrize("size", [1, MANY])
def test_of_what_is_refused_nothing_is_kept_and_the_connection_goes_on(size: int) -> None:
    chain, other = new_id(), new_id()
    write_durably([entries(chain, range(1, 2))])

    with pytest.raises(IntegrityError):
        write_durably([entries(other, range(1, size + 1)), entries(chain, range(1, 2))])

    assert together(count(chain), count(other)) == (1, 0)
    write_durably([entries(other, range(1, 2))])
    assert count(other).answer() == 1


@pytest.mark.parametrize("size", [1, MANY])
def test_what_cannot_even_be_sent_leaves_no_transaction_open(size: int) -> None:
    chain = new_id()
    one = entries(chain, range(1, size + 1))
    (row, *others) = one.rows
    unreadable = TableRows(one.table, one.columns, [*others, (*row[:2], "TR\0IED", *row[3:])])

    with pytest.raises(DataError):
        write_durably([unreadable])

    assert connection.connection.info.transaction_status is TransactionStatus.IDLE
    write_durably([one])
    with connection.copy().cursor() as another:
        another.execute("SELECT count(*) FROM ledger_entry WHERE chain = %s", [chain])
        assert another.fetchone() == (size,)
        another.connection.close()


@pytest.mark.parametrize("size", [1, MANY])
def test_bytes_texts_and_json_are_kept_as_they_are(size: int) -> None:
    chain, at = new_id(), datetime(2026, 11, 24, 8, 30, 0, 123456, tzinfo=UTC)
    odd = ('"quoted"\n\\back 通关', b"\x00\xff\\", '{"why": "\\"通关\\"", "n": "1"}')
    name, sealed, facts = odd
    rows = [(chain, number, "TRIED", at, name, facts, sealed, b"") for number in range(size)]

    write_durably([TableRows("ledger_entry", entries(chain, range(0)).columns, rows)])

    statement = "SELECT DISTINCT at, by, previous, hash, facts ->> 'why' FROM ledger_entry"
    found = Lookup(f"{statement} WHERE chain = %s", [chain], list)
    assert found.answer() == [(at, name, sealed, b"", '"通关"')]


def test_a_transaction_of_its_own_is_none_inside_another() -> None:
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        write_durably([entries(new_id(), range(1, 2))])


def test_a_question_is_planned_once_for_all_who_ask_it_on_a_connection() -> None:
    lookup = count(new_id())
    for _ in range(3):
        lookup.answer()

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT generic_plans, custom_plans FROM pg_prepared_statements WHERE statement = %s",
            [lookup.statement.replace("%s", "$1")],
        )
        assert cursor.fetchall() == [(3, 0)]


def test_where_there_is_nothing_to_ask_nothing_is_asked() -> None:
    chain = new_id()
    nothing = Lookup("no statement at all", None, len)

    assert together(nothing, count(chain)) == (0, 0)
    assert nothing.answer() == 0


def test_a_question_is_asked_again_where_the_server_was_started_anew() -> None:
    chain = new_id()
    write_durably([entries(chain, range(1, 3))])
    ended_by_the_server()

    assert count(chain).answer() == 2


def test_within_a_transaction_a_lost_connection_is_told() -> None:
    @transaction.atomic
    def ask() -> None:
        count(new_id()).answer()
        ended_by_the_server()
        count(new_id()).answer()

    with pytest.raises(OperationalError):
        ask()
