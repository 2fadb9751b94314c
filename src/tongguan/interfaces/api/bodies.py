"""Bodies of calls: JSON within bounds, in which no member stands twice."""

from decimal import Decimal, InvalidOperation
from typing import Any, Final, cast

from django.http import HttpRequest
from ninja.parser import Parser
from ninja.types import DictStrAny

from tongguan.interfaces.api import problems
from tongguan.interfaces.messages.problems import TOO_DEEP, TOO_MANY_ELEMENTS, TOO_OFTEN
from tongguan.kernel.problems import Fault, ProblemError, first_of
from tongguan.kernel.strict_json import DEEPEST, JsonError, Wrong, decode, doubled_in

MOST_BYTES: Final = 1 << 20
MOST_VALUES: Final = 20_000
_DIGITS: Final = 300
_SHOWN: Final = 40


class StrictParser(Parser):
    """Reads the body of a call that takes a form of its own; documents are read elsewhere."""

    def parse_body(self, request: HttpRequest) -> DictStrAny:
        """Return what the body says; why it is refused is left with the request.

        Raises:
            ProblemError: MSG-005, MSG-006, MSG-038, API-007; the framework hides it.
            JsonError: it is no JSON.
        """
        try:
            return cast("DictStrAny", self._parsed(request))
        except ProblemError as error:
            request.refusal = error  # type: ignore[attr-defined]
            raise

    def _parsed(self, request: HttpRequest) -> Any:
        if len(request.body) > MOST_BYTES:
            raise problems.TOO_LARGE.error(limit=MOST_BYTES >> 20)
        try:
            found = decode(request.body, most=MOST_VALUES, number=_number)
        except JsonError as error:
            if error.wrong is Wrong.DEPTH:
                raise TOO_DEEP.error(limit=DEEPEST) from None
            if error.wrong is Wrong.SIZE:
                raise TOO_MANY_ELEMENTS.error(limit=MOST_VALUES) from None
            raise
        doubled = first_of(_doubled(*one) for one in doubled_in(found))
        if doubled:
            raise ProblemError(*doubled)
        return found


def refusal_of(request: HttpRequest) -> tuple[Fault, ...]:
    """Return why the body of a call was refused, where there is more to say than that it was."""
    error: ProblemError | None = getattr(request, "refusal", None)
    return () if error is None else error.faults


def _doubled(pointer: str, name: str, count: int) -> Fault:
    place = pointer.removeprefix("#")
    return TOO_OFTEN.at(pointer, name=name[:_SHOWN], count=count, limit=1, place=place)


def _number(text: str) -> int | Decimal:
    """Return a number exactly as it is written; NaN for one that is beyond all reckoning."""
    digits = text.removeprefix("-")
    if digits.isdecimal() and len(digits) <= _DIGITS:
        return int(text)
    try:
        return Decimal(text)
    except InvalidOperation:
        return Decimal("NaN")
