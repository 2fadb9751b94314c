"""Prices have to be in currencies with an exchange rate on the day. Source: Order 124."""

from datetime import date
from typing import Final

from tongguan.domain.declarations import problems
from tongguan.domain.declarations.rules.lists import Lists
from tongguan.domain.declarations.values import Submission
from tongguan.domain.reference.values import Snapshot
from tongguan.kernel.problems import Fault

CNY: Final = "CNY"


def check(
    submission: Submission, reference: Snapshot, lists: Lists, day: date, faults: list[Fault]
) -> None:
    """Tell currencies in force of which no rate is known, each where it first stands."""
    stated = {line.currency for line in submission.lines}
    charges = submission.charges
    for cost in (charges.freight, charges.insurance, charges.other):
        if cost is not None:
            stated.add(cost.currency)
    for currency in stated:
        if currency is None or currency == CNY or currency not in lists.tables["currencies"]:
            continue
        if reference.exchange.rate(currency, day) is None:
            at = _place(submission, currency)
            faults.append(problems.NO_EXCHANGE_RATE.at(at, currency=currency, day=day))


def _place(submission: Submission, currency: str) -> str:
    for index, line in enumerate(submission.lines):
        if line.currency == currency:
            return f"#/lines/{index}/currency"
    charges = submission.charges
    for kind in ("freight", "insurance"):
        cost = getattr(charges, kind)
        if cost is not None and cost.currency == currency:
            return f"#/charges/{kind}/currency"
    return "#/charges/other/currency"
