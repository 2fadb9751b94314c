"""Checks that are owed on a bill: its declaration was revoked or refused before they were done."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Final

from msgspec import convert, json, to_builtins

from tongguan.domain.declarations.queries import heads
from tongguan.domain.risk.models import CarriedCheck, Outcome, Selected
from tongguan.domain.risk.rules.carrying import undone
from tongguan.domain.risk.sealed import CARRIED
from tongguan.domain.risk.values import Reason, Selection
from tongguan.facilities.accounts.values import Actor
from tongguan.facilities.ledger.commands import record
from tongguan.facilities.ledger.sealed import made
from tongguan.facilities.tables import Lookup, Row
from tongguan.kernel.identifiers import DeclarationId

CHECKS_OWED: Final = "CHECKS_OWED"
Owed = Mapping[str, tuple[Reason, ...]]
"""Reasons by bill."""
_OWED: Final = """
    SELECT DISTINCT ON (bill) bill, reasons::text FROM risk_carriedcheck
    WHERE bill = ANY(%s::text[]) ORDER BY bill, id DESC
"""


def owed(bills: Collection[str]) -> Lookup[Owed]:
    """Look up what is owed on these bills; for lodging only, one statement for any number."""
    return Lookup(_OWED, [list(bills)] if bills else None, _owed)


def carry_over(ids: Collection[DeclarationId], *, by: Actor, now: datetime) -> None:
    """Keep for their bills which checks of declarations that are no more were not done.

    Runs in the transaction that frees the bills, so that no bill is free without it; the caller
    holds the declarations. What was kept of a declaration stays as it is.
    """
    rows = Selected.objects.filter(pk__in=ids).values_list("pk", "selection")
    selections = {id_: convert(told, Selection, strict=False) for id_, told in rows}
    ended: dict[DeclarationId, set[str]] = {}
    for id_, treatment in Outcome.objects.filter(declaration__in=ids).values_list(
        "declaration", "treatment"
    ):
        ended.setdefault(DeclarationId(id_), set()).add(treatment)
    kept = set(
        CarriedCheck.objects.filter(declaration__in=ids).values_list("declaration", flat=True)
    )
    named = {id_: head for id_, head in heads(ids).items() if head.bill and id_ in selections}
    before = owed({head.bill for head in named.values()}).answer()
    for id_, head in named.items():
        left = undone(selections[id_], ended.get(id_, set()), number=head.number)
        if id_ in kept or not (left or before.get(head.bill)):
            continue
        facts = {"declaration_id": id_, "reasons": to_builtins(left), "at": now}
        row = CarriedCheck.objects.create(bill=head.bill, **facts)
        record(CHECKS_OWED, id_, by=by, at=now, wrote=[made(CARRIED, row)], bill=head.bill)


def _owed(rows: list[Row]) -> Owed:
    return {bill: json.decode(reasons, type=tuple[Reason, ...]) for bill, reasons in rows}
