"""What a WCO declaration adds to the price of the goods, and takes off it."""

from typing import Final

from msgspec.structs import replace

from tongguan.domain.declarations.values import Charge, Charges
from tongguan.interfaces.messages import problems
from tongguan.interfaces.messages.wco.nodes import Node

TOTAL: Final = "3"
FREIGHT: Final = ("AK",)
"""Types of charge that are freight up to the border; others are other costs."""
DEDUCTED: Final = "B"
"""How the types begin that are taken off. Source: UCC annex B, 4/9; ours: a rate below zero."""


def charges_of(value: Node, base: str) -> Charges | None:
    """Return freight and other costs, None where there are none.

    Costs of one kind in one currency are added up; a cost that is taken off has a rate below
    zero, as the completion rules write it.
    """
    value.base = base
    freight = _charge(value, "FreightChargeAmount", "freight")
    other = None
    for node in value.all("ChargeDeduction"):
        kind = node.mark("ChargesTypeCode")
        field = "freight" if kind in FREIGHT else "other"
        node.base = base
        cost = _charge(node, "OtherChargeDeductionAmount", field)
        if cost is None:
            continue
        node.stands(f"{field}/kind", "ChargesTypeCode")
        rate = -cost.rate if cost.rate is not None and kind.startswith(DEDUCTED) else cost.rate
        cost = replace(cost, kind=kind or None, rate=rate)
        if field == "freight":
            freight = _joined(freight, cost, node, field)
        else:
            other = _joined(other, cost, node, field)
    return Charges(freight=freight, other=other) if freight or other else None


def _charge(node: Node, name: str, field: str) -> Charge | None:
    rate = node.number(name, f"{field}/rate", money=True)
    if rate is None:
        return None
    currency = node.currency(name, f"{field}/currency")
    return Charge(mark=TOTAL, rate=rate, currency=currency)


def _joined(one: Charge | None, other: Charge, node: Node, field: str) -> Charge:
    if one is None or one.rate is None or other.rate is None:
        return one or other
    if one.currency != other.currency:
        facts = {"one": one.currency, "other": other.currency}
        node.fault(problems.CHARGES_DISAGREE, "OtherChargeDeductionAmount", field, **facts)
        return one
    return replace(one, rate=one.rate + other.rate)
