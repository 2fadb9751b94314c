"""Which of the five ways of clearing a declaration takes: found from its offices and marks.

Source: GACC announcements 58/2013 (declare locally and release at the port, or locally) and
65/2014 (all five, the enterprise's choice for each declaration). That a mark is needed for the
two local modes and for transit, and none for the others, is our reading of the message format.
"""

from datetime import date

from tongguan.domain.declarations import problems
from tongguan.domain.declarations.values import Mode, Submission
from tongguan.domain.reference.values import ModeRow, Snapshot
from tongguan.kernel.problems import Fault
from tongguan.kernel.time import in_force


def find_mode(submission: Submission, *, reference: Snapshot, day: date) -> Mode | Fault:
    """Return the mode of a declaration, or what stands against every mode.

    Args:
        submission: with the four offices filled in.
        reference: the region's dated table of modes.
        day: local day of declaration.

    Cost: 1 µs.
    """
    offices = submission.offices
    declared, goods = offices.declaration or "", offices.goods or ""
    if not declared or not goods:
        # Told as missing by `offices`; any answer serves, for the submission is refused.
        return Mode.PORT
    asked = submission.mode_asked
    if asked is None and submission.transport.inland is not None and declared != goods:
        asked = Mode.TRANSIT
    for row in reference.region.modes:
        eligible = not row.marked if asked is None else row.code == asked.value
        if eligible and in_force(row, day) and _fits(row, declared, goods):
            return Mode(row.code)
    if asked is not None:
        return problems.MODE_CONTRADICTS.at(
            "#/mode_asked", asked=asked.value, declaration=declared, goods=goods
        )
    return problems.NO_MODE.at(
        "#/offices/declaration", declaration=declared, goods=goods, day=day.isoformat()
    )


def _fits(row: ModeRow, declared: str, goods: str) -> bool:
    if row.same_office is not None and row.same_office != (declared == goods):
        return False
    return not row.districts or (declared[:2] in row.districts and goods[:2] in row.districts)
