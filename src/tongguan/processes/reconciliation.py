"""Comparing declarations, payments, orders and whatever else matters with the ledger."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from tongguan.domain.cargo.manifests import lock_goods
from tongguan.domain.clearance.commands import lock_all
from tongguan.domain.declarations.sealed import DECLARATION
from tongguan.facilities.accounts.rules.duties import require
from tongguan.facilities.accounts.values import Actor, Role
from tongguan.facilities.ledger import adoption
from tongguan.facilities.ledger.comparison import compare, rows_of
from tongguan.facilities.ledger.stray import TABLE, strays
from tongguan.facilities.ledger.values import Adoption, Compared, Difference, RowRow, Unlike
from tongguan.processes.announced import KNOWN
from tongguan.processes.sealed import SEALED


def reconcile() -> Compared:
    """Compare all rows that matter with what the ledger says, in both directions.

    Announcements that are stored are compared with the acts that make such ones.
    """
    return compare(SEALED, numbers=DECLARATION.table, more=_strays)


def _strays() -> Iterator[Difference]:
    for one in strays(KNOWN):
        place = Difference(Unlike.UNTOLD, TABLE, one.subject, "", str(one.id), "kind")
        yield replace(place, row=one.kind)


def sealed_rows() -> Iterator[RowRow]:
    """Yield the rows that matter as they are compared, for an auditor; in one transaction."""
    return rows_of(SEALED)


def adopt(*, reason: str, by: Actor, now: datetime) -> Adoption:
    """Have the ledger describe rows from before their tables were sealed; each table once.

    Raises:
        ProblemError: ACC-001 neither administrator nor auditor; LED-009 to LED-011.
    """
    require(by, Role.ADMINISTRATOR, Role.AUDITOR)
    return adoption.adopt(SEALED, lock=_lock, reason=reason, by=by, now=now)


def _lock(chains: Sequence[UUID]) -> None:
    """Lock the declarations, bills and manifests that chains are about."""
    lock_all(chains)
    lock_goods(chains)
