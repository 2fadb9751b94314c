"""Freight, insurance and other costs of a declaration: their amounts, and what each line bears.

Import adds what the terms of delivery leave out of the price; export takes out what they include.
Costs in per cent are of the price; insurance of an import is of price and freight, wherever the
freight is stated; the price of an export includes its freight already. Source: completion rules on
freight and insurance; Orders 148 and 213 on presumed insurance.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from msgspec import json
from msgspec.structs import replace

from tongguan.domain.declarations.delivery import INCLUDES
from tongguan.domain.declarations.values import Charge as Declared
from tongguan.domain.declarations.values import Charges, Flow, Line, Submission
from tongguan.domain.revenue.notes import Note
from tongguan.domain.revenue.rules import customs_value as rules
from tongguan.domain.revenue.rules.worksheet import Worksheet
from tongguan.domain.revenue.values import ZERO, Cost

Kind = Literal["freight", "insurance", "other"]
NONE_STATED: Final = Charges()
SHARES_OF_INSURED: Final = frozenset(
    {"cost-percent", "insurance-presumed", "insurance-presumed-within"}
)
"""Rules by which insurance is a share of the insured sum."""


@dataclass(frozen=True, slots=True)
class _Costs:
    """Costs of one kind: of the whole, and of each line; None: there are none."""

    whole: Cost | None
    lines: Sequence[Cost | None]

    @property
    def amount(self) -> Decimal:
        """Return the cost of the whole, CNY."""
        return ZERO if self.whole is None else self.whole.amount

    @property
    def own(self) -> list[Decimal]:
        """Return the costs that lines have themselves, CNY."""
        return [ZERO if cost is None else cost.amount for cost in self.lines]


@dataclass(frozen=True, slots=True)
class _Stated:
    """What a declaration states of costs, below zero where it is taken out of prices."""

    importing: bool
    whole: Charges
    lines: Sequence[Charges]
    presumes: bool
    prices: Sequence[Decimal]
    gross_kg: Decimal
    lines_kg: Sequence[Decimal]


def costs_of(
    submission: Submission, prices: Sequence[Decimal], sheet: Worksheet
) -> tuple[tuple[Cost, ...], list[Decimal]]:
    """Return all costs, and what each line bears of them, in CNY; below zero: taken from its price.

    Costs of the whole are shared over the lines by their price, by largest remainder, whatever the
    order of the lines; insurance that is a share of the insured sum by price and freight. A line's
    own costs stay with it and count whatever the terms.

    Args:
        submission: with terms, costs and masses.
        prices: of each line, CNY.
        sheet: exchange rates and law of the day.
    """
    stated = _stated(submission, prices)
    goods = sum(prices, ZERO)
    freight = _declared_of("freight", stated, goods, prices, sheet)
    insured, total = list(prices), goods
    if stated.importing:
        insured = _insured(prices, freight)
        total += freight.amount + sum(freight.own, ZERO)
    insurance = _declared_of("insurance", stated, total, insured, sheet)
    if stated.presumes and insurance.whole is None:
        insurance = _with_presumed(insurance, total, insured, sheet)
    other = _declared_of("other", stated, goods, prices, sheet)
    kinds = (freight, insurance, other)
    found = [costs.whole for costs in kinds if costs.whole is not None]
    shares = _shares(submission.lines, kinds, prices, insured)
    for at, line in enumerate(submission.lines):
        own = [cost for costs in kinds if (cost := costs.lines[at]) is not None]
        shares[at] += sum((cost.amount for cost in own), ZERO)
        found += [replace(cost, line=line.number or at + 1) for cost in own]
    return tuple(found), shares


def _stated(submission: Submission, prices: Sequence[Decimal]) -> _Stated:
    """Return what is stated; of the costs of the whole those that the terms make count."""
    importing, whole = submission.flow is Flow.IMPORT, submission.charges
    includes = INCLUDES.get(submission.terms or "")
    counts = (False, False) if includes is None else includes
    if includes is not None and importing:
        counts = (not includes[0], not includes[1])
    whole = Charges(
        freight=whole.freight if counts[0] else None,
        insurance=whole.insurance if counts[1] else None,
        other=whole.other,
    )
    lines = [line.charges or NONE_STATED for line in submission.lines]
    if not importing:
        whole, lines = _taken_out(whole), [_taken_out(one) for one in lines]
    return _Stated(
        importing,
        whole,
        lines,
        presumes=importing and counts[1],
        prices=prices,
        gross_kg=submission.mass.gross or ZERO,
        lines_kg=[line.mass.gross or ZERO for line in submission.lines],
    )


def _taken_out(declared: Charges) -> Charges:
    """Turn freight and insurance, which the price of an export includes, below zero."""
    freight, insurance = declared.freight, declared.insurance
    if freight is None and insurance is None:
        return declared
    return Charges(
        freight=freight and replace(freight, rate=-(freight.rate or ZERO)),
        insurance=insurance and replace(insurance, rate=-(insurance.rate or ZERO)),
        other=declared.other,
    )


def _declared_of(
    kind: Kind, stated: _Stated, base: Decimal, bases: Sequence[Decimal], sheet: Worksheet
) -> _Costs:
    """Return the costs of a kind as they are declared; per cent are of `base` and `bases`."""
    cost: Declared | None = getattr(stated.whole, kind)
    whole = None if cost is None else _declared(kind, cost, base, stated.gross_kg, sheet)
    lines: list[Cost | None] = [None] * len(bases)
    for at, charges in enumerate(stated.lines):
        if charges is NONE_STATED:
            continue
        cost = getattr(charges, kind)
        if cost is not None:
            lines[at] = _declared(kind, cost, bases[at], stated.lines_kg[at], sheet)
    return _Costs(whole, lines)


def _with_presumed(
    stated: _Costs, total: Decimal, insured: Sequence[Decimal], sheet: Worksheet
) -> _Costs:
    """Return insurance as stated by lines, and as presumed for those that state none."""
    if not any(stated.lines):
        return _Costs(_presumed(total, sheet), stated.lines)
    lines = [
        _presumed(base, sheet) if cost is None else cost
        for cost, base in zip(stated.lines, insured, strict=True)
    ]
    return _Costs(None, lines)


def _insured(prices: Sequence[Decimal], freight: _Costs) -> list[Decimal]:
    """Return price and freight of each line: its own, and its exact part of the whole's."""
    goods, whole = sum(prices, ZERO), freight.amount
    return [
        price + own + (whole * price / goods if goods else whole / len(prices))
        for price, own in zip(prices, freight.own, strict=True)
    ]


def _shares(
    lines: Sequence[Line],
    kinds: tuple[_Costs, _Costs, _Costs],
    prices: Sequence[Decimal],
    insured: Sequence[Decimal],
) -> list[Decimal]:
    """Return each line's part of the costs of the whole.

    Insurance follows price and freight where lines differ in that: where they have own freight.
    """
    freight, insurance, other = kinds
    shared = freight.amount + insurance.amount + other.amount
    if not shared and not insurance.amount:
        return [ZERO] * len(prices)
    contents = [json.encode(replace(line, number=None)) for line in lines]
    whole = insurance.whole
    if whole is None or whole.rule not in SHARES_OF_INSURED or not any(freight.lines):
        return rules.apportion(shared, prices, contents)
    rest = rules.apportion(shared - whole.amount, prices, contents)
    parts = rules.apportion(whole.amount, insured, contents)
    return [one + two for one, two in zip(rest, parts, strict=True)]


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
