"""Checks that are owed on a bill: its declaration was revoked or refused before they were done."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Final

from msgspec import convert, json, to_builtins

from tongguan.domain.declarations.queries import heads
from tongguan.domain.risk.models import Outcome, OwedCheck, Selected
from tongguan.domain.risk.rules.carrying import undone
from tongguan.domain.risk.values import Reason, Selection
from tongguan.facilities.tables import Lookup, Row
from tongguan.kernel.identifiers import DeclarationId

Owed = Mapping[str, tuple[Reason, ...]]
"""Reasons by bill."""
_OWED: Final = "SELECT bill, reasons::text FROM risk_owedcheck WHERE bill = ANY(%s::text[])"


def owed(bills: Collection[str]) -> Lookup[Owed]:
    """Look up what is owed on these bills; for lodging only, one statement for any number."""
    return Lookup(_OWED, [list(bills)] if bills else None, _owed)


def carry_over(ids: Collection[DeclarationId], *, now: datetime) -> None:
    """Keep for their bills which checks of declarations that are no more were not done.

    Runs in the transaction that frees the bills, so that no bill is free without it.
    """
    rows = Selected.objects.filter(pk__in=ids).values_list("pk", "selection")
    selections = {id_: convert(told, Selection, strict=False) for id_, told in rows}
    ended: dict[DeclarationId, set[str]] = {}
    for id_, treatment in Outcome.objects.filter(declaration__in=ids).values_list(
        "declaration", "treatment"
    ):
        ended.setdefault(DeclarationId(id_), set()).add(treatment)
    for id_, head in heads(ids).items():
        if not head.bill or id_ not in selections:
            continue
        left = undone(selections[id_], ended.get(id_, set()), number=head.number)
        if left:
            facts = {"declaration_id": id_, "reasons": to_builtins(left), "at": now}
            OwedCheck.objects.update_or_create(bill=head.bill, defaults=facts)
        else:
            OwedCheck.objects.filter(bill=head.bill).delete()


def _owed(rows: list[Row]) -> Owed:
    return {bill: json.decode(reasons, type=tuple[Reason, ...]) for bill, reasons in rows}
