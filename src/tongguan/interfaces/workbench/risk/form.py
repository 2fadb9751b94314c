"""A profile while it is written: what was typed, and the profile that it says."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from django.http import QueryDict
from django.utils.translation import gettext
from msgspec import structs

from tongguan.domain.reference.queries import snapshot
from tongguan.domain.risk.criteria import (
    ALWAYS,
    OPERATORS,
    Condition,
    Operator,
    Profile,
    Treatment,
)
from tongguan.domain.risk.fields import Field, Shape
from tongguan.interfaces.workbench.risk.names import choices, coded, resolved, spelled
from tongguan.interfaces.workbench.risk.typed import Typed, plain
from tongguan.kernel.numbers import typed_number
from tongguan.kernel.problems import Fault
from tongguan.kernel.text import _

LENGTH: Final = "profile_days"
SHORT_LIST: Final = 60
"""A table of codes no longer than this is offered as a list to choose from."""
MOST_ROWS: Final = 40
_CODES: Final = re.compile(r"[\s,;，；、]+")
_NUMBERS: Final = re.compile(r"[\s;；，~～…至到]+|,\s+")
_NAMES: Final = re.compile(r"[\r\n;；]+")
_MEMBERS: Final = (
    "name",
    "treatment",
    "place",
    "share",
    "priority",
    "reason",
    "instruction",
    "district",
    "owner",
    "valid_from",
    "valid_until",
)
_NO_OFFICE: Final = _("there is no such office")


@dataclass(frozen=True, slots=True)
class Row:
    """One condition as it is written: field, operator, and the operands as text."""

    field: str = ""
    operator: str = ""
    operands: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed of a profile, all of it as text."""

    rows: tuple[Row, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)


def fresh(day: date, owner: str) -> Draft:
    """Return an empty profile: it ends by itself after so many days as the region says."""
    days = snapshot().parameters.whole(LENGTH, day)
    values = {
        "treatment": str(Treatment.DOCUMENTS),
        "place": "either",
        "share": "100",
        "priority": "0",
        "reason": "documents",
        "owner": owner,
        "valid_from": day.isoformat(),
        "valid_until": (day + timedelta(days=days)).isoformat(),
    }
    return Draft((Row(),), values)


def written(profile: Profile) -> Draft:
    """Return a profile as it would have been typed."""
    values = {member: _typed(getattr(profile, member)) for member in _MEMBERS}
    values["share"] = plain(profile.share * 100)
    rows = [Row(one.field, one.operator, _joined(one)) for one in profile.conditions]
    return Draft(tuple(rows), values)


def read(sent: QueryDict | Mapping[str, Sequence[str]]) -> Draft:
    """Return what a form sent."""

    def all_of(name: str) -> list[str]:
        found = sent.getlist(name) if isinstance(sent, QueryDict) else sent.get(name, ())
        return [str(one) for one in found]

    columns = (all_of("field"), all_of("operator"), all_of("operands"))
    rows = [Row(*row) for row in zip(*columns, strict=False)]
    values = {member: next(iter(all_of(member)), "") for member in _MEMBERS}
    return Draft(tuple(rows[:MOST_ROWS]), values)


def changed(draft: Draft, act: str) -> Draft:
    """Return a draft with a row more, or without the row `remove-3`."""
    if act == "add":
        return Draft((*draft.rows, Row()), draft.values)
    place = act.removeprefix("remove-")
    if place.isdecimal():
        rows = [row for at, row in enumerate(draft.rows) if str(at) != place]
        return Draft(tuple(rows) or (Row(),), draft.values)
    return draft


def profile_of(draft: Draft, id_: int, day: date) -> tuple[Profile, list[Fault]]:
    """Return the profile that a draft says, and what of it could not be read.

    Rows in which nothing is chosen are left out, so places of faults count the others.
    """
    typed = Typed(draft.values)
    owner = typed.text("owner")
    if owner and snapshot().region.office(owner, day) is None:
        typed.fault("owner", _NO_OFFICE)
    profile = Profile(
        id=id_,
        name=typed.text("name"),
        conditions=tuple(condition(row, day) for row in used(draft.rows)),
        treatment=typed.text("treatment"),
        reason=typed.text("reason"),
        instruction=typed.text("instruction"),
        district=typed.text("district"),
        place=typed.text("place"),
        share=typed.share("share", Decimal(1)),
        priority=typed.whole("priority"),
        owner=owner,
        valid_from=typed.day("valid_from") or ALWAYS,
        valid_until=typed.day("valid_until"),
    )
    return profile, typed.faults


def used(rows: Sequence[Row]) -> list[Row]:
    """Return the rows in which something is chosen."""
    return [row for row in rows if row.field]


def condition(row: Row, day: date) -> Condition:
    """Return the condition that a row says; names in it become codes."""
    found = field_of(row)
    if found is None:
        return Condition(row.field, row.operator, (row.operands,))
    operator = operator_of(row, found)
    if operator is Operator.MISSING:
        return Condition(row.field, str(operator))
    return Condition(row.field, str(operator), _operands(row, found, operator, day))


def field_of(row: Row) -> Field | None:
    """Return the field of a row, or None where none is chosen."""
    return next((one for one in Field if one.value == row.field), None)


def operator_of(row: Row, of: Field) -> Operator:
    """Return the operator of a row; another field may ask for another one."""
    fitting = OPERATORS[of.shape]
    return next((one for one in fitting if one.value == row.operator), fitting[0])


def shown(row: Row, place: int, day: date) -> dict[str, Any]:
    """Return a row as the editor shows it: the operators that fit, the operands with names."""
    of = field_of(row)
    if of is None:
        return {"place": place, "place_text": str(place), "row": row, "kind": "none"}
    operator = operator_of(row, of)
    made = condition(row, day)
    known = [
        one
        for one in coded(of, made.operands, day)
        if one.chinese or one.english.casefold() not in {"", one.code}
    ]
    offered = choices(of, day)
    return {
        "place": place,
        "place_text": str(place),
        "row": Row(row.field, str(operator), _joined(made) if made.operands else row.operands),
        "kind": _kind(of, operator),
        "operators": [(str(one), gettext(one.label)) for one in OPERATORS[of.shape]],
        "known": known,
        "choices": offered if len(offered) <= SHORT_LIST else [],
        "hint": _hint(of, operator),
    }


def _operands(row: Row, of: Field, operator: Operator, day: date) -> tuple[str, ...]:
    text = row.operands.strip()
    if of.shape is Shape.FLAG:
        return (text if text in {"yes", "no"} else "yes",)
    if of.shape is Shape.NUMBER:
        found = [one for one in _NUMBERS.split(text) if one]
        numbers = ((one, typed_number(one)) for one in found)
        return tuple(one if number is None else f"{number:f}" for one, number in numbers)
    if of.shape is Shape.NAME:
        return tuple(dict.fromkeys(one.strip() for one in _NAMES.split(text) if one.strip()))
    whole = resolved(of, text, day)
    parts = [whole] if whole != text else [one for one in _CODES.split(text) if one]
    if operator is Operator.CODES and len(parts) == 1:
        parts = [one for one in re.split(r"[-–—]", parts[0]) if one]
    return tuple(dict.fromkeys(spelled(of, resolved(of, one, day)) for one in parts))


def _kind(of: Field, operator: Operator) -> str:
    if operator is Operator.MISSING:
        return "missing"
    if of.shape is Shape.FLAG:
        return "flag"
    return "names" if of.shape is Shape.NAME else "text"


def _hint(of: Field, operator: Operator) -> str:
    if operator is Operator.BETWEEN:
        return gettext("the least and the greatest, such as 10 500")
    if operator is Operator.CODES:
        return gettext("the first and the last, such as 8471-8473")
    if operator is Operator.WATCHED:
        return gettext("one name a line; a slip, another word order or legal form still resemble")
    if of.shape is Shape.NAME:
        return gettext("one a line")
    if of.shape is Shape.NUMBER or operator is Operator.MISSING:
        return ""
    return gettext("codes or names, with commas between")


def _joined(one: Condition) -> str:
    of = next((found for found in Field if found.value == one.field), None)
    if of is not None and of.shape is Shape.NAME:
        return "\n".join(one.operands)
    if one.operator == str(Operator.CODES):
        return "-".join(one.operands)
    return (" " if of is not None and of.shape is Shape.NUMBER else ", ").join(one.operands)


def _typed(of: object) -> str:
    if of is None or of == ALWAYS:
        return ""
    return of.isoformat() if isinstance(of, date) else str(of)


def renamed(profile: Profile) -> Profile:
    """Return a profile fit for a trial while it still lacks a name."""
    return profile if profile.name else structs.replace(profile, name="—")
