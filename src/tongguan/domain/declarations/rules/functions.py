"""What a submission asks for has to fit what it names. Source: Order 220; the formats."""

from typing import Final

from tongguan.domain.declarations import problems
from tongguan.domain.declarations.rules.fields import Field
from tongguan.domain.declarations.values import Function, Kind, Submission
from tongguan.kernel.problems import Fault
from tongguan.kernel.text import _

FOLLOWING: Final = frozenset({Function.AMEND, Function.CANCEL, Function.COMPLETE, Function.ARRIVE})
"""Functions that act on a declaration which is accepted already."""
WITH_GOODS: Final = frozenset({Function.ORIGINAL, Function.AMEND, Function.COMPLETE})
"""Functions that carry a whole declaration."""
_ASKED: Final = {
    Function.AMEND: Field("function", _("amendment")),
    Function.CANCEL: Field("function", _("cancellation")),
    Function.COMPLETE: Field("function", _("second step")),
    Function.ARRIVE: Field("function", _("goods presentation")),
}
_EXPLAINED: Final = frozenset({Function.AMEND, Function.CANCEL})


def check(submission: Submission, faults: list[Fault]) -> None:
    """Tell what is missing or too much for the function asked."""
    function = submission.function
    if function is Function.ORIGINAL:
        if submission.of:
            faults.append(problems.BELONGS_TO_NONE.at("#/of", of=submission.of))
        return
    if not submission.of:
        faults.append(problems.BELONGS_TO_MISSING.at("#/of", function=_ASKED[function]))
    change = submission.change
    if function in _EXPLAINED and not (change and change.reason):
        faults.append(problems.REASON_MISSING.at("#/change/reason", function=_ASKED[function]))
    if function is Function.COMPLETE and submission.kind is Kind.SUMMARY:
        faults.append(problems.SECOND_STEP_IS_SUMMARY.at("#/kind"))
