"""Refusals of this room, ANN-001 to ANN-099. A code is never reused."""

from http import HTTPStatus

from tongguan.kernel.problems import Problem
from tongguan.kernel.text import _

NO_CURSOR = Problem(
    code="ANN-001",
    status=HTTPStatus.BAD_REQUEST,
    title=_("Not a cursor"),
    detail=_("“{cursor}” is no cursor that was handed out here."),
    remedy=_("Go on with the cursor of the last answer, or begin without one."),
)
