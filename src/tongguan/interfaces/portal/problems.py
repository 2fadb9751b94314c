"""Refusals of the portal's forms, POR-001 to POR-099. A code is never reused."""

from http import HTTPStatus
from typing import Final

from tongguan.kernel.problems import Problem
from tongguan.kernel.text import _

TOO_MANY_LINES: Final = Problem(
    code="POR-001",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Too many lines for the form"),
    detail=_("{count} lines were sent; the form takes {most}. The first {most} are shown below."),
    remedy=_("Lodge what has more lines by upload; nothing of this was checked or lodged."),
)
