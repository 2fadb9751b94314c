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
NOT_FAILED = Problem(
    code="ANN-002",
    status=HTTPStatus.CONFLICT,
    title=_("The event did not fail"),
    detail=_("Event {event} is not among those that failed: it was done, or dropped."),
    remedy=_("List those that failed again: tongguan consequences list."),
)
NO_REASON = Problem(
    code="ANN-003",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("A reason is required"),
    detail=_("Whoever drops an event gives a reason of 1 to {most} printable characters."),
    remedy=_("Say why they are not needed, or who does by hand what they would have done."),
)
