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
        "No movement of declaration {number} is yours to report: neither as carrier nor by place."
    ),
    remedy=_("Check the number. A carrier reports goods of bills that are his or handed over."),
)
NOT_DEPARTED = Problem(
    code="TRN-003",
    status=HTTPStatus.CONFLICT,
    title=_("The goods have not left yet"),
    detail=_("No departure was reported for declaration {number}."),
    remedy=_("Report the departure first, with vehicle and seals."),
)
NOT_THERE = Problem(
    code="TRN-005",
    status=HTTPStatus.CONFLICT,
    title=_("The goods have not arrived where they leave from"),
    detail=_("The goods of declaration {number} do not lie at a site of {office}."),
    remedy=_("Report their arrival there first; then they leave under seal."),
)
NOT_RELEASED = Problem(
    code="TRN-006",
    status=HTTPStatus.CONFLICT,
    title=_("Not released yet"),
    detail=_("Export {number} leaves {office} under seal only when it is released there."),
    remedy=_("See on the declaration what holds it; after release report the departure."),
)
OTHER_END = Problem(
    code="TRN-007",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("The movement does not end there"),
    detail=_("The movement goes to {office}, to {expected}, and not to {site}."),
    remedy=_("Name the site that the goods came to."),
)
TOO_EARLY = Problem(
    code="TRN-008",
    status=HTTPStatus.CONFLICT,
    title=_("Sooner than the way allows"),
    detail=_("The goods of {number} cannot be there before {earliest}, local time."),
    remedy=_("Report them when they are there; if they are, an inspector of {office} confirms it."),
)
KEPT = Problem(
    code="TRN-009",
    status=HTTPStatus.CONFLICT,
    title=_("The goods are held where they are"),
    detail=_("The goods of {number} stay at {office}: {kind} is open there."),
    remedy=_("Report the departure when that has ended."),
)
SEALS_NOT_READ = Problem(
    code="TRN-020",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Seals not read"),
    detail=_("The seals of declaration {number} are compared with those at departure."),
    remedy=_("Enter the numbers on the seals; where seals are missing, report them as broken."),
)
