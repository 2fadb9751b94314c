"""Refusals of this room, REV-101 to REV-199. A code is never reused."""

from http import HTTPStatus

from tongguan.kernel.problems import Problem
from tongguan.kernel.text import _

NO_GROUND = Problem(
    code="REV-101",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Say what is asked, and why"),
    detail=_("A query names a document or a fact, and its ground."),
    remedy=_("Fill in both; the declarant reads them as they are."),
)
TOO_MANY = Problem(
    code="REV-102",
    status=HTTPStatus.CONFLICT,
    title=_("No more queries"),
    detail=_("{count} queries were asked already; no more than {most} are allowed."),
    remedy=_("Decide on what is there, or summon the declarant."),
)
EMPTY_ANSWER = Problem(
    code="REV-103",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("The answer is empty"),
    detail=_("An answer has words, a document, or both."),
    remedy=_("Write a sentence, or attach the document that was asked for."),
)
QUERY_OPEN = Problem(
    code="REV-104",
    status=HTTPStatus.CONFLICT,
    title=_("A query is open"),
    detail=_("The declarant has not answered yet: {question}"),
    remedy=_("Wait for the answer, or withdraw the query."),
)
