"""How long a movement may take, and how soon it can end. Pure.

Source: the transit measures of 2017 ask for a fixed route and time limit and leave the figure to
the office of departure; that the limit grows with the distance is our reading. Nothing on the road
is faster than the Road Traffic Safety Regulation, art. 78, allows; the way is never shorter than
the straight line.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from math import ceil
from typing import Final

from tongguan.domain.reference.values import Parameters, Site, distance_km

ROAD: Final = "4"
KNOWN_MODES: Final = frozenset({"2", "3", "4", "5"})


def time_limit(km: int, *, parameters: Parameters, day: date) -> timedelta:
    """Return how long a movement over a distance may take.

    Args:
        km: straight line between the two sites.
        parameters: `transit_hours`, and `transit_hours_per_100_km` for each hundred begun.
        day: local day of departure.
    """
    hours = parameters.whole("transit_hours", day)
    each = parameters.whole("transit_hours_per_100_km", day)
    return timedelta(hours=hours + each * ceil(km / 100))


def least_time(km: int, *, mode: str, parameters: Parameters, day: date) -> timedelta:
    """Return the time that a movement over a distance takes at the least.

    Args:
        km: straight line between the two sites.
        mode: of the inland leg, a code of the table of transport modes; any other is counted as
            the fastest.
        parameters: `transit_kmh_2` to `transit_kmh_5`, the highest speeds by mode.
        day: local day of departure.
    """
    modes = {mode} & KNOWN_MODES or KNOWN_MODES
    fastest = max(parameters.whole(f"transit_kmh_{one}", day) for one in modes)
    return timedelta(minutes=km * 60 // fastest)


def farthest(start: Site, ends: Iterable[Site]) -> int:
    """Return the distance to the farthest of the sites that goods may come to, in km."""
    return max((_km(start, end) for end in ends), default=0)


def nearest(start: Site, ends: Iterable[Site]) -> int:
    """Return the distance to the nearest of the sites that goods may come to, in km."""
    return min((_km(start, end) for end in ends), default=0)


def _km(start: Site, end: Site) -> int:
    return distance_km((start.latitude, start.longitude), (end.latitude, end.longitude))
