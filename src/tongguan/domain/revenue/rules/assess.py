"""What a declaration owes: values, duty, taxes and fees of all lines, each with its derivation."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from tongguan.domain.declarations.values import Flow, Kind, Submission
from tongguan.domain.permits.values import Held
from tongguan.domain.reference.values import Snapshot
from tongguan.domain.revenue.notes import Note
from tongguan.domain.revenue.rules import lateness
from tongguan.domain.revenue.rules.coming import UNKNOWN, Coming, counted_from, days_late, rate_day
from tongguan.domain.revenue.rules.import_taxes import levy_import_taxes
from tongguan.domain.revenue.rules.line_values import values_of
from tongguan.domain.revenue.rules.rates import NO_RATE, TaxedLine
from tongguan.domain.revenue.rules.reliefs import check_preferences, granted_before, reliefs_of
from tongguan.domain.revenue.rules.worksheet import BELOW, Part, Worksheet
from tongguan.domain.revenue.values import FORMAT, ZERO, Assessment, Charge, Tax
from tongguan.kernel.problems import Fault


def assess(
    submission: Submission,
    *,
    reference: Snapshot,
    day: date,
    coming: Coming = UNKNOWN,
    held: Held | None = None,
    earlier: Assessment | None = None,
    faults: list[Fault] | None = None,
) -> Assessment:
    """Return what a sound declaration owes by the law of the day that is decisive for it.

    A summary declaration is estimated in full, to be secured: the second step is assessed.

    Args:
        submission: sound by `declarations.rules`.
        reference: law, tariff, measures and exchange rates.
        day: local day of acceptance; for a second step, of its own.
        coming: how imported goods came, as carriers and sites reported it. While they are to
            come the amounts are provisional: by the law of `day`, without a late-declaration fee.
        held: certificates of the trader; without them no relief is granted.
        earlier: what was computed before, where it is computed anew: what was granted then stays.
        faults: reliefs and preferences that are claimed and not proven are added, as warnings.

    Cost: 40 µs for five lines.
    """
    lines, told = submission.lines, [] if faults is None else faults
    imported = submission.flow is Flow.IMPORT
    rates = rate_day(day, coming) if imported else day
    sheet = Worksheet(lines, reference, rates)
    find = reference.tariff.line
    taxed = [
        TaxedLine(at, line, find(line.commodity or "", rates)) for at, line in enumerate(lines)
    ]
    values, costs = values_of(submission, taxed, sheet)
    value = sum(sheet.levied, ZERO)
    if earlier is None:
        granted = reliefs_of(submission, sheet.levied, law=sheet.law, held=held, faults=told)
        proven, drawn = check_preferences(submission, sheet.levied, held, told)
        granted = (granted[0], granted[1] + drawn)
    else:
        granted, proven = granted_before(submission, earlier, law=sheet.law)
    sheet.reliefs, used = granted
    if imported:
        levy_import_taxes(sheet, taxed, proven=proven)
        if lines and submission.kind is not Kind.SUMMARY:
            _levy_late_fee(sheet, day, coming, value)
    else:
        _levy_export_duty(sheet, taxed)
    law = sheet.law
    return Assessment(
        format=FORMAT,
        day=rates,
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
        transport=coming.transport if imported else None,
        reached=coming.reached if imported else None,
        used=used,
    )


def _levy_export_duty(sheet: Worksheet, taxed: Sequence[TaxedLine]) -> None:
    parts = []
    for index, _, row in taxed:
        rate = None if row is None else row.export
        if rate == ZERO:
            continue
        inputs = (sheet.levied[index], rate or ZERO)
        at = -1 if row is None else sheet.place(row.source, row.valid_from)
        notes = NO_RATE if rate is None else ()
        parts.append(Part(index, inputs[0] * inputs[1], "duty-ad-valorem", inputs, at, notes))
    sheet.levy(Tax.EXPORT_DUTY, parts)


def _levy_late_fee(sheet: Worksheet, accepted: date, coming: Coming, value: Decimal) -> None:
    law, calendar = sheet.law, sheet.reference.calendar
    days = days_late(accepted, coming, law=law, calendar=calendar)
    if not days:
        return
    inputs = (value, law.late_rate, Decimal(days))
    amount = law.fee_rounding.apply(lateness.late_declaration(*inputs))
    levied, notes = (amount, ()) if amount >= law.late_threshold else (ZERO, BELOW)
    since = counted_from(accepted, coming)
    if since is not None and (accepted - since).days > law.undeclared_days:
        notes = (*notes, Note.FEE_ENDED.value)
    if calendar.beyond(accepted):
        notes = (*notes, Note.CALENDAR_ENDED.value)
    source = sheet.place(law.late_source.text, law.late_source.valid_from)
    tax = Tax.LATE_DECLARATION
    fee = Charge(0, tax.value, amount, levied, "late-declaration", 1, inputs, source, notes)
    sheet.charges.append(fee)
    sheet.total(tax, amount, levied)
