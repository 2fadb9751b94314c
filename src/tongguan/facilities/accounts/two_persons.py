"""Acts that need two persons: the table of them all, and the check that each of them makes.

A test tries every act of the table with the same person twice, with software and with accounts
that were withdrawn; another refuses code that compares two accounts without this check.
"""

from collections.abc import Collection
from enum import Enum
from typing import Final

from tongguan.facilities.accounts import problems
from tongguan.facilities.accounts.queries import withdrawn
from tongguan.facilities.accounts.rules.duties import require_person
from tongguan.facilities.accounts.values import Actor
from tongguan.kernel.problems import Problem

STANDS: Final = True
"""What the first did has taken effect; otherwise the second confirms what the first asked for."""


class TwoPersonAct(Enum):
    """An act, with the command of its first person and that of its second.

    Commands are named as `room.module:function` below `tongguan.domain`.

    Attributes:
        first: the command of the first person.
        second: the command of the second person, which makes the check.
        stands: what the first did has taken effect by itself (a finding, a suspension), and counts
            when the account of the first is withdrawn later. A request does not.
        software_first: the first may be software: a carrier's, when it claims or asks something.
    """

    APPROVE_CRITERION = ("risk.approvals:propose", "risk.approvals:approve")
    REFUSE_CRITERION = ("risk.approvals:propose", "risk.approvals:refuse")
    APPROVE_MODEL = ("risk.approvals:keep_model", "risk.approvals:approve")
    RESUME_CRITERION = ("risk.approvals:suspend", "risk.approvals:resume", STANDS)
    CORRECT_RATE = ("reference.commands:propose_rate", "reference.commands:confirm_rate")
    LOAD_TARIFF = ("reference.commands:load_tariff", "reference.commands:approve_tariff")
    LOAD_PAST_HOLIDAYS = (
        "reference.holidays:load_calendar",
        "reference.holidays:approve_calendar",
    )
    LIFT_INSTRUCTION = ("coordination.commands:lift", "coordination.commands:lift")
    RECALL_ORDER = ("release.commands:ask_recall", "release.commands:confirm_recall")
    SEND_ORDER_AGAIN = ("release.commands:ask_recall", "release.commands:send_again", STANDS)
    DRAW_OFFICERS = ("inspection.officers:mark_present", "inspection.officers:draw", STANDS)
    DRAW_SUBSTITUTES = (
        "inspection.officers:mark_present",
        "inspection.officers:confirm_replacement",
        STANDS,
    )
    REPLACE_OFFICERS = (
        "inspection.officers:ask_replacement",
        "inspection.officers:confirm_replacement",
    )
    SIGN_RECORD = ("inspection.signing:sign", "inspection.signing:sign", STANDS)
    DECIDE_CASE = ("review.commands:close_review", "review.cases:decide_case", STANDS)
    CHANGE_DECISION = ("review.cases:decide_case", "review.cases:decide_case", STANDS)
    REFUSE_RELEASE = ("review.commands:close_review", "review.revocations:refuse", STANDS)
    DECIDE_DISPUTE = (
        "cargo.commands:receive_manifest",
        "cargo.decisions:decide_dispute",
        STANDS,
        True,
    )
    DECIDE_DIVERSION = (
        "cargo.decisions:ask_diversion",
        "cargo.decisions:decide_diversion",
        STANDS,
        True,
    )

    def __init__(
        self, first: str, second: str, stands: bool = False, software_first: bool = False
    ) -> None:
        """Take the columns of a row."""
        self.first, self.second = first, second
        self.stands, self.software_first = stands, software_first


def require_second(
    act: TwoPersonAct, by: Actor, *, first: Collection[str], refusal: Problem, **facts: object
) -> None:
    """Refuse the second part of an act to whoever did the first, to software, and to the dismissed.

    Args:
        act: the row of the table.
        by: who does the second part.
        first: the accounts that did the first part.
        refusal: what somebody is told who did the first part himself; it names the `person`.
        facts: what else the refusal tells.

    Raises:
        ProblemError: ACC-014 no person, ACC-015 an account was withdrawn, ACC-016 not signed in;
            the refusal given.

    Cost: one statement.
    """
    require_person(by)
    if by.name in first:
        raise refusal.error(person=by.label, **facts)
    answerable = {by.name} if act.stands else {by.name, *first}
    for account in sorted(withdrawn(answerable)):
        raise problems.ACCOUNT_WITHDRAWN.error(account=account)


def lapsed(first: str) -> bool:
    """Return whether a request counts no more because the account that made it was withdrawn."""
    return bool(withdrawn({first}))
