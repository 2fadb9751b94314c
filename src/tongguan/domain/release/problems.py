"""Refusals of this room, REL-001 to REL-099. A code is never reused."""

from http import HTTPStatus

from tongguan.kernel.problems import Problem
from tongguan.kernel.text import _

MAY_NOT_LEAVE = Problem(
    code="REL-001",
    status=HTTPStatus.CONFLICT,
    title=_("May not leave"),
    detail=_("{unit} may not leave {site}: {verdict}."),
    remedy=_("Keep it inside; the declaration's page says what it waits for and whose turn it is."),
)
SITE_UNKNOWN = Problem(
    code="REL-002",
    status=HTTPStatus.NOT_FOUND,
    title=_("No such site"),
    detail=_("No control site {site} is in force today."),
    remedy=_("Use the site's code from the region pack, as it stands on the gate's own page."),
)
NOT_RECALLABLE = Problem(
    code="REL-003",
    status=HTTPStatus.CONFLICT,
    title=_("Cannot be recalled"),
    detail=_("Release order {order} is {state}."),
    remedy=_("Goods that have left are followed by a case: tell the investigation desk."),
)
SECOND_PERSON = Problem(
    code="REL-004",
    status=HTTPStatus.FORBIDDEN,
    title=_("A second person is needed"),
    detail=_("{person} asked for this recall and cannot also confirm it."),
    remedy=_("Another officer confirms it."),
)
