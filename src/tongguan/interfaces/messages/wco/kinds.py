"""What a WCO message asks for: its function, and the two letters and one of its type.

Source: WCO Data Model 3.6; type codes as the published national profile has them.
"""

from dataclasses import dataclass
from typing import Final

from tongguan.domain.declarations.values import Flow, Function, Kind

ORIGINAL: Final = "9"
ADDITIONAL: Final = "13"
REQUESTS: Final = {"COR": Function.AMEND, "INV": Function.CANCEL, "GPR": Function.ARRIVE}
FLOWS: Final = {"IM": Flow.IMPORT, "EX": Flow.EXPORT}
WITHIN: Final = "CO"
_OUR_NUMBER: Final = 18


@dataclass(frozen=True, slots=True)
class KindMark:
    """What the last letter of a type says."""

    kind: Kind
    function: Function = Function.ORIGINAL
    advance: bool = False


KINDS: Final = {
    "A": KindMark(Kind.FULL),
    "B": KindMark(Kind.SUMMARY),
    "C": KindMark(Kind.SUMMARY),
    "D": KindMark(Kind.FULL, advance=True),
    "E": KindMark(Kind.SUMMARY, advance=True),
    "F": KindMark(Kind.SUMMARY, advance=True),
    "J": KindMark(Kind.FULL),
    "K": KindMark(Kind.FULL, advance=True),
    "Q": KindMark(Kind.SUPPLEMENTARY),
    "Y": KindMark(Kind.SUPPLEMENTARY, Function.COMPLETE),
    "Z": KindMark(Kind.SUPPLEMENTARY, Function.COMPLETE),
}


def flow_of_number(number: str | None) -> Flow:
    """Return which way the goods of an accepted declaration go, from its 18-digit number.

    An additional message says nothing of it. The ninth digit is 1 for import and 0 for export; a
    number of another form belongs to no declaration here, and is taken for an import.
    """
    ours = number is not None and len(number) == _OUR_NUMBER and number.isdecimal()
    return Flow.EXPORT if ours and number is not None and number[8] == "0" else Flow.IMPORT
