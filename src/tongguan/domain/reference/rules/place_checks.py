"""Whether the places of a pack fit together: every office of goods has a site, and near enough."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from tongguan.domain.reference import problems
from tongguan.domain.reference.values import Office, Parameters, Region, Site, SiteKind, distance_km
from tongguan.kernel.problems import Fault
from tongguan.kernel.time import Dated, in_force

DISTANCE: Final = "site_distance_km"
PORT_DISTANCE: Final = "port_distance_km"
"""How far a site may lie from its office. A seaport may lie far from the town of its office."""


def check_places(region: Region, parameters: Parameters) -> Iterator[Fault]:
    """Yield what is wrong between the offices and the sites of a region, on any day.

    Args:
        region: all rows, whatever the day.
        parameters: `site_distance_km` and `port_distance_km`.
    """
    sites: dict[str, list[Site]] = {}
    for rows in region.dated_sites.values():
        for site in rows:
            sites.setdefault(site.office, []).append(site)
    for code, offices in sorted(region.dated_offices.items()):
        for office in offices:
            if not office.place:
                continue
            of_office = sites.get(code, [])
            day = _without_site(office, of_office)
            if day is not None:
                yield problems.PLACE_WITHOUT_SITE.at(f"offices.csv#{code}", office=code, day=day)
            yield from _far(office, of_office, parameters)


def _without_site(office: Office, sites: list[Site]) -> date | None:
    """Return the first day on which an office has no site with a gate."""
    rows: list[Dated] = [*sites, *(gate for site in sites for gate in site.gates)]
    days = {office.valid_from, *(row.valid_from for row in rows)}
    days |= {row.valid_until for row in rows if row.valid_until is not None}
    open_days = (day for day in sorted(days) if in_force(office, day))
    return next((day for day in open_days if not _open(sites, day)), None)


def _open(sites: list[Site], day: date) -> bool:
    return any(
        in_force(site, day) and any(in_force(gate, day) for gate in site.gates) for site in sites
    )


def _far(office: Office, sites: list[Site], parameters: Parameters) -> Iterator[Fault]:
    if office.latitude is None or office.longitude is None:
        return
    at = (office.latitude, office.longitude)
    for site in sites:
        day = max(site.valid_from, office.valid_from)
        if not (in_force(site, day) and in_force(office, day)):
            continue
        name = PORT_DISTANCE if site.kind is SiteKind.SEAPORT else DISTANCE
        try:
            most = parameters.whole(name, day)
        except (LookupError, ValueError):
            continue  # the parameter's own fault is told where it stands
        km = distance_km(at, (site.latitude, site.longitude))
        if km > most:
            facts = {"site": site.code, "office": office.code, "km": km, "most": most}
            yield problems.SITE_FAR.at(f"sites.csv#{site.code}", name=name, **facts)
