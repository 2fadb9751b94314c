"""The marks of a DecMessage that steer it: type by place, kind of transit, kind of operation.

Source: a published field dictionary of the interface; element names and places are its own.
"""

from dataclasses import dataclass
from typing import Final

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
LODGED: Final = frozenset("CD")
_PLACES: Final = 7


@dataclass(frozen=True, slots=True)
class TypeMarks:
    """What `Type` says by place: document (1 and 2), step (3). Leading blanks count."""

    document: str
    step: str


def type_marks(value: str) -> TypeMarks:
    """Return the marks of `Type`, given as it stands, with its blanks.

    >>> type_marks("  5").step, type_marks("SD").document
    ('5', 'SD')
    """
    places = value.strip("\r\n\t").ljust(_PLACES)
    return TypeMarks(document=places[:2].strip(), step=places[2].strip())


def type_of(mode: Mode | None, function: Function, kind: Kind) -> str:
    """Return `Type` for a declaration; its blanks count."""
    document = next((mark for mark, marked in MODES.items() if marked is mode), "")
    if kind is Kind.BONDED_LIST:
        document = "ML"
    step = next((mark for mark, step in STEPS.items() if step == (function, kind)), "")
    return document.ljust(2) + step if step else document
