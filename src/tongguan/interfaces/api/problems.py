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
    remedy=_("See that the body is JSON in UTF-8, and that nothing holds a NUL character."),
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


class Wanted(Term):
    """What a caller is to send, by the first word of the type of a fault."""

    DECIMAL = "decimal", _("a decimal number")
    INT = "int", _("a whole number")
    BOOL = "bool", _("true or false")
    DATETIME = "datetime", _("a moment with its zone, as in 2026-11-24T09:30:00+08:00")
    TIMEZONE = "timezone", _("a moment with its zone, as in 2026-11-24T09:30:00+08:00")
    STRING = "string", _("text of the length and kind that the description shows")
    TUPLE = "tuple", _("a list of the length that the description shows")
    ANYTHING = "anything", _("as the description of the API shows")
