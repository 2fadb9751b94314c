"""Terms of law at their borders: new year, moved working days, midnight, the end of the calendar.

The days are counted by hand from the notices of the State Council for 2024 to 2026.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

import pytest

from tests.domain.inspection.rules.test_whereabouts import BILL
from tongguan.domain.reference.calendar import Calendar
from tongguan.domain.reference.hours import due_after, read_hours
from tongguan.domain.reference.rules.exchange import fixing_day
from tongguan.domain.reference.rules.pack import read_pack
from tongguan.domain.reference.values import Snapshot
from tongguan.domain.revenue.rules import lateness, law
from tongguan.domain.revenue.rules.coming import Coming, days_late
from tongguan.processes.lodgement.holds import last_day, payment_due, supplement_due

PACK: Final = Path(__file__).parents[4] / "regions" / "jingjinji"
CALENDAR: Final = Calendar({})


@pytest.fixture(scope="module")
def region() -> Snapshot:
    """Return the law of the first region."""
    found, faults = read_pack(PACK)
    assert faults == ()
    return found


@pytest.mark.parametrize(
    ("transport", "accepted", "days"),
    [
        ("2026-01-01", "2026-01-15", 0),  # the fourteenth day, the first not counted
        ("2026-01-01", "2026-01-16", 1),
        ("2025-12-17", "2025-12-31", 0),
        ("2025-12-17", "2026-01-03", 0),  # 1 to 3 January are a holiday
        ("2025-12-17", "2026-01-04", 1),  # a Sunday that is worked
        ("2025-12-17", "2026-01-05", 2),
        ("2025-12-18", "2026-01-02", 0),
        ("2026-09-16", "2026-10-07", 0),  # National Day to 7 October
        ("2026-09-16", "2026-10-08", 1),
        ("2026-09-16", "2026-10-10", 3),  # a Saturday that is worked
        ("2026-09-25", "2026-10-10", 1),  # the fee begins on that Saturday
        ("2026-01-30", "2026-02-14", 1),  # a Saturday that is worked, before Spring Festival
        ("2026-01-30", "2026-02-16", 3),  # once begun, holidays count
        ("2026-01-31", "2026-02-23", 0),  # Spring Festival, 15 to 23 February
        ("2026-01-31", "2026-02-24", 1),
        ("2024-02-15", "2024-02-29", 0),  # a leap year
        ("2024-02-15", "2024-03-01", 1),
        ("2026-01-05", "2026-06-01", 76),  # 20 January to 5 April, the ninetieth day
        ("2026-12-17", "2026-12-31", 0),
        ("2026-12-16", "2026-12-31", 1),
    ],
)
def test_the_fee_begins_on_the_first_working_day_after_the_fourteenth(
    region: Snapshot, transport: str, accepted: str, days: int
) -> None:
    day = date.fromisoformat(accepted)
    came = Coming(date.fromisoformat(transport))

    assert days_late(day, came, law=law.of(region, day), calendar=region.calendar) == days


@pytest.mark.parametrize(
    ("coming", "accepted", "days"),
    [
        # requested on the fourteenth day after the transport, and one later
        (Coming(date(2026, 3, 2), transit=True), date(2026, 3, 16), 0),
        (Coming(date(2026, 3, 2), transit=True), date(2026, 3, 17), 1),
        # reached on 2 March: its own term begins, however long ago the transport came
        (Coming(date(2026, 1, 5), True, date(2026, 3, 2)), date(2026, 3, 16), 0),
        (Coming(date(2026, 1, 5), True, date(2026, 3, 2)), date(2026, 3, 17), 1),
        # reached on the day of acceptance: it had reached
        (Coming(date(2026, 1, 5), True, date(2026, 3, 2)), date(2026, 3, 2), 0),
        # reached a day later: the term to request transit counts, from 20 January
        (Coming(date(2026, 1, 5), True, date(2026, 3, 2)), date(2026, 3, 1), 41),
        (Coming(None, True, date(2026, 9, 16)), date(2026, 10, 8), 1),
        (Coming(None, True, None), date(2026, 10, 8), 0),
    ],
)
def test_goods_in_transit_have_two_terms(
    region: Snapshot, coming: Coming, accepted: date, days: int
) -> None:
    found = days_late(accepted, coming, law=law.of(region, accepted), calendar=region.calendar)

    assert found == days


@pytest.mark.parametrize(
    ("issued", "due"),
    [
        ("2026-09-15", "2026-09-30"),
        ("2026-09-16", "2026-10-08"),
        ("2025-12-16", "2025-12-31"),
        ("2025-12-17", "2026-01-04"),  # a Sunday that is worked
        ("2026-01-30", "2026-02-14"),  # a Saturday that is worked
        ("2026-01-31", "2026-02-24"),
        ("2026-09-05", "2026-09-20"),  # a Sunday that is worked
        ("2026-09-11", "2026-09-28"),  # Mid-Autumn, 25 to 27 September
        ("2024-11-30", "2024-12-16"),
        ("2024-12-01", "2024-12-16"),
        ("2026-12-20", "2027-01-04"),  # beyond the calendar: Monday to Friday
        ("2026-12-31", "2027-01-15"),
    ],
)
def test_the_last_day_to_pay_is_a_working_day(issued: str, due: str) -> None:
    found = lateness.payment_due(date.fromisoformat(issued), allowed=15, calendar=CALENDAR)

    assert found == date.fromisoformat(due)


@pytest.mark.parametrize(
    ("moment", "due"),
    [
        (datetime(2026, 9, 15, 15, 59, 59, tzinfo=UTC), datetime(2026, 9, 30, 16, tzinfo=UTC)),
        (datetime(2026, 9, 15, 16, 0, tzinfo=UTC), datetime(2026, 10, 8, 16, tzinfo=UTC)),
        (datetime(2025, 12, 31, 15, 59, 59, tzinfo=UTC), datetime(2026, 1, 15, 16, tzinfo=UTC)),
        (datetime(2025, 12, 31, 16, 0, tzinfo=UTC), datetime(2026, 1, 16, 16, tzinfo=UTC)),
    ],
)
def test_a_day_begins_at_midnight_of_the_region(
    region: Snapshot, moment: datetime, due: datetime
) -> None:
    found = payment_due(moment, region)

    assert found == due
    assert last_day(found) == (due + timedelta(hours=8)).date() - timedelta(days=1)


@pytest.mark.parametrize(
    ("transport", "due"),
    [
        (datetime(2026, 9, 16, 15, 59, 59, tzinfo=UTC), date(2026, 9, 30)),
        (datetime(2026, 9, 16, 16, 0, tzinfo=UTC), date(2026, 10, 8)),
        (None, date(2026, 10, 15)),
    ],
)
def test_the_second_step_is_due_fourteen_days_after_the_transport(
    region: Snapshot, transport: datetime | None, due: date
) -> None:
    accepted = datetime(2026, 9, 30, 16, 0, tzinfo=UTC)

    found = supplement_due(accepted, replace(BILL, transport_at=transport), region)

    assert last_day(found) == due


@pytest.mark.parametrize(
    ("asked", "last"),
    [
        ("2026-09-30", "2026-10-13"),  # 8, 9, the worked 10, 12, 13
        ("2026-02-13", "2026-02-27"),  # the worked 14, 24, 25, 26, 27
        ("2025-12-31", "2026-01-08"),  # the worked Sunday 4, 5, 6, 7, 8
        ("2026-05-09", "2026-05-15"),
        ("2026-10-01", "2026-10-13"),
        ("2026-12-31", "2027-01-07"),
    ],
)
def test_an_answer_is_due_five_working_days_after_the_question(asked: str, last: str) -> None:
    assert CALENDAR.add_working(date.fromisoformat(asked), 5) == date.fromisoformat(last)


@pytest.mark.parametrize(
    ("month", "day"),
    [
        (date(2026, 3, 1), date(2026, 2, 25)),  # the third Wednesday lies in Spring Festival
        (date(2015, 3, 1), date(2015, 2, 25)),
        (date(2025, 3, 1), date(2025, 2, 19)),
        (date(2026, 1, 31), date(2025, 12, 17)),
        (date(2027, 1, 1), date(2026, 12, 16)),
        (date(2026, 11, 30), date(2026, 10, 21)),
        (date(2026, 7, 1), date(2026, 6, 17)),  # a month that begins on a Monday
        (date(2025, 2, 1), date(2025, 1, 15)),  # one that begins on a Wednesday
    ],
)
def test_a_rate_is_that_of_the_third_wednesday_or_of_the_fourth(month: date, day: date) -> None:
    assert fixing_day(month, CALENDAR) == day


@pytest.mark.parametrize(
    ("start", "due"),
    [
        # half an hour is left on 30 September, the rest follows on 8 October
        (datetime(2026, 9, 30, 8, 30, tzinfo=UTC), datetime(2026, 10, 8, 3, 0, tzinfo=UTC)),
        # a Saturday that is worked
        (datetime(2026, 10, 10, 1, 0, tzinfo=UTC), datetime(2026, 10, 10, 4, 0, tzinfo=UTC)),
        # midnight of the region begins a working day
        (datetime(2026, 10, 7, 16, 0, tzinfo=UTC), datetime(2026, 10, 8, 3, 30, tzinfo=UTC)),
        # at closing time nothing is left of the day
        (datetime(2025, 12, 31, 9, 0, tzinfo=UTC), datetime(2026, 1, 4, 3, 30, tzinfo=UTC)),
        # exactly three hours are left
        (datetime(2025, 12, 31, 6, 0, tzinfo=UTC), datetime(2025, 12, 31, 9, 0, tzinfo=UTC)),
    ],
)
def test_a_promise_of_three_hours_counts_office_hours(start: datetime, due: datetime) -> None:
    hours = read_hours("08:30-17:00")

    assert due_after(start, timedelta(hours=3), hours=hours, calendar=CALENDAR) == due


def test_beyond_the_calendar_a_notice_moves_what_is_counted_from_then_on() -> None:
    free = dict.fromkeys((date(2027, 1, 1), date(2027, 1, 4)), False)
    noticed = CALENDAR.with_announced({**free, date(2027, 1, 2): True})

    assert CALENDAR.beyond(date(2026, 12, 31)) == {}
    assert CALENDAR.beyond(date(2027, 1, 1)) == {"calendar_ends": "2026-12-31"}
    assert CALENDAR.next_working(date(2027, 1, 1)) == date(2027, 1, 1)
    assert noticed.next_working(date(2027, 1, 1)) == date(2027, 1, 2)
    assert noticed.next_working(date(2027, 1, 3)) == date(2027, 1, 5)
    assert noticed.beyond(date(2027, 1, 1)) == {"calendar_ends": "2026-12-31"}
