"""Refusals of the API itself, API-001 to API-099. A code is never reused."""

from http import HTTPStatus
from typing import Final

from tongguan.kernel.problems import Problem
from tongguan.kernel.text import Term, _

MISFIT: Final = Problem(
    code="API-001",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("The call does not fit the API"),
    detail=_("What stands there is to be {wanted}."),
    remedy=_("Correct it; the description of the API shows the form."),
)
STRANGER: Final = Problem(
    code="API-002",
    status=HTTPStatus.UNAUTHORIZED,
    title=_("Sign in first"),
    detail=_("The call carries no token that is valid now."),
    remedy=_("Get a token at /oauth/token with your client credentials, and send it as Bearer."),
)
BAD: Final = Problem(
    code="API-003",
    status=HTTPStatus.BAD_REQUEST,
    title=_("The call cannot be read"),
    detail=_("Its address, its headers or its body are not what they say they are."),
    remedy=_(
        "See that the host is one of this installation, the address and the body are UTF-8, "
        "the body is JSON where one is due, and that nothing holds a NUL character."
    ),
)
MISSING: Final = Problem(
    code="API-004",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Something is missing in the call"),
    detail=_("What belongs there is missing."),
    remedy=_("Add it; the description of the API shows the form."),
)
NOWHERE: Final = Problem(
    code="API-005",
    status=HTTPStatus.NOT_FOUND,
    title=_("Nothing is at this address"),
    detail=_("The API has no such address."),
    remedy=_("The description of the API lists them all."),
)
OTHER_METHOD: Final = Problem(
    code="API-006",
    status=HTTPStatus.METHOD_NOT_ALLOWED,
    title=_("This address does not take that method"),
    detail=_("The address is there, but not for this method."),
    remedy=_("The description of the API shows which method is meant."),
)
TOO_LARGE: Final = Problem(
    code="API-007",
    status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    title=_("The call is too large"),
    detail=_("One call takes up to {limit} MB."),
    remedy=_("Send it in several calls."),
)
FORBIDDEN: Final = Problem(
    code="API-008",
    status=HTTPStatus.FORBIDDEN,
    title=_("The call is not allowed"),
    detail=_("A call with a browser's session needs the page's token against forgery."),
    remedy=_("Send the token in X-CSRFToken, or sign in as software."),
)
CODED: Final = Problem(
    code="API-009",
    status=HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    title=_("A coded body is not taken"),
    detail=_("The call says that its body is coded: {coding}."),
    remedy=_("Send the body as it is, without Content-Encoding."),
)
TROUBLE: Final = Problem(
    code="API-010",
    status=HTTPStatus.INTERNAL_SERVER_ERROR,
    title=_("Trouble on our side"),
    detail=_("The call could not be answered. It was done as a whole or not at all."),
    remedy=_("Send the same again, a declaration under the same reference."),
)
NOT_AN_IDENTIFIER: Final = Problem(
    code="API-011",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("A sign cannot stand in a number or code"),
    detail=_("{sign} cannot stand in this number or code."),
    remedy=_("Send it with Latin letters and digits; what was copied may hold others."),
)
IDENTIFIER_TOO_LONG: Final = Problem(
    code="API-012",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("A number or code is too long"),
    detail=_("This number or code has {most} signs at the most."),
    remedy=_("Send it whole, and nothing else with it."),
)
UNKNOWN_MEMBER: Final = Problem(
    code="API-013",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("A member is not known here"),
    detail=_("This call takes no member {name}."),
    remedy=_("See how it is spelt in the description of the API, or leave it out."),
)
TEXT_TOO_LONG: Final = Problem(
    code="API-014",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("A text is too long"),
    detail=_("{count} characters are too many: {most} have room here."),
    remedy=_("Say it shorter; papers hold the rest."),
)
UNFIT_TEXT: Final = Problem(
    code="API-015",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("A sign cannot stand in a text"),
    detail=_("{sign} cannot stand in this text."),
    remedy=_("Send it without control characters and signs that turn the order of text."),
)
NOT_OFFERED: Final = Problem(
    code="API-016",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Not one of the values"),
    detail=_("What stands there is to be one of these: {expected}."),
    remedy=_("Send one of them as it is spelt here."),
)


class Wanted(Term):
    """What a caller is to send, in words."""

    AMOUNT = "amount", _("a decimal number above zero, with at most 2 places after the point")
    MEASURE = "measure", _("a decimal number, 0 or more, with at most 5 places after the point")
    COUNT = "count", _("a whole number from 0 to 1,000,000")
    INT = "int", _("a whole number")
    BOOL = "bool", _("true or false")
    MOMENT = (
        "moment",
        _("a moment from 2000 to 2199 with its zone, as in 2026-11-24T09:30:00+08:00"),
    )
    DAY = "day", _("a day from 2000 to 2199, as in 2026-11-24")
    CODE = "code", _("a code of at most 12 capital letters, digits and underscores")
    SIGNATURE = "signature", _("a signature of 128 hexadecimal digits")
    SHA256 = "sha256", _("a hash of 64 hexadecimal digits in small letters")
    STRING = "string", _("text")
    UUID = "uuid", _("an id of the API, as in 0198d7a0-0000-7000-8000-000000000000")
    LIST = "list", _("a list")
    SHORT_LIST = "short_list", _("a list of as many values as the description shows")
    OBJECT = "object", _("an object with the members that the description shows")
    ANYTHING = "anything", _("as the description of the API shows")
