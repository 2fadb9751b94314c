"""What profiles see of a declaration. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from tongguan.domain.declarations.values import Line, Mode, Submission
from tongguan.domain.parties.values import EnterpriseRow
from tongguan.domain.reference.values import Snapshot
from tongguan.domain.risk.values import Fact, Facts

_CENT: Final = Decimal("0.01")
_KG: Final = "035"

Usual = Mapping[str, Decimal]
"""What one kg of a commodity usually costs, in CNY, by ten-digit code."""


def facts_of(
    sent: Submission,
    *,
    mode: Mode,
    values: Sequence[Decimal],
    payable: Decimal,
    trader: EnterpriseRow,
    declarant: EnterpriseRow,
    reference: Snapshot,
    usual: Usual,
    day: date,
) -> Facts:
    """Return a sound declaration as profiles see it.

    Args:
        sent: with its four offices filled in.
        mode: the way of clearing found.
        values: customs value of each line, in CNY.
        payable: duty and taxes, in CNY.
        trader: as of the day.
        declarant: as of the day.
        reference: for the rate of each commodity.
        usual: from the history of accepted declarations.
        day: local day of acceptance.

    Cost: 12 µs for five lines.
    """
    offices = sent.offices
    declared, goods = offices.declaration or "", offices.goods or ""
    head: dict[str, Fact] = {
        "flow": sent.flow.value,
        "mode": mode.value,
        "declared": declared,
        "goods": goods,
        "districts": f"{declared[:2]}-{goods[:2]}",
        "transport": sent.transport.mode,
        "supervision": sent.regime.supervision,
        "dispatch": sent.countries.dispatch,
        "departure": sent.ports.departure,
        "trader": trader.scc,
        "declarant": declarant.scc,
        "credit": trader.credit.value,
        "trader_days": Decimal((day - trader.registered_on).days),
        "overseas": sent.parties.overseas.name,
        "total_value": sum(values, Decimal(0)),
        "payable": payable,
        "lines": Decimal(len(sent.lines)),
    }
    find = reference.tariff.line
    lines = []
    for line, value in zip(sent.lines, values, strict=True):
        row = find(line.commodity or "", day)
        kg = _kg(line)
        per_kg = (value / kg).quantize(_CENT) if kg else None
        normal = usual.get(line.commodity or "")
        lines.append(
            {
                "commodity": line.commodity,
                "origin": line.origin,
                "value": value,
                "value_per_kg": per_kg,
                "price_ratio": (per_kg / normal).quantize(_CENT) if per_kg and normal else None,
                "rate": row.mfn if row is not None else None,
                "name": line.name,
                "preference": None if line.preference is None else line.preference.agreement,
            }
        )
    return Facts(head, tuple(lines))


def _kg(line: Line) -> Decimal | None:
    if line.mass.net:
        return line.mass.net
    for quantity in (line.first, line.second, line.quantity):
        if quantity.unit == _KG:
            return quantity.value
    return None
