"""What people write in their own words: bounded, and readable as it is stored."""

from http import HTTPStatus
from typing import Final

from tongguan.kernel.problems import Fault, Problem, ProblemError
from tongguan.kernel.spelling import described, unfit_sign
from tongguan.kernel.text import _

UNFIT: Final = Problem(
    code="GEN-003",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("A sign cannot stand in a text"),
    detail=_("{sign} cannot stand in this text."),
    remedy=_("Write it without control characters and signs that turn the order of text."),
)
TOO_LONG: Final = Problem(
    code="GEN-004",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("A text is too long"),
    detail=_("{count} characters are too many: {most} have room here."),
    remedy=_("Say it shorter; papers hold the rest."),
)


def unfit(text: str, pointer: str, *, most: int, lines: bool = True) -> Fault | None:
    """Return why a text cannot be taken, at its place; None where it can."""
    if len(text) > most:
        return TOO_LONG.at(pointer, count=len(text), most=most)
    sign = unfit_sign(text, lines=lines)
    return UNFIT.at(pointer, sign=described(sign)) if sign else None


def require_fit(text: str, pointer: str, *, most: int, lines: bool = True) -> None:
    """Refuse a text that cannot be taken.

    Raises:
        ProblemError: GEN-003 a sign that no text may hold, GEN-004 too long.
    """
    fault = unfit(text, pointer, most=most, lines=lines)
    if fault is not None:
        raise ProblemError(fault)
