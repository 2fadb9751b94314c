"""Code tables and parameters, as of a day."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Final

from tongguan.domain.reference.values.dated import last_in_force, name_of
from tongguan.kernel.time import DatedValue, Timeline

KEPT_SETS: Final = 512


@dataclass(frozen=True, slots=True)
class CodeRow:
    """One code of a code table.

    `legacy_code` is the code before August 2018 that meant this row and no other.
    """

    code: str
    name_zh: str
    name_en: str
    legacy_code: str
    valid_from: date
    valid_until: date | None
    source: str


@dataclass(frozen=True, eq=False)
class Codes:
    """Code tables, as of a day."""

    tables: dict[str, dict[str, tuple[CodeRow, ...]]]

    @lru_cache(maxsize=KEPT_SETS)  # noqa: B019 - a snapshot lives as long as the process needs it
    def valid(self, table: str, day: date) -> frozenset[str]:
        """Return the codes of a table in force on a day. Cost: 0.2 µs after the first time."""
        rows = self.tables.get(table, {})
        return frozenset(
            code for code, dated in rows.items() if last_in_force(dated, day) is not None
        )

    def has(self, table: str, code: str, day: date) -> bool:
        """Return whether a code is in force."""
        return code in self.valid(table, day)

    def row(self, table: str, code: str, day: date) -> CodeRow | None:
        """Return the row of a code in force, or None."""
        return last_in_force(self.tables.get(table, {}).get(code, ()), day)

    def name(self, table: str, code: str, day: date, language: str) -> str:
        """Return the name of a code, in force or not any more; the code where there is none."""
        rows = self.tables.get(table, {}).get(code, ())
        row = last_in_force(rows, day) or (rows[-1] if rows else None)
        return code if row is None else name_of(row, language)

    def current(self, table: str, old: str, day: date) -> str | None:
        """Return the present code for one in use before August 2018.

        None where there is none, or where the old code could mean several: then it is asked for,
        never guessed.
        """
        return self._legacy(table, day).get(old)

    @lru_cache(maxsize=KEPT_SETS)  # noqa: B019
    def rows(self, table: str, day: date) -> tuple[CodeRow, ...]:
        """Return a table's rows in force, by code."""
        dated = self.tables.get(table, {})
        found = (last_in_force(dated[code], day) for code in sorted(dated))
        return tuple(row for row in found if row is not None)

    @lru_cache(maxsize=KEPT_SETS)  # noqa: B019
    def _legacy(self, table: str, day: date) -> dict[str, str]:
        found: dict[str, str] = {}
        several: set[str] = set()
        for row in self.rows(table, day):
            if row.legacy_code in found:
                several.add(row.legacy_code)
            elif row.legacy_code:
                found[row.legacy_code] = row.code
        return {old: code for old, code in found.items() if old not in several}


@dataclass(frozen=True, eq=False)
class Parameters:
    """What law or region sets, by name and day."""

    timelines: dict[str, Timeline[DatedValue]]

    def row(self, name: str, day: date) -> DatedValue:
        """Return the value in force with its source.

        Raises:
            LookupError: the pack has no such parameter for that day.
        """
        found = self.timelines.get(name)
        if found is None:
            raise LookupError(f"the region pack has no parameter {name}")
        return found.as_of(day)

    def value(self, name: str, day: date) -> str:
        """Return the value in force as it is written."""
        return self.row(name, day).value

    def decimal(self, name: str, day: date) -> Decimal:
        """Return the value in force as a decimal number."""
        return Decimal(self.row(name, day).value)

    def whole(self, name: str, day: date) -> int:
        """Return the value in force as a whole number."""
        return int(self.row(name, day).value)

    def words(self, name: str, day: date) -> tuple[str, ...]:
        """Return the words of the value in force, in order."""
        return tuple(self.row(name, day).value.split())
