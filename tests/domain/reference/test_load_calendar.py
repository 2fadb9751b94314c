"""Loading holidays, and what counts by them from then on."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Final

import pytest

from tests.domain.reference.holidays import holidays
from tongguan.domain.reference.holidays import LoadedCalendar, load_calendar
from tongguan.domain.reference.models import CalendarDay, CalendarRelease
from tongguan.domain.reference.queries import calendar_warning, renew, snapshot
from tongguan.facilities.accounts.values import SYSTEM, Actor, Role
from tongguan.facilities.ledger.models import Entry
from tongguan.kernel.problems import ProblemError

pytestmark = pytest.mark.django_db

NOW: Final = datetime(2026, 11, 30, 2, 0, tzinfo=UTC)
TRADER: Final = Actor("zhang", "张", roles=frozenset({Role.TRADER}))


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    """Let each test see what it loads, and none what another had."""
    renew()
    yield
    renew()


def notice(year: int) -> bytes:
    """Return the holidays of a year: the statutory ones, and a day that nobody would guess."""
    rows = [f"{day},holiday,a notice" for day in (*holidays(year), date(year, 3, 3))]
    return "\n".join(["day,kind,source", *rows, ""]).encode()


def load(data: bytes, *, by: Actor = SYSTEM) -> LoadedCalendar:
    return load_calendar(data, name="holidays.csv", by=by, now=NOW)


def test_a_notice_carries_the_calendar_on_and_counts_from_then_on() -> None:
    before = snapshot()
    year = before.calendar.ends.year + 1

    loaded = load(notice(year))
    renew()

    after = snapshot()
    assert (loaded.days, loaded.ends, loaded.repeated) == (14, date(year, 12, 31), False)
    assert after.calendar.ends == date(year, 12, 31)
    assert not after.calendar.is_working(date(year, 3, 3))
    assert after.version != before.version
    assert Entry.objects.get().kind == "CALENDAR_LOADED"


def test_the_same_notice_again_changes_nothing() -> None:
    data = notice(snapshot().calendar.ends.year + 1)
    load(data)

    assert load(data).repeated
    assert (CalendarRelease.objects.count(), CalendarDay.objects.count()) == (1, 14)
    assert Entry.objects.count() == 1


def test_a_later_notice_stands_before_an_earlier_one() -> None:
    year = snapshot().calendar.ends.year + 1
    load(notice(year))
    saturday = next(
        day
        for day in (date(year, 3, 1) + timedelta(days=ahead) for ahead in range(7))
        if day.weekday() == 5
    )
    load(f"day,kind,source\n{saturday},worked,a correction\n".encode())
    renew()

    assert snapshot().calendar.is_working(saturday)
    assert not snapshot().calendar.is_working(date(year, 10, 1))


def test_a_holiday_loaded_wrongly_is_taken_back_by_a_row_or_by_the_year_again() -> None:
    year = snapshot().calendar.ends.year + 1
    wrong = next(day for day in (date(year, 7, at) for at in range(12, 20)) if day.weekday() == 2)
    load(notice(year) + f"{wrong},holiday,a slip\n".encode())
    renew()
    assert not snapshot().calendar.is_working(wrong)

    load(f"day,kind,source\n{wrong},worked,a correction\n".encode())
    renew()
    assert snapshot().calendar.is_working(wrong)

    load(notice(year) + f"{wrong},holiday,a slip\n".encode())
    load(notice(year))
    renew()
    assert snapshot().calendar.is_working(wrong)
    assert snapshot().calendar.ends == date(year, 12, 31)


def test_a_list_that_was_loaded_before_another_holds_again() -> None:
    year = snapshot().calendar.ends.year + 1
    first, second = notice(year), notice(year) + f"{year}-03-04,holiday,n\n".encode()
    load(first)
    load(second)

    assert not load(first).repeated
    assert load(first).repeated
    renew()
    assert date(year, 3, 4) not in snapshot().calendar.announced
    assert CalendarRelease.objects.count() == 3


def test_one_day_of_a_year_is_no_calendar_of_it() -> None:
    before = snapshot().calendar.ends

    with pytest.raises(ProblemError) as refusal:
        load(f"day,kind,source\n{before.year + 1}-10-01,holiday,a notice\n".encode())

    assert [fault.problem.code for fault in refusal.value.faults] == ["REF-030"]
    renew()
    assert snapshot().calendar.ends == before


def test_nothing_is_taken_of_a_faulty_file() -> None:
    year = snapshot().calendar.ends.year + 1

    with pytest.raises(ProblemError) as refusal:
        load(notice(year) + b"soon,holiday,n\n")

    assert [fault.problem.code for fault in refusal.value.faults] == ["REF-029"]
    assert not CalendarRelease.objects.exists()


@pytest.mark.parametrize("data", [b"", b"day,kind,source\n", b"\xff\xfe\xff"])
def test_a_file_without_holidays_is_refused(data: bytes) -> None:
    with pytest.raises(ProblemError) as refusal:
        load(data)

    assert [fault.problem.code for fault in refusal.value.faults] == ["REF-028"]


def test_an_enterprise_loads_no_holidays() -> None:
    with pytest.raises(ProblemError) as refusal:
        load(notice(2031), by=TRADER)

    assert [fault.problem.code for fault in refusal.value.faults] == ["ACC-001"]


@pytest.mark.parametrize(("left", "warned"), [(61, False), (60, True), (0, True), (-1, True)])
def test_operators_are_warned_sixty_days_before_the_calendar_ends(
    left: int, *, warned: bool
) -> None:
    law = snapshot()
    day = law.calendar.ends - timedelta(days=left)

    warning = calendar_warning(law, day)

    assert (warning is not None) is warned
    if warning is not None:
        assert warning.problem.code == "REF-031"
        assert warning.facts["day"] == law.calendar.ends
