"""Promises run in the hours of the office only, and are due when these have passed."""

from datetime import date, datetime, timedelta
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.law import law
from tongguan.domain.reference.calendar import Calendar
from tongguan.domain.reference.hours import (
    decision_due,
    due_after,
    read_hours,
    resumed,
    worked_between,
)
from tongguan.kernel.time import LOCAL

DAY: Final = read_hours("08:30-17:00")
SHIFTS: Final = read_hours("08:30-12:00 13:30-17:00")
HOURS_3: Final = timedelta(hours=3)
PLAIN: Final = Calendar({})
MOMENTS: Final = st.builds(
    datetime.combine, st.dates(date(2026, 1, 1), date(2028, 12, 31)), st.times(), st.just(LOCAL)
)


def at(text: str) -> datetime:
    """Return a moment of the region."""
    return datetime.fromisoformat(text).replace(tzinfo=LOCAL)


@pytest.mark.parametrize(
    ("accepted", "due"),
    [
        ("2026-11-30 10:00", "2026-11-30 13:00"),
        ("2026-11-30 14:00", "2026-11-30 17:00"),
        ("2026-11-30 16:00", "2026-12-01 10:30"),
        ("2026-11-30 18:00", "2026-12-01 11:30"),
        ("2026-11-30 03:00", "2026-11-30 11:30"),
        ("2026-11-28 03:00", "2026-11-30 11:30"),
        ("2026-11-27 16:30", "2026-11-30 11:00"),
        ("2026-10-01 03:00", "2026-10-08 11:30"),
        ("2026-10-10 03:00", "2026-10-10 11:30"),
    ],
    ids=[
        "morning",
        "to closing",
        "over night",
        "evening",
        "night",
        "Saturday",
        "over a weekend",
        "National Day",
        "a Saturday that is worked",
    ],
)
def test_a_promise_of_three_hours_is_counted_in_office_hours(accepted: str, due: str) -> None:
    assert due_after(at(accepted), HOURS_3, hours=DAY, calendar=PLAIN) == at(due)


@pytest.mark.parametrize(
    ("accepted", "due"),
    [
        ("2026-11-30 11:00", "2026-11-30 15:30"),
        ("2026-11-30 12:30", "2026-11-30 16:30"),
        ("2026-11-30 09:00", "2026-11-30 12:00"),
    ],
)
def test_a_break_does_not_count(accepted: str, due: str) -> None:
    assert due_after(at(accepted), HOURS_3, hours=SHIFTS, calendar=PLAIN) == at(due)


@given(MOMENTS, st.integers(1, 5_000))
def test_a_promise_is_due_while_the_office_works_and_never_sooner_than_promised(
    start: datetime, minutes: int
) -> None:
    due = due_after(start, timedelta(minutes=minutes), hours=SHIFTS, calendar=PLAIN)

    assert due - start >= timedelta(minutes=minutes)
    assert PLAIN.is_working(due.date())
    assert any(since < due.time() <= until for since, until in SHIFTS.spans)


@given(MOMENTS, st.integers(1, 1_000), st.integers(1, 1_000))
def test_two_promises_one_after_the_other_are_one(start: datetime, one: int, other: int) -> None:
    first = due_after(start, timedelta(minutes=one), hours=SHIFTS, calendar=PLAIN)

    both = due_after(first, timedelta(minutes=other), hours=SHIFTS, calendar=PLAIN)

    assert both == due_after(start, timedelta(minutes=one + other), hours=SHIFTS, calendar=PLAIN)


@pytest.mark.parametrize(
    "words", ["", "8-17", "08:30", "17:00-08:30", "08:30-12:00 11:00-17:00", "08:30-08:30"]
)
def test_hours_that_cannot_be_are_refused(words: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        read_hours(words)


def test_a_first_decision_is_promised_by_the_law_of_the_region() -> None:
    region = law(first_decision_minutes="60", office_hours="10:00-12:00")

    assert decision_due(at("2026-11-28 03:00"), region) == at("2026-11-30 11:00")


@given(MOMENTS, st.integers(1, 1_000))
def test_what_is_promised_is_what_is_worked_until_it_is_due(start: datetime, minutes: int) -> None:
    promised = timedelta(minutes=minutes)

    due = due_after(start, promised, hours=SHIFTS, calendar=PLAIN)

    assert worked_between(start, due, hours=SHIFTS, calendar=PLAIN) == promised


@pytest.mark.parametrize(
    ("due", "since", "now", "moved"),
    [
        ("2026-11-27 13:00", "2026-11-27 11:00", "2026-11-27 12:00", "2026-11-27 14:00"),
        ("2026-11-27 16:00", "2026-11-27 15:00", "2026-11-29 20:00", "2026-11-30 09:30"),
        ("2026-11-30 09:30", "2026-11-27 16:00", "2026-11-30 10:00", "2026-11-30 12:00"),
        ("2026-11-27 10:00", "2026-11-27 11:00", "2026-11-27 12:00", "2026-11-27 11:00"),
    ],
    ids=["within a day", "over a weekend", "left over night", "late already"],
)
def test_a_clock_that_stood_still_goes_on_with_the_office_hours_that_were_left(
    due: str, since: str, now: str, moved: str
) -> None:
    found = resumed(at(due), since=at(since), now=at(now), reference=law())

    assert found == at(moved)
