"""The marks of a DecMessage that steer it: type by place, kind of transit, kind of operation.

Source: a published field dictionary of the interface; element names and places are its own.
"""

import re
from dataclasses import dataclass
from typing import Final
from unicodedata import normalize

from tongguan.domain.declarations.values import Function, Kind, Mode

ORDINARY: Final = ("", "Z", "ZB", "ZC", "ZW", "ZF", "ZX", "ZY", "CL", "SW", "SZ", "SM", "SL", "MF")
OTHERS: Final = ("MK", "MT", "MU", "TT", "IT", "EX", "EC", "H1", "H2")
BONDED: Final = ("ML", "LY", "AL", "BL")
MODES: Final = {"SD": Mode.LOCAL_DECLARED, "SS": Mode.LOCAL_RELEASED}
DOCUMENTS: Final = frozenset((*ORDINARY, *OTHERS, *BONDED, *MODES))
STEPS: Final = {
    "": (Function.ORIGINAL, Kind.FULL),
    "0": (Function.ORIGINAL, Kind.FULL),
    "5": (Function.ORIGINAL, Kind.SUMMARY),
    "6": (Function.COMPLETE, Kind.FULL),
}
TRANSIT_FILING: Final = frozenset("356")
FILINGS: Final = ("", "1", *sorted(TRANSIT_FILING))
TRANSIT_LINKED: Final = "1"
LINKS: Final = ("", "0", TRANSIT_LINKED, "2")
LODGED: Final = frozenset("CD")
_PLACES: Final = 7
_LINES: Final = re.compile("[\r\n\t]")


@dataclass(frozen=True, slots=True)
class TypeMarks:
    """What `Type` says by place: document (1 and 2), step (3). Leading blanks count."""

    document: str
    step: str


def type_marks(value: str) -> TypeMarks:
    """Return the marks of `Type`, given as it stands, with its blanks.

    >>> type_marks("  5").step, type_marks("SD").document
    ('5', 'SD')

    Blanks before the marks are indentation where the element is written over several lines; a
    step tells itself by being a digit.
    """
    places = by_place(value)
    if _LINES.search(value) and places[:1].isdecimal():
        places = f"  {places}"
    places = places.ljust(_PLACES)
    return TypeMarks(document=places[:2].strip(), step=places[2].strip())


def by_place(value: str) -> str:
    """Return marks that count by their place, plain and in capitals; blanks before them count too.

    In an element that is written over several lines the blanks around the marks are indentation.
    """
    marks = normalize("NFKC", value).upper()
    return marks.strip() if _LINES.search(marks) else marks


def type_of(mode: Mode | None, function: Function, kind: Kind) -> str:
    """Return `Type` for a declaration; its blanks count."""
    document = next((mark for mark, marked in MODES.items() if marked is mode), "")
    if kind is Kind.BONDED_LIST:
        document = "ML"
    step = next((mark for mark, step in STEPS.items() if step == (function, kind)), "")
    return document.ljust(2) + step if step else document
