"""Refusals of this room, ACC-001 to ACC-099. A code is never reused."""

from http import HTTPStatus

from tongguan.kernel.problems import Problem
from tongguan.kernel.text import _

NOT_POSTED = Problem(
    code="ACC-001",
    status=HTTPStatus.FORBIDDEN,
    title=_("Not among your duties"),
    detail=_("This is for {roles}."),
    remedy=_("Ask your administrator for the posting, or hand the case to a colleague."),
)
NAME_TAKEN = Problem(
    code="ACC-002",
    status=HTTPStatus.CONFLICT,
    title=_("Account name in use"),
    detail=_("There is an account {name} already."),
    remedy=_("Choose another name."),
)
