"""Refusals of this room, RSK-001 to RSK-099. A code is never reused."""

from http import HTTPStatus

from tongguan.kernel.problems import Problem
from tongguan.kernel.text import _

CONDITION_WRONG = Problem(
    code="RSK-001",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Condition cannot be used"),
    detail=_("Condition {place}: {reason}"),
    remedy=_("Choose a field, an operator and operands that fit one another."),
)
SECOND_PERSON = Problem(
    code="RSK-002",
    status=HTTPStatus.FORBIDDEN,
    title=_("A second person is needed"),
    detail=_("{person} proposed this and cannot also decide on it."),
    remedy=_("Another analyst looks at it and decides."),
)
NOTHING_WAITS = Problem(
    code="RSK-003",
    status=HTTPStatus.NOT_FOUND,
    title=_("Nothing waits for a decision"),
    detail=_("{kind} {criterion} has no wording that waits for approval."),
    remedy=_("Reload the list: somebody may have decided already."),
)
NOT_IN_FORCE = Problem(
    code="RSK-004",
    status=HTTPStatus.CONFLICT,
    title=_("Not in force"),
    detail=_("{kind} {criterion} is not in force."),
    remedy=_("Reload the list: somebody may have ended it already."),
)
NOT_SUSPENDED = Problem(
    code="RSK-005",
    status=HTTPStatus.CONFLICT,
    title=_("Not suspended"),
    detail=_("{kind} {criterion} is not suspended."),
    remedy=_("Reload the list; what was ended is proposed anew."),
)
CRITERION_WRONG = Problem(
    code="RSK-006",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Criterion cannot be used"),
    detail=_("{name}: {reason}"),
    remedy=_("Correct it and propose it again."),
)
UNKNOWN_CRITERION = Problem(
    code="RSK-007",
    status=HTTPStatus.NOT_FOUND,
    title=_("No such criterion"),
    detail=_("{kind} {criterion} is not known."),
    remedy=_("Choose it from the list, or propose a new one without a number."),
)
MODEL_UNKNOWN = Problem(
    code="RSK-008",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Model is not kept"),
    detail=_("No model with the hash {sha256} is kept here."),
    remedy=_("Keep the trained model first, then propose its card."),
)
NOT_PUBLISHED = Problem(
    code="RSK-009",
    status=HTTPStatus.NOT_FOUND,
    title=_("Nothing was published"),
    detail=_("No commitment was published for {day}."),
    remedy=_("Choose another day."),
)
NOT_YET = Problem(
    code="RSK-010",
    status=HTTPStatus.CONFLICT,
    title=_("Too early to open"),
    detail=_("What was in force on {day} is not opened before that day is over."),
    remedy=_("Open it on a later day."),
)
KEY_MISSING = Problem(
    code="RSK-011",
    status=HTTPStatus.SERVICE_UNAVAILABLE,
    title=_("The key of the seeds is missing"),
    detail=_("Seeds are sealed, and the key that opens them, {file}, is not here."),
    remedy=_("Put the key back from the backup of the keys; where it is lost, see docs/operating."),
)
OTHER_KEY = Problem(
    code="RSK-012",
    status=HTTPStatus.SERVICE_UNAVAILABLE,
    title=_("The seed does not open"),
    detail=_("The seed of {day} was sealed with another key than the one that is here."),
    remedy=_("Put the right key back from the backup of the keys; see docs/operating."),
)
MODEL_UNREADABLE = Problem(
    code="RSK-030",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Not a model"),
    detail=_("These bytes cannot be read as a model: {reason}."),
    remedy=_("Keep a model that this release trained."),
)
TOO_LITTLE = Problem(
    code="RSK-031",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Too little to learn from"),
    detail=_(
        "Of {count} declarations {looked_at} were looked at, with {found} findings; a model needs "
        "{least} looked at, with {least_found} findings and as many without, over {days} days."
    ),
    remedy=_("Take a longer time, or wait until more treatments have ended."),
)
BACKTEST_WRONG = Problem(
    code="RSK-041",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Backtest cannot be run"),
    detail=_("It cannot be run as asked: {reason}."),
    remedy=_("Correct it and ask again."),
)
NO_MODEL = Problem(
    code="RSK-042",
    status=HTTPStatus.CONFLICT,
    title=_("No model is in force"),
    detail=_("On {day} no model that can be read is in force."),
    remedy=_("Let the backtest learn as it goes, or run it without a model."),
)
NO_BACKTEST = Problem(
    code="RSK-043",
    status=HTTPStatus.NOT_FOUND,
    title=_("No such backtest"),
    detail=_("Backtest {id} is not known, or it has ended."),
    remedy=_("Reload the list of backtests."),
)
BACKTEST_BROKE = Problem(
    code="RSK-044",
    status=HTTPStatus.INTERNAL_SERVER_ERROR,
    title=_("Backtest broke off"),
    detail=_("It was begun {attempts} times and never came to its end."),
    remedy=_("Ask for a shorter span; whoever runs this installation finds the reason in its log."),
)
ROWS_UNREADABLE = Problem(
    code="RSK-061",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("File cannot be read"),
    detail=_("{file}: {reason}."),
    remedy=_("Give a CSV file in UTF-8 that begins with the names of its columns."),
)
MAPPING_WRONG = Problem(
    code="RSK-062",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Mapping cannot be used"),
    detail=_("Mapping {mapping}: {reason}."),
    remedy=_(
        "Write a TOML file that names the columns date, label and goods, and those of other facts "
        "that the rows hold, as origin = “From”."
    ),
)
COLUMNS_MISSING = Problem(
    code="RSK-063",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("A column is missing"),
    detail=_("{file}: no column {columns}."),
    remedy=_("Correct the name, or give a mapping that leaves out what the file does not hold."),
)
NOT_A_NUMBER = Problem(
    code="RSK-064",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Not a number"),
    detail=_("{file}, row {row}, column {column}: “{value}” is not a number."),
    remedy=_("Correct the cell, or leave it empty."),
)
NOT_A_DAY = Problem(
    code="RSK-065",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Not a day"),
    detail=_("{file}, row {row}, column {column}: “{value}” is not a day."),
    remedy=_("Write days as 2026-01-31."),
)
ONE_OUTCOME = Problem(
    code="RSK-066",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Only one outcome"),
    detail=_("{files}: of {rows} labelled rows {found} have a finding."),
    remedy=_("Give rows of both kinds, with and without a finding: take a longer span."),
)
TOO_FEW = Problem(
    code="RSK-067",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Too few goods to learn from"),
    detail=_("The rows to learn from hold {count} different goods; {least} are needed."),
    remedy=_("Take a longer span, or tell goods apart by more columns."),
)
NO_ROW = Problem(
    code="RSK-068",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("No row lies in the span"),
    detail=_("{file}: no row lies in the span."),
    remedy=_("Take another span, or a file that reaches into it."),
)
NOT_BEFORE = Problem(
    code="RSK-069",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Not from before"),
    detail=_("{file} begins on {day}; what is to be learned from ends no earlier."),
    remedy=_("Learn from files that end before this one begins."),
)
NOT_A_FLAG = Problem(
    code="RSK-070",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Neither yes nor no"),
    detail=_("{file}, row {row}, column {column}: “{value}” is neither yes nor no."),
    remedy=_("Write yes or no, or leave the cell empty."),
)
