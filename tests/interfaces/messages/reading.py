"""How tests read: with the tables that ship, on one day."""

from datetime import date
from pathlib import Path
from typing import Final

from tongguan.interfaces.messages.reading import read
from tongguan.interfaces.messages.translation.tables import Translation
from tongguan.interfaces.messages.values import Defaults, Limits, Read, Reading

DAY: Final = date(2026, 11, 20)
TABLES: Final = Translation.shipped()
FIXTURES: Final = Path(__file__).parent / "fixtures"


def reading_of(
    data: bytes, *, defaults: Defaults | None = None, limits: Limits | None = None
) -> Reading:
    """Return what a document reads as."""
    return read(
        data, tables=TABLES, day=DAY, defaults=defaults or Defaults(), limits=limits or Limits()
    )


def read_of(data: bytes, *, defaults: Defaults | None = None, limits: Limits | None = None) -> Read:
    """Return the one declaration of a document."""
    [one] = reading_of(data, defaults=defaults, limits=limits).reads
    return one


def codes_of(reading: Reading) -> list[str]:
    """Return the codes of all faults: of the document, then of each declaration."""
    faults = [*reading.faults, *(fault for one in reading.reads for fault in one.faults)]
    return [fault.problem.code for fault in faults]


def fixture(name: str) -> bytes:
    """Return a document of ours: parties, numbers and goods are invented."""
    return (FIXTURES / name).read_bytes()
