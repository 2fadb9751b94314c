"""What does not fit in a call, as the framework finds it, told at its place in words."""

from collections.abc import Mapping
from typing import Any, Final

from tongguan.interfaces.api import problems
from tongguan.interfaces.api.identifiers import EMPTY, NUL, REFUSED
from tongguan.interfaces.api.problems import Wanted
from tongguan.interfaces.api.values import MISFIT, TOO_LONG, UNFIT
from tongguan.kernel.problems import Fault, Problem
from tongguan.kernel.strict_json import escaped

BODY: Final = "body"
_SHOWN: Final = 40
_WANTED: Final[Mapping[str, Wanted]] = {
    "int_type": Wanted.INT,
    "int_parsing": Wanted.INT,
    "int_parsing_size": Wanted.INT,
    "int_from_float": Wanted.INT,
    "string_type": Wanted.STRING,
    "string_too_long": Wanted.STRING,
    "uuid_type": Wanted.UUID,
    "uuid_parsing": Wanted.UUID,
    "list_type": Wanted.LIST,
    "too_short": Wanted.SHORT_LIST,
    "too_long": Wanted.SHORT_LIST,
    "model_type": Wanted.OBJECT,
    "model_attributes_type": Wanted.OBJECT,
    "dict_type": Wanted.OBJECT,
}
"""What is wanted, by the type of a fault that the framework finds."""
_KNOWN: Final[Mapping[str, Problem]] = {
    EMPTY: problems.MISSING,
    "extra_forbidden": problems.UNKNOWN_MEMBER,
    TOO_LONG: problems.TEXT_TOO_LONG,
    UNFIT: problems.UNFIT_TEXT,
    "enum": problems.NOT_OFFERED,
}
"""What is told of faults of other types, with the facts that they bring."""


def fault_of(found: Mapping[str, Any]) -> Fault:
    """Return what the framework found wrong, at its place."""
    where, *place = found["loc"]
    # The first part in a body names the parameter that holds it, which the caller does not see.
    inside = place[1:] if where == BODY else place
    pointer = "/".join(("#", *(escaped(str(part)) for part in inside)))
    kind, facts = str(found["type"]), found.get("ctx") or {}
    if kind == REFUSED:
        return _refused(pointer, facts, in_address=where != BODY)
    if kind in _KNOWN:
        return _KNOWN[kind].at(pointer, name=str(place[-1])[:_SHOWN], **facts)
    wanted = Wanted(facts["wanted"]) if kind == MISFIT else _WANTED.get(kind, Wanted.ANYTHING)
    return problems.MISFIT.at(pointer, wanted=wanted)


def _refused(pointer: str, facts: Mapping[str, Any], *, in_address: bool) -> Fault:
    if facts["sign"] == NUL and in_address:
        return problems.BAD.at("")
    if facts["sign"]:
        return problems.NOT_AN_IDENTIFIER.at(pointer, sign=facts["sign"])
    return problems.IDENTIFIER_TOO_LONG.at(pointer, most=facts["most"])
