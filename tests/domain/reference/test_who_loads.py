"""Who changes the law the house computes with: one person loads, another puts it in force."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Final

import pytest
from django.db import IntegrityError, transaction

from tests.domain.reference.holidays import holidays as of_year
from tests.domain.reference.test_tariff_file import ROW, changed, sheet
from tests.facilities.accounts.factories import PersonFactory
from tongguan.domain.reference.commands import Loaded, approve_tariff, load_tariff
from tongguan.domain.reference.holidays import LoadedCalendar, approve_calendar, load_calendar
from tongguan.domain.reference.loaded import holidays, releases
from tongguan.domain.reference.models import CalendarRelease, TariffRelease
from tongguan.domain.reference.queries import renew, snapshot
from tongguan.facilities.accounts.models import Person
from tongguan.facilities.accounts.values import SYSTEM, Actor, Role
from tongguan.facilities.ledger.models import Entry
from tongguan.kernel.problems import ProblemError

pytestmark = pytest.mark.django_db

NOW: Final = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
TODAY: Final = date(2026, 11, 24)
YESTERDAY: Final = date(2026, 11, 23)
WANG: Final = Actor("wang", "王", 1, roles=frozenset({Role.REVENUE}))
LI: Final = Actor("li", "李", 2, roles=frozenset({Role.ADMINISTRATOR}))
PAST: Final = b"day,kind,source\n2026-10-13,holiday,a notice\n"
"""A working Tuesday that is over."""


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    """Let each test see what it loads, and none what another had."""
    renew()
    yield
    renew()


def load(
    rate: str = "0.05", *, since: date = TODAY, by: Actor = WANG, why: str = "", now: datetime = NOW
) -> Loaded:
    return load_tariff(
        sheet(changed(mfn_rate=rate)),
        name="a test",
        source="a notice",
        valid_from=since,
        backdated=why,
        by=by,
        now=now,
    )


def load_days(data: bytes, *, by: Actor = WANG, why: str = "") -> LoadedCalendar:
    return load_calendar(data, name="a test", backdated=why, by=by, now=NOW)


def rate_on(day: date) -> Decimal | None:
    renew()
    line = snapshot().tariff.line(ROW["hs10"], day)
    assert line is not None
    return line.mfn


def codes_of(refusal: pytest.ExceptionInfo[ProblemError]) -> list[str]:
    return [fault.problem.code for fault in refusal.value.faults]


def test_a_tariff_counts_once_a_second_person_approves_it() -> None:
    before = rate_on(TODAY)

    loaded = load()
    waiting = rate_on(TODAY)
    approve_tariff(loaded.release, by=LI, now=NOW + timedelta(hours=1))

    assert loaded.waits
    assert waiting == before != Decimal("0.05")
    assert rate_on(TODAY) == Decimal("0.05")
    [row] = releases()
    assert (row.loaded_by, row.approved_by, row.waiting_since) == ("wang", "li", None)
    told = [(one.kind, one.by) for one in Entry.objects.order_by("number")]
    assert told == [("TARIFF_LOADED", "wang"), ("TARIFF_APPROVED", "li")]


def test_a_tariff_of_a_day_that_is_over_takes_a_reason() -> None:
    with pytest.raises(ProblemError) as refusal:
        load(since=YESTERDAY)
    with pytest.raises(ProblemError) as blank:
        load(since=YESTERDAY, why="  ")

    assert codes_of(refusal) == codes_of(blank) == ["REF-080"]
    assert not TariffRelease.objects.exists()

    loaded = load(since=YESTERDAY, why="announced late")
    approve_tariff(loaded.release, by=LI, now=NOW)

    assert rate_on(YESTERDAY) == Decimal("0.05")
    assert releases()[0].backdated == "announced late"
    assert Entry.objects.get(kind="TARIFF_LOADED").facts["backdated"] == "announced late"


@pytest.mark.parametrize(
    ("moment", "refused"),
    [
        (datetime(2026, 11, 24, 15, 59, 59, tzinfo=UTC), False),
        (datetime(2026, 11, 24, 16, 0, tzinfo=UTC), True),
    ],
)
def test_a_day_is_over_at_midnight_of_the_region(moment: datetime, *, refused: bool) -> None:
    if refused:
        with pytest.raises(ProblemError) as refusal:
            load(since=TODAY, now=moment)
        assert codes_of(refusal) == ["REF-080"]
    else:
        assert load(since=TODAY, now=moment).waits


def test_a_tariff_that_waited_beyond_its_first_day_is_not_approved_any_more() -> None:
    loaded = load(since=TODAY)

    with pytest.raises(ProblemError) as refusal:
        approve_tariff(loaded.release, by=LI, now=NOW + timedelta(days=1))

    assert codes_of(refusal) == ["REF-080"]
    again = load(since=TODAY, why="approved late", now=NOW + timedelta(days=1))
    approve_tariff(again.release, by=LI, now=NOW + timedelta(days=1))
    assert rate_on(TODAY) == Decimal("0.05")


def test_of_two_tariffs_of_a_day_the_one_loaded_and_approved_later_goes_first() -> None:
    first, second = load("0.05"), load("0.06")

    approve_tariff(first.release, by=LI, now=NOW + timedelta(minutes=1))
    assert rate_on(TODAY) == Decimal("0.05")
    with pytest.raises(ProblemError) as refusal:
        approve_tariff(second.release, by=LI, now=NOW + timedelta(minutes=2))
    assert codes_of(refusal) == ["REF-083"]
    third = load("0.06", now=NOW + timedelta(minutes=3))
    approve_tariff(third.release, by=LI, now=NOW + timedelta(minutes=4))

    assert third.release != second.release
    assert rate_on(TODAY) == Decimal("0.06")
    assert load("0.06").repeated
    assert not load("0.05").repeated


def test_a_tariff_that_waited_while_a_later_one_came_in_force_does_not_undo_it() -> None:
    first, second = load("0.05"), load("0.06")
    approve_tariff(second.release, by=LI, now=NOW)

    with pytest.raises(ProblemError) as refusal:
        approve_tariff(first.release, by=LI, now=NOW + timedelta(hours=4))

    assert codes_of(refusal) == ["REF-083"]
    assert refusal.value.faults[0].facts["later"] == second.release
    assert rate_on(TODAY) == Decimal("0.06")
    again = load("0.05", now=NOW + timedelta(hours=5))
    assert (again.repeated, again.waits) == (False, True)
    approve_tariff(again.release, by=LI, now=NOW + timedelta(hours=6))
    assert rate_on(TODAY) == Decimal("0.05")


def test_a_tariff_of_another_day_does_not_stop_one_that_waits() -> None:
    first, other = load("0.05"), load("0.06", since=TODAY + timedelta(days=5))
    approve_tariff(other.release, by=LI, now=NOW + timedelta(hours=1))

    approve_tariff(first.release, by=LI, now=NOW + timedelta(hours=2))

    assert rate_on(TODAY) == Decimal("0.05")
    assert rate_on(TODAY + timedelta(days=5)) == Decimal("0.06")


def test_a_tariff_takes_the_place_of_one_that_was_in_force_when_it_was_loaded() -> None:
    first = load("0.05")
    approve_tariff(first.release, by=LI, now=NOW)
    second = load("0.06")

    approve_tariff(second.release, by=LI, now=NOW)

    assert rate_on(TODAY) == Decimal("0.06")


def test_a_file_that_waits_is_loaded_once_unless_its_loader_was_dismissed() -> None:
    first = load()
    again = load(by=LI)
    PersonFactory.create(username="wang", is_active=False)

    anew = load(by=LI)

    assert (again.release, again.repeated, again.waits) == (first.release, True, True)
    assert (anew.release != first.release, anew.repeated) == (True, False)


def test_a_release_is_approved_once_and_only_where_it_waits() -> None:
    loaded = load()
    approve_tariff(loaded.release, by=LI, now=NOW)

    for release in (loaded.release, loaded.release + 1):
        with pytest.raises(ProblemError) as refusal:
            approve_tariff(release, by=LI, now=NOW)
        assert codes_of(refusal) == ["REF-081"]
    with pytest.raises(ProblemError) as refusal:
        approve_calendar(1, by=LI, now=NOW)
    assert codes_of(refusal) == ["REF-081"]


def test_the_operator_loads_alone_only_where_no_person_was_ever_admitted() -> None:
    assert not load(by=SYSTEM).waits
    assert rate_on(TODAY) == Decimal("0.05")
    assert Entry.objects.get().by == "system"
    PersonFactory.create(is_active=False)

    with pytest.raises(ProblemError) as tariff:
        load("0.06", by=SYSTEM)
    with pytest.raises(ProblemError) as calendar:
        load_days(PAST, by=SYSTEM)

    assert codes_of(tariff) == codes_of(calendar) == ["REF-082"]


def test_what_is_wrong_with_a_file_is_told_before_who_may_load_it() -> None:
    PersonFactory.create()

    with pytest.raises(ProblemError) as tariff:
        load("8", by=SYSTEM)
    with pytest.raises(ProblemError) as calendar:
        load_days(b"day,kind,source\n2026-10-13,feast,a notice\n", by=SYSTEM)

    assert codes_of(tariff) == ["REF-020"]
    assert codes_of(calendar) == ["REF-029"]


def test_holidays_to_come_are_loaded_by_one_person() -> None:
    year = snapshot().calendar.ends.year + 1
    rows = "".join(f"{day},holiday,a notice\n" for day in of_year(year))

    loaded = load_days(f"day,kind,source\n{rows}".encode())
    renew()

    assert not loaded.waits
    assert snapshot().calendar.ends == date(year, 12, 31)
    [row] = holidays()
    assert (row.loaded_by, row.waiting_since, row.approved_by) == ("wang", None, "")


def test_a_holiday_of_a_day_that_is_over_takes_a_reason_and_a_second_person() -> None:
    with pytest.raises(ProblemError) as refusal:
        load_days(PAST)
    assert codes_of(refusal) == ["REF-080"]
    assert refusal.value.faults[0].facts["day"] == date(2026, 10, 13)

    loaded = load_days(PAST, why="announced late")
    renew()
    assert loaded.waits
    assert snapshot().calendar.is_working(date(2026, 10, 13))

    approve_calendar(loaded.release, by=LI, now=NOW)
    renew()
    assert not snapshot().calendar.is_working(date(2026, 10, 13))
    assert [one.kind for one in Entry.objects.order_by("number")] == [
        "CALENDAR_LOADED",
        "CALENDAR_APPROVED",
    ]


def test_a_list_with_days_that_are_over_as_everybody_knows_them_takes_no_second_person() -> None:
    known = b"day,kind,source\n2026-10-01,holiday,n\n2026-11-25,holiday,n\n"

    loaded = load_days(known)
    renew()

    assert not loaded.waits
    assert not snapshot().calendar.is_working(date(2026, 11, 25))


def test_a_year_that_takes_back_a_holiday_of_a_day_that_is_over_is_noticed() -> None:
    loaded = load_days(PAST, why="announced late")
    approve_calendar(loaded.release, by=LI, now=NOW)
    renew()
    rows = "".join(f"{day},holiday,a notice\n" for day in of_year(2026))

    with pytest.raises(ProblemError) as refusal:
        load_days(f"day,kind,source\n{rows}".encode())

    assert codes_of(refusal) == ["REF-080"]


def test_today_counts_as_over_since_terms_end_today() -> None:
    file = f"day,kind,source\n{TODAY},holiday,n\n".encode()

    with pytest.raises(ProblemError) as refusal:
        load_days(file)
    assert codes_of(refusal) == ["REF-080"]
    assert refusal.value.faults[0].facts["day"] == TODAY

    loaded = load_days(file, why="typhoon")
    renew()
    assert loaded.waits
    assert snapshot().calendar.is_working(TODAY)

    approve_calendar(loaded.release, by=LI, now=NOW)
    renew()
    assert not snapshot().calendar.is_working(TODAY)


def test_tomorrow_is_in_advance() -> None:
    tomorrow = TODAY + timedelta(days=1)

    assert not load_days(f"day,kind,source\n{tomorrow},holiday,n\n".encode()).waits


def test_a_year_of_holidays_that_waited_does_not_undo_a_notice_that_came_in_force() -> None:
    rows = "".join(f"{day},holiday,a notice\n" for day in of_year(2026))
    year = PAST + rows.encode()
    waiting = load_days(year, why="announced late")
    urgent = load_days(b"day,kind,source\n2026-12-08,holiday,a notice\n")

    with pytest.raises(ProblemError) as refusal:
        approve_calendar(waiting.release, by=LI, now=NOW + timedelta(days=1))
    renew()

    assert (waiting.waits, urgent.waits) == (True, False)
    assert codes_of(refusal) == ["REF-083"]
    assert refusal.value.faults[0].facts["later"] == urgent.release
    assert not snapshot().calendar.is_working(date(2026, 12, 8))
    again = load_days(year, why="announced late")
    assert (again.repeated, again.release != waiting.release) == (False, True)
    approve_calendar(again.release, by=LI, now=NOW + timedelta(days=1))
    renew()
    assert snapshot().calendar.is_working(date(2026, 12, 8))


@pytest.mark.parametrize(
    ("urgent", "refused"),
    [
        (b"day,kind,source\n2026-12-08,holiday,a notice\n2026-10-14,holiday,a notice\n", False),
        (b"day,kind,source\n2026-10-13,holiday,another notice\n", True),
        (
            "".join(
                ["day,kind,source\n", *(f"{day},holiday,a notice\n" for day in of_year(2026))]
            ).encode(),
            True,
        ),
    ],
    ids=["other days", "the same day", "the whole year"],
)
def test_single_holidays_that_wait_are_refused_where_their_days_were_settled_since(
    urgent: bytes, *, refused: bool
) -> None:
    waiting, later = load_days(PAST, why="late"), load_days(urgent, why="late too")
    if later.waits:
        approve_calendar(later.release, by=LI, now=NOW)

    if refused:
        with pytest.raises(ProblemError) as refusal:
            approve_calendar(waiting.release, by=LI, now=NOW)
        assert codes_of(refusal) == ["REF-083"]
    else:
        approve_calendar(waiting.release, by=LI, now=NOW)
        renew()
        assert not snapshot().calendar.is_working(date(2026, 10, 13))


@pytest.mark.parametrize("by", [WANG, LI])
def test_only_named_without_signing_in_nobody_loads(by: Actor) -> None:
    named = replace(by, signed_in=False)

    with pytest.raises(ProblemError) as tariff:
        load(by=named)
    with pytest.raises(ProblemError) as calendar:
        load_days(PAST, by=named)

    assert codes_of(tariff) == codes_of(calendar) == ["ACC-016"]


def test_the_tables_refuse_one_person_twice_and_an_approval_that_waits() -> None:
    load()
    load_days(PAST, why="announced late")
    assert not Person.objects.exists()

    for model, name in ((TariffRelease, "tariff"), (CalendarRelease, "calendar")):
        approved = {"approved_by": "wang", "approved_at": NOW, "waiting_since": None}
        with pytest.raises(IntegrityError, match=f"{name}_approved_by_another"):
            _update(model, approved)
        with pytest.raises(IntegrityError, match=f"{name}_approved_or_waiting"):
            _update(model, {"approved_by": "li", "approved_at": NOW})


def _update(model: type[TariffRelease] | type[CalendarRelease], values: dict[str, object]) -> None:
    with transaction.atomic():
        model.objects.update(**values)
