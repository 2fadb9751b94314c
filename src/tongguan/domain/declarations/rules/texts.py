"""How long texts may be, and which characters they may hold.

Source: the single window's field list; ours, where it is longer, by the WCO data model.
"""

from collections.abc import Mapping
from operator import attrgetter
from typing import Final
from unicodedata import category

from tongguan.domain.declarations import problems
from tongguan.domain.declarations.rules.fields import HEADER, LINE, Field
from tongguan.domain.declarations.values import Submission
from tongguan.kernel.problems import Fault

# fmt: off
_HEADER_MOST: Final = {
    "reference": 35, "of": 35, "bill": 35, "contract": 32, "guarantee": 35, "remarks": 255,
    "parties.trader.name": 150, "parties.owner.name": 150, "parties.declarant.name": 150,
    "parties.overseas.name": 400, "parties.overseas.code": 50,
    "transport.name": 50, "transport.voyage": 32,
    "place.id": 40, "place.name": 100, "packages.marks": 400, "regime.record": 35,
}
_LINE_MOST: Final = {"name": 512, "elements": 512, "record_item": 9, "quarantine": 20}
# fmt: on


class Texts:
    """Fields of text with the most characters each may have, read in one step."""

    __slots__ = ("_fields", "_get", "_most")

    def __init__(self, fields: Mapping[str, Field], most: Mapping[str, int]) -> None:
        """Take all fields and the limits of some."""
        self._get: Final = attrgetter(*most)
        self._fields: Final = tuple(fields[path] for path in most)
        self._most: Final = tuple(most.values())

    def sound(self, of: object) -> bool:
        """Return whether no text is too long or holds a control character."""
        for text, most in zip(self._get(of), self._most, strict=True):
            if text is not None and (len(text) > most or not text.isprintable()):
                return False
        return True

    def unsound(self, of: object) -> list[tuple[Field, str, int]]:
        """Return the fields at fault with their text and limit."""
        found = zip(self._fields, self._get(of), self._most, strict=True)
        return [(field, text, most) for field, text, most in found if text is not None]


_HEADER: Final = Texts(HEADER, _HEADER_MOST)
_LINE: Final = Texts(LINE, _LINE_MOST)


def check(submission: Submission, faults: list[Fault]) -> None:
    """Tell every text that is too long or holds characters that nobody can read."""
    if not _HEADER.sound(submission):
        for field, text, most in _HEADER.unsound(submission):
            _tell(faults, field, field.pointer, text, most)
    for index, line in enumerate(submission.lines):
        if not _LINE.sound(line):
            for field, text, most in _LINE.unsound(line):
                _tell(faults, field, field.on(index), text, most)


def _tell(faults: list[Fault], field: Field, pointer: str, text: str, most: int) -> None:
    if len(text) > most:
        faults.append(problems.TOO_LONG.at(pointer, field=field, length=len(text), most=most))
    if any(category(sign) in {"Cc", "Cs", "Co", "Cn"} and sign not in "\n\t" for sign in text):
        faults.append(problems.UNREADABLE_CHARACTERS.at(pointer, field=field))
