"""What is stated in money: currencies need a rate on the day, and costs may not eat up the price.

Source: Order 124; that costs taken out leave a price, and the highest value, are ours.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from tongguan.domain.declarations import problems
from tongguan.domain.declarations.rules.lists import Lists
from tongguan.domain.declarations.rules.numbers import BOUND, finite, shown
from tongguan.domain.declarations.values import Charge, Charges, Flow, Submission
from tongguan.domain.reference.values import Snapshot
from tongguan.kernel.problems import Fault

CNY: Final = "CNY"
ZERO: Final = Decimal(0)
ONE: Final = Decimal(1)
HUNDRED: Final = Decimal(100)
KG_A_TONNE: Final = Decimal(1000)


def check(
    submission: Submission, reference: Snapshot, lists: Lists, day: date, faults: list[Fault]
) -> None:
    """Tell currencies in force of which no rate is known, and costs that leave no price."""
    rates: dict[str, Decimal] = {CNY: ONE}
    unknown: set[str] = set()
    for at, currency in _currencies(submission):
        if currency is None or currency in rates or currency in unknown:
            continue
        row = reference.exchange.rate(currency, day)
        if row is not None:
            rates[currency] = row.rate
            continue
        unknown.add(currency)
        if currency in lists.tables["currencies"]:
            faults.append(problems.NO_EXCHANGE_RATE.at(at, currency=currency, day=day))
    if unknown:
        return
    if _takes_out(submission):
        _balance(submission, rates, faults)
    if submission.lines:
        _bound(submission, rates, faults)


def _currencies(submission: Submission) -> Iterator[tuple[str, str | None]]:
    """Yield each currency that is stated, with its place."""
    for index, line in enumerate(submission.lines):
        yield f"#/lines/{index}/currency", line.currency
        if line.charges is not None:
            for kind, cost in _costs(line.charges):
                yield f"#/lines/{index}/charges/{kind}/currency", cost.currency
    for kind, cost in _costs(submission.charges):
        yield f"#/charges/{kind}/currency", cost.currency


def _costs(charges: Charges) -> Iterator[tuple[str, Charge]]:
    if charges.freight is not None:
        yield "freight", charges.freight
    if charges.insurance is not None:
        yield "insurance", charges.insurance
    if charges.other is not None:
        yield "other", charges.other


def _takes_out(submission: Submission) -> bool:
    """Return whether costs are taken out of the price: those below zero, or those of an export."""
    charges = submission.charges
    if any(line.charges is not None for line in submission.lines):
        return True
    if submission.flow is Flow.EXPORT and (charges.freight or charges.insurance):
        return True
    rate = None if charges.other is None else finite(charges.other.rate)
    return rate is not None and rate < ZERO


def _balance(submission: Submission, rates: dict[str, Decimal], faults: list[Fault]) -> None:
    exporting = submission.flow is Flow.EXPORT
    goods = costs = ZERO
    for index, line in enumerate(submission.lines):
        price = (line.total or ZERO) * rates.get(line.currency or CNY, ONE)
        goods += price
        if line.charges is not None:
            mass = line.mass.gross
            own = _sum(line.charges, price, mass, rates, exporting=exporting)
            costs += own
            if price > ZERO >= price + own:
                faults.append(problems.COSTS_ABOVE_PRICE.at(f"#/lines/{index}/charges"))
    charges, mass = submission.charges, submission.mass.gross
    costs += _sum(charges, goods, mass, rates, exporting=exporting)
    if goods > ZERO >= goods + costs:
        faults.append(problems.COSTS_ABOVE_PRICE.at("#/charges"))


def _sum(
    charges: Charges,
    price: Decimal,
    gross_kg: Decimal | None,
    rates: dict[str, Decimal],
    *,
    exporting: bool,
) -> Decimal:
    """Return costs in CNY, below zero where they are taken out, counting only those."""
    found = ZERO
    for kind, cost in _costs(charges):
        rate = finite(cost.rate) or ZERO
        if exporting and kind != "other":
            rate = -rate
        if rate < ZERO:
            found += _in_cny(cost, rate, price, gross_kg, rates)
    return found


def _in_cny(
    cost: Charge,
    rate: Decimal,
    price: Decimal,
    gross_kg: Decimal | None,
    rates: dict[str, Decimal],
) -> Decimal:
    if cost.mark == "1":
        return price * rate / HUNDRED
    amount = rate * rates.get(cost.currency or CNY, ONE)
    return amount * (gross_kg or ZERO) / KG_A_TONNE if cost.mark == "2" else amount


def _bound(submission: Submission, rates: dict[str, Decimal], faults: list[Fault]) -> None:
    """Tell a customs value that is too high to be assessed, at the figure that makes it so."""
    whole = ZERO
    parts: list[tuple[str, Decimal]] = []
    for index, line in enumerate(submission.lines):
        price = (line.total or ZERO) * rates.get(line.currency or CNY, ONE)
        whole += price
        parts.append((f"#/lines/{index}/total", price))
        if line.charges is not None:
            at, mass = f"#/lines/{index}/charges", line.mass.gross
            parts += _amounts(line.charges, at, price, mass, rates)
    parts += _amounts(submission.charges, "#/charges", whole, submission.mass.gross, rates)
    if sum((amount for _, amount in parts), ZERO) < BOUND:
        return
    high = [(at, amount) for at, amount in parts if amount >= BOUND]
    for at, amount in high or [("#/lines", sum((amount for _, amount in parts), ZERO))]:
        facts = {"value": shown(amount), "most": f"{BOUND:f}"}
        faults.append(problems.VALUE_TOO_HIGH.at(at, **facts))


def _amounts(
    charges: Charges,
    at: str,
    price: Decimal,
    gross_kg: Decimal | None,
    rates: dict[str, Decimal],
) -> list[tuple[str, Decimal]]:
    """Return the places of costs and how high each is in CNY, whether added or taken out."""
    return [
        (f"{at}/{kind}/rate", _in_cny(cost, abs(finite(cost.rate) or ZERO), price, gross_kg, rates))
        for kind, cost in _costs(charges)
    ]
