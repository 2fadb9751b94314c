"""Who may be drawn or named for an inspection, and what is wrong with a request for others."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from tongguan.domain.inspection import problems, queries
from tongguan.domain.inspection.duty import Candidate
from tongguan.domain.inspection.models import OfficerDraw
from tongguan.domain.inspection.values import BY_HAND, HAVE_LEFT, ReplacementGround
from tongguan.facilities.accounts.values import Role
from tongguan.kernel.problems import Fault
from tongguan.kernel.time import LOCAL


def candidates(office: str, now: datetime, without: Collection[str] = ()) -> list[Candidate]:
    """Return who may be drawn at an office now, in order of name, each with his mark."""
    found = queries.on_duty(office, now.astimezone(LOCAL).date(), now=now)
    return [
        Candidate(
            officer=row.officer,
            office=office,
            role=str(Role.INSPECTOR),
            mark=row.number,
            marked_by=row.last.by,
            marked_at=row.last.at,
        )
        for row in found
        if row.present and row.last is not None and row.officer not in without
    ]


def leaving_faults(
    row: OfficerDraw, leave: Sequence[str], ground: str, why: str, *, now: datetime
) -> Iterator[Fault]:
    """Yield what is wrong with officers who are to act no more."""
    if not leave or not set(leave) <= set(row.officers):
        yield problems.NOT_HOLDING.at("#/absent", officers=", ".join(row.officers))
    if ground not in {str(one) for one in ReplacementGround}:
        yield problems.GROUND_UNKNOWN.at("#/ground", ground=ground or "—")
    if not why.strip():
        yield problems.NO_REASON.at("#/why")
    if ground in {str(one) for one in HAVE_LEFT}:
        here = {one.officer for one in candidates(row.office, now)}
        for name in leave:
            if name in here:
                yield problems.STILL_PRESENT.at("#/absent", officer=name, office=row.office)


def naming_faults(
    row: OfficerDraw,
    leave: Sequence[str],
    take: Sequence[str],
    ground: str,
    *,
    office: str,
    now: datetime,
) -> Iterator[Fault]:
    """Yield what is wrong with officers who are named by hand."""
    if ground not in {str(one) for one in BY_HAND}:
        if take:
            yield problems.DRAWN_INSTEAD.at("#/named", officers=", ".join(take))
        return
    stay = [name for name in row.officers if name not in leave]
    if len(set(take)) != len(leave) or len(take) != len(leave) or set(take) & set(row.officers):
        told = ", ".join(dict.fromkeys((*stay, *take)))
        yield problems.TWO_OFFICERS.at("#/named", officers=told or "—")
    able = queries.posted_at(office, now=now)
    for name in dict.fromkeys(take):
        if name not in able:
            yield problems.NOT_QUALIFIED.at("#/named", officer=name, office=office)


def require_posted(names: Sequence[str], office: str, now: datetime) -> None:
    """Refuse officers who are not posted at an office as inspectors."""
    able = queries.posted_at(office, now=now)
    for name in names:
        if name not in able:
            raise problems.NOT_QUALIFIED.error(officer=name, office=office)
