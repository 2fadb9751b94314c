"""A manifest as our own JSON: read exactly, within bounds, with members that stand twice."""

import json
import re
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from tongguan.domain.cargo import problems
from tongguan.domain.cargo.rules.fields import Words
from tongguan.kernel.csv_text import doubled
from tongguan.kernel.problems import Fault
from tongguan.kernel.text import _

MOST_VALUES: Final = 600_000
DEEPEST: Final = 20
_LONGEST_NUMBER: Final = 100
_STRING: Final = re.compile(rb'"(?:[^"\\]|\\.)*"', re.DOTALL)
_OTHERS: Final = bytes(set(range(256)) - set(b"[]{},"))
_DEEPER: Final = frozenset(b"[{")
_HIGHER: Final = frozenset(b"]}")


class Members(dict[str, Any]):
    """An object of JSON, and which of its members stand twice."""

    repeated: tuple[str, ...] = ()


def read_json(raw: bytes) -> tuple[object, Fault | None]:
    """Return what was written, numbers exact; or the fault that hides it.

    Objects are `Members`. Nesting and values are counted before anything is made of them.
    """
    signs = _STRING.sub(b"", raw).translate(None, _OTHERS)
    count = len(signs) - sum(signs.count(sign) for sign in _HIGHER)
    if count > MOST_VALUES:
        facts = {"most": MOST_VALUES, "what": Words(_("values")), "place": "#"}
        return None, problems.TOO_LARGE.at("#", **facts)
    if _too_deep(signs.translate(None, b",")):
        reason = Words(_("It is nested too deep for a manifest."))
        return None, problems.UNREADABLE.at("#", reason=reason)
    try:
        return _DECODER.decode(raw.decode()), None
    except (ValueError, RecursionError) as error:
        return None, problems.UNREADABLE.at("#", reason=str(error)[:200])


def _too_deep(brackets: bytes) -> bool:
    depth = 0
    for sign in brackets:
        depth += 1 if sign in _DEEPER else -1
        if depth > DEEPEST:
            return True
    return False


def _members(pairs: list[tuple[str, Any]]) -> Members:
    found = Members(pairs)
    if len(found) < len(pairs):
        found.repeated = tuple(doubled([name for name, _value in pairs]))
    return found


def _number(text: str) -> Decimal | str:
    """Return a number exactly; one beyond all bounds stays text, and is refused at its place."""
    try:
        return Decimal(text) if len(text) <= _LONGEST_NUMBER else text
    except InvalidOperation:
        return text


def _whole(text: str) -> int | str:
    return int(text) if len(text) <= _LONGEST_NUMBER else text


def _constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")


_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=_members,
    parse_float=_number,
    parse_int=_whole,
    parse_constant=_constant,
)
