"""Figures of the web server, which its processes write and any process of the house reads."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from tongguan.facilities.shared_counters import SharedCounters, read_counters

LANES: Final = ("gate", "entry", "pages", "lodge", "bulk")
GAUGES: Final = (
    *(f"{lane}_running" for lane in LANES),
    *(f"{lane}_waiting" for lane in LANES),
    "bodies_waiting",
    "bytes_waiting",
)
TOTALS: Final = (
    *(f"{lane}_answered" for lane in LANES),
    *(f"{lane}_refused" for lane in LANES),
    "bodies_ended",
    "readers_ended",
    "connections_ended",
    "memory_ended",
    "time_ended",
    "abandoned",
)
NAMES: Final = (*GAUGES, *TOTALS)


class Counters(SharedCounters):
    """The figures of this process; without a home they stay private."""

    def __init__(self, home: Path | None = None) -> None:
        """Take a free file below the home."""
        super().__init__(None if home is None else _folder(home), NAMES, gauges=GAUGES)


def read(home: Path) -> Mapping[str, int]:
    """Return the figures of all web processes of a home together; zeros where none has served."""
    return read_counters(_folder(home), NAMES, gauges=GAUGES)


def _folder(home: Path) -> Path:
    return home / "web-counters"
