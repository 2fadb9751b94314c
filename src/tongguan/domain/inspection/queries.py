"""Reads of this room."""

from collections import Counter
from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Exists, OuterRef
from msgspec import convert

from tongguan.domain.clearance.lifecycle import HoldKind
from tongguan.domain.clearance.queries import open_by_site
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
    LoadRow,
    RecordRow,
    Signed,
)
from tongguan.domain.reference.queries import snapshot
from tongguan.domain.risk.active import officers
from tongguan.facilities.accounts.queries import posted
from tongguan.facilities.accounts.values import Role
from tongguan.kernel.identifiers import DeclarationId, HoldId
from tongguan.kernel.time import LOCAL


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


def missed(*, now: datetime) -> tuple[HoldId, ...]:
    """Return the inspections appointed for an earlier day and not signed yet, earliest first.

    Those are among them whose declaration ended otherwise meanwhile: their hold is not open.
    """
    today = datetime.combine(now.astimezone(LOCAL).date(), time(), LOCAL)
    signed = InspectionRecord.objects.filter(pk=OuterRef("pk"))
    rows = Appointment.objects.filter(~Exists(signed), at__lt=today).order_by("at", "pk")
    return tuple(HoldId(hold) for hold in rows.values_list("hold", flat=True))


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


def load(day: date) -> tuple[LoadRow, ...]:
    """Return how busy each site is on a day where something is inspected, the busiest first.

    Goods are inspected where they lie, if that is a site of the office that inspects them; else
    at that office's first site. Two statements.
    """
    region = snapshot().region
    begins = datetime.combine(day, time(), LOCAL)
    signed = InspectionRecord.objects.filter(
        signed_at__gte=begins, signed_at__lt=begins + timedelta(days=1)
    ).values_list("office", "declaration__site")
    waits: Counter[tuple[str, str]] = Counter()
    done: Counter[tuple[str, str]] = Counter()
    for place, count in open_by_site(HoldKind.INSPECTION).items():
        waits[_inspected_at(*place, day)] += count
    for office, site, count in signed.annotate(n=Count("pk")):
        done[_inspected_at(office, site, day)] += count
    rows = []
    for office, site in {*waits, *done}:
        able = region.capacity(site, day)
        held, ended = waits[office, site], done[office, site]
        a_day, source = (None, "") if able is None else (able.a_day, able.source)
        rows.append(LoadRow(office, site, held, ended, a_day, source))
    return tuple(sorted(rows, key=lambda row: (-(row.share or 0), row.office, row.site)))


def _inspected_at(office: str, site: str, day: date) -> tuple[str, str]:
    sites = [one.code for one in snapshot().region.sites_of(office, day)]
    return office, site if site in sites else next(iter(sites), "")


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
