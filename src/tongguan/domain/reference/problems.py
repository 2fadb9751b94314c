"""Refusals of this room, REF-001 to REF-099. A code is never reused."""

from http import HTTPStatus

from tongguan.kernel.problems import Problem
from tongguan.kernel.text import _

_BAD = HTTPStatus.UNPROCESSABLE_ENTITY

FILE_MISSING = Problem(
    code="REF-001",
    status=_BAD,
    title=_("File missing in the region pack"),
    detail=_("{file} is not there."),
    remedy=_("Add the file; the guide to region packs lists all of them."),
)
COLUMN_MISSING = Problem(
    code="REF-002",
    status=_BAD,
    title=_("Column missing"),
    detail=_("{file} has no column {column}."),
    remedy=_("Add the column; the guide to region packs lists all of them."),
)
VALUE_WRONG = Problem(
    code="REF-003",
    status=_BAD,
    title=_("Value cannot be read"),
    detail=_("{file}, row {row}, column {column}: “{value}” is not {wanted}."),
    remedy=_("Correct the value."),
)
OVERLAP = Problem(
    code="REF-004",
    status=_BAD,
    title=_("Two rows for one day"),
    detail=_("{file}, row {row}: {key} has two rows in force on {day}."),
    remedy=_("End the earlier row on the day the later one begins."),
)
NO_SOURCE = Problem(
    code="REF-005",
    status=_BAD,
    title=_("Row without a source"),
    detail=_("{file}, row {row}: the source is empty."),
    remedy=_(
        "Name the law or publication the row is taken from, or say that it is the pack's own."
    ),
)
UNKNOWN_OFFICE = Problem(
    code="REF-006",
    status=_BAD,
    title=_("Row of an unknown office or district"),
    detail=_("{file}, row {row}: {value} is not in {other}."),
    remedy=_("Correct the code, or add it there."),
)
PARAMETER_MISSING = Problem(
    code="REF-007",
    status=_BAD,
    title=_("Parameter missing"),
    detail=_("The pack has no parameter {name}."),
    remedy=_("Add a row with its value, validity and source."),
)
TARIFF_ROW = Problem(
    code="REF-020",
    status=_BAD,
    title=_("Tariff row refused"),
    detail=_("Row {row}, code “{commodity}”: {reason}."),
    remedy=_("Correct the row and load the file again."),
)
SECOND_PERSON = Problem(
    code="REF-021",
    status=HTTPStatus.FORBIDDEN,
    title=_("A second person is needed"),
    detail=_("{person} proposed this correction and cannot also confirm it."),
    remedy=_("Another person confirms it."),
)
