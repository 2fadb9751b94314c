"""Law and region as one snapshot: the pack, and what an operator loaded beside it."""

import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any, Final

from django.conf import settings
from django.db.models import Value
from django.db.models.functions import NullIf

from tongguan.domain.reference import problems
from tongguan.domain.reference.loading import IN_FORCE
from tongguan.domain.reference.models import (
    CalendarDay,
    CalendarRelease,
    RateCorrection,
    Stamp,
    TariffRelease,
    TariffRow,
)
from tongguan.domain.reference.rules.exchange import fixing_day, month_after
from tongguan.domain.reference.rules.pack import read_pack
from tongguan.domain.reference.rules.releases import Release, over
from tongguan.domain.reference.sealed import DECLINED
from tongguan.domain.reference.values import (
    ExchangeRow,
    Snapshot,
    TariffLine,
)
from tongguan.facilities.memory import keep
from tongguan.kernel.problems import Fault, ProblemError

LOOK_SECONDS: Final = 1.0
"""How long a process may go on with what it keeps before it looks at the stamp again."""


class _Kept:
    """The snapshot of this process, and when it was last compared with the stamp."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.pack: Snapshot | None = None
        self.whole: Snapshot | None = None
        self.stamp = 0
        self.looked = float("-inf")


_KEPT: Final = _Kept()


def snapshot() -> Snapshot:
    """Return all that law and region say, of any date.

    Kept by the process; what another one loads is seen within a second.

    Raises:
        ProblemError: REF-… the region pack is at fault; every fault.

    Cost: 0.2 µs; once a second one statement; 0.3 s after 12,000 rows were loaded.
    """
    whole = _KEPT.whole
    if whole is not None and time.monotonic() - _KEPT.looked < LOOK_SECONDS:
        return whole
    with _KEPT.lock:
        if _KEPT.pack is None:
            _KEPT.pack = pack(Path(settings.REGION_DIR))
            keep()
        stamp = Stamp.objects.values_list("number", flat=True).first() or 0
        if _KEPT.whole is None or stamp != _KEPT.stamp:
            _KEPT.whole = _with_loaded(_KEPT.pack) if stamp else _KEPT.pack
            _KEPT.stamp = stamp
        _KEPT.looked = time.monotonic()
        return _KEPT.whole


def renew() -> None:
    """Let the next `snapshot` look at the stamp at once, whenever it last did."""
    _KEPT.looked = float("-inf")


def pack(folder: Path) -> Snapshot:
    """Return what a region pack says by itself.

    Raises:
        ProblemError: every fault of the pack.
    """
    found, faults = read_pack(folder)
    if faults:
        raise ProblemError(*faults)
    return found


def read_folder(folder: Path) -> tuple[Snapshot, tuple[Fault, ...]]:
    """Return what a pack says and every fault of it, row by row; a faulty one is not to be used."""
    return read_pack(folder)


def calendar_warning(found: Snapshot, day: date) -> Fault | None:
    """Return the warning that the announced holidays end soon, or have ended; else None."""
    left = (found.calendar.ends - day).days
    if left > found.parameters.whole("calendar_warning_days", day):
        return None
    return problems.CALENDAR_ENDING.at("", day=found.calendar.ends, left=left)


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """A corrected exchange rate: it waits for a second person until confirmed or declined."""

    id: int
    currency: str
    month: date
    rate: Decimal
    reason: str
    source: str
    proposed_by: str
    proposed_at: datetime
    confirmed_by: str
    confirmed_at: datetime | None
    declined_by: str = ""
    declined_at: datetime | None = None
    decline_reason: str = ""


def corrections() -> tuple[CorrectionRow, ...]:
    """Return all corrected exchange rates, latest proposal first."""
    names = (
        "pk",
        "currency",
        "month",
        "rate",
        "reason",
        "source",
        "proposed_by",
        "proposed_at",
        "confirmed_by",
        "confirmed_at",
        *DECLINED,
    )
    found = RateCorrection.objects.order_by("-proposed_at", "-pk").values_list(*names)
    return tuple(CorrectionRow(*row) for row in found)


def _with_loaded(found: Snapshot) -> Snapshot:
    """Return the pack's snapshot with all loaded tariffs, holidays and confirmed rates."""
    loaded = TariffRelease.objects.filter(waiting_since=None).order_by(IN_FORCE, "pk")
    lines: dict[int, list[TariffLine]] = {release.pk: [] for release in loaded}
    dated = {release.pk: (release.valid_from, release.source) for release in loaded}
    for release, *facts, elements in _tariff_rows(lines):
        valid_from, source = dated[release]
        parts = tuple(part for part in elements.split(";") if part)
        lines[release].append(TariffLine._make((*facts, parts, valid_from, None, source, False)))
    releases_ = [Release(one.valid_from, one.whole, lines[one.pk]) for one in loaded]
    calendar = found.calendar
    for days in _calendar_days():  # a later release stands before an earlier one
        calendar = calendar.with_announced(days)
    confirmed = RateCorrection.objects.exclude(confirmed_at=None).order_by("confirmed_at", "pk")
    corrected = [
        ExchangeRow(
            row.currency,
            row.rate,
            row.month,
            month_after(row.month),
            row.source,
            fixing_day(row.month, calendar),
        )
        for row in confirmed
    ]
    state = sha256(found.version.encode())
    state.update(repr([(one.sha256, one.valid_from, one.whole) for one in loaded]).encode())
    state.update(repr(corrected).encode())
    state.update(repr(sorted(calendar.announced.items())).encode())
    return replace(
        found,
        version=state.hexdigest()[:16],
        tariff=over(found.tariff, releases_, found.parameters.timelines),
        exchange=found.exchange.corrected(corrected),
        calendar=calendar,
    )


def _calendar_days() -> tuple[dict[date, bool], ...]:
    """Return the days of each file of holidays in force: worked or not; the latest last."""
    in_force = CalendarRelease.objects.filter(waiting_since=None).order_by(IN_FORCE, "pk")
    found: dict[int, dict[date, bool]] = {id_: {} for id_ in in_force.values_list("pk", flat=True)}
    rows = CalendarDay.objects.filter(release__in=found)
    for release, day, worked in rows.values_list("release_id", "day", "worked"):
        found[release][day] = worked
    return tuple(found.values())


def _tariff_rows(releases: Collection[int]) -> Iterator[Any]:
    """Yield the rows of releases: the release, then the fields of a tariff line."""
    named = TariffRow.objects.annotate(name_en=Value(""), second=NullIf("second_unit", Value("")))
    rates = ("general", "mfn", "export", "consumption", "vat")
    rest = ("first_unit", "second", "controls", "elements")
    columns = ("release_id", "code", "name_zh", "name_en", *rates, *rest)
    rows = named.filter(release__in=releases).order_by("pk")
    return rows.values_list(*columns).iterator()
