"""Reading districts, offices, sites, gates, coordination centres and modes of a pack."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from tongguan.domain.reference import problems
from tongguan.domain.reference.rules.folder import SETTINGS, Folder, Row
from tongguan.domain.reference.rules.wanted import Wanted
from tongguan.domain.reference.values import (
    Against,
    Capacity,
    Centre,
    District,
    Gate,
    ModeRow,
    Movement,
    Office,
    Region,
    Relation,
    Site,
    SiteKind,
)
from tongguan.kernel.identifiers import DISTRICT_FORM

MODES: Final = frozenset({"port", "transit", "local_declared", "local_released", "regional"})
"""The modes that declarations know; a pack has a row of each. Source: announcement 65/2014."""
PLACES: Final = frozenset({"goods", "declaration", "any"})
MOST_A_DAY: Final = 10_000
"""More inspections a day than any site holds: beyond it a figure is a slip."""
_CIRCUMSTANCES: Final = {
    str(one): one
    for one in (Against.SELECTED, Against.PORT_PERMIT, Against.NO_REPORT, Against.INVESTIGATED)
}
_NAMED: Final = ("name_zh", "name_en")
_OFFICE_FORM: Final = re.compile(r"[0-9]{4}")  # customs numbers begin with it
_POSITION: Final = ("latitude", "longitude")
_MODE_COLUMNS: Final = (
    "code",
    "marked",
    "relation",
    "inspection",
    "movement",
    "districts",
    "trader_classes",
    "broker_classes",
    "refused_for",
    "fallback",
)


class Places:
    """The places of a pack while they are read: each table is checked against those before it."""

    def __init__(self, folder: Folder, settings: Mapping[str, Any]) -> None:
        """Read all tables of places."""
        districts = folder.table("districts.csv", ("code", *_NAMED), _district)
        self._districts = {code: rows for (code,), rows in districts.items()}
        offices = folder.table(
            "offices.csv", ("code", "district", *_NAMED, "place", *_POSITION), self._office
        )
        self._offices = {code: rows for (code,), rows in offices.items()}
        self._gates: dict[str, list[Gate]] = {}
        gates = folder.table("gates.csv", ("site", "code", *_NAMED), _gate, keys=2)
        for (site, _code), rows in gates.items():
            self._gates.setdefault(site, []).extend(rows)
        sites = folder.table(
            "sites.csv", ("code", "office", "kind", *_NAMED, *_POSITION), self._site
        )
        known = {code: rows for (code,), rows in sites.items()}
        capacities = folder.table(
            "capacities.csv", ("site", "a_day"), lambda row: _capacity(row, known), needed=False
        )
        for site in sorted(self._gates.keys() - known):
            folder.note(problems.GATE_WITHOUT_SITE, "gates.csv", file="gates.csv", site=site)
        centres = folder.table(
            "centres.csv",
            ("code", *_NAMED, *_POSITION, "districts", "contact"),
            self._centre,
            needed=False,
        )
        modes = folder.table("modes.csv", _MODE_COLUMNS, self._mode)
        for code in sorted(MODES - {code for (code,) in modes}):
            folder.note(problems.MODE_MISSING, "modes.csv", file="modes.csv", mode=code)
        self.region = Region(
            name_zh=_named(folder, settings, "name_zh"),
            name_en=_named(folder, settings, "name_en"),
            districts=tuple(row for rows in districts.values() for row in rows),
            dated_offices={code: rows for (code,), rows in offices.items()},
            dated_sites={code: rows for (code,), rows in sites.items()},
            centres=tuple(row for rows in centres.values() for row in rows),
            modes=tuple(row for rows in modes.values() for row in rows),
            dated_capacities={code: rows for (code,), rows in capacities.items()},
        )

    def _office(self, row: Row) -> Office:
        district = row.words("district")
        began = min((one.valid_from for one in self._districts.get(district, ())), default=date.min)
        row.refers(district, self._districts, "districts.csv", since=began)  # it may be older
        code = row.needed("code")
        if code:
            row.among("code", _formed(_OFFICE_FORM), Wanted.OFFICE)
        zh, en = row.names()
        place = row.yes("place")
        position = _position(row) if place else (None, None)
        return Office(code, district, zh, en, place, *row.dated(), *position)

    def _site(self, row: Row) -> Site:
        code, office = row.needed("code"), row.words("office")
        row.refers(office, self._offices, "offices.csv")
        gates = tuple(sorted(self._gates.get(code, ()), key=lambda gate: gate.code))
        if not gates:
            row.note(problems.NO_GATE, site=code)
        kind = row.among("kind", SiteKind, Wanted.SITE_KIND) or SiteKind.INLAND
        (zh, en), (latitude, longitude) = row.names(), _position(row)
        return Site(code, office, kind, zh, en, latitude, longitude, gates, *row.dated())

    def _centre(self, row: Row) -> Centre:
        districts = row.split("districts")
        for district in districts:
            row.belongs(district, self._districts, "districts.csv")
        code, contact = row.needed("code"), row.words("contact")
        (zh, en), (latitude, longitude) = row.names(), _position(row)
        return Centre(code, zh, en, latitude, longitude, districts, contact, *row.dated())

    def _mode(self, row: Row) -> ModeRow:
        for district in row.split("districts"):
            row.belongs(district, self._districts, "districts.csv")
        if row.words("fallback"):
            row.among("fallback", _of(MODES), Wanted.MODE)
        return ModeRow(
            row.among("code", _of(MODES), Wanted.MODE) or "",
            row.yes("marked"),
            row.among("relation", Relation, Wanted.RELATION) or Relation.ANY,
            row.all_among("inspection", _of(PLACES), Wanted.INSPECTION),
            row.among("movement", Movement, Wanted.MOVEMENT) or Movement.FREE,
            frozenset(row.split("districts")),
            frozenset(row.split("trader_classes")),
            frozenset(row.split("broker_classes")),
            row.all_among("refused_for", _CIRCUMSTANCES.__getitem__, Wanted.CIRCUMSTANCE),
            row.words("fallback"),
            *row.dated(),
        )


def _district(row: Row) -> District:
    code = row.needed("code")
    if code:
        row.among("code", _formed(DISTRICT_FORM), Wanted.DISTRICT)
    zh, en = row.names()
    return District(code, zh, en, *row.dated())


def _gate(row: Row) -> Gate:
    zh, en = row.names()
    return Gate(row.needed("site"), row.needed("code"), zh, en, *row.dated())


def _capacity(row: Row, sites: Mapping[str, Sequence[Site]]) -> Capacity:
    site = row.needed("site")
    row.refers(site, sites, "sites.csv")
    return Capacity(site, int(row.number_in("a_day", 0, MOST_A_DAY)), *row.dated())


def _position(row: Row) -> tuple[Decimal, Decimal]:
    return row.number_in("latitude", -90, 90), row.number_in("longitude", -180, 180)


def _named(folder: Folder, settings: Mapping[str, Any], key: str) -> str:
    name = settings.get(key)
    if isinstance(name, str) and name:
        return name
    folder.note(problems.SETTING_WRONG, SETTINGS, file=SETTINGS, name=key, wanted=Wanted.NAME)
    return ""


def _formed(form: re.Pattern[str]) -> Callable[[str], str]:
    def found(word: str) -> str:
        if not form.fullmatch(word):
            raise ValueError(word)
        return word

    return found


def _of(known: frozenset[str]) -> Callable[[str], str]:
    def found(word: str) -> str:
        if word not in known:
            raise ValueError(word)
        return word

    return found
