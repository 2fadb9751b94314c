"""An assessment in the making: each tax rounded, relieved, held to its threshold, and entered."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from tongguan.domain.declarations.values import Line
from tongguan.domain.reference.values import Levy, Measure, Snapshot
from tongguan.domain.revenue.notes import Note
from tongguan.domain.revenue.rules import law as laws
from tongguan.domain.revenue.rules.law import Law
from tongguan.domain.revenue.rules.reliefs import Relief
from tongguan.domain.revenue.values import ZERO, Charge, Source, Tax, Total

ONE: Final = Decimal(1)
BELOW: Final = (Note.BELOW_THRESHOLD.value,)


Amount = tuple[Decimal, Decimal, tuple[str, ...]]
"""What the formula gives, what is owed of it, and notes."""


class Part(NamedTuple):
    """One tax on one line before rounding, relief and threshold."""

    at: int
    unrounded: Decimal
    rule: str
    inputs: tuple[Decimal, ...]
    source: int
    notes: tuple[str, ...] = ()


class Worksheet:
    """What is known of an assessment so far.

    Attributes:
        levied: by line, the value and what was levied on it so far: the base of the next tax.
        reliefs: by line, what is levied of its taxes; None: all.
    """

    __slots__ = (
        "_currencies",
        "_places",
        "charges",
        "day",
        "law",
        "levied",
        "lines",
        "payable",
        "reference",
        "reliefs",
        "sources",
        "totals",
    )

    def __init__(self, lines: Sequence[Line], reference: Snapshot, day: date) -> None:
        """Begin with the lines of a declaration and what holds on a day."""
        self.lines: Final = lines
        self.reference: Final = reference
        self.day: Final = day
        self.law: Final[Law] = laws.of(reference, day)
        self.sources: Final[list[Source]] = []
        self.charges: Final[list[Charge]] = []
        self.totals: Final[list[Total]] = []
        self.levied: Final[list[Decimal]] = []
        self.payable = ZERO
        self.reliefs: Sequence[Relief | None] = [None] * len(lines)
        self._places: Final[dict[tuple[str, date | None], int]] = {}
        self._currencies: Final[dict[str, tuple[Decimal, int]]] = {}

    def place(self, text: str, valid_from: date | None) -> int:
        """Return the place of a source among those of the assessment."""
        key = (text, valid_from)
        at = self._places.get(key)
        if at is None:
            at = self._places[key] = len(self.sources)
            self.sources.append(Source(text, valid_from))
        return at

    def exchange(self, currency: str) -> tuple[Decimal, int]:
        """Return CNY for one unit of a currency, and the place of the rate's source."""
        found = self._currencies.get(currency)
        if found is None:
            if currency == "CNY":
                found = (ONE, -1)
            else:
                row = self.reference.exchange.rate(currency, self.day)
                if row is None:
                    raise LookupError(f"no exchange rate of {currency} is known for {self.day}")
                found = (row.rate, self.place(row.source, row.valid_from))
            self._currencies[currency] = found
        return found

    def per_unit(self, levy: Levy, commodity: str | None) -> Measure | None:
        """Return what is levied on a commodity by quantity, or None."""
        return self.reference.measures.by_quantity(levy, self.day).get(commodity or "")

    def levy(self, tax: Tax, parts: Sequence[Part]) -> None:
        """Round a tax on its lines, grant relief, apply the threshold, and enter it."""
        if not parts:
            return
        rounded, reliefs = self.law.tax_rounding.apply, self.reliefs
        computed = levied = ZERO
        amounts: list[Amount] = []
        for part in parts:
            amount = owed = rounded(part.unrounded)
            relief, notes = reliefs[part.at], part.notes
            if relief is not None and tax.value in relief.taxes:
                owed = rounded(part.unrounded * relief.share)
                notes += relief.notes
            computed += amount
            levied += owed
            amounts.append((amount, owed, notes))
        if ZERO < levied < self.law.threshold:
            levied = ZERO
            amounts = [(amount, ZERO, (*notes, *BELOW)) for amount, _, notes in amounts]
        self._enter(tax, parts, amounts)
        self.total(tax, computed, levied)

    def total(self, tax: Tax, computed: Decimal, levied: Decimal) -> None:
        """Enter the sum of one tax."""
        self.totals.append(Total(tax.value, computed, levied))
        self.payable += levied

    def _enter(self, tax: Tax, parts: Sequence[Part], amounts: Sequence[Amount]) -> None:
        code, lines, so_far = tax.value, self.lines, self.levied
        enter = self.charges.append
        for (at, _, rule, inputs, source, _), (amount, owed, notes) in zip(
            parts, amounts, strict=True
        ):
            number = lines[at].number or at + 1
            enter(Charge(number, code, amount, owed, rule, 1, inputs, source, notes))
            so_far[at] += owed
