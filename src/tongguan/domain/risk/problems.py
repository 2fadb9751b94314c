"""Refusals of this room, RSK-001 to RSK-099. A code is never reused."""

from http import HTTPStatus

from tongguan.kernel.problems import Problem
from tongguan.kernel.text import _

CONDITION_WRONG = Problem(
    code="RSK-001",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Condition cannot be used"),
    detail=_("Condition {place}: {reason}."),
    remedy=_("Choose a field, an operator and operands that fit one another."),
)
SECOND_PERSON = Problem(
    code="RSK-002",
    status=HTTPStatus.FORBIDDEN,
    title=_("A second person is needed"),
    detail=_("{person} proposed this profile and cannot also approve it."),
    remedy=_("Another analyst approves it."),
)
NO_PROFILE = Problem(
    code="RSK-003",
    status=HTTPStatus.NOT_FOUND,
    title=_("No such profile"),
    detail=_("Profile {profile} has no version that waits for approval."),
    remedy=_("Reload the list."),
)
