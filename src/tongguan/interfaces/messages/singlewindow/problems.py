"""Refusals of single-window messages, MSG-070 and MSG-080. A code is never reused."""

from http import HTTPStatus
from typing import Final

from tongguan.kernel.problems import Problem
from tongguan.kernel.text import _

SAVED_ONLY: Final = Problem(
    code="MSG-070",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Saved, not lodged"),
    detail=_("The message is marked “{value}”: to be saved, not lodged."),
    remedy=_("To lodge it, send it with OperType C, or D with transit."),
    warning=True,
)
NOT_HELD: Final = Problem(
    code="MSG-080",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("The format cannot hold this"),
    detail=_("A {format} has no place for what stands at {field}."),
    remedy=_("Send the declaration in another format, or leave this out."),
)
