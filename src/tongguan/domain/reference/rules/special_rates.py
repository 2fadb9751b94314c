"""Reading rates that the tariff cannot hold, and origins that are not most favoured."""

import re
from decimal import Decimal
from typing import Final

from tongguan.domain.reference import problems
from tongguan.domain.reference.rules.folder import Folder, Row
from tongguan.domain.reference.rules.tariff_file import GENERAL_BELOW
from tongguan.domain.reference.rules.wanted import Wanted
from tongguan.domain.reference.values import (
    Codes,
    OriginRow,
    Origins,
    RateColumn,
    SpecialRate,
    SpecialRates,
    Treatment,
)

PRICE_MOST: Final = 1_000_000_000
_PREFIX: Final = re.compile("[0-9]{4,10}")
_COLUMNS: Final = (
    "commodity",
    "column",
    "least",
    "unit",
    "each",
    "within",
    "rate",
    "by_quantity",
)


def read_special_rates(folder: Folder, codes: Codes) -> SpecialRates:
    """Return what stands for rates of the tariff: by quantity, by price, by date, or not known."""
    units = codes.tables["units"]

    def special(row: Row) -> SpecialRate:
        column = row.among("column", RateColumn, Wanted.RATE_COLUMN) or RateColumn.GENERAL
        unit = row.words("unit")
        least = row.number_in("least", 0, PRICE_MOST) if row.words("least") else Decimal(0)
        if row.words("least") not in {"", f"{least.normalize():f}"}:
            facts = {"value": row.words("least"), "wanted": Wanted.SHORTEST}
            row.note(problems.VALUE_WRONG, column="least", **facts)
        if unit or least:
            row.refers(unit, units, "codes/units.csv")
        return SpecialRate(
            row.among("commodity", _prefix, Wanted.PREFIX) or "",
            column,
            least,
            unit,
            row.number_in("each", 1, 1_000_000) if row.words("each") else Decimal(1),
            row.share("within") or Decimal(0),
            row.share("rate", below=GENERAL_BELOW if column is RateColumn.GENERAL else 1),
            row.yes("by_quantity"),
            *row.dated(),
        )

    def bounds(row: Row) -> tuple[str, ...]:
        # 0 and nothing mean the same bound: two such rows may not be in force on one day.
        return row.words("commodity"), row.words("column"), row.words("least") or "0"

    rows = folder.table("special_rates.csv", _COLUMNS, special, keys=bounds, needed=False)
    return SpecialRates(
        {
            (commodity, RateColumn(column), Decimal(least)): dated
            for (commodity, column, least), dated in rows.items()
        }
    )


def read_origins(folder: Folder, codes: Codes) -> Origins:
    """Return the origins that do not have the most-favoured-nation rate, or may not have it."""
    countries = codes.tables["countries"]

    def origin(row: Row) -> OriginRow:
        code = row.needed("code")
        row.refers(code, countries, "codes/countries.csv")
        treatment = row.among("treatment", Treatment, Wanted.TREATMENT) or Treatment.UNKNOWN
        return OriginRow(code, treatment, *row.dated())

    rows = folder.table("origins.csv", ("code", "treatment"), origin, needed=False)
    return Origins({code: dated for (code,), dated in rows.items()})


def _prefix(words: str) -> str:
    if _PREFIX.fullmatch(words) is None:
        raise ValueError(words)
    return words
