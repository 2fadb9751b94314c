"""Refusals of this room, CLR-001 to CLR-099. A code is never reused."""

from http import HTTPStatus

from tongguan.kernel.problems import Problem
from tongguan.kernel.text import _

NOT_FOUND = Problem(
    code="CLR-001",
    status=HTTPStatus.NOT_FOUND,
    title=_("No such declaration"),
    detail=_("No declaration {declaration_id} is known, or it is not yours to see."),
    remedy=_("Check the number; if it was lodged for you by a broker, see that the mandate runs."),
)
NOT_HELD = Problem(
    code="CLR-002",
    status=HTTPStatus.CONFLICT,
    title=_("This hold has ended"),
    detail=_("Hold {hold_id} is not open: somebody has dealt with it."),
    remedy=_("Reload the page: it shows what is open now."),
)
NOT_POSSIBLE = Problem(
    code="CLR-003",
    status=HTTPStatus.CONFLICT,
    title=_("Not possible in this state"),
    detail=_("The declaration is {state}: this cannot be done now."),
    remedy=_("Look at its progress line: it shows what comes next."),
)
NO_MANDATE_NOW = Problem(
    code="CLR-005",
    status=HTTPStatus.FORBIDDEN,
    title=_("No mandate in force covers it"),
    detail=_("You may read this declaration, but no mandate in force lets you act on it."),
    remedy=_("Ask the trader for a mandate that covers its flow and its goods."),
)
STILL_HELD = Problem(
    code="CLR-004",
    status=HTTPStatus.CONFLICT,
    title=_("Something holds the declaration"),
    detail=_("The declaration waits for {kinds}."),
    remedy=_("Deal with the open holds first."),
)
