"""Monthly exchange rates to the yuan, as of a day."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Final

from tongguan.kernel.time import Timeline

KEPT_RATES: Final = 1_024


@dataclass(frozen=True, slots=True)
class ExchangeRow:
    """CNY for one unit of a currency, through one month.

    `fixed_on` is the day whose rate the law takes for that month. Source: GACC Order 124.
    """

    currency: str
    rate: Decimal
    valid_from: date
    valid_until: date | None
    source: str
    fixed_on: date | None = None

    @property
    def month(self) -> str:
        """Return the month it begins with, as `2026-11`."""
        return f"{self.valid_from:%Y-%m}"


@dataclass(frozen=True, eq=False)
class Exchange:
    """Monthly exchange rates to CNY."""

    timelines: dict[str, Timeline[ExchangeRow]]

    @lru_cache(maxsize=KEPT_RATES)  # noqa: B019 - a snapshot lives as long as the process needs it
    def rate(self, currency: str, day: date) -> ExchangeRow | None:
        """Return the rate in force, or None where none is known."""
        found = self.timelines.get(currency)
        return None if found is None else found.find(day)

    def corrected(self, corrections: Iterable[ExchangeRow]) -> "Exchange":
        """Return the rates with those of some months replaced; of two for a month the later."""
        rows = {currency: list(timeline.rows) for currency, timeline in self.timelines.items()}
        for one in corrections:
            kept = (part for row in rows.get(one.currency, ()) for part in _beside(row, one))
            rows[one.currency] = [*kept, one]
        return Exchange({name: Timeline(dated, gaps=True) for name, dated in rows.items()})


def _beside(row: ExchangeRow, other: ExchangeRow) -> list[ExchangeRow]:
    """Return what is left of a row before and after another."""
    parts = []
    if row.valid_from < other.valid_from:
        ends = min(row.valid_until or other.valid_from, other.valid_from)
        parts.append(replace(row, valid_until=ends))
    if other.valid_until is not None and (
        row.valid_until is None or row.valid_until > other.valid_until
    ):
        parts.append(replace(row, valid_from=max(row.valid_from, other.valid_until)))
    return parts
