"""Supervision mode, nature of levy and levy mode fit together.

Source: completion rules, announcement 60/2018; the matrix of the region pack. A levy mode by which
all is levied fits every nature. Whether a relief is granted is for its certificate to tell: rules
of revenue.
"""

from datetime import date

from tongguan.domain.declarations import problems
from tongguan.domain.declarations.regimes import regime_of
from tongguan.domain.declarations.rules.lists import Lists
from tongguan.domain.declarations.values import Kind, Line, Submission
from tongguan.domain.reference.values import LevyMatrix
from tongguan.kernel.problems import Fault


def check(
    submission: Submission, matrix: LevyMatrix, lists: Lists, day: date, faults: list[Fault]
) -> None:
    """Tell levy modes that no rule supports, and reliefs that do not fit what else is declared."""
    if submission.kind is Kind.SUMMARY:
        return
    for index, line in enumerate(submission.lines):
        mode = line.levy_mode
        if mode not in lists.levy_full and mode in lists.tables["levy_modes"]:
            _relief(submission, line, index, matrix, lists, day, faults)


def _relief(
    submission: Submission,
    line: Line,
    index: int,
    matrix: LevyMatrix,
    lists: Lists,
    day: date,
    faults: list[Fault],
) -> None:
    at, number, mode = f"#/lines/{index}/levy_mode", line.number or index + 1, line.levy_mode
    if mode not in lists.levy_reliefs:
        faults.append(problems.LEVY_MODE_UNSUPPORTED.at(at, line=number, mode=mode))
        return
    regime = regime_of(submission, line)
    nature = regime.levy
    if not nature:
        faults.append(problems.NATURE_MISSING.at("#/regime/levy", line=number, mode=mode))
        return
    row = matrix.row(nature, day)
    fitting = lists.levy_full if row is None else row.levy_modes
    if mode not in fitting:
        modes = " ".join(sorted(one for one in fitting if one))
        faults.append(
            problems.LEVY_MISFIT.at(at, line=number, nature=nature, mode=mode, modes=modes)
        )
    elif row is not None and row.supervision and regime.supervision not in row.supervision:
        faults.append(
            problems.LEVY_SUPERVISION.at(
                "#/regime/levy",
                line=number,
                nature=nature,
                supervision=regime.supervision or "—",
            )
        )
