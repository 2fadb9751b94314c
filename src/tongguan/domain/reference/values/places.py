"""Where customs works: districts, offices, control sites with their gates, coordination centres."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Final

from tongguan.domain.reference.values.dated import last_in_force
from tongguan.domain.reference.values.modes import (
    Against,
    ModeRow,
    Objection,
    Offer,
    Route,
    chosen,
    offered,
)
from tongguan.kernel.text import Term, _
from tongguan.kernel.time import in_force

KEPT_DAYS: Final = 64


class SiteKind(Term):
    """What kind of place a control site is."""

    SEAPORT = "seaport", _("seaport terminal")
    AIRPORT = "airport", _("airport")
    RAIL = "rail", _("railway station")
    INLAND = "inland", _("inland site")
    BONDED = "bonded", _("bonded zone")
    LAND = "land", _("land crossing")


@dataclass(frozen=True, slots=True)
class District:
    """A customs district and since when it takes part in the region."""

    code: str
    name_zh: str
    name_en: str
    valid_from: date
    valid_until: date | None
    source: str


@dataclass(frozen=True, slots=True)
class Office:
    """A customs office: four digits. A department (`place` False) is no place of goods.

    Latitude and longitude are degrees, WGS 84; a department has none.
    """

    code: str
    district: str
    name_zh: str
    name_en: str
    place: bool
    valid_from: date
    valid_until: date | None
    source: str
    latitude: Decimal | None = None
    longitude: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Gate:
    """One gate of a control site; its code is unique in the site."""

    site: str
    code: str
    name_zh: str
    name_en: str
    valid_from: date
    valid_until: date | None
    source: str


@dataclass(frozen=True, slots=True)
class Site:
    """A control site where goods may lie, under one office, with its gates and position.

    Latitude and longitude are degrees, WGS 84, as exact as the source says.
    """

    code: str
    office: str
    kind: SiteKind
    name_zh: str
    name_en: str
    latitude: Decimal
    longitude: Decimal
    gates: tuple[Gate, ...]
    valid_from: date
    valid_until: date | None
    source: str


@dataclass(frozen=True, slots=True)
class Capacity:
    """How many inspections of goods a control site can hold a day."""

    site: str
    a_day: int
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


@dataclass(frozen=True, eq=False)
class Region:
    """The districts that act as one: offices, sites, centres, modes.

    Attributes:
        districts: every dated row, by code and day.
        dated_offices, dated_sites: rows by code, earliest first.
        modes: every dated row; of several that fit, the first is taken.
        dated_capacities: rows by site, earliest first; a site may have none.
    """

    name_zh: str
    name_en: str
    districts: tuple[District, ...]
    dated_offices: dict[str, tuple[Office, ...]]
    dated_sites: dict[str, tuple[Site, ...]]
    centres: tuple[Centre, ...]
    modes: tuple[ModeRow, ...]
    dated_capacities: dict[str, tuple[Capacity, ...]] = field(default_factory=dict)

    def district(self, code: str, day: date) -> District | None:
        """Return a district that takes part on a day, or None."""
        found = (row for row in self.districts if row.code == code and in_force(row, day))
        return next(found, None)

    def office(self, code: str, day: date) -> Office | None:
        """Return an office in force, or None. Cost: 0.3 µs."""
        return last_in_force(self.dated_offices.get(code, ()), day)

    @lru_cache(maxsize=KEPT_DAYS)  # noqa: B019 - a snapshot lives as long as the process needs it
    def offices(self, day: date) -> tuple[Office, ...]:
        """Return the offices in force, by code."""
        found = (last_in_force(rows, day) for _, rows in sorted(self.dated_offices.items()))
        return tuple(row for row in found if row is not None)

    def district_of(self, office: str) -> str:
        """Return the district of an office, in force or not; empty for no such office."""
        return self._districts_by_office.get(office, "")

    def site(self, code: str, day: date | None = None) -> Site | None:
        """Return a control site, as of a day or as last known, or None."""
        rows = self.dated_sites.get(code, ())
        if day is None:
            return rows[-1] if rows else None
        return last_in_force(rows, day)

    @lru_cache(maxsize=KEPT_DAYS)  # noqa: B019
    def sites(self, day: date) -> tuple[Site, ...]:
        """Return the control sites in force, by code."""
        found = (last_in_force(rows, day) for _, rows in sorted(self.dated_sites.items()))
        return tuple(row for row in found if row is not None)

    def sites_of(self, office: str, day: date) -> tuple[Site, ...]:
        """Return the control sites of an office in force, by code."""
        return tuple(site for site in self.sites(day) if site.office == office)

    def capacity(self, site: str, day: date) -> Capacity | None:
        """Return how many inspections a site can hold on a day, or None where nobody says."""
        return last_in_force(self.dated_capacities.get(site, ()), day)

    def mode(self, route: Route, day: date) -> ModeRow | tuple[Objection, ...]:
        """Return the mode that a route takes, or what stands against each that was asked for.

        Cost: 2 µs.
        """
        rows, districts = self._modes(day), self._districts_by_office
        found = chosen(rows, route, districts)
        if found is not None:
            return found
        if route.asked is not None and all(row.code != route.asked for row in rows):
            return (Objection(route.asked, Against.NOT_IN_FORCE),)
        return tuple(
            Objection(offer.row.code, against)
            for offer in offered(rows, route, districts)
            if route.asked in {None, offer.row.code}
            for against in offer.against
        )

    def offers(self, route: Route, day: date) -> tuple[Offer, ...]:
        """Return every mode of a day with what stands against it: nothing, if it may be chosen.

        A mark that is still missing is not counted: choosing the mode sets it.
        """
        return offered(self._modes(day), route, self._districts_by_office)

    @lru_cache(maxsize=KEPT_DAYS)  # noqa: B019
    def _modes(self, day: date) -> tuple[ModeRow, ...]:
        return tuple(row for row in self.modes if in_force(row, day))

    @cached_property
    def _districts_by_office(self) -> dict[str, str]:
        return {code: rows[-1].district for code, rows in self.dated_offices.items()}
