"""Law and region as one snapshot: the pack, and the tariffs an operator loaded."""

import time
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import Final

from django.conf import settings
from django.db.models import Max

from tongguan.domain.reference import problems
from tongguan.domain.reference.models import TariffRelease, TariffRow
from tongguan.domain.reference.rules.pack import read_pack
from tongguan.domain.reference.values import Snapshot, Tariff, TariffLine
from tongguan.kernel.problems import Fault, ProblemError

LOOK_SECONDS: Final = 1.0


class _Kept:
    """The snapshot of this process, and when it was last compared with the table."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.pack: Snapshot | None = None
        self.whole: Snapshot | None = None
        self.release: int | None = None
        self.looked = float("-inf")


_KEPT: Final = _Kept()


def snapshot() -> Snapshot:
    """Return all that law and region say, of any date.

    Kept by the process; a tariff loaded by another one is seen within a second.

    Raises:
        ProblemError: REF-… the region pack is at fault; every fault.
    """
    whole = _KEPT.whole
    if whole is not None and time.monotonic() - _KEPT.looked < LOOK_SECONDS:
        return whole
    with _KEPT.lock:
        if _KEPT.pack is None:
            _KEPT.pack = pack(Path(settings.REGION_DIR))
        latest = TariffRelease.objects.aggregate(latest=Max("pk"))["latest"]
        if _KEPT.whole is None or latest != _KEPT.release:
            _KEPT.whole = _with_releases(_KEPT.pack, latest)
            _KEPT.release = latest
        _KEPT.looked = time.monotonic()
        return _KEPT.whole


def pack(folder: Path) -> Snapshot:
    """Return what a region pack says by itself.

    Raises:
        ProblemError: every fault of the pack.
    """
    found, faults = read_pack(folder)
    if faults:
        raise ProblemError(*faults)
    return found


def pack_faults(folder: Path) -> tuple[Fault, ...]:
    """Return every fault of a region pack, row by row."""
    if not folder.is_dir():
        return (problems.FILE_MISSING.at("", file=str(folder)),)
    return read_pack(folder)[1]


def _with_releases(found: Snapshot, latest: int | None) -> Snapshot:
    if latest is None:
        return found
    lines: dict[str, tuple[TariffLine, ...]] = {}
    rows = TariffRow.objects.order_by("-release__valid_from", "-release", "code").values_list(
        "code",
        "name_zh",
        "general",
        "mfn",
        "export",
        "consumption",
        "vat",
        "first_unit",
        "second_unit",
        "controls",
        "elements",
        "release__valid_from",
        "release__source",
    )
    english = {code: dated[-1].name_en for code, dated in found.tariff.lines.items()}
    for (
        code,
        name,
        *rates,
        first,
        second,
        controls,
        elements,
        valid_from,
        source,
    ) in rows.iterator():
        general, mfn, export, consumption, vat = rates
        line = TariffLine(
            code,
            name,
            english.get(code, ""),
            general,
            mfn,
            export,
            consumption,
            vat,
            first,
            second or None,
            controls,
            tuple(part for part in elements.split(";") if part),
            valid_from,
            None,
            source,
            demonstration=False,
        )
        lines[code] = (*lines.get(code, ()), line)
    for code, demonstration in found.tariff.lines.items():
        lines[code] = (*lines.get(code, ()), *demonstration)
    return replace(found, version=f"{found.version}+{latest}", tariff=Tariff(lines))
