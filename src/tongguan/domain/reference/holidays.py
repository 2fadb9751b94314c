"""Holidays that were announced: loaded in advance by one person, up to today by two."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Final

from django.db import transaction

from tongguan.domain.reference import problems, queries
from tongguan.domain.reference.calendar import Calendar, touching
from tongguan.domain.reference.loading import (
    IN_FORCE,
    in_force_since,
    put_in_force,
    require_loader,
    stamp,
    today_of,
    waiting,
)
from tongguan.domain.reference.models import CalendarDay, CalendarRelease
from tongguan.domain.reference.rules.calendar_file import read_days
from tongguan.domain.reference.rules.file_reasons import file_reason
from tongguan.domain.reference.sealed import CALENDAR, DAYS
from tongguan.facilities.accounts.rules.duties import require, require_person
from tongguan.facilities.accounts.two_persons import TwoPersonAct, lapsed, require_second
from tongguan.facilities.accounts.values import Actor, Role
from tongguan.facilities.ledger.commands import record
from tongguan.facilities.ledger.sealed import changed, folded, made
from tongguan.kernel.problems import Fault, ProblemError

_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class LoadedCalendar:
    """What became of a file of holidays.

    Attributes:
        days: how many are in.
        ends: the last day for which holidays are known once it is in force.
        repeated: this file was the last one loaded; nothing was changed.
        release: its number.
        waits: it is in force once a second person approves it.
    """

    days: int
    ends: date
    repeated: bool = False
    release: int = 0
    waits: bool = False


def load_calendar(
    data: bytes, *, name: str, backdated: str = "", by: Actor, now: datetime
) -> LoadedCalendar:
    """Load holidays that were announced: of a new year, or corrections of a known one.

    A file with a whole year replaces what was loaded of that year. They hold for every day that is
    counted from now on; what was counted before stays. The same file again changes nothing, unless
    another was loaded since: then it holds again. A file that changes today, by which terms end, or
    days that are over says why (`backdated`) and waits until a second person approves it.

    Raises:
        ProblemError: ACC-001, ACC-014, ACC-016; REF-082 the operator, where there are persons;
            REF-028 no list of holidays; REF-029, REF-030: every fault; REF-080 it changes today
            or a day that is over, without a reason.
    """
    require(by, Role.ADMINISTRATOR, Role.REVENUE)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise problems.FILE_NOT_A_CALENDAR.error(file=name, reason=file_reason(error)) from error
    queries.renew()
    known = queries.snapshot().calendar
    days, faults = read_days(text, file=name, known=known)
    if faults or not days:
        raise ProblemError(*faults, *([] if faults else [_empty(name)]))
    by_person = require_loader(by)
    after = known.with_announced({day: row.worked for day, row in days.items()})
    past = _changed_until(today_of(now), {day.year for day in days}, known, after)
    if by_person and past is not None and not backdated.strip():
        raise problems.BACKDATED.error(day=past)
    waits = by_person and past is not None
    digest = sha256(data).hexdigest()
    with transaction.atomic(durable=True):
        stamp()
        earlier = _earlier(digest)
        if earlier is not None:
            still = earlier.waiting_since is not None
            return LoadedCalendar(len(days), after.ends, True, earlier.pk, still)
        release = CalendarRelease.objects.create(
            name=name,
            sha256=digest,
            backdated=backdated.strip(),
            loaded_at=now,
            loaded_by=by.name,
            waiting_since=now if waits else None,
        )
        rows = [
            CalendarDay(release=release, day=day, worked=row.worked, source=row.source)
            for day, row in sorted(days.items())
        ]
        CalendarDay.objects.bulk_create(rows)
        facts = {"release": release.pk, "days": len(days), "ends": after.ends}
        facts |= {"waits": waits, "backdated": release.backdated}
        wrote = [made(CALENDAR, release), folded(DAYS, release.pk, rows)]
        record("CALENDAR_LOADED", None, by=by, at=now, wrote=wrote, sha256=digest, **facts)
    return LoadedCalendar(len(days), after.ends, release=release.pk, waits=waits)


def approve_calendar(release: int, *, by: Actor, now: datetime) -> None:
    """Put holidays in force that change today or days that are over. Whoever loaded them cannot.

    Raises:
        ProblemError: ACC-001, ACC-014 no person, ACC-015, ACC-016; REF-021 the same person; REF-081
            nothing waits under this number; REF-083 others of its days came in force since it was
            loaded, which it would undo.
    """
    require(by, Role.ADMINISTRATOR, Role.REVENUE)
    require_person(by)
    with transaction.atomic(durable=True):
        stamp()
        found = waiting(CalendarRelease.objects.filter(pk=release)).select_for_update().first()
        if found is None:
            raise problems.NOTHING_WAITS.error(release=release)
        first, same = {found.loaded_by}, problems.SECOND_PERSON
        require_second(TwoPersonAct.LOAD_PAST_HOLIDAYS, by, first=first, refusal=same)
        later = _overtaken(found)
        if later is not None:
            raise problems.OVERTAKEN.error(release=release, later=later)
        wrote = [changed(CALENDAR, release, **put_in_force(found, by=by, now=now))]
        facts = {"release": release, "sha256": found.sha256}
        record("CALENDAR_APPROVED", None, by=by, at=now, wrote=wrote, **facts)


def _changed_until(today: date, years: set[int], known: Calendar, after: Calendar) -> date | None:
    """Return the first day up to today that is worked in one calendar alone; else None."""
    for year in sorted(years):
        day, end = date(year, 1, 1), min(date(year + 1, 1, 1), today + _DAY)
        while day < end:
            if known.is_working(day) is not after.is_working(day):
                return day
            day += _DAY
    return None


def _overtaken(found: CalendarRelease) -> int | None:
    """Return the release that came in force since one was loaded, and which it would change."""
    days = _days_of(found)
    for one in in_force_since(found, CalendarRelease.objects.all()):
        if touching(days, _days_of(one)):
            return one.pk
    return None


def _days_of(release: CalendarRelease) -> dict[date, bool]:
    return dict(CalendarDay.objects.filter(release=release).values_list("day", "worked"))


def _earlier(digest: str) -> CalendarRelease | None:
    """Return the release that a file was loaded as before, if it waits or was the last in force.

    What cannot be approved any more is loaded anew: it was declined or overtaken, or the account of
    whoever loaded it was withdrawn.
    """
    for one in waiting(CalendarRelease.objects.filter(sha256=digest)).order_by("-pk"):
        if not lapsed(one.loaded_by) and _overtaken(one) is None:
            return one
    in_force = CalendarRelease.objects.filter(waiting_since=None)
    latest = in_force.order_by(IN_FORCE.desc(), "-pk").first()
    return latest if latest is not None and latest.sha256 == digest else None


def _empty(name: str) -> Fault:
    return problems.FILE_NOT_A_CALENDAR.at(name, file=name, reason="day,kind,source")
