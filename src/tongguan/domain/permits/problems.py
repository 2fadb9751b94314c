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
    detail=_(
        "The number of a licence has 1 to {most} characters: Latin capitals, digits, Chinese "
        "characters, and . _ / * ( ) & # + : [ ] or hyphens."
    ),
    remedy=_("Give the number that stands on the licence."),
)
COMMODITY_FORM = Problem(
    code="PER-014",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("No commodity code"),
    detail=_("“{commodity}” is not the beginning of a commodity code: 2 to 10 digits."),
    remedy=_("Name chapters, headings or whole codes; none, where it is for all goods."),
)
UNIT_UNKNOWN = Problem(
    code="PER-041",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("No unit of measurement"),
    detail=_("“{unit}” is no code of the list of units in force on {day}."),
    remedy=_("Send the code of the unit that declarations use, as 035 for the kilogram."),
)
CERTIFICATE_NOT_NAMED = Problem(
    code="PER-020",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Relief without a certificate"),
    detail=_("Line {line}: levy mode {mode} claims a relief, but no record number is declared."),
    remedy=_("Name the relief certificate or record; without it all is levied, or secured."),
    warning=True,
)
CERTIFICATE_UNKNOWN = Problem(
    code="PER-021",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("No such certificate of this trader"),
    detail=_("Line {line}: no certificate {number} of the trader is registered here."),
    remedy=_("Check the number and whose it is; without it all is levied, or secured."),
    warning=True,
)
CERTIFICATE_NOT_VALID = Problem(
    code="PER-022",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Certificate not valid on that day"),
    detail=_(
        "Line {line}: certificate {number} runs from {valid_from} until {valid_until}, the end "
        "left out."
    ),
    remedy=_("Name a certificate that is in force; without it all is levied, or secured."),
    warning=True,
)
CERTIFICATE_WITHDRAWN = Problem(
    code="PER-023",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Certificate was withdrawn"),
    detail=_("Line {line}: certificate {number} was withdrawn: nothing is granted on it."),
    remedy=_("Name another certificate; without it all is levied, or secured."),
    warning=True,
)
CERTIFICATE_OF_OTHER = Problem(
    code="PER-024",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Certificate is for something else"),
    detail=_("Line {line}: certificate {number} is for {granted}, {declared} is declared."),
    remedy=_("Correct what is declared, or name the certificate that grants it."),
    warning=True,
)
CERTIFICATE_OTHER_GOODS = Problem(
    code="PER-025",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Certificate does not cover these goods"),
    detail=_("Line {line}: certificate {number} does not cover {commodity}."),
    remedy=_("Check the commodity code, or name the certificate that covers it."),
    warning=True,
)
CERTIFICATE_USED_UP = Problem(
    code="PER-026",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Certificate is used up"),
    detail=_("Line {line}: {needed} {unit} are needed of certificate {number}, {left} are left."),
    remedy=_("Name another certificate for this line; without it all is levied, or secured."),
    warning=True,
)
CERTIFICATE_OTHER_UNIT = Problem(
    code="PER-027",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Certificate counts in another unit"),
    detail=_("Line {line}: certificate {number} counts in unit {unit}; the line has none of it."),
    remedy=_("State the quantity in that unit, where the line has it."),
    warning=True,
)
CERTIFICATE_REGISTERED = Problem(
    code="PER-030",
    status=HTTPStatus.CONFLICT,
    title=_("Certificate already registered"),
    detail=_("Certificate {number} is registered with other content, or was withdrawn."),
    remedy=_("A certificate is not changed: register another one under its own number."),
)
CERTIFICATE_GRANTS_NOTHING = Problem(
    code="PER-031",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Not a certificate"),
    detail=_("Certificate {number} cannot be registered so: {wrong}."),
    remedy=_("Check it against the paper."),
)
NO_CERTIFICATE = Problem(
    code="PER-032",
    status=HTTPStatus.NOT_FOUND,
    title=_("No such certificate in use"),
    detail=_("No certificate {number} is in use: there is none, or it was withdrawn."),
    remedy=_("Look the number up with `tongguan admitted reliefs`."),
)
NO_HOLDING = Problem(
    code="PER-040",
    status=HTTPStatus.NOT_FOUND,
    title=_("No such certificate or licence"),
    detail=_("There is nothing under {kind} {number} that you may see."),
    remedy=_("Ask for relief, origin or licence, and for an id of the list of that kind."),
)
