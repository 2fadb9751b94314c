"""Working days: notices of the State Council, plain weekends beyond them, the region's own days."""

from datetime import date, timedelta
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.reference.holidays import holidays
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

    known = PLAIN.with_announced(holidays(later))
    skipped = PLAIN.with_announced(holidays(later + 1))

    assert known.ends == date(later, 12, 31)
    assert skipped.ends == PLAIN.ends
    assert not known.is_working(date(later, 10, 1))


def test_some_days_of_a_year_do_not_carry_the_calendar_on() -> None:
    later = PLAIN.ends.year + 1
    days = holidays(later)
    without_may = {day: worked for day, worked in days.items() if day != date(later, 5, 2)}

    assert PLAIN.with_announced({date(later, 10, 1): False}).ends == PLAIN.ends
    assert PLAIN.with_announced(without_may).ends == PLAIN.ends
    assert PLAIN.with_announced(dict(list(days.items())[:-1])).ends == PLAIN.ends


def test_a_whole_year_replaces_what_was_announced_of_it_and_single_days_correct_it() -> None:
    later = PLAIN.ends.year + 1
    wrong = date(later, 7, 15)
    known = PLAIN.with_announced({**holidays(later), wrong: False})

    assert not known.with_announced({date(later, 7, 16): False}).is_working(wrong)
    assert known.with_announced({wrong: True}).is_working(wrong) is True
    assert wrong not in known.with_announced(holidays(later)).announced


def test_a_later_notice_corrects_what_the_library_knows_and_the_region_stands_before_both() -> None:
    corrected = PLAIN.with_announced({date(2026, 11, 24): False, date(2026, 11, 25): False})
    own = Calendar({date(2026, 11, 25): True}, corrected.announced)

    assert PLAIN.is_working(date(2026, 11, 24))
    assert not own.is_working(date(2026, 11, 24))
    assert own.is_working(date(2026, 11, 25))


KNOWN: Final = PLAIN.with_announced(
    {day: worked for year in range(2027, 2031) for day, worked in holidays(year).items()}
)
HEAD: Final = "day,kind,source\n"
LISTED: Final = "".join(f"{day},holiday,a notice\n" for day in holidays(2031))
YEAR: Final = f"{HEAD}{LISTED}2031-10-11,worked,a notice\n"


def test_a_file_of_holidays_is_read() -> None:
    days, faults = read_days(YEAR, file="h.csv", known=KNOWN)

    assert faults == []
    assert {day: row.worked for day, row in days.items()} == {
        **holidays(2031),
        date(2031, 10, 11): True,
    }
    assert days[date(2031, 10, 1)].source == "a notice"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("2031-13-01,holiday,n", Reason.DAY),
        ("2031-10-20,free,n", Reason.KIND),
        ("2031-10-20,holiday,", Reason.SOURCE),
        ("2031-10-01,holiday,n", Reason.TWICE),
        ("2031-10-13,worked,n", Reason.WEEKDAY),
        ("2031-10-20,holiday", Reason.LENGTH),
    ],
)
def test_a_wrong_row_of_holidays_is_told_with_its_number(row: str, reason: Reason) -> None:
    _, [fault] = read_days(YEAR + row, file="h.csv", known=KNOWN)

    assert (fault.problem.code, fault.facts["row"]) == ("REF-029", 16)
    assert fault.facts["reason"] is reason


def test_a_new_year_is_listed_as_a_whole_and_a_known_one_may_be_corrected() -> None:
    part = f"{HEAD}2031-01-01,holiday,n\n"
    correction = f"{HEAD}2030-01-02,holiday,n\n"

    _, [fault] = read_days(part, file="h.csv", known=KNOWN)

    assert (fault.problem.code, fault.facts["year"]) == ("REF-030", 2031)
    assert fault.facts["missing"] == "2031-05-01"
    assert read_days(correction, file="h.csv", known=KNOWN)[1] == []


def test_a_holiday_that_was_announced_wrongly_is_taken_back() -> None:
    known = KNOWN.with_announced({date(2030, 10, 14): False})
    loaded = f"{HEAD}2030-10-14,worked,a correction\n"
    by_library = f"{HEAD}2025-10-08,worked,a correction\n"

    days, faults = read_days(loaded, file="h.csv", known=known)
    assert faults == []
    assert known.with_announced({day: row.worked for day, row in days.items()}).is_working(
        date(2030, 10, 14)
    )
    assert read_days(by_library, file="h.csv", known=KNOWN)[1] == []
    assert [one.facts["reason"] for one in read_days(loaded, file="h.csv", known=KNOWN)[1]] == [
        Reason.WEEKDAY
    ]


@pytest.mark.parametrize("text", ["", "day,kind\n", 'day,kind,source\n"2031'])
def test_what_is_no_list_of_holidays_is_refused(text: str) -> None:
    days, [fault] = read_days(text, file="h.csv", known=KNOWN)

    assert days == {}
    assert fault.problem.code == "REF-028"
