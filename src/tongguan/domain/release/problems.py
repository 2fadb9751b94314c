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
NO_ORDER = Problem(
    code="REL-005",
    status=HTTPStatus.NOT_FOUND,
    title=_("No such release order"),
    detail=_("No release order {order} is known."),
    remedy=_("Open the declaration: its page lists its release orders."),
)
NO_REASON = Problem(
    code="REL-006",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Reason missing"),
    detail=_("A recall says why: the second officer confirms it, and the gate reads it."),
    remedy=_("Write a sentence."),
)
NOT_ASKED = Problem(
    code="REL-007",
    status=HTTPStatus.CONFLICT,
    title=_("No recall is asked for"),
    detail=_("Nobody has asked to recall {unit}, or the asking was withdrawn."),
    remedy=_("Reload the page; one officer asks, another confirms."),
)
ASKED_ALREADY = Problem(
    code="REL-008",
    status=HTTPStatus.CONFLICT,
    title=_("A recall is asked for already"),
    detail=_("{person} has asked to recall {unit}."),
    remedy=_("Confirm it, if it is right; nothing more has to be asked."),
)
NOT_RECALLED = Problem(
    code="REL-009",
    status=HTTPStatus.CONFLICT,
    title=_("Not recalled, or sent again already"),
    detail=_("{unit} has a release order that is in force, or has left."),
    remedy=_("Reload the page: it shows what is in force now."),
)
NOT_GENUINE = Problem(
    code="REL-010",
    status=HTTPStatus.CONFLICT,
    title=_("The release order is not genuine"),
    detail=_(
        "Release order {order} of {unit} for {site} does not bear the signature of customs, or says"
        " something else than was signed."
    ),
    remedy=_(
        "Keep it inside and call the office of the goods. An administrator runs"
        " `tongguan ledger verify` and looks into the log."
    ),
)
NOT_A_UNIT = Problem(
    code="REL-011",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Neither a container nor a bill"),
    detail=_("{sign} cannot stand in the number of a container or bill."),
    remedy=_("Type the number anew with Latin letters and digits, as it stands on the container."),
)
TOO_MANY_UNITS = Problem(
    code="REL-012",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Too many at once"),
    detail=_("{count} release orders are acknowledged at once; {most} are taken."),
    remedy=_("Acknowledge them in several steps."),
)
