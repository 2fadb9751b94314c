"""What is counted of each accepted declaration, so that later ones can be seen against it. Pure."""

from decimal import Decimal
from math import log2
from typing import Final

from tongguan.domain.risk.facts import Facts

STEPS: Final = 16
"""Steps of a doubling of price: neighbours differ by 4.4 per cent."""
LINES_LEAST: Final = 20
"""Fewer lines of a commodity say nothing of what it usually costs."""
KEPT_DAYS: Final = 400
FINDING_DAYS: Final = 365
HEADING: Final = 6
WINDOWS: Final = (7, 30, 90)
KEY: Final = 160
_CENT: Final = Decimal("0.01")


def sightings(facts: Facts) -> list[tuple[str, str]]:
    """Return who and what a declaration shows: roles and keys, as `facts.History` names them."""
    found = [("trader", facts.trader or ""), ("declarant", facts.declarant or "")]
    if facts.overseas:
        found += [("overseas", facts.overseas), ("partner", f"{facts.trader}|{facts.overseas}")]
    if facts.route:
        found.append(("route", facts.route))
    commodities = [line.commodity for line in facts.lines if line.commodity]
    found += [("commodity", one) for one in commodities]
    headings = dict.fromkeys(one[:HEADING] for one in commodities)
    found += [("goods", f"{facts.trader}|{heading}") for heading in headings]
    return found


def prices(facts: Facts) -> list[tuple[str, int]]:
    """Return the commodity and the step of the price a kg of each line that has both."""
    return [
        (line.commodity, step_of(line.value_per_kg))
        for line in facts.lines
        if line.commodity and line.value_per_kg
    ]


def step_of(price: Decimal) -> int:
    """Return the step of a price a kg."""
    return round(STEPS * log2(price))


def price_of(step: int) -> Decimal:
    """Return the price a kg at the middle of a step, in CNY."""
    return max(Decimal(2 ** (step / STEPS)).quantize(_CENT), _CENT)
