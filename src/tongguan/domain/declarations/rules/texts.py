"""How long texts may be, and which characters they may hold.

Source: the single window's field list; ours, where it is longer, by the WCO data model.
"""

import re
from collections.abc import Iterator, Mapping
from operator import attrgetter
from typing import Final
from unicodedata import category

from msgspec import Struct, json

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

    def too_long(self, of: object) -> list[tuple[Field, int, int]]:
        """Return the fields whose text is too long, with its length and the limit."""
        texts = self._get(of)
        for text, most in zip(texts, self._most, strict=True):
            if text is not None and len(text) > most:
                break
        else:
            return []
        found = zip(self._fields, texts, self._most, strict=True)
        return [
            (field, len(text), most)
            for field, text, most in found
            if text is not None and len(text) > most
        ]


_HEADER: Final = Texts(HEADER, _HEADER_MOST)
_LINE: Final = Texts(LINE, _LINE_MOST)
_ENCODER: Final = json.Encoder()
_ESCAPED: Final = rb"\u00"
"""How JSON writes control characters, but for those that end a line."""
_TURNED: Final = re.compile(b"\xe2(?:\x80[\xaa-\xae]|\x81[\xa6-\xa9])|\\\\n")
"""How it writes signs that turn the order in which text is shown, and ends of lines."""
_UNREADABLE: Final = frozenset({"Cc", "Cs"})
_LAYOUT: Final = frozenset("\n\r\t\b\f")
_TURNING: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_LINES: Final = frozenset("\n\r\u2028\u2029")
_OF_LINES: Final = frozenset({"remarks", "marks", "elements", "words"})
"""Members whose text may have several lines."""


def check(submission: Submission, faults: list[Fault]) -> None:
    """Tell every text that is too long or holds characters that nobody can read or keep."""
    for field, length, most in _HEADER.too_long(submission):
        at = field.pointer
        faults.append(problems.TOO_LONG.at(at, field=field, length=length, most=most))
    for index, line in enumerate(submission.lines):
        for field, length, most in _LINE.too_long(line):
            at = field.on(index)
            faults.append(problems.TOO_LONG.at(at, field=field, length=length, most=most))
    if not _readable(submission):
        told = {fault.pointer for fault in faults}
        for at, field in _unreadable(submission, "#", ""):
            if at not in told:
                faults.append(problems.UNREADABLE_CHARACTERS.at(at, field=field))


def _readable(submission: Submission) -> bool:
    try:
        written = _ENCODER.encode(submission)
    except UnicodeEncodeError:
        return False
    return _ESCAPED not in written and _TURNED.search(written) is None


def _unreadable(value: object, at: str, name: str) -> Iterator[tuple[str, Field]]:
    """Walk all texts of a declaration; yield the place and name of those nobody can read."""
    if isinstance(value, str):
        if any(map(_unwanted, value)) or (name not in _OF_LINES and not _LINES.isdisjoint(value)):
            path = at.removeprefix("#/").replace("/", ".")
            known = HEADER.get(path) or LINE.get(path.partition(".")[2].partition(".")[2])
            yield at, known or Field(path, name)
    elif isinstance(value, Struct):
        for member in value.__struct_fields__:
            yield from _unreadable(getattr(value, member), f"{at}/{member}", member)
    elif isinstance(value, tuple):
        for index, one in enumerate(value):
            yield from _unreadable(one, f"{at}/{index}", name)


def _unwanted(sign: str) -> bool:
    return sign in _TURNING or (category(sign) in _UNREADABLE and sign not in _LAYOUT)
