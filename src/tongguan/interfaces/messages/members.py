"""All faults of a JSON document against a struct at once, each with its pointer."""

import re
import types
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Final, Union, cast, get_args, get_origin

from msgspec import Struct
from msgspec.structs import FieldInfo, fields

from tongguan.interfaces.messages import problems
from tongguan.kernel.problems import Fault
from tongguan.kernel.text import _

_DECIMAL: Final = re.compile(r"-?[0-9]{1,19}(?:\.[0-9]{1,12})?")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
SHOWN: Final = 40


class Words(StrEnum):
    """Kinds of JSON values, in words."""

    OBJECT = _("an object with members")
    ARRAY = _("a list")
    TEXT = _("text")
    NUL = _("text with a NUL character, \\u0000")
    NUMBER = _("a number")
    WHOLE = _("a whole number")
    TRUTH = _("true or false")

    @property
    def label(self) -> str:
        """Return the words, for a fault to translate."""
        return self.value


def faults_in(value: object, kind: object, pointer: str = "#") -> Iterator[Fault]:
    """Find everything in a decoded JSON value that a type does not take.

    Args:
        value: what was decoded: dict, list, str, int, float, bool or None.
        kind: a msgspec struct, or the type of one of its fields.
        pointer: where the value stands.
    """
    inner, repeated = _plain(kind)
    if value is None:
        yield problems.NOTHING.at(pointer, found="null")
    elif repeated:
        if not isinstance(value, list):
            yield _wrong(pointer, Words.ARRAY, value)
            return
        for at, item in enumerate(value):
            yield from faults_in(item, inner, f"{pointer}/{at}")
    elif issubclass(inner, Struct):
        yield from _members(value, inner, pointer)
    elif fault := _single(value, inner, pointer):
        yield fault


def _members(value: object, kind: type[Struct], pointer: str) -> Iterator[Fault]:
    if not isinstance(value, dict):
        yield _wrong(pointer, Words.OBJECT, value)
        return
    known = _known(kind)
    for name, member in value.items():
        place = f"{pointer}/{escaped(name)}"
        if name in known:
            yield from faults_in(member, known[name].type, place)
        else:
            yield problems.UNKNOWN_MEMBER.at(place, name=name[:SHOWN])
    for name, info in known.items():
        if info.required and name not in value:
            yield problems.MISSING_MEMBER.at(f"{pointer}/{name}", name=name)


def _single(value: object, kind: type, pointer: str) -> Fault | None:
    if kind is bool:
        return None if isinstance(value, bool) else _wrong(pointer, Words.TRUTH, value)
    if kind is int:
        whole = isinstance(value, int) and not isinstance(value, bool)
        return None if whole else _wrong(pointer, Words.WHOLE, value)
    if kind is Decimal and isinstance(value, (int, float)) and not isinstance(value, bool):
        return problems.NOT_TEXT.at(pointer, value=value)
    if not isinstance(value, str):
        return _wrong(pointer, Words.TEXT, value)
    if not value:
        return problems.NOTHING.at(pointer, found='""')
    return _text(value, kind, pointer)


def _text(value: str, kind: type, pointer: str) -> Fault | None:
    if kind is str and "\0" in value:  # which no database keeps in a text
        return problems.WRONG_TYPE.at(pointer, expected=Words.TEXT, found=Words.NUL)
    if kind is Decimal and not _DECIMAL.fullmatch(value):
        return problems.NOT_A_DECIMAL.at(pointer, value=value[:SHOWN])
    if kind is date and not _is_day(value):
        return problems.NOT_A_DAY.at(pointer, value=value[:SHOWN])
    if issubclass(kind, StrEnum):
        allowed = [member.value for member in kind]
        if value not in allowed:
            facts = {"value": value[:SHOWN], "allowed": ", ".join(allowed)}
            return problems.NOT_OF_LIST.at(pointer, **facts)
    return None


def _is_day(value: str) -> bool:
    try:
        return bool(_DAY.fullmatch(value)) and bool(date.fromisoformat(value))
    except ValueError:
        return False


def _wrong(pointer: str, expected: Words, value: object) -> Fault:
    return problems.WRONG_TYPE.at(pointer, expected=expected, found=_kind(value))


def _kind(value: object) -> Words:
    if isinstance(value, dict):
        return Words.OBJECT
    if isinstance(value, list):
        return Words.ARRAY
    if isinstance(value, bool):
        return Words.TRUTH
    return Words.TEXT if isinstance(value, str) else Words.NUMBER


@lru_cache(maxsize=128)
def _plain(kind: object) -> tuple[type, bool]:
    """Return the type within `X | None` or `tuple[X, ...]`, and whether it may stand often."""
    if get_origin(kind) in {Union, types.UnionType}:
        kind = next(part for part in get_args(kind) if part is not type(None))
    if get_origin(kind) is tuple:
        return _plain(get_args(kind)[0])[0], True
    return cast("type", kind), False


@lru_cache(maxsize=128)
def _known(kind: type[Struct]) -> dict[str, FieldInfo]:
    return {info.encode_name: info for info in fields(kind)}


def escaped(name: str) -> str:
    """Return a name as it stands in a JSON pointer."""
    return name.replace("~", "~0").replace("/", "~1")
