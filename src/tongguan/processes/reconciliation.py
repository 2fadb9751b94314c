"""Comparing declarations, payments, orders and whatever else matters with the ledger."""

from collections.abc import Iterator

from tongguan.domain.declarations.sealed import DECLARATION
from tongguan.facilities.ledger.comparison import compare, rows_of
from tongguan.facilities.ledger.values import Compared, RowRow
from tongguan.processes.sealed import SEALED


def reconcile() -> Compared:
    """Compare all rows that matter with what the ledger says, in both directions."""
    return compare(SEALED, numbers=DECLARATION.table)


def sealed_rows() -> Iterator[RowRow]:
    """Yield the rows that matter as they are compared, for an auditor; in one transaction."""
    return rows_of(SEALED)
