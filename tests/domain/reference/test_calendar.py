"""Working days: notices of the State Council, plain weekends beyond them, the region's own days."""

from datetime import date, timedelta
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongguan.domain.reference.calendar import Calendar
from tongguan.domain.reference.rules.calendar_file import Reason, read_days

PLAIN: Final = Calendar({})
DAYS: Final = st.dates(date(2014, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2014, 10, 7), False),
        (date(2014, 10, 8), True),
        (date(2014, 10, 11), True),
        (date(2020, 1, 31), False),
        (date(2026, 2, 17), False),
        (date(2033, 10, 1), False),
        (date(2033, 10, 3), True),
    ],
)
def test_a_day_is_worked_or_not(day: date, *, working: bool) -> None:
    assert PLAIN.is_working(day) is working


def test_the_regions_own_days_stand_before_the_national_ones() -> None:
    own = Calendar({date(2026, 10, 1): True, date(2026, 11, 24): False})

    assert own.is_working(date(2026, 10, 1))
    assert not own.is_working(date(2026, 11, 24))


@given(DAYS)
def test_the_next_working_day_is_worked_and_no_day_before_it(day: date) -> None:
    found = PLAIN.next_working(day)

    assert PLAIN.is_working(found)
    assert not any(
        PLAIN.is_working(day + timedelta(days=ahead)) for ahead in range((found - day).days)
    )


@given(DAYS, st.integers(0, 15))
def test_so_many_working_days_lie_between(day: date, count: int) -> None:
    found = PLAIN.add_working(day, count)

    between = (day + timedelta(days=ahead + 1) for ahead in range((found - day).days))
    assert sum(PLAIN.is_working(one) for one in between) == count


def test_the_library_knows_whole_years_and_the_calendar_ends_with_the_last() -> None:
    assert PLAIN.ends >= date(2026, 12, 31)
    assert (PLAIN.ends.month, PLAIN.ends.day) == (12, 31)
    assert PLAIN.beyond(PLAIN.ends) == {}
    assert PLAIN.beyond(PLAIN.ends + timedelta(days=1)) == {"calendar_ends": PLAIN.ends.isoformat()}


def test_announced_days_carry_the_calendar_to_the_end_of_their_year() -> None:
    later = PLAIN.ends.year + 1

    known = PLAIN.with_announced({date(later, 10, 1): False})
    skipped = PLAIN.with_announced({date(later + 1, 10, 1): False})

    assert known.ends == date(later, 12, 31)
    assert skipped.ends == PLAIN.ends
    assert not known.is_working(date(later, 10, 1))


def test_a_later_notice_corrects_what_the_library_knows_and_the_region_stands_before_both() -> None:
    corrected = PLAIN.with_announced({date(2026, 11, 24): False, date(2026, 11, 25): False})
    own = Calendar({date(2026, 11, 25): True}, corrected.announced)

    assert PLAIN.is_working(date(2026, 11, 24))
    assert not own.is_working(date(2026, 11, 24))
    assert own.is_working(date(2026, 11, 25))


KNOWN: Final = date(2030, 12, 31)
HEAD: Final = "day,kind,source\n"
YEAR: Final = f"{HEAD}2031-10-01,holiday,a notice\n2031-10-11,worked,a notice\n"


def test_a_file_of_holidays_is_read() -> None:
    days, faults = read_days(YEAR, file="h.csv", known_until=KNOWN)

    assert faults == []
    assert {day: row.worked for day, row in days.items()} == {
        date(2031, 10, 1): False,
        date(2031, 10, 11): True,
    }
    assert days[date(2031, 10, 1)].source == "a notice"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("2031-13-01,holiday,n", Reason.DAY),
        ("2031-10-02,free,n", Reason.KIND),
        ("2031-10-02,holiday,", Reason.SOURCE),
        ("2031-10-01,holiday,n", Reason.TWICE),
        ("2031-10-13,worked,n", Reason.WEEKDAY),
        ("2031-10-02,holiday", Reason.LENGTH),
    ],
)
def test_a_wrong_row_of_holidays_is_told_with_its_number(row: str, reason: Reason) -> None:
    _, [fault] = read_days(YEAR + row, file="h.csv", known_until=KNOWN)

    assert (fault.problem.code, fault.facts["row"]) == ("REF-029", 4)
    assert fault.facts["reason"] is reason


def test_a_new_year_is_listed_as_a_whole_and_a_known_one_may_be_corrected() -> None:
    part = f"{HEAD}2031-01-01,holiday,n\n"
    correction = f"{HEAD}2030-01-02,holiday,n\n"

    _, [fault] = read_days(part, file="h.csv", known_until=KNOWN)

    assert (fault.problem.code, fault.facts["year"]) == ("REF-030", 2031)
    assert read_days(correction, file="h.csv", known_until=KNOWN)[1] == []


@pytest.mark.parametrize("text", ["", "day,kind\n", 'day,kind,source\n"2031'])
def test_what_is_no_list_of_holidays_is_refused(text: str) -> None:
    days, [fault] = read_days(text, file="h.csv", known_until=KNOWN)

    assert days == {}
    assert fault.problem.code == "REF-028"
