"""Refusals of this room, PER-001 to PER-199. A code is never reused."""

from http import HTTPStatus

from tongguan.kernel.problems import Problem
from tongguan.kernel.text import _

NOT_ASKED = Problem(
    code="PER-001",
    status=HTTPStatus.NOT_FOUND,
    title=_("Nothing is asked of you here"),
    detail=_("No open question {hold_id} is put to your agency."),
    remedy=_("Look at the list: it shows what waits for your agency now."),
)
LICENCE_UNKNOWN = Problem(
    code="PER-002",
    status=HTTPStatus.CONFLICT,
    title=_("No such licence of this trader"),
    detail=_("No licence {number} of kind {kind} is registered for the party of the declaration."),
    remedy=_("Register the licence first, or decline with the reason."),
)
NOT_VALID = Problem(
    code="PER-003",
    status=HTTPStatus.CONFLICT,
    title=_("Licence not valid on that day"),
    detail=_("Licence {number} runs from {valid_from} until {valid_until}, the end left out."),
    remedy=_("It has to be valid on the day of acceptance: decline with the reason."),
)
NOT_ENOUGH = Problem(
    code="PER-004",
    status=HTTPStatus.CONFLICT,
    title=_("Licence is used up"),
    detail=_("{needed} {unit} are needed of licence {number}, {left} {licence_unit} are left."),
    remedy=_("Grant more under another licence, or decline with the reason."),
)
NO_WORDS = Problem(
    code="PER-005",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Say why"),
    detail=_("A licence is declined with the reason in words."),
    remedy=_("Write one sentence; customs and the declarant read it as it is."),
)
REGISTERED = Problem(
    code="PER-006",
    status=HTTPStatus.CONFLICT,
    title=_("Licence already registered"),
    detail=_("Licence {number} of kind {kind} is registered with other content."),
    remedy=_("A licence is not changed: register another one under its own number."),
)
NOT_YOURS = Problem(
    code="PER-007",
    status=HTTPStatus.FORBIDDEN,
    title=_("Not a licence of your agency"),
    detail=_("Licences of kind {kind} are confirmed by another agency."),
    remedy=_("Check the letter; the region's parameters say who confirms what."),
)
AGENCY_KNOWN = Problem(
    code="PER-008",
    status=HTTPStatus.CONFLICT,
    title=_("Agency already registered"),
    detail=_("Agency {agency} is represented by another enterprise."),
    remedy=_("Check the code; an agency has one registration."),
)
NOTHING_GRANTED = Problem(
    code="PER-009",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Not a licence"),
    detail=_("A licence grants more than nothing, and ends after it begins."),
    remedy=_("Check quantity and days."),
)
REPRESENTS_ANOTHER = Problem(
    code="PER-010",
    status=HTTPStatus.CONFLICT,
    title=_("Represents another agency"),
    detail=_("This enterprise acts for another agency than {agency} already."),
    remedy=_("Register an enterprise of its own for each agency."),
)
OTHER_GOODS = Problem(
    code="PER-011",
    status=HTTPStatus.CONFLICT,
    title=_("Licence for other goods"),
    detail=_("Licence {number} is for {granted}, not for {commodities}."),
    remedy=_("Decline with the reason; the declarant then names another licence."),
)
OTHER_PORT = Problem(
    code="PER-012",
    status=HTTPStatus.CONFLICT,
    title=_("Licence for another port"),
    detail=_("Licence {number} names {port}, which is no office or district of this region."),
    remedy=_(
        "Decline with the reason; a licence that names one port of the region is good in all."
    ),
)
NUMBER = Problem(
    code="PER-013",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("No number of a licence"),
    detail=_("The number of a licence has 1 to {most} characters."),
    remedy=_("Give the number that stands on the licence."),
)
COMMODITY_FORM = Problem(
    code="PER-014",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("No commodity code"),
    detail=_("“{commodity}” is not the beginning of a commodity code: 2 to 10 digits."),
    remedy=_("Name chapters, headings or whole codes; none, where it is for all goods."),
)
