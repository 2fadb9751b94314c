"""How far two positions lie apart."""

from decimal import Decimal
from math import asin, cos, radians, sin, sqrt
from typing import Final

EARTH_KM: Final = 6371


def distance_km(one: tuple[Decimal, Decimal], other: tuple[Decimal, Decimal]) -> int:
    """Return the great-circle distance of two positions (latitude, longitude), in whole km."""
    (lat, lon), (other_lat, other_lon) = (
        tuple(radians(degree) for degree in place) for place in (one, other)
    )
    half = (
        sin((other_lat - lat) / 2) ** 2
        + cos(lat) * cos(other_lat) * sin((other_lon - lon) / 2) ** 2
    )
    return round(2 * EARTH_KM * asin(sqrt(half)))
