"""Counts the requests of each class of addresses, by status and by how long they took."""

import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from tongguan.facilities.shared_counters import SharedCounters, read_counters

CLASSES: Final = {
    "/api/": "api",
    "/portal/": "portal",
    "/desk/": "desk",
    "/public/": "public",
    "/accounts/": "sign-in",
    "/oauth/": "sign-in",
    "": "other",
}
"""The class of an address, by what it begins with."""
STATUSES: Final = ("1xx", "2xx", "3xx", "4xx", "5xx")
BOUNDS_MS: Final = (50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000)
"""Requests are counted by how long they took: up to so many milliseconds."""
_NAMES: Final = tuple(
    f"{group} {name}"
    for group in dict.fromkeys(CLASSES.values())
    for name in (*STATUSES, *map(str, BOUNDS_MS), "ms")
)


class RequestCounters:
    """Count each request once it is answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Take the rest of the chain."""
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, and count."""
        began = time.monotonic()
        response = self._get_response(request)
        took = int((time.monotonic() - began) * 1_000)
        group, counters = class_of(request.path_info), _counters(_folder())
        counters.add(f"{group} {response.status_code // 100}xx")
        counters.add(f"{group} ms", took)
        for bound in BOUNDS_MS:
            if took <= bound:
                counters.add(f"{group} {bound}")
        return response


def class_of(path: str) -> str:
    """Return the class of an address."""
    return next(group for start, group in CLASSES.items() if path.startswith(start))


def counted() -> dict[str, dict[str, int]]:
    """Return the sums of all web processes of this home, by class."""
    found: dict[str, dict[str, int]] = {}
    for name, value in read_counters(_folder(), _NAMES).items():
        group, _space, what = name.partition(" ")
        found.setdefault(group, {})[what] = value
    return found


def _folder() -> Path:
    return Path(settings.HOME) / "request-counters"


@cache
def _counters(folder: Path) -> SharedCounters:
    return SharedCounters(folder, _NAMES)
