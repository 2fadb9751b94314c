"""Whether a manifest, or a change to one, can be taken. Pure; every fault is told."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from tongguan.domain.cargo import problems
from tongguan.domain.cargo.rules.fields import HEAD
from tongguan.domain.cargo.values import Manifest, ManifestFunction
from tongguan.domain.reference.values import Snapshot
from tongguan.kernel.identifiers import container_sound
from tongguan.kernel.problems import Fault


@dataclass(frozen=True, slots=True)
class Held:
    """A bill that the house holds already: on which manifest, and whether something rests on it."""

    manifest: str
    bound: bool


@dataclass(frozen=True, slots=True)
class Voyage:
    """The head of a manifest that was received before."""

    flow: str
    mode: str
    name: str
    voyage: str
    office: str


def check_original(
    manifest: Manifest, *, held: Mapping[str, Held], reference: Snapshot, day: date
) -> Iterator[Fault]:
    """Yield why a manifest cannot be taken as a new one.

    Args:
        manifest: as it was read.
        held: bills in force, by number.
        reference: law and region.
        day: local day of receipt.
    """
    if not manifest.bills:
        yield problems.NO_BILLS.at("#/bills", manifest=manifest.number)
    if reference.region.office(manifest.office, day) is None:
        facts = {"manifest": manifest.number, "office": manifest.office}
        yield problems.OTHER_OFFICE.at("#/office", **facts)
    if not reference.codes.has("transport_modes", manifest.mode, day):
        yield problems.NO_MODE.at("#/mode", mode=manifest.mode)
    yield from _sites(manifest, reference, day)
    yield from _new_bills(manifest, held)


def check_change(
    manifest: Manifest,
    *,
    voyage: Voyage | None,
    held: Mapping[str, Held],
    reference: Snapshot,
    day: date,
) -> Iterator[Fault]:
    """Yield why an addition, a replacement or a deletion cannot be taken.

    What a declaration uses, or what has arrived, is no longer changed by a manifest alone.

    Args:
        manifest: as it was read.
        voyage: the head as it was received, or None where the manifest is unknown.
        held: bills in force, by number.
        reference: law and region.
        day: local day of receipt.
    """
    if voyage is None:
        yield problems.MANIFEST_UNKNOWN.at("#/number", manifest=manifest.number)
        return
    for field in HEAD:
        value = str(getattr(manifest, field.name))
        first = getattr(voyage, field.name, value)
        if value and value != first:
            facts = {"manifest": manifest.number, "field": field}
            at = f"#/{field.name}"
            yield problems.HEAD_DIFFERS.at(at, first=first, value=value, **facts)
    yield from _sites(manifest, reference, day)
    if manifest.function is ManifestFunction.ADD:
        if not manifest.bills:
            yield problems.NO_BILLS.at("#/bills", manifest=manifest.number)
        yield from _new_bills(manifest, held)
        return
    for index, bill in enumerate(manifest.bills):
        at, found = f"#/bills/{index}/number", held.get(bill.number)
        if found is None or found.manifest != manifest.number:
            yield problems.BILL_ABSENT.at(at, manifest=manifest.number, bill=bill.number)
        elif found.bound:
            yield problems.BILL_BOUND.at(at, bill=bill.number)


def _new_bills(manifest: Manifest, held: Mapping[str, Held]) -> Iterator[Fault]:
    for index, bill in enumerate(manifest.bills):
        at, found = f"#/bills/{index}/number", held.get(bill.number)
        if container_sound(bill.number):
            yield problems.BILL_IS_CONTAINER.at(at, bill=bill.number)
        if found is not None and found.manifest == manifest.number:
            yield problems.BILL_LISTED.at(at, manifest=manifest.number, bill=bill.number)
        elif found is not None:
            yield problems.BILL_TWICE.at(at, bill=bill.number)


def _sites(manifest: Manifest, reference: Snapshot, day: date) -> Iterator[Fault]:
    for index, bill in enumerate(manifest.bills):
        if bill.site and reference.region.site(bill.site, day) is None:
            yield problems.NO_SITE.at(f"#/bills/{index}/site", site=bill.site)
