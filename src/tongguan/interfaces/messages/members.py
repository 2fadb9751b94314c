"""A JSON document against a struct: all faults at once, and what is sound of it."""

import re
import types
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum, StrEnum
from functools import lru_cache
from typing import Final, Literal, Union, cast, get_args, get_origin

from msgspec import Struct
from msgspec.structs import FieldInfo, fields

from tongguan.interfaces.messages import problems
from tongguan.kernel.problems import Fault, Faults, Problem
from tongguan.kernel.strict_json import Number, escaped
from tongguan.kernel.text import _

_DECIMAL: Final = re.compile(r"-?[0-9]{1,19}(?:\.[0-9]{1,12})?")
_WHOLE: Final = re.compile(r"-?[0-9]{1,15}")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
SHOWN: Final = 40


class _Absent(Enum):
    """What stands for a value that cannot be taken."""

    ABSENT = "absent"


_ABSENT: Final = _Absent.ABSENT
_Taken = object | Literal[_Absent.ABSENT]


class Words(Enum):
    """Kinds of JSON values, in words."""

    OBJECT = _("an object with members")
    ARRAY = _("a list")
    TEXT = _("text")
    NUL = _("text with a NUL character, \\u0000")
    HALF = _("text with half a character, \\ud800 to \\udfff")
    NUMBER = _("a number")
    WHOLE = _("a whole number")
    TRUTH = _("true or false")

    @property
    def label(self) -> str:
        """Return the words, for a fault to translate."""
        return self.value


@dataclass(frozen=True, slots=True)
class Members:
    """Reads decoded JSON against types.

    Attributes:
        faults: where everything that a type does not take is told.
        longest: how many characters a text may have.
    """

    faults: Faults
    longest: int

    def taken(self, value: object, kind: object, pointer: str = "#") -> _Taken:
        """Return of a decoded value what its type takes; tell the rest.

        What is wrong in an object is left out of it. What is wrong in a list stands there empty, so
        that all others keep their place.

        Args:
            value: what was decoded: dict, list, text, `Number`, bool or None.
            kind: a msgspec struct, or the type of one of its fields.
            pointer: where the value stands.
        """
        inner, repeated = _plain(kind)
        if value is None:
            return self._tell(problems.NOTHING, pointer, found="null")
        if repeated:
            if not isinstance(value, list):
                return self._wrong(pointer, Words.ARRAY, value)
            items = [self.taken(item, inner, f"{pointer}/{at}") for at, item in enumerate(value)]
            return [_empty(inner) if item is _ABSENT else item for item in items]
        if issubclass(inner, Struct):
            return self._members(value, inner, pointer)
        return self._single(value, inner, pointer)

    def _members(self, value: object, kind: type[Struct], pointer: str) -> _Taken:
        if not isinstance(value, dict):
            return self._wrong(pointer, Words.OBJECT, value)
        known = _known(kind)
        found: dict[str, object] = {}
        for name, member in value.items():
            place = f"{pointer}/{escaped(name)}"
            if name not in known:
                self._tell(problems.UNKNOWN_MEMBER, place, name=name[:SHOWN])
            elif (one := self.taken(member, known[name].type, place)) is not _ABSENT:
                found[name] = one
        for name, info in known.items():
            if info.required and name not in found:
                if name not in value:
                    self._tell(problems.MISSING_MEMBER, f"{pointer}/{name}", name=name)
                found[name] = _empty(_plain(info.type)[0])
        return found

    def _single(self, value: object, kind: type, pointer: str) -> _Taken:
        if kind is bool:
            return value if isinstance(value, bool) else self._wrong(pointer, Words.TRUTH, value)
        if kind is int:
            whole = isinstance(value, Number) and _WHOLE.fullmatch(value)
            return int(str(value)) if whole else self._wrong(pointer, Words.WHOLE, value)
        if kind is Decimal and isinstance(value, Number):
            return self._tell(problems.NOT_TEXT, pointer, value=value[:SHOWN])
        if not isinstance(value, str) or isinstance(value, Number):
            return self._wrong(pointer, Words.TEXT, value)
        fault = self._text(value, kind, pointer)
        if fault is None:
            return value
        self.faults.append(fault)
        return _ABSENT

    def _text(self, value: str, kind: type, pointer: str) -> Fault | None:
        if not value:
            return problems.NOTHING.at(pointer, found='""')
        if len(value) > self.longest:
            name = pointer.rpartition("/")[2]
            facts = {"name": name, "length": len(value), "limit": self.longest}
            return problems.TOO_LONG.at(pointer, place=pointer.removeprefix("#"), **facts)
        if kind is str and (words := _unkept(value)):
            return problems.WRONG_TYPE.at(pointer, expected=Words.TEXT, found=words)
        return _misfit(value, kind, pointer)

    def _wrong(self, pointer: str, expected: Words, value: object) -> Literal[_Absent.ABSENT]:
        return self._tell(problems.WRONG_TYPE, pointer, expected=expected, found=_kind(value))

    def _tell(self, problem: Problem, pointer: str, **facts: object) -> Literal[_Absent.ABSENT]:
        """Note a refusal, or count it where as many are noted as are told."""
        if self.faults.full:
            self.faults.more += 1
        else:
            self.faults.append(problem.at(pointer, **facts))
        return _ABSENT


def _misfit(value: str, kind: type, pointer: str) -> Fault | None:
    shown = value[:SHOWN]
    if kind is Decimal and not _DECIMAL.fullmatch(value):
        return problems.NOT_A_DECIMAL.at(pointer, value=shown)
    if kind is date and not _is_day(value):
        return problems.NOT_A_DAY.at(pointer, value=shown)
    if issubclass(kind, StrEnum):
        allowed = [member.value for member in kind]
        if value not in allowed:
            return problems.NOT_OF_LIST.at(pointer, value=shown, allowed=", ".join(allowed))
    return None


def _unkept(value: str) -> Words | None:
    """Return what no database keeps in a text, in words."""
    if "\0" in value:
        return Words.NUL
    try:
        value.encode()
    except UnicodeEncodeError:
        return Words.HALF
    return None


def _is_day(value: str) -> bool:
    try:
        return bool(_DAY.fullmatch(value)) and bool(date.fromisoformat(value))
    except ValueError:
        return False


def _kind(value: object) -> Words:
    if isinstance(value, dict):
        return Words.OBJECT
    if isinstance(value, list):
        return Words.ARRAY
    if isinstance(value, bool):
        return Words.TRUTH
    return Words.NUMBER if isinstance(value, Number) else Words.TEXT


def _empty(kind: type) -> object:
    """Return what stands where a value that is needed cannot be taken."""
    if issubclass(kind, Struct):
        return {name: _empty(inner) for name, inner in _required(kind)}
    if issubclass(kind, StrEnum):
        return next(iter(kind)).value
    return 0 if kind is int else ""


@lru_cache(maxsize=128)
def _plain(kind: object) -> tuple[type, bool]:
    """Return the type within `X | None` or `tuple[X, ...]`, and whether it may stand often."""
    if get_origin(kind) in {Union, types.UnionType}:
        kind = next(part for part in get_args(kind) if part is not type(None))
    if get_origin(kind) is tuple:
        return _plain(get_args(kind)[0])[0], True
    return cast("type", kind), False


@lru_cache(maxsize=128)
def _required(kind: type[Struct]) -> tuple[tuple[str, type], ...]:
    """Return the members that an object cannot be without; asking msgspec takes 150 µs."""
    infos = _known(kind).values()
    return tuple((info.encode_name, _plain(info.type)[0]) for info in infos if info.required)


@lru_cache(maxsize=128)
def _known(kind: type[Struct]) -> dict[str, FieldInfo]:
    return {info.encode_name: info for info in fields(kind)}
