"""Refusals of the command line, CLI-001 to CLI-099. A code is never reused."""

from http import HTTPStatus
from typing import Final

from tongguan.kernel.problems import Problem
from tongguan.kernel.text import _

NOT_READ: Final = Problem(
    code="CLI-001",
    status=HTTPStatus.BAD_REQUEST,
    title=_("The file cannot be read"),
    detail=_("The system does not give it out: {why}."),
    remedy=_("See that the file is there and that you may read it."),
)
NO_PLACE: Final = Problem(
    code="CLI-002",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("No such place"),
    detail=_("“{place}” is no office, district or control site of today, and no enterprise."),
    remedy=_("Take a code of the region pack, or register the enterprise first."),
)
NO_NUMBER: Final = Problem(
    code="CLI-003",
    status=HTTPStatus.NOT_FOUND,
    title=_("No number of a declaration"),
    detail=_("“{given}” is no number of a declaration: that has 18 digits."),
    remedy=_("Give the number as customs gave it; a reference of yours is searched in the portal."),
)
