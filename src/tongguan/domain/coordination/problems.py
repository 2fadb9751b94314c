"""Refusals of this room, COO-001 to COO-199. A code is never reused."""

from http import HTTPStatus

from tongguan.kernel.problems import Problem
from tongguan.kernel.text import _

NO_REASON = Problem(
    code="COO-001",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Say why"),
    detail=_("An instruction is given, and lifted, with its reason."),
    remedy=_("Write one sentence; whoever comes after you reads it."),
)
STOPPED_ALREADY = Problem(
    code="COO-002",
    status=HTTPStatus.CONFLICT,
    title=_("Stopped already"),
    detail=_("{person} stopped this declaration: {reason}"),
    remedy=_("One instruction is enough; talk to whoever gave it."),
)
SECOND_OFFICER = Problem(
    code="COO-003",
    status=HTTPStatus.FORBIDDEN,
    title=_("A second officer has to confirm"),
    detail=_("{person} asked for the lifting; another officer confirms it."),
    remedy=_("Ask a colleague of a coordination centre to confirm it."),
)
