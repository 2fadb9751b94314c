"""Reads of this room."""

from collections.abc import Collection

from msgspec import convert

from tongguan.domain.inspection.models import Appointment, InspectionRecord
from tongguan.domain.inspection.values import AppointmentRow, RecordRow, Signed
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
