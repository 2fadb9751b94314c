"""Telling how amounts came about, and computing them again from what was kept."""

from collections.abc import Callable
from decimal import Decimal
from typing import Final

from tongguan.domain.revenue.notes import Note
from tongguan.domain.revenue.rules.catalogue import RULES, Figure, Style
from tongguan.domain.revenue.values import (
    Assessment,
    Charge,
    Cost,
    Explained,
    ExplainedInput,
    LineValue,
    Tax,
)
from tongguan.kernel.money import Rounding
from tongguan.kernel.text import _

Translate = Callable[[str], str]
Amount = Charge | Cost | LineValue

_COST_TITLES: Final = {
    "freight": _("Freight"),
    "insurance": _("Insurance"),
    "other": _("Other costs"),
}
_GRANTED: Final = _("Granted by certificate {number}.")
_HUNDRED: Final = Decimal(100)
_FEE: Final = Tax.LATE_DECLARATION.value


def explain(amount: Amount, assessment: Assessment, translate: Translate) -> Explained:
    """Return how one amount of an assessment came about, in the reader's words."""
    rule = RULES[amount.rule, amount.version]
    figures = [
        shown(figure, value) for figure, value in zip(rule.inputs, amount.inputs, strict=True)
    ]
    words = [translate(figure.words) for figure in rule.inputs]
    table = _table(assessment, amount.source)
    of_table = _TABLES.get(rule.code, len(words) - 1)
    inputs = tuple(
        ExplainedInput(word, figure, table if place == of_table else "")
        for place, (word, figure) in enumerate(zip(words, figures, strict=True))
    )
    line, tax, levied = 0, "", amount.amount
    notes: tuple[str, ...] = ()
    title = translate(rule.title)
    if isinstance(amount, Charge):
        line, tax, levied, notes = amount.line, amount.tax, amount.levied, amount.notes
        title = translate(Tax(tax).label)
    elif isinstance(amount, Cost):
        line, notes = amount.line, amount.notes
        title = translate(_COST_TITLES[amount.kind])
    else:
        line = amount.line
    return Explained(
        line=line,
        tax=tax,
        title=title,
        amount=amount.amount,
        levied=levied,
        currency="CNY",
        formula=rule.formula.format(*words),
        worked=rule.formula.format(*figures),
        rule=f"{rule.code}/{rule.version}",
        source=translate(rule.source),
        inputs=inputs,
        notes=(
            *(translate(Note(note).label) for note in notes),
            *_granted(amount, assessment, translate),
        ),
    )


def _granted(amount: Amount, assessment: Assessment, translate: Translate) -> tuple[str, ...]:
    number = assessment.certificate(amount) if isinstance(amount, Charge) else ""
    return (translate(_GRANTED).format(number=number),) if number else ()


def explained(assessment: Assessment, translate: Translate) -> tuple[Explained, ...]:
    """Return how every amount came about: costs, values by line, taxes by line, fees."""
    amounts: tuple[Amount, ...] = (
        *assessment.costs,
        *assessment.values,
        *assessment.charges,
    )
    return tuple(explain(amount, assessment, translate) for amount in amounts)


def recomputed(amount: Amount, assessment: Assessment) -> Decimal:
    """Return an amount computed again from its kept rule, version and inputs."""
    unrounded = RULES[amount.rule, amount.version].compute(*amount.inputs)
    if isinstance(amount, Cost):
        return unrounded
    if isinstance(amount, LineValue):
        return Rounding(assessment.value_rounding).apply(unrounded)
    kind = assessment.fee_rounding if amount.tax == _FEE else assessment.tax_rounding
    return Rounding(kind).apply(unrounded)


def taxed(charge: Charge) -> tuple[Decimal, Decimal | None]:
    """Return what a charge is a share of, in CNY, and the share (1 is all); by quantity: 0, None.

    >>> taxed(Charge(1, "VAT", Decimal("13.00"), Decimal("13.00"), "vat", 1,
    ...              (Decimal("100.00"), Decimal("0.13"))))
    (Decimal('100.00'), Decimal('0.13'))
    """
    rule = RULES[charge.rule, charge.version]
    styles = [figure.style for figure in rule.inputs[:2]]
    if styles != [Style.AMOUNT, Style.PERCENT]:
        return Decimal(0), None
    base, rate, *_ = charge.inputs
    return base, rate


def shown(figure: Figure, value: Decimal) -> str:
    """Return a figure as people read it: `213,156.00`, `8 %`, `7.1052`.

    >>> shown(Figure("rate", Style.PERCENT), Decimal("0.0650"))
    '6.5 %'
    """
    if figure.style is Style.AMOUNT:
        whole, _, places = f"{value:,f}".partition(".")
        return f"{whole}.{places.rstrip('0'):0<2}"
    if figure.style is Style.PERCENT:
        return f"{_short(value * _HUNDRED)} %"
    return _short(value)


def _short(value: Decimal) -> str:
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


_TABLES: Final = {
    "import-value": 1,
    "export-value": 1,
    "cost-per-tonne": 1,
    "late-declaration": 1,
    "duty-specific": 1,
    "duty-compound": 1,
    "consumption-specific": 1,
    "consumption-compound": 1,
}
"""Which input was read from the table named beside it, where it is not the last."""


def _table(assessment: Assessment, place: int) -> str:
    if place < 0:
        return ""
    source = assessment.sources[place]
    if source.valid_from is None:
        return source.text
    return f"{source.text} ({source.valid_from})"
