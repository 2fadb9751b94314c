"""Refusals of the workbench's forms, WBN-001 to WBN-099. A code is never reused."""

from http import HTTPStatus
from typing import Final

from tongguan.kernel.problems import Problem
from tongguan.kernel.text import _

_REFUSED: Final = HTTPStatus.UNPROCESSABLE_ENTITY

NO_SUCH_ACT = Problem(
    code="WBN-001",
    status=_REFUSED,
    title=_("No such act"),
    detail=_("This page does not know the act “{act}”: nothing was done."),
    remedy=_("Reload the page and use its buttons."),
)
NO_MOMENT = Problem(
    code="WBN-002",
    status=_REFUSED,
    title=_("No day and time"),
    detail=_("“{value}” is no day and time."),
    remedy=_("Choose a day and a time, as in 2026-11-20 14:30."),
)
NO_NUMBER = Problem(
    code="WBN-003",
    status=_REFUSED,
    title=_("No number"),
    detail=_("“{value}” is no whole number from 0 to {most}."),
    remedy=_("Write digits only, or leave it empty."),
)
TOO_LONG = Problem(
    code="WBN-004",
    status=_REFUSED,
    title=_("Too long"),
    detail=_("{count} characters are too many: {most} have room here."),
    remedy=_("Say it shorter; papers hold the rest."),
)
MISSING = Problem(
    code="WBN-005",
    status=_REFUSED,
    title=_("Left empty"),
    detail=_("This has to be filled in."),
    remedy=_("Fill it in."),
)
NOT_TEXT = Problem(
    code="WBN-006",
    status=_REFUSED,
    title=_("Not to be written down"),
    detail=_("The text holds a control character, or one that turns the order of text."),
    remedy=_("Type it anew; copying brought something invisible along."),
)
NO_ID = Problem(
    code="WBN-007",
    status=_REFUSED,
    title=_("Nothing is meant"),
    detail=_("The form does not say what it is about: nothing was done."),
    remedy=_("Reload the page and use its buttons."),
)
NO_FILE = Problem(
    code="WBN-008",
    status=_REFUSED,
    title=_("No file"),
    detail=_("No file was chosen."),
    remedy=_("Choose a manifest: JSON, .xlsx or CSV."),
)
NO_MEASURE = Problem(
    code="WBN-009",
    status=_REFUSED,
    title=_("Not a measure"),
    detail=_("“{value}” is no number, 0 or more, of at most five places after the point."),
    remedy=_("Type digits and a point, as in 1250.5, or leave it empty."),
)
NO_CHOICE = Problem(
    code="WBN-010",
    status=_REFUSED,
    title=_("Not one of the answers"),
    detail=_("“{value}” is no answer here."),
    remedy=_("Give one of: {offered}."),
)
NOT_AN_IDENTIFIER = Problem(
    code="WBN-011",
    status=_REFUSED,
    title=_("A sign cannot stand in a number or code"),
    detail=_("{sign} cannot stand in this number or code."),
    remedy=_("Type it anew with Latin letters and digits; what was copied may hold others."),
)
