"""What a declaration owes, line by line; every amount opens how it came about."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.text import capfirst
from django.utils.translation import gettext

from tongguan.domain.revenue.queries import explain
from tongguan.domain.revenue.values import Assessment, Charge, Cost, Explained, LineValue, Tax
from tongguan.interfaces.pages.shapes import Derivation, Input


@dataclass(frozen=True, slots=True)
class ChargeRow:
    """One line of goods: its customs value, and what each tax levies on it.

    Attributes:
        cells: by tax, in the order of `Table.taxes`; None where the tax does not touch the line.
    """

    line: int
    value: Derivation | None
    cells: tuple[Derivation | None, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """All charges of one assessment.

    Attributes:
        taxes: the words of each tax that is levied or computed.
        totals: by tax, what is levied.
        costs: freight, insurance and other costs that are part of the value.
        whole: what is levied on the declaration as a whole, a late-declaration fee.
    """

    taxes: tuple[str, ...]
    rows: tuple[ChargeRow, ...]
    totals: tuple[Decimal, ...]
    value: Decimal
    payable: Decimal
    costs: tuple[Derivation, ...]
    whole: tuple[Derivation, ...]
    hidden: int = 0

    @property
    def sums(self) -> tuple[tuple[str, Decimal], ...]:
        """Return what is levied of each tax, with its words."""
        return tuple(zip(self.taxes, self.totals, strict=True))


def table(assessment: Assessment, *, most: int | None = None) -> Table:
    """Return an assessment as a table, at the most so many lines of it."""
    of_lines = [one for one in assessment.charges if one.line]
    codes = [total.tax for total in assessment.totals if _on_lines(total.tax, of_lines)]
    values = {one.line: one for one in assessment.values}
    numbers = sorted({*values, *(one.line for one in of_lines)})
    cells = {(one.line, one.tax): one for one in of_lines}
    levied = {total.tax: total.levied for total in assessment.totals}
    return Table(
        tuple(capfirst(gettext(Tax(code).label)) for code in codes),
        tuple(
            _row(
                number,
                values.get(number),
                [cells.get((number, code)) for code in codes],
                assessment,
            )
            for number in numbers[:most]
        ),
        tuple(levied[code] for code in codes),
        assessment.value,
        assessment.payable,
        tuple(_opened(one, assessment) for one in assessment.costs),
        tuple(_opened(one, assessment) for one in assessment.charges if not one.line),
        0 if most is None else max(0, len(numbers) - most),
    )


def sums(assessment: Assessment) -> list[tuple[str, Decimal]]:
    """Return what is levied of each tax, in words."""
    return [
        (capfirst(gettext(Tax(total.tax).label)), total.levied)
        for total in assessment.totals
        if total.levied
    ]


def _row(
    number: int,
    value: LineValue | None,
    cells: Sequence[Charge | None],
    assessment: Assessment,
) -> ChargeRow:
    told = [None if one is None else explain(one, assessment, gettext) for one in cells]
    notes = dict.fromkeys(note for one in told if one is not None for note in one.notes)
    return ChargeRow(
        number,
        None if value is None else _opened(value, assessment),
        tuple(None if one is None else _derivation(one) for one in told),
        tuple(notes),
    )


def _opened(one: Charge | Cost | LineValue, assessment: Assessment) -> Derivation:
    return _derivation(explain(one, assessment, gettext))


def _derivation(one: Explained) -> Derivation:
    title = capfirst(one.title)
    if one.line:
        title = gettext("{tax}, line {line}").format(tax=title, line=one.line)
    inputs = [Input(each.words, each.value, each.source) for each in one.inputs]
    if one.levied != one.amount:
        inputs.append(Input(gettext("levied of it"), f"{one.levied:,}", " ".join(one.notes)))
    return Derivation(
        title,
        one.amount,
        one.currency,
        one.formula,
        worked=one.worked,
        rule=gettext("Rule {rule}").format(rule=one.rule),
        source=one.source,
        inputs=inputs,
    )


def _on_lines(tax: str, charges: Sequence[Charge]) -> bool:
    return any(one.tax == tax for one in charges)
