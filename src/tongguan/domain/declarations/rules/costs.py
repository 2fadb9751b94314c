"""Freight and insurance have to fit the terms of delivery.

Import: what the price leaves out is stated; export: what the price includes. Source: completion
rules 20 of 2016 on freight, insurance and other costs; marks: 1 per cent, 2 a tonne, 3 a sum.
"""

from decimal import Decimal
from typing import Final

from tongguan.domain.declarations import problems
from tongguan.domain.declarations.delivery import INCLUDES
from tongguan.domain.declarations.rules.fields import HEADER
from tongguan.domain.declarations.rules.lists import Lists
from tongguan.domain.declarations.rules.numbers import finite
from tongguan.domain.declarations.values import Charge, Charges, Flow, Kind, Submission
from tongguan.kernel.problems import Fault

PER_CENT: Final = "1"
A_TONNE: Final = "2"
SUM: Final = "3"
_MARKS: Final = {
    "freight": frozenset({PER_CENT, A_TONNE, SUM}),
    "insurance": frozenset({PER_CENT, SUM}),
    "other": frozenset({PER_CENT, SUM}),
}
_MOST_PER_CENT: Final = Decimal(100)


def check(submission: Submission, lists: Lists, faults: list[Fault]) -> None:
    """Tell costs that are missing, too many or unreadable for the terms of delivery."""
    charges = submission.charges
    freight, insurance = charges.freight is not None, charges.insurance is not None
    if freight or insurance or charges.other is not None:
        _stated(charges, "#/charges", lists, faults)
    for index, line in enumerate(submission.lines):
        if line.charges is not None:
            _stated(line.charges, f"#/lines/{index}/charges", lists, faults)
            freight |= line.charges.freight is not None
            insurance |= line.charges.insurance is not None
    _terms(submission, freight=freight, insurance=insurance, faults=faults)


def _terms(submission: Submission, *, freight: bool, insurance: bool, faults: list[Fault]) -> None:
    includes = INCLUDES.get(submission.terms or "")
    if includes is None or submission.kind is Kind.SUMMARY:
        return
    importing = submission.flow is Flow.IMPORT
    freight_wanted = includes[0] is not importing
    insurance_wanted = includes[1] is not importing
    terms = submission.terms
    if freight_wanted and not freight:
        faults.append(problems.FREIGHT_MISSING.at("#/charges/freight", terms=terms))
    elif freight and not freight_wanted:
        faults.append(problems.FREIGHT_TOO_MUCH.at("#/charges/freight", terms=terms))
    if insurance_wanted and not insurance:
        problem = problems.INSURANCE_PRESUMED if importing else problems.INSURANCE_MISSING
        faults.append(problem.at("#/charges/insurance", terms=terms))
    elif insurance and not insurance_wanted:
        faults.append(problems.INSURANCE_TOO_MUCH.at("#/charges/insurance", terms=terms))


def _stated(charges: Charges, at: str, lists: Lists, faults: list[Fault]) -> None:
    for kind, cost in (
        ("freight", charges.freight),
        ("insurance", charges.insurance),
        ("other", charges.other),
    ):
        if cost is not None:
            _check(kind, cost, f"{at}/{kind}", lists, faults)


def _check(kind: str, cost: Charge, at: str, lists: Lists, faults: list[Fault]) -> None:
    field, marks = HEADER[f"charges.{kind}"], _MARKS[kind]
    if cost.mark not in marks:
        told = ", ".join(sorted(marks))
        mark = cost.mark or "—"
        faults.append(problems.COST_MARK.at(f"{at}/mark", field=field, mark=mark, marks=told))
    rate = finite(cost.rate)
    if rate is None or (rate <= 0 and kind != "other") or not rate:
        faults.append(problems.COST_RATE.at(f"{at}/rate", field=field))
    elif cost.mark == PER_CENT:
        if abs(rate) >= _MOST_PER_CENT:
            faults.append(problems.COST_PER_CENT.at(f"{at}/rate", field=field, rate=rate))
    elif cost.currency is None or cost.currency not in lists.tables["currencies"]:
        currency = cost.currency or "—"
        faults.append(problems.COST_CURRENCY.at(f"{at}/currency", field=field, currency=currency))
