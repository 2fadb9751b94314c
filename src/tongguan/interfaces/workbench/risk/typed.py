"""Figures and days as they were typed, with what could not be read."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from tongguan.domain.risk import problems
from tongguan.kernel.numbers import typed_day, typed_number
from tongguan.kernel.problems import Fault
from tongguan.kernel.text import _

_NOT_A_NUMBER: Final = _("it is not a number")
_NOT_WHOLE: Final = _("it is not a whole number")
_NOT_A_DAY: Final = _("it is not a day")


class Typed:
    """What a form sent, read member by member; `faults` tells what could not be read."""

    def __init__(self, values: Mapping[str, str]) -> None:
        """Take the text of every member."""
        self._values = values
        self.faults: list[Fault] = []

    def text(self, member: str) -> str:
        """Return a member as it was typed, without spaces around it."""
        return str(self._values.get(member, "")).strip()

    def number(self, member: str, default: Decimal) -> Decimal:
        """Return a number; the default where nothing was typed."""
        text = self.text(member).removesuffix("%").removesuffix("％")
        found = typed_number(text) if text.strip() else default
        if found is not None:
            return found
        self.fault(member, _NOT_A_NUMBER)
        return default

    def share(self, member: str, default: Decimal) -> Decimal:
        """Return a share of 1 that was typed as per cent."""
        return self.number(member, default * 100) / 100

    def whole(self, member: str, default: int = 0) -> int:
        """Return a whole number."""
        found = self.number(member, Decimal(default))
        if found != found.to_integral_value():
            self.fault(member, _NOT_WHOLE)
        return int(found)

    def day(self, member: str) -> date | None:
        """Return a day, or None where nothing was typed."""
        text = self.text(member)
        day = typed_day(text)
        if text and day is None:
            self.fault(member, _NOT_A_DAY)
        return day

    def fault(self, member: str, reason: str) -> None:
        """Note that a member cannot be used."""
        found = problems.CRITERION_WRONG.at(f"#/{member}", name="—", reason=reason)
        self.faults.append(found)


def plain(number: Decimal) -> str:
    """Return a number as it would be typed.

    >>> plain(Decimal("30.00")), plain(Decimal("0.5"))
    ('30', '0.5')
    """
    return f"{number.normalize():f}"
