"""Freight and insurance have to fit the terms of delivery.

Import: what the price leaves out is stated; export: what the price includes; for the whole, or for
each line. Our reading: what only some lines state is taken, with a warning, because the others may
bear none. Source: completion rules 20 of 2016 on freight, insurance and other costs; marks: 1 per
cent, 2 a tonne, 3 a sum.
"""

from decimal import Decimal
from typing import Final

from tongguan.domain.declarations import problems
from tongguan.domain.declarations.delivery import INCLUDES
from tongguan.domain.declarations.rules.fields import HEADER, LINE
from tongguan.domain.declarations.rules.lists import Lists
from tongguan.domain.declarations.rules.numbers import shown, wrong_with
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
    _stated(charges, "#/charges", lists, faults)
    freights = insurances = 0
    for index, line in enumerate(submission.lines):
        own = line.charges
        if own is None:
            continue
        _stated(own, f"#/lines/{index}/charges", lists, faults)
        freights += own.freight is not None
        insurances += own.insurance is not None
        if own.freight is not None and own.freight.mark == A_TONNE and not line.mass.gross:
            field = LINE["mass.gross"]
            faults.append(problems.MISSING.at(f"#/lines/{index}/mass/gross", field=field))
    if submission.kind is not Kind.SUMMARY:
        _freight(submission, freights, lists, faults)
        _insurance(submission, insurances, lists, faults)


def _freight(submission: Submission, stated: int, lists: Lists, faults: list[Fault]) -> None:
    at, terms = "#/charges/freight", submission.terms
    wanted, whole = _wanted(submission, 0, lists), submission.charges.freight is not None
    if wanted is None:
        return
    count = len(submission.lines)
    if wanted and not whole:
        if not stated:
            faults.append(problems.FREIGHT_MISSING.at(at, terms=terms))
        elif stated < count:
            faults.append(problems.FREIGHT_IN_PART.at(at, stated=stated, count=count))
    elif not wanted and (whole or stated):
        faults.append(problems.FREIGHT_TOO_MUCH.at(at, terms=terms))


def _insurance(submission: Submission, stated: int, lists: Lists, faults: list[Fault]) -> None:
    at, terms = "#/charges/insurance", submission.terms
    wanted, whole = _wanted(submission, 1, lists), submission.charges.insurance is not None
    if wanted is None:
        return
    count, importing = len(submission.lines), submission.flow is Flow.IMPORT
    if wanted and not whole:
        if not stated:
            problem = problems.INSURANCE_PRESUMED if importing else problems.INSURANCE_MISSING
            faults.append(problem.at(at, terms=terms))
        elif stated < count:
            problem = (
                problems.INSURANCE_PRESUMED_IN_PART if importing else problems.INSURANCE_IN_PART
            )
            faults.append(problem.at(at, stated=stated, count=count))
    elif not wanted and (whole or stated):
        faults.append(problems.INSURANCE_TOO_MUCH.at(at, terms=terms))


def _wanted(submission: Submission, kind: int, lists: Lists) -> bool | None:
    """Return whether the terms ask for freight (0) or insurance (1); None: terms are not known.

    Terms that say nothing of costs ask for neither: the price counts as it stands.
    """
    terms = submission.terms
    if terms is None or terms not in lists.tables["delivery_terms"]:
        return None
    includes = INCLUDES.get(terms)
    return includes is not None and includes[kind] is not (submission.flow is Flow.IMPORT)


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
    rate = cost.rate
    if rate is None or (rate.is_finite() and (rate.is_zero() or (rate < 0 and kind != "other"))):
        faults.append(problems.COST_RATE.at(f"{at}/rate", field=field))
    elif (problem := wrong_with(rate.copy_abs())) is not None:
        faults.append(problem.at(f"{at}/rate", field=field, value=shown(rate)))
    elif cost.mark == PER_CENT:
        if abs(rate) >= _MOST_PER_CENT:
            faults.append(problems.COST_PER_CENT.at(f"{at}/rate", field=field, rate=rate))
    elif cost.currency is None or cost.currency not in lists.tables["currencies"]:
        currency = cost.currency or "—"
        faults.append(problems.COST_CURRENCY.at(f"{at}/currency", field=field, currency=currency))
