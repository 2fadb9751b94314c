"""What people write in their own words: bounded, and readable as it is stored."""

from tongguan.kernel.problems import TOO_LONG, UNFIT, Fault, ProblemError
from tongguan.kernel.spelling import described, unfit_sign


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
