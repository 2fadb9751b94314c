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
NOT_ATTENDED = Problem(
    code="INS-005",
    status=HTTPStatus.CONFLICT,
    title=_("Nobody's arrival is recorded"),
    detail=_("Unpacking begins when the witness has come, or by a rule without one."),
    remedy=_("Record the witness's arrival first, or the ground on which nobody attends."),
)
NOT_STARTED = Problem(
    code="INS-006",
    status=HTTPStatus.CONFLICT,
    title=_("The inspection has not begun"),
    detail=_("A record is signed of an inspection that was begun before a witness."),
    remedy=_("Record the witness's arrival, then the beginning."),
)
NO_PLACE = Problem(
    code="INS-007",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Place missing"),
    detail=_("An appointment names the place."),
    remedy=_("Enter the bay or the warehouse where the enterprise is to come."),
)
FINDING_UNKNOWN = Problem(
    code="INS-008",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("No such finding"),
    detail=_("“{finding}” is no finding of an inspection."),
    remedy=_("Choose one of the list."),
)
STARTED = Problem(
    code="INS-009",
    status=HTTPStatus.CONFLICT,
    title=_("The inspection has begun"),
    detail=_("Goods are being unpacked since {at}: who attends stands fixed."),
    remedy=_("Sign the record; it can say who joined later."),
)
TOO_FEW_PRESENT = Problem(
    code="INS-020",
    status=HTTPStatus.CONFLICT,
    title=_("Too few officers are present"),
    detail=_("Two are drawn of those present at {office}: {present}."),
    remedy=_("Mark who is on duty there today, then draw."),
)
NOT_THOSE_DRAWN = Problem(
    code="INS-021",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Others were drawn"),
    detail=_("{officers} hold this inspection; the record names others."),
    remedy=_("Those two sign it, or somebody replaces them with a reason first."),
)
DRAWN_ALREADY = Problem(
    code="INS-022",
    status=HTTPStatus.CONFLICT,
    title=_("Officers were drawn already"),
    detail=_("{officers} were drawn; nobody draws twice for one inspection."),
    remedy=_("If one of them cannot come, replace him with a reason."),
)
NOT_DRAWN = Problem(
    code="INS-023",
    status=HTTPStatus.CONFLICT,
    title=_("No officers were drawn yet"),
    detail=_("Nobody was drawn for this inspection, so nobody can be replaced."),
    remedy=_("Draw two of those present first."),
)
NO_REASON = Problem(
    code="INS-024",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Reason missing"),
    detail=_("Others than those drawn hold an inspection for a reason only."),
    remedy=_("Say in a sentence why."),
)
NOT_QUALIFIED = Problem(
    code="INS-025",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("No inspector there"),
    detail=_("{officer} is not posted as an inspector at {office}."),
    remedy=_("Choose somebody who is, or let him be posted there."),
)
