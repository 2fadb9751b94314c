"""Refusals of this room, TRN-001 to TRN-099. A code is never reused."""

from http import HTTPStatus

from tongguan.kernel.problems import Problem
from tongguan.kernel.text import _

NOT_MOVING = Problem(
    code="TRN-001",
    status=HTTPStatus.CONFLICT,
    title=_("No movement is open"),
    detail=_("Declaration {number} does not move under customs control."),
    remedy=_("Check the number."),
)
NO_SEAL = Problem(
    code="TRN-002",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Seal or vehicle missing"),
    detail=_("A movement under customs control names its vehicle and its seals."),
    remedy=_("Enter both."),
)
NOT_YOURS = Problem(
    code="TRN-004",
    status=HTTPStatus.NOT_FOUND,
    title=_("No such movement of yours"),
    detail=_(
        "No movement of declaration {number} is yours to report: neither by vehicle nor place."
    ),
    remedy=_("Check the number and the vehicle: both have to be as they were declared."),
)
NOT_DEPARTED = Problem(
    code="TRN-003",
    status=HTTPStatus.CONFLICT,
    title=_("The goods have not left yet"),
    detail=_("No departure was reported for declaration {number}."),
    remedy=_("Report the departure first, with vehicle and seals."),
)
