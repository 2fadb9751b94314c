"""The customs values of a declaration's lines: prices, exchange, and their shares of the costs."""

from collections.abc import Sequence

from tongguan.domain.declarations.values import Flow, Submission
from tongguan.domain.revenue.rules import customs_value as rules
from tongguan.domain.revenue.rules.line_costs import costs_of
from tongguan.domain.revenue.rules.rates import TaxedLine
from tongguan.domain.revenue.rules.worksheet import Worksheet
from tongguan.domain.revenue.values import ZERO, Cost, LineValue


def values_of(
    submission: Submission, taxed: Sequence[TaxedLine], sheet: Worksheet
) -> tuple[tuple[LineValue, ...], tuple[Cost, ...]]:
    """Return the customs value of each line and the costs in them; enter values as first bases."""
    exchange = sheet.exchange
    rates = [exchange(line.currency or "CNY") for _, line, _ in taxed]
    totals = [line.total or ZERO for _, line, _ in taxed]
    prices = [total * rate for total, (rate, _) in zip(totals, rates, strict=True)]
    costs, shares = costs_of(submission, prices, sheet)
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
