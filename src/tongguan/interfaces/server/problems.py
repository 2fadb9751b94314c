"""Refusals of the web server itself, WEB-001 to WEB-099. A code is never reused."""

from http import HTTPStatus
from typing import Final

from tongguan.kernel.problems import Problem
from tongguan.kernel.text import _

BUSY: Final = Problem(
    code="WEB-001",
    status=HTTPStatus.SERVICE_UNAVAILABLE,
    title=_("Too much to do at this moment"),
    detail=_("As many requests of this kind wait as may wait. This one was not begun."),
    remedy=_("Send it again after the seconds that Retry-After names."),
)
SLOW: Final = Problem(
    code="WEB-002",
    status=HTTPStatus.REQUEST_TIMEOUT,
    title=_("The request comes too slowly"),
    detail=_("It did not arrive within the time that the product waits for one."),
    remedy=_("Send it again over a better connection, a large one in several parts."),
)
TOO_MUCH: Final = Problem(
    code="WEB-003",
    status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    title=_("The request takes too much memory"),
    detail=_("It was ended because it took more memory than one request may."),
    remedy=_("Send it in smaller parts; declarations under the same references."),
)
TOO_LONG: Final = Problem(
    code="WEB-004",
    status=HTTPStatus.SERVICE_UNAVAILABLE,
    title=_("The request takes too long"),
    detail=_("It was ended after {seconds} seconds. It was done as a whole or not at all."),
    remedy=_("Send it in smaller parts; declarations under the same references."),
)
BROKEN: Final = Problem(
    code="WEB-005",
    status=HTTPStatus.BAD_REQUEST,
    title=_("The request is not whole"),
    detail=_("Its body ended before it was complete, or its length is told in two ways."),
    remedy=_("Send it again, with its length or in chunks, not both."),
)
ENDED: Final = Problem(
    code="WEB-006",
    status=HTTPStatus.SERVICE_UNAVAILABLE,
    title=_("The request was interrupted"),
    detail=_("The process that worked on it ended. It was done as a whole or not at all."),
    remedy=_("Send the same again; declarations under the same references."),
)
TOO_LARGE: Final = Problem(
    code="WEB-007",
    status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    title=_("The request is too large"),
    detail=_("One request takes up to {limit} MB."),
    remedy=_("Send it in several parts."),
)
DATABASE_AWAY: Final = Problem(
    code="WEB-008",
    status=HTTPStatus.SERVICE_UNAVAILABLE,
    title=_("The database does not answer"),
    detail=_("The request was done as a whole or not at all."),
    remedy=_("Send the same again after a while; declarations under the same references."),
)
UNCLEAR = Problem(
    code="WEB-009",
    status=HTTPStatus.BAD_REQUEST,
    title=_("The head of a request cannot be relied on"),
    detail=_("It names no host or several, or its body is coded in another way than in chunks."),
    remedy=_("Send it with one Host, and the body with its length or in chunks."),
)
