"""What a declaration owes: values, duty, taxes and fees of all lines, each with its derivation."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from tongguan.domain.declarations.values import Flow, Kind, Submission
from tongguan.domain.reference.values import Snapshot
from tongguan.domain.revenue.rules import lateness
from tongguan.domain.revenue.rules.import_taxes import TaxedLine, levy_import_taxes
from tongguan.domain.revenue.rules.line_values import values_of
from tongguan.domain.revenue.rules.worksheet import BELOW, Part, Worksheet
from tongguan.domain.revenue.values import FORMAT, ZERO, Assessment, Charge, Note, Tax


def assess(
    submission: Submission,
    *,
    reference: Snapshot,
    day: date,
    arrived: date | None = None,
) -> Assessment:
    """Return what a sound declaration owes by the law of a day.

    A summary declaration owes nothing yet: the second step is assessed.

    Args:
        submission: sound by `declarations.rules`.
        reference: law, tariff, measures and exchange rates.
        day: local day of acceptance; for a second step, of its own. Our reading: also for goods
            declared in advance, whose transport's day is not known at acceptance.
        arrived: day on which the carrier declared the transport, where it is known; else the
            declared date of entry counts.

    Cost: 40 µs for five lines.
    """
    lines = submission.lines if submission.kind is not Kind.SUMMARY else ()
    sheet = Worksheet(lines, reference, day)
    find = reference.tariff.line
    taxed = [TaxedLine(at, line, find(line.commodity or "", day)) for at, line in enumerate(lines)]
    values, costs = values_of(submission, taxed, sheet)
    value = sum(sheet.levied, ZERO)
    if submission.flow is Flow.IMPORT:
        levy_import_taxes(sheet, taxed)
        since = arrived or submission.entry_date
        if since is not None and lines:
            _levy_late_fee(sheet, since, value)
    else:
        _levy_export_duty(sheet, taxed)
    law = sheet.law
    return Assessment(
        format=FORMAT,
        day=day,
        value_rounding=law.value_rounding.value,
        tax_rounding=law.tax_rounding.value,
        fee_rounding=law.fee_rounding.value,
        sources=tuple(sheet.sources),
        costs=costs,
        values=values,
        charges=tuple(sheet.charges),
        totals=tuple(sheet.totals),
        value=value,
        payable=sheet.payable,
    )


def _levy_export_duty(sheet: Worksheet, taxed: Sequence[TaxedLine]) -> None:
    parts = []
    for index, _, row in taxed:
        if row is None or not row.export:
            continue
        inputs = (sheet.levied[index], row.export)
        at = sheet.place(row.source, row.valid_from)
        parts.append(Part(index, inputs[0] * inputs[1], "duty-ad-valorem", inputs, at))
    sheet.levy(Tax.EXPORT_DUTY, parts)


def _levy_late_fee(sheet: Worksheet, arrived: date, value: Decimal) -> None:
    law = sheet.law
    waited = (sheet.day - arrived).days
    if waited <= law.late_days:
        return
    days = lateness.days_declared_late(
        arrived,
        sheet.day,
        allowed=law.late_days,
        sold_after=law.undeclared_days,
        calendar=sheet.reference.calendar,
    )
    if not days:
        return
    inputs = (value, law.late_rate, Decimal(days))
    amount = law.fee_rounding.apply(lateness.late_declaration(*inputs))
    levied, notes = (amount, ()) if amount >= law.late_threshold else (ZERO, BELOW)
    if waited > law.undeclared_days:
        notes = (*notes, Note.FEE_ENDED.value)
    source = sheet.place(law.late_source.text, law.late_source.valid_from)
    tax = Tax.LATE_DECLARATION
    fee = Charge(0, tax.value, amount, levied, "late-declaration", 1, inputs, source, notes)
    sheet.charges.append(fee)
    sheet.total(tax, amount, levied)
