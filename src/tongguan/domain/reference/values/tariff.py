"""The tariff as of a day, and what is levied beside its rates by value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Final, NamedTuple

from tongguan.domain.reference.values.dated import last_in_force
from tongguan.kernel.text import Term, _

KEPT_DAYS: Final = 64


class TariffLine(NamedTuple):
    """One commodity code: rates as shares of 1 (0.13 is 13 %), units, controls.

    `elements` are the names of what the specification must state, in order. `demonstration` says
    that the row is not today's tariff.
    """

    code: str
    name: str
    name_en: str
    general: Decimal | None
    mfn: Decimal | None
    export: Decimal | None
    consumption: Decimal | None
    vat: Decimal | None
    first_unit: str
    second_unit: str | None
    controls: str
    elements: tuple[str, ...]
    valid_from: date
    valid_until: date | None
    source: str
    demonstration: bool

    @property
    def name_zh(self) -> str:
        """Return the name as the tariff writes it."""
        return self.name


@dataclass(frozen=True, eq=False)
class Tariff:
    """The tariff, as of a day; a loaded release stands before the demonstration.

    `lines` are by code, what goes first first.
    """

    lines: dict[str, tuple[TariffLine, ...]]

    def line(self, code: str, day: date) -> TariffLine | None:
        """Return the line of a ten-digit code in force, or None. Cost: 0.3 µs."""
        for row in self.lines.get(code, ()):
            if row.valid_from <= day and (row.valid_until is None or day < row.valid_until):
                return row
        return None

    def search(self, words: str, day: date, *, limit: int = 20) -> tuple[TariffLine, ...]:
        """Return lines whose code begins with, or whose name holds, what was typed."""
        wanted = words.strip().lower()
        found: list[TariffLine] = []
        for code in self._codes():
            row = self.line(code, day)
            if row is None:
                continue
            if code.startswith(wanted) or wanted in row.name or wanted in row.name_en.lower():
                found.append(row)
                if len(found) == limit:
                    break
        return tuple(found)

    @lru_cache(maxsize=1)  # noqa: B019 - a snapshot lives as long as the process needs it
    def _codes(self) -> tuple[str, ...]:
        return tuple(sorted(self.lines))


class Levy(Term):
    """Which charge is levied by quantity, or by origin and producer."""

    DUTY = "duty", _("duty by quantity")
    DUTY_GENERAL = "duty_general", _("duty by quantity at the general rate")
    CONSUMPTION = "consumption", _("consumption tax by quantity")
    ANTI_DUMPING = "anti_dumping", _("anti-dumping duty")
    COUNTERVAILING = "countervailing", _("countervailing duty")
    SAFEGUARD = "safeguard", _("safeguard duty")


BY_ORIGIN: Final = frozenset({Levy.ANTI_DUMPING, Levy.COUNTERVAILING, Levy.SAFEGUARD})
"""Levied on goods of one origin, as a share of their value; the others by quantity."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What is levied on a commodity beside the tariff's rates by value.

    Attributes:
        levy: which charge.
        origin: country it is levied on; empty: all.
        rate: CNY for `each` units of `unit`; or, for goods of one origin, a share of the value.
        unit: of the unit table; empty for a share of the value.
        each: units that `rate` is for, 1 or more: 988 litres of beer to the tonne.
    """

    commodity: str
    levy: Levy
    origin: str
    rate: Decimal
    unit: str
    each: Decimal
    valid_from: date
    valid_until: date | None
    source: str


@dataclass(frozen=True, eq=False)
class Measures:
    """What is levied beside the tariff's rates by value, as of a day."""

    rows: dict[tuple[str, Levy, str], tuple[Measure, ...]] = field(default_factory=dict)

    @lru_cache(maxsize=KEPT_DAYS)  # noqa: B019
    def by_quantity(self, levy: Levy, day: date) -> Mapping[str, Measure]:
        """Return a charge by quantity in force, by commodity. Cost: 0.3 µs after the first time."""
        return {row.commodity: row for row in self._in_force(day) if row.levy is levy}

    @lru_cache(maxsize=KEPT_DAYS)  # noqa: B019
    def by_origin(self, day: date) -> Mapping[tuple[str, str], tuple[Measure, ...]]:
        """Return the measures against goods of one origin in force, by commodity and origin."""
        found: dict[tuple[str, str], tuple[Measure, ...]] = {}
        for row in self._in_force(day):
            if row.levy in BY_ORIGIN:
                key = (row.commodity, row.origin)
                found[key] = (*found.get(key, ()), row)
        return found

    def _in_force(self, day: date) -> list[Measure]:
        found = (last_in_force(rows, day) for _, rows in sorted(self.rows.items(), key=_order))
        return [row for row in found if row is not None]


def _order(item: tuple[tuple[str, Levy, str], object]) -> tuple[str, str, str]:
    commodity, levy, origin = item[0]
    return commodity, str(levy), origin
