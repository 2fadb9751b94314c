"""Reads of this room."""

from collections.abc import Collection
from datetime import date, datetime

from msgspec import convert

from tongguan.domain.inspection.models import (
    Appointment,
    Attendance,
    InspectionRecord,
    OfficerDraw,
    Presence,
)
from tongguan.domain.inspection.values import (
    AppointmentRow,
    AttendanceRow,
    DrawRow,
    DutyRow,
    RecordRow,
    Signed,
)
from tongguan.domain.reference.queries import snapshot
from tongguan.domain.risk.active import officers
from tongguan.facilities.accounts.queries import posted
from tongguan.facilities.accounts.values import Role
from tongguan.kernel.identifiers import DeclarationId, HoldId


def records_of(declaration_id: DeclarationId) -> tuple[RecordRow, ...]:
    """Return the signed records of a declaration, earliest first."""
    rows = InspectionRecord.objects.filter(declaration=declaration_id).order_by("signed_at")
    return tuple(
        RecordRow(HoldId(hold), office, convert(content, Signed), at, by)
        for hold, office, content, at, by in rows.values_list(
            "hold", "office", "content", "signed_at", "signed_by"
        )
    )


def appointments(hold_ids: Collection[HoldId]) -> dict[HoldId, AppointmentRow]:
    """Return when and where these inspections are held, where that is set."""
    rows = Appointment.objects.filter(pk__in=hold_ids)
    return {
        HoldId(hold): AppointmentRow(HoldId(hold), at, place, told_at)
        for hold, at, place, told_at in rows.values_list("hold", "at", "place", "told_at")
    }


def posted_at(office: str, *, now: datetime) -> tuple[str, ...]:
    """Return the account names of the inspectors posted at an office, in order of name."""
    district = snapshot().region.district_of(office)
    return posted(Role.INSPECTOR, office=office, district=district, now=now)


def on_duty(office: str, day: date, *, now: datetime) -> tuple[DutyRow, ...]:
    """Return the inspectors posted at an office, and who of them is marked present on a day."""
    names = posted_at(office, now=now)
    rows = Presence.objects.filter(day=day, officer__in=names).values_list("officer", "office")
    where = dict(rows)
    return tuple(
        DutyRow(name, where.get(name) == office, where.get(name, office).replace(office, ""))
        for name in names
    )


def draws(hold_ids: Collection[HoldId]) -> dict[HoldId, DrawRow]:
    """Return who was drawn for these inspections, where somebody was."""
    rows = OfficerDraw.objects.filter(pk__in=hold_ids).order_by("drawn_at", "pk")
    return {row.hold_id: row for row in map(_draw, rows)}


def drawn_again(row: DrawRow, *, now: datetime) -> tuple[str, ...]:
    """Return the officers that come out when an inspection is drawn again from its record."""
    return tuple(officers(str(row.hold_id), row.present, day=row.seed_day, now=now))


def _draw(row: OfficerDraw) -> DrawRow:
    return DrawRow(
        HoldId(row.hold),
        DeclarationId(row.declaration_id),
        row.office,
        row.seed_day,
        tuple(row.present),
        tuple(row.drawn),
        row.drawn_at,
        tuple(row.officers),
        row.why,
        row.replaced_by,
    )


def attendances(hold_ids: Collection[HoldId]) -> dict[HoldId, AttendanceRow]:
    """Return who attends these inspections and since when they go on, where that is recorded."""
    columns = ("hold", "witness", "absence", "noted_at", "seals_before", "started_at", "started_by")
    rows = Attendance.objects.filter(pk__in=hold_ids).values_list(*columns)
    return {HoldId(hold): AttendanceRow(HoldId(hold), *rest) for hold, *rest in rows}
