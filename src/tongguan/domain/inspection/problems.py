"""Refusals of this room, INS-001 to INS-099. A code is never reused."""

from http import HTTPStatus

from tongguan.kernel.problems import Problem
from tongguan.kernel.text import _

TWO_OFFICERS = Problem(
    code="INS-001",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Two officers sign"),
    detail=_("The record names {officers}: two different officers are needed."),
    remedy=_("Enter the second officer who was present."),
)
NO_WITNESS = Problem(
    code="INS-002",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Witness missing"),
    detail=_("Goods are unpacked in the presence of the enterprise, or by a rule without it."),
    remedy=_("Enter the witness, or the ground on which nobody attended."),
)
NO_RESULT = Problem(
    code="INS-003",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Result missing"),
    detail=_("The record does not say what was seen."),
    remedy=_("Write it in a sentence."),
)
IN_THE_PAST = Problem(
    code="INS-004",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Appointment in the past"),
    detail=_("{at} is before now."),
    remedy=_("Choose a later moment."),
)
