"""A manifest as our own JSON: read exactly, within bounds, with members that stand twice."""

from decimal import Decimal, InvalidOperation
from typing import Final

from tongguan.domain.cargo import problems
from tongguan.domain.cargo.rules.form import MOST_BILLS, MOST_UNITS
from tongguan.kernel.problems import Fault
from tongguan.kernel.strict_json import JsonError, Wrong, decode
from tongguan.kernel.text import Phrase, _

MOST_VALUES: Final = 400_000
MOST_OBJECTS: Final = 1 + MOST_BILLS + MOST_UNITS
"""The manifest itself, its bills and its containers: there are no other objects."""
DEEPEST: Final = 20
_LONGEST_NUMBER: Final = 100
_PLACED: Final = _("Line {line}, column {column}: {words}.")


def read_json(raw: bytes) -> tuple[object, Fault | None]:
    """Return what was written, numbers exact; or the fault that hides it.

    Objects are `strict_json.Members`. Nesting and values are counted before anything is made of
    them.
    """
    try:
        found = decode(raw, deepest=DEEPEST, most=MOST_VALUES, objects=MOST_OBJECTS, number=_number)
    except JsonError as error:
        return None, _fault(error)
    return found, None


def _fault(error: JsonError) -> Fault:
    if error.wrong is Wrong.SIZE:
        facts = {"most": MOST_VALUES, "what": Phrase(_("values")), "place": "#"}
        return problems.TOO_LARGE.at("#", **facts)
    if error.wrong is Wrong.OBJECTS:
        facts = {"most": MOST_OBJECTS, "what": Phrase(_("bills and containers")), "place": "#"}
        return problems.TOO_LARGE.at("#", **facts)
    if error.wrong is Wrong.DEPTH:
        reason = Phrase(_("It is nested too deep for a manifest."))
        return problems.UNREADABLE.at("#", reason=reason)
    if error.wrong is Wrong.BYTES:
        return problems.UNREADABLE.at("#", reason=Phrase(_("It is not written in UTF-8.")))
    facts = {"line": error.line, "column": error.column, "words": error.words}
    return problems.UNREADABLE.at("#", reason=Phrase(_PLACED, facts))


def _number(text: str) -> Decimal | int | str:
    """Return a number exactly; one beyond all bounds stays text, and is refused at its place."""
    if len(text) > _LONGEST_NUMBER:
        return text
    try:
        return int(text) if text.lstrip("-").isdecimal() else Decimal(text)
    except InvalidOperation:
        return text
