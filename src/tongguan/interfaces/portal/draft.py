"""A declaration as it is typed: from the form's fields to our own JSON."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext
from msgspec import json

from tongguan.interfaces.messages.problems import TOO_LONG
from tongguan.kernel.identifiers import containers_listed
from tongguan.kernel.numbers import typed_day, typed_number
from tongguan.kernel.problems import Fault, ProblemError

from . import problems
from .codes import Names
from .fields import CONFIRMATIONS, HEADER, LINE, Field

NAMED: Final = re.compile(r"lines\.([0-9]{1,6})\.(.+)")
INVOICE, PACKING = "00000001", "00000002"
IN_ALL: Final = "3"
STANDARD: Final = "11"
LONGEST_LIST: Final = 20_000
"""Signs of the field of containers: more than a thousand numbers."""
WHOLE: Final = frozenset({"packages.count"})
TRUTH: Final[Mapping[str, bool]] = {"yes": True, "no": False}

MOST_LINES: Final = 50
"""What one form holds; larger declarations are lodged as documents."""

Typed = Mapping[str, str]


def too_much(rows: Sequence[object]) -> list[Fault]:
    """Return what was sent beyond what one form holds: a page never shows or checks more."""
    if len(rows) <= MOST_LINES:
        return []
    return [problems.TOO_MANY_LINES.at("#/lines", count=len(rows), most=MOST_LINES)]


def lines(typed: Typed) -> list[dict[str, str]]:
    """Return the lines as typed, in order, without those that are left empty; one at least."""
    found: dict[int, dict[str, str]] = {}
    for name, value in typed.items():
        if match := NAMED.fullmatch(name):
            found.setdefault(int(match[1]), {})[match[2]] = value
    kept = [line for _, line in sorted(found.items()) if any(v.strip() for v in line.values())]
    return kept or [{}]


def written(typed: Typed, day: date) -> bytes:
    """Return what was typed on a day as our JSON; what is left empty is left out.

    Raises:
        ProblemError: MSG-034 the list of containers is too long to be read.
    """
    names = Names(day)
    made: dict[str, Any] = {"flow": typed.get("flow", "import")}
    for field in HEADER:
        value = _tidy(field, typed.get(field.path, ""), names)
        if value:
            _put(made, field.path, int(value) if _is_whole(field, value) else value)
    for field in CONFIRMATIONS:
        told = TRUTH.get(typed.get(field.path, ""))
        if told is not None:
            _put(made, field.path, told)
    for cost in made.get("charges", {}).values():
        cost["mark"] = IN_ALL
    rows = [_line(number, line, names) for number, line in enumerate(lines(typed), start=1)]
    made["lines"] = rows
    numbers = containers_listed(_bounded(made.pop("containers", "")))
    held = [row["number"] for row in rows]
    if numbers:
        made["containers"] = [
            {"id": number, "size": STANDARD, "shared": False, "lines": held} for number in numbers
        ]
    papers = made.pop("documents", {})
    if papers:
        made["documents"] = [
            {"kind": kind, "number": papers[name], "format": "US"}
            for name, kind in (("invoice", INVOICE), ("packing", PACKING))
            if name in papers
        ]
    return json.encode(made)


def _line(number: int, typed: Typed, names: Names) -> dict[str, Any]:
    made: dict[str, Any] = {"number": number}
    for field in LINE:
        value = _tidy(field, typed.get(field.path, ""), names)
        if value:
            _put(made, field.path, value)
    return made


def _tidy(field: Field, value: str, names: Names) -> str:
    """Return a value as our JSON has it; what cannot be read stays, and is refused at its field.

    The name of a code becomes the code.
    """
    value = value.strip()
    if not value:
        return value
    if field.number:
        number = typed_number(value)
        return value if number is None else f"{number:f}"
    if field.kind == "date":
        day = typed_day(value)
        return value if day is None else day.isoformat()
    if field.choices == "commodities":
        return value.replace(".", "")
    return names.code(field.choices, value) if field.choices else value


def _bounded(listed: str) -> str:
    if len(listed) > LONGEST_LIST:
        facts = {"name": gettext("containers"), "length": len(listed), "limit": LONGEST_LIST}
        raise ProblemError(TOO_LONG.at("#/containers", place="#/containers", **facts))
    return listed


def _is_whole(field: Field, value: str) -> bool:
    return field.path in WHOLE and value.isdecimal() and len(value) < 10


def _put(made: dict[str, Any], path: str, value: object) -> None:
    *parents, last = path.split(".")
    for parent in parents:
        made = made.setdefault(parent, {})
    made[last] = value
