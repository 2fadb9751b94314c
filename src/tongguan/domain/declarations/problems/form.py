"""What is declared is missing, unreadable or out of order: DEC-001 to 019, 110 to 119."""

from http import HTTPStatus
from typing import Final

from tongguan.kernel.problems import Problem
from tongguan.kernel.text import _

REFUSED: Final = HTTPStatus.UNPROCESSABLE_ENTITY

MISSING = Problem(
    code="DEC-001",
    status=REFUSED,
    title=_("A field is missing"),
    detail=_("Missing: {field}."),
    remedy=_("Fill it in; a declaration of this kind has to state it."),
)
MISSING_ON_LINE = Problem(
    code="DEC-002",
    status=REFUSED,
    title=_("A field of a line is missing"),
    detail=_("Line {line}, missing: {field}."),
    remedy=_("Fill it in; every line of a declaration of this kind has to state it."),
)
TOO_LONG = Problem(
    code="DEC-003",
    status=REFUSED,
    title=_("A text is too long"),
    detail=_("Too long: {field}, with {length} characters. At most {most} are kept."),
    remedy=_("Shorten it; we never cut what you declare."),
)
UNREADABLE_CHARACTERS = Problem(
    code="DEC-004",
    status=REFUSED,
    title=_("A text holds characters nobody can read"),
    detail=_("Control characters stand in: {field}."),
    remedy=_("Type the text anew, or correct the character set of your file."),
)
NO_NUMBER = Problem(
    code="DEC-005",
    status=REFUSED,
    title=_("Not a number"),
    detail=_("{value} is not a number that can be declared: {field}."),
    remedy=_("Give a decimal number."),
)
NOT_ABOVE_ZERO = Problem(
    code="DEC-006",
    status=REFUSED,
    title=_("A number has to be above zero"),
    detail=_("{value} is not above zero: {field}."),
    remedy=_("Give the true figure; leave the field out where it does not apply."),
)
TOO_MANY_DIGITS = Problem(
    code="DEC-007",
    status=REFUSED,
    title=_("A number has too many digits"),
    detail=_("{value} has too many digits: {field}."),
    remedy=_("Give at most 13 digits before the point and 6 behind it."),
)
UNKNOWN_CODE = Problem(
    code="DEC-008",
    status=REFUSED,
    title=_("Not a code in force"),
    detail=_("“{code}” is not a code of the list “{table}” on {day}: {field}."),
    remedy=_("Choose a code of that list which is in force on the day of declaration."),
)
NO_LINES = Problem(
    code="DEC-009",
    status=REFUSED,
    title=_("No goods"),
    detail=_("The declaration has no lines."),
    remedy=_("Declare at least one line of goods."),
)
TOO_MANY_LINES = Problem(
    code="DEC-010",
    status=REFUSED,
    title=_("Too many lines"),
    detail=_("{count} lines stand in one declaration; at most {most} are taken."),
    remedy=_("Split the goods over several declarations."),
)
LINE_NUMBER = Problem(
    code="DEC-011",
    status=REFUSED,
    title=_("Lines are not numbered in order"),
    detail=_("The line in place {place} has number {number}."),
    remedy=_("Number the lines 1, 2, 3 and so on, without gaps."),
)
OLD_CODE = Problem(
    code="DEC-012",
    status=REFUSED,
    title=_("A code was replaced"),
    detail=_("“{code}” was replaced in the list “{table}” in August 2018: {field}."),
    remedy=_("Use {new}."),
)
NOT_AN_IDENTIFIER = Problem(
    code="DEC-013",
    status=REFUSED,
    title=_("A sign cannot stand in a number or code"),
    detail=_("{sign} cannot stand in: {field}."),
    remedy=_("Type it anew with Latin letters and digits; what was copied may hold others."),
)
BELONGS_TO_NONE = Problem(
    code="DEC-110",
    status=REFUSED,
    title=_("A new declaration belongs to no other"),
    detail=_("The declaration is new, yet names {of}."),
    remedy=_("Leave the number out, or say that you amend, complete or cancel that declaration."),
)
BELONGS_TO_MISSING = Problem(
    code="DEC-111",
    status=REFUSED,
    title=_("Which declaration is meant?"),
    detail=_("This acts on an accepted declaration, but none is named: {function}."),
    remedy=_("Give its customs number."),
)
REASON_MISSING = Problem(
    code="DEC-112",
    status=REFUSED,
    title=_("A reason is missing"),
    detail=_("No reason is given for this: {function}."),
    remedy=_("Give the code of the reason; the law names the grounds."),
)
SECOND_STEP_IS_SUMMARY = Problem(
    code="DEC-113",
    status=REFUSED,
    title=_("The second step has to be complete"),
    detail=_("A summary cannot complete a declaration."),
    remedy=_("Send the full declaration as the second step."),
)
