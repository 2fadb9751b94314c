"""What the trader confirms about the price. Source: completion rules 20 of 2016, 60/2018."""

from tongguan.domain.declarations import problems
from tongguan.domain.declarations.values import Flow, Submission
from tongguan.kernel.problems import Fault


def check(submission: Submission, faults: list[Fault]) -> None:
    """Tell confirmations that contradict one another; missing ones are told as missing fields."""
    if submission.flow is not Flow.IMPORT:
        return
    confirmed = submission.confirmations
    if confirmed.price_effect and confirmed.relationship is False:
        faults.append(problems.EFFECT_WITHOUT_RELATIONSHIP.at("#/confirmations/price_effect"))
