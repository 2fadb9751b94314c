"""Rates that a column of the tariff cannot hold, and origins that are not most favoured."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Final

from tongguan.domain.reference.values.dated import last_in_force
from tongguan.kernel.text import Term, _

KEPT: Final = 8_192
_LENGTHS: Final = range(10, 3, -1)


class RateColumn(Term):
    """Which column of the tariff a special rate stands for."""

    GENERAL = "general", _("general rate")
    MFN = "mfn", _("most-favoured-nation rate")
    EXPORT = "export", _("export duty")
    CONSUMPTION = "consumption", _("consumption tax")


@dataclass(frozen=True, slots=True)
class SpecialRate:
    """What stands for a rate of the tariff while it is in force.

    Attributes:
        commodity: first digits of the codes it is for, four at least.
        least: CNY for `each` units of `unit`: the price from which it applies; 0: any price.
        unit: of the unit table; empty where the price does not count.
        within: consumption tax that this price includes, a share of 1; 0: the customs value counts.
        rate: a share of 1; None: no rate by value is known.
        by_quantity: the charge is also, or only, levied by quantity: a measure has to say how much.
    """

    commodity: str
    column: RateColumn
    least: Decimal
    unit: str
    each: Decimal
    within: Decimal
    rate: Decimal | None
    by_quantity: bool
    valid_from: date
    valid_until: date | None
    source: str


@dataclass(frozen=True, eq=False)
class SpecialRates:
    """Rates that stand for those of the tariff, by commodity, column and least price."""

    rows: Mapping[tuple[str, RateColumn, Decimal], tuple[SpecialRate, ...]] = field(
        default_factory=dict
    )

    @lru_cache(maxsize=KEPT)  # noqa: B019 - a snapshot lives as long as the process needs it
    def of(self, code: str, column: RateColumn, day: date) -> tuple[SpecialRate, ...]:
        """Return what stands for a rate on a day, highest price first; of the longest code.

        Cost: 0.2 µs after the first time.
        """
        for length in _LENGTHS:
            found = [
                row
                for dated in self._begin_with().get((code[:length], column), ())
                if (row := last_in_force(dated, day)) is not None
            ]
            if found:
                return tuple(sorted(found, key=lambda row: row.least, reverse=True))
        return ()

    @lru_cache(maxsize=1)  # noqa: B019
    def _begin_with(self) -> dict[tuple[str, RateColumn], list[tuple[SpecialRate, ...]]]:
        found: dict[tuple[str, RateColumn], list[tuple[SpecialRate, ...]]] = {}
        for (commodity, column, _least), dated in self.rows.items():
            found.setdefault((commodity, column), []).append(dated)
        return found


class Treatment(Term):
    """Which rate of duty goods of an origin have."""

    GENERAL = "general", _("the general rate")
    UNKNOWN = "unknown", _("not known: the general rate, and an officer looks at it")


@dataclass(frozen=True, slots=True)
class OriginRow:
    """An origin whose goods do not have the most-favoured-nation rate, or may not have it."""

    code: str
    treatment: Treatment
    valid_from: date
    valid_until: date | None
    source: str


@dataclass(frozen=True, eq=False)
class Origins:
    """Origins without the most-favoured-nation rate; all others have it."""

    rows: Mapping[str, tuple[OriginRow, ...]] = field(default_factory=dict)

    def of(self, code: str, day: date) -> OriginRow | None:
        """Return what is stated of an origin on a day, or None: it is most favoured."""
        dated = self.rows.get(code)
        return None if dated is None else last_in_force(dated, day)
