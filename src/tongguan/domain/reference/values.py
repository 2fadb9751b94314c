"""Law and region as of any date: what every decision reads, frozen."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Final, NamedTuple

from tongguan.domain.reference.calendar import Calendar
from tongguan.kernel.text import Term, _
from tongguan.kernel.time import D, DatedValue, Timeline, in_force

KEPT_SETS: Final = 512


class SiteKind(Term):
    """What kind of place a control site is."""

    SEAPORT = "seaport", _("seaport terminal")
    AIRPORT = "airport", _("airport")
    RAIL = "rail", _("railway station")
    INLAND = "inland", _("inland site")
    BONDED = "bonded", _("bonded zone")


@dataclass(frozen=True, slots=True)
class District:
    """A customs district: two digits, names."""

    code: str
    name_zh: str
    name_en: str
    valid_from: date
    valid_until: date | None
    source: str


@dataclass(frozen=True, slots=True)
class Office:
    """A customs office: four digits. A department (`place` False) is no place of goods."""

    code: str
    district: str
    name_zh: str
    name_en: str
    place: bool
    valid_from: date
    valid_until: date | None
    source: str


@dataclass(frozen=True, slots=True)
class Site:
    """A control site where goods may lie, under one office, with its gates and position."""

    code: str
    office: str
    kind: SiteKind
    name_zh: str
    name_en: str
    latitude: Decimal
    longitude: Decimal
    gates: tuple[str, ...]
    valid_from: date
    valid_until: date | None
    source: str


@dataclass(frozen=True, slots=True)
class Centre:
    """An emergency coordination centre: where it is, and for which districts."""

    code: str
    name_zh: str
    name_en: str
    latitude: Decimal
    longitude: Decimal
    districts: tuple[str, ...]
    contact: str
    valid_from: date
    valid_until: date | None
    source: str


@dataclass(frozen=True, slots=True)
class ModeRow:
    """One of the five modes: what it asks of the four offices.

    Attributes:
        same_office: the goods are declared at the office where they lie.
        same_district: declared in the district of the goods (True), in another (False), either.
        marked: the declarant has to ask for it; it is never found from offices alone.
        districts: districts that take part; a declaration with an office outside cannot use it.
        inspection: `goods`, `inland` or `any`: where goods are inspected.
    """

    code: str
    marked: bool
    same_office: bool | None
    districts: tuple[str, ...]
    inspection: str
    valid_from: date
    valid_until: date | None
    source: str


@dataclass(frozen=True, slots=True)
class CodeRow:
    """One code of a code table, with the code it had before 2018 where it changed."""

    code: str
    name_zh: str
    name_en: str
    legacy_code: str
    valid_from: date
    valid_until: date | None
    source: str


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


@dataclass(frozen=True, slots=True)
class ExchangeRow:
    """CNY for one unit of a currency, through one month."""

    currency: str
    rate: Decimal
    valid_from: date
    valid_until: date | None
    source: str


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


@dataclass(frozen=True, eq=False)
class Codes:
    """Code tables, as of a day."""

    tables: dict[str, dict[str, tuple[CodeRow, ...]]]

    @lru_cache(maxsize=KEPT_SETS)  # noqa: B019 - a snapshot lives as long as the process needs it
    def valid(self, table: str, day: date) -> frozenset[str]:
        """Return the codes of a table in force on a day."""
        rows = self.tables.get(table, {})
        return frozenset(code for code, dated in rows.items() if _find(dated, day) is not None)

    def has(self, table: str, code: str, day: date) -> bool:
        """Return whether a code is in force."""
        return code in self.valid(table, day)

    def row(self, table: str, code: str, day: date) -> CodeRow | None:
        """Return the row of a code in force, or None."""
        return _find(self.tables.get(table, {}).get(code, ()), day)

    def current(self, table: str, old: str, day: date) -> str | None:
        """Return the present code for one in use before August 2018, or None."""
        return self._legacy(table, day).get(old)

    def rows(self, table: str, day: date) -> tuple[CodeRow, ...]:
        """Return a table's rows in force, by code."""
        dated = self.tables.get(table, {})
        found = (_find(dated[code], day) for code in sorted(dated))
        return tuple(row for row in found if row is not None)

    @lru_cache(maxsize=KEPT_SETS)  # noqa: B019
    def _legacy(self, table: str, day: date) -> dict[str, str]:
        found: dict[str, str] = {}
        for row in self.rows(table, day):
            if row.legacy_code:
                found.setdefault(row.legacy_code, row.code)
        return found


@dataclass(frozen=True, eq=False)
class Region:
    """The districts that act as one: offices, sites, centres, modes."""

    name_zh: str
    name_en: str
    districts: tuple[District, ...]
    dated_offices: dict[str, tuple[Office, ...]]
    dated_sites: dict[str, tuple[Site, ...]]
    centres: tuple[Centre, ...]
    modes: tuple[ModeRow, ...]

    def office(self, code: str, day: date) -> Office | None:
        """Return an office in force, or None."""
        return _find(self.dated_offices.get(code, ()), day)

    def offices(self, day: date) -> tuple[Office, ...]:
        """Return the offices in force, by code."""
        found = (_find(rows, day) for _, rows in sorted(self.dated_offices.items()))
        return tuple(row for row in found if row is not None)

    def district_of(self, office: str) -> str:
        """Return the district of an office: its first two digits."""
        return office[:2]

    def site(self, code: str, day: date | None = None) -> Site | None:
        """Return a control site, as of a day or as last known, or None."""
        rows = self.dated_sites.get(code, ())
        if day is None:
            return rows[-1] if rows else None
        return _find(rows, day)

    def sites(self, day: date) -> tuple[Site, ...]:
        """Return the control sites in force, by code."""
        found = (_find(rows, day) for _, rows in sorted(self.dated_sites.items()))
        return tuple(row for row in found if row is not None)


@dataclass(frozen=True, eq=False)
class Tariff:
    """The tariff, as of a day; a loaded release stands before the demonstration."""

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
        for code in sorted(self.lines):
            row = self.line(code, day)
            if row is None:
                continue
            if code.startswith(wanted) or wanted in row.name or wanted in row.name_en.lower():
                found.append(row)
                if len(found) == limit:
                    break
        return tuple(found)


@dataclass(frozen=True, eq=False)
class Exchange:
    """Monthly exchange rates to CNY."""

    timelines: dict[str, Timeline[ExchangeRow]]

    def rate(self, currency: str, day: date) -> ExchangeRow | None:
        """Return the rate in force, or None where none is known."""
        found = self.timelines.get(currency)
        return None if found is None else found.find(day)


@dataclass(frozen=True, eq=False)
class Snapshot:
    """All that law and region say, of any date; `version` names this state of it."""

    version: str
    region: Region
    codes: Codes
    tariff: Tariff
    exchange: Exchange
    calendar: Calendar
    parameters: Parameters


def _find(rows: tuple[D, ...], day: date) -> D | None:
    for row in reversed(rows):
        if in_force(row, day):
            return row
    return None
