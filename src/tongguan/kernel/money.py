"""Amounts of money: a decimal number with its currency, and how it is rounded."""

from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Final

FEN: Final = Decimal("0.01")
YUAN: Final = Decimal(1)


class Rounding(StrEnum):
    """How a charge becomes a whole number of the smallest unit levied; a dated parameter."""

    HALF_UP = "half-up-fen"
    HALF_UP_YUAN = "half-up-yuan"
    DOWN_YUAN = "down-yuan"

    def apply(self, amount: Decimal) -> Decimal:
        """Return `amount` rounded this way.

        >>> Rounding.HALF_UP.apply(Decimal("31973.405"))
        Decimal('31973.41')
        """
        unit, mode = _STEPS[self]
        return amount.quantize(unit, mode)


_STEPS: Final = {
    Rounding.HALF_UP: (FEN, ROUND_HALF_UP),
    Rounding.HALF_UP_YUAN: (YUAN, ROUND_HALF_UP),
    Rounding.DOWN_YUAN: (YUAN, ROUND_DOWN),
}


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in one currency. Adding two currencies is refused."""

    amount: Decimal
    currency: str = "CNY"

    def __add__(self, other: "Money") -> "Money":
        """Return the sum of two amounts of one currency."""
        if self.currency != other.currency:
            raise ValueError(f"cannot add {other.currency} to {self.currency}")
        return Money(self.amount + other.amount, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        """Return the difference of two amounts of one currency."""
        return self + Money(-other.amount, other.currency)

    def times(self, factor: Decimal) -> "Money":
        """Return this many times the amount, unrounded."""
        return Money(self.amount * factor, self.currency)

    def over(self, divisor: Decimal) -> "Money":
        """Return the amount divided, unrounded."""
        return Money(self.amount / divisor, self.currency)

    def round(self, rounding: Rounding) -> "Money":
        """Return the amount in whole units, by the rounding that the law of the day names."""
        return Money(rounding.apply(self.amount), self.currency)

    def __str__(self) -> str:
        """Return the amount as people read it: `91,235.46 CNY`."""
        return f"{self.amount:,} {self.currency}"
