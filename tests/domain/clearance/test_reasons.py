"""Why a declaration waits, in the reader's words, and how its deadline was counted."""

from tongguan.domain.clearance.lifecycle import Why
from tongguan.domain.clearance.values import reason


def test_a_deadline_within_the_announced_holidays_is_told_without_more() -> None:
    assert reason(Why.DUTY_DUE, {"amount": "5.00"}, str) == "Duty and taxes of 5.00 CNY are due."


def test_a_deadline_beyond_the_announced_holidays_says_how_it_was_counted() -> None:
    facts = {"amount": "5.00", "calendar_ends": "2026-12-31"}

    assert reason(Why.DUTY_DUE, facts, str) == (
        "Duty and taxes of 5.00 CNY are due. Counted Monday to Friday: holidays after 2026-12-31 "
        "were not announced when it was counted."
    )
