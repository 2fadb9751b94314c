"""What was loaded beside the region pack, as lists show it: by whom, why, and what waits."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count

from tongguan.domain.reference.models import CalendarRelease, TariffRelease
from tongguan.domain.reference.sealed import DECLINED

_APPROVAL = (
    *("backdated", "loaded_at", "loaded_by", "waiting_since", "approved_by", "approved_at"),
    *DECLINED,
)


@dataclass(frozen=True, slots=True)
class ReleaseRow:
    """A loaded tariff, as a list shows it; in force where `waiting_since` is None."""

    id: int
    name: str
    sha256: str
    source: str
    valid_from: date
    whole: bool
    rows: int
    backdated: str
    loaded_at: datetime
    loaded_by: str
    waiting_since: datetime | None
    approved_by: str
    approved_at: datetime | None
    declined_by: str
    declined_at: datetime | None
    decline_reason: str


@dataclass(frozen=True, slots=True)
class HolidaysRow:
    """A loaded file of holidays, as a list shows it; in force where `waiting_since` is None."""

    id: int
    name: str
    sha256: str
    days: int
    backdated: str
    loaded_at: datetime
    loaded_by: str
    waiting_since: datetime | None
    approved_by: str
    approved_at: datetime | None
    declined_by: str
    declined_at: datetime | None
    decline_reason: str


def releases() -> tuple[ReleaseRow, ...]:
    """Return the loaded tariffs, latest first."""
    found = TariffRelease.objects.annotate(rows=Count("tariffrow")).order_by("-valid_from", "-pk")
    names = ("pk", "name", "sha256", "source", "valid_from", "whole", "rows", *_APPROVAL)
    return tuple(ReleaseRow(*row) for row in found.values_list(*names))


def holidays() -> tuple[HolidaysRow, ...]:
    """Return the loaded files of holidays, latest first."""
    found = CalendarRelease.objects.annotate(days=Count("calendarday")).order_by("-pk")
    names = ("pk", "name", "sha256", "days", *_APPROVAL)
    return tuple(HolidaysRow(*row) for row in found.values_list(*names))
