"""Refusals of receipts, MSG-081 and MSG-090 to MSG-099. A code is never reused."""

from http import HTTPStatus
from typing import Final

from tongguan.kernel.problems import Problem
from tongguan.kernel.text import _

NOT_TOLD: Final = Problem(
    code="MSG-090",
    status=HTTPStatus.NOT_FOUND,
    title=_("No such receipt"),
    detail=_("There is no receipt {cursor}, or this form has no answer for what it tells."),
    remedy=_("Take receipt and form from the declaration's list of receipts."),
)
NOT_A_RECEIPT: Final = Problem(
    code="MSG-081",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Not an answer we know"),
    detail=_("The document is no answer of customs that can be read: {seen}."),
    remedy=_("Send a DEC_RESULT, a DecImportResponse or a WCO Response."),
)
