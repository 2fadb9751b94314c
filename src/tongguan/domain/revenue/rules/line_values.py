"""The customs values of a declaration's lines: prices, exchange, and their shares of the costs."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final, Literal

from msgspec import json
from msgspec.structs import replace

from tongguan.domain.declarations.delivery import INCLUDES
from tongguan.domain.declarations.values import Charge as Declared
from tongguan.domain.declarations.values import Charges, Flow, Line, Submission
from tongguan.domain.revenue.notes import Note
from tongguan.domain.revenue.rules import customs_value as rules
from tongguan.domain.revenue.rules.rates import TaxedLine
from tongguan.domain.revenue.rules.worksheet import Worksheet
from tongguan.domain.revenue.values import ZERO, Cost, LineValue

Kind = Literal["freight", "insurance", "other"]
NO_COSTS: Final = (False, False)


def values_of(
    submission: Submission, taxed: Sequence[TaxedLine], sheet: Worksheet
) -> tuple[tuple[LineValue, ...], tuple[Cost, ...]]:
    """Return the customs value of each line and the costs in them; enter values as first bases.

    Costs of the whole are shared over the lines by their price, by largest remainder, whatever the
    order of the lines; a line's own stay with it.
    """
    exchange = sheet.exchange
    rates = [exchange(line.currency or "CNY") for _, line, _ in taxed]
    totals = [line.total or ZERO for _, line, _ in taxed]
    prices = [total * rate for total, (rate, _) in zip(totals, rates, strict=True)]
    costs = costs_of(submission, sum(prices, ZERO), sheet)
    added = sum((cost.amount for cost in costs), ZERO)
    shares = rules.apportion(added, prices, _contents(taxed)) if added else [ZERO] * len(prices)
    for index, line, _ in taxed:
        if line.charges is not None:
            own = _own_costs(submission, line, prices[index], sheet)
            shares[index] += sum((cost.amount for cost in own), ZERO)
            costs += own
    rounded, values = sheet.law.value_rounding.apply, []
    importing = submission.flow is Flow.IMPORT
    for (index, line, row), (rate, source) in zip(taxed, rates, strict=True):
        number = line.number or index + 1
        if importing:
            inputs = (totals[index], rate, shares[index])
            amount = rounded(rules.import_value(*inputs))
            value = LineValue(number, amount, "import-value", 1, inputs, source)
        else:
            levied = (row.export if row is not None else None) or ZERO
            stated = (totals[index], rate, shares[index], levied)
            amount = rounded(rules.export_value(*stated))
            value = LineValue(number, amount, "export-value", 1, stated, source)
        values.append(value)
        sheet.levied.append(amount)
    return tuple(values), costs


def costs_of(submission: Submission, goods: Decimal, sheet: Worksheet) -> tuple[Cost, ...]:
    """Return what is added to the price of the goods, in CNY; below zero: taken from it.

    Import adds what the terms leave out of the price; export takes out what they include.

    Args:
        submission: with terms, charges and gross mass.
        goods: price of all lines, CNY.
        sheet: exchange rates and law of the day.
    """
    importing = submission.flow is Flow.IMPORT
    includes, declared = INCLUDES.get(submission.terms or ""), submission.charges
    if includes is None:
        freight_counts, insurance_counts = NO_COSTS
    elif importing:
        freight_counts, insurance_counts = not includes[0], not includes[1]
    else:
        freight_counts, insurance_counts = includes
    gross = submission.mass.gross or ZERO
    if not importing:
        declared = _taken_out(declared)
    found: list[Cost] = []
    insured = goods
    if freight_counts and declared.freight is not None:
        found.append(_declared("freight", declared.freight, goods, gross, sheet))
        insured += abs(found[0].amount)
    if insurance_counts and declared.insurance is not None:
        found.append(_declared("insurance", declared.insurance, insured, gross, sheet))
    elif insurance_counts and importing and not any(map(_insured, submission.lines)):
        found.append(_presumed(insured, sheet))
    if declared.other is not None:
        found.append(_declared("other", declared.other, goods, gross, sheet))
    return tuple(found)


def _contents(taxed: Sequence[TaxedLine]) -> list[bytes]:
    """Return what each line says beside its number, so that shares follow content, not order."""
    return [json.encode(replace(line, number=None)) for _, line, _ in taxed]


def _insured(line: Line) -> bool:
    return line.charges is not None and line.charges.insurance is not None


def _own_costs(
    submission: Submission, line: Line, price: Decimal, sheet: Worksheet
) -> tuple[Cost, ...]:
    """Return what a line states for itself: all of it counts, whatever the terms of delivery."""
    declared = line.charges or Charges()
    if submission.flow is Flow.EXPORT:
        declared = _taken_out(declared)
    gross, number = line.mass.gross or ZERO, line.number or 0
    stated: tuple[tuple[Kind, Declared | None], ...] = (
        ("freight", declared.freight),
        ("insurance", declared.insurance),
        ("other", declared.other),
    )
    return tuple(
        replace(_declared(kind, cost, price, gross, sheet), line=number)
        for kind, cost in stated
        if cost is not None
    )


def _taken_out(declared: Charges) -> Charges:
    """Turn freight and insurance, which the price of an export includes, below zero."""
    freight, insurance = declared.freight, declared.insurance
    return Charges(
        freight=freight and replace(freight, rate=-(freight.rate or ZERO)),
        insurance=insurance and replace(insurance, rate=-(insurance.rate or ZERO)),
        other=declared.other,
    )


def _declared(
    kind: Kind,
    cost: Declared,
    base: Decimal,
    gross_kg: Decimal,
    sheet: Worksheet,
) -> Cost:
    rate = cost.rate or ZERO
    if cost.mark == "1":
        inputs = (rate, base)
        return Cost(kind, rules.percent(*inputs), "cost-percent", 1, inputs)
    cny, source = sheet.exchange(cost.currency or "CNY")
    if cost.mark == "2":
        weighed = (rate, cny, gross_kg)
        return Cost(kind, rules.per_tonne(*weighed), "cost-per-tonne", 1, weighed, source)
    summed = (rate, cny)
    return Cost(kind, rules.total(*summed), "cost-total", 1, summed, source)


def _presumed(base: Decimal, sheet: Worksheet) -> Cost:
    law = sheet.law
    inputs = (base, law.insurance_rate)
    code, rule = (
        ("insurance-presumed-within", rules.presumed_insurance_within)
        if law.insurance_within
        else ("insurance-presumed", rules.presumed_insurance)
    )
    source = sheet.place(law.insurance_source.text, law.insurance_source.valid_from)
    notes = (Note.INSURANCE_UNKNOWN.value,)
    return Cost("insurance", rule(*inputs), code, 1, inputs, source, notes)
