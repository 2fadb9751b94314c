"""Writing sound manifests and changes to them; the commands that take them call this."""

from collections.abc import Collection, Iterable
from datetime import datetime
from hashlib import sha256
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from msgspec import json

from tongguan.domain.cargo import problems, queries, shapes
from tongguan.domain.cargo.events import ManifestReceived
from tongguan.domain.cargo.models import Bill, CargoUnit, Diversion
from tongguan.domain.cargo.models import Manifest as ManifestTable
from tongguan.domain.cargo.rules.acceptance import Voyage, check_change, check_original
from tongguan.domain.cargo.values import Contest, Manifest, ManifestFunction
from tongguan.domain.reference.queries import snapshot
from tongguan.facilities.accounts.values import Actor
from tongguan.facilities.announcements.commands import announce
from tongguan.facilities.ledger import commands as ledger
from tongguan.facilities.tables import write
from tongguan.kernel.identifiers import new_id
from tongguan.kernel.problems import Fault, ProblemError


def check_manifest(
    manifest: Manifest, held: ManifestTable | None, contest: Contest | None, *, now: datetime
) -> Iterable[Fault]:
    """Return why a manifest cannot be taken; what is contested is for an officer to decide."""
    reference, day = snapshot(), localdate(now)
    bills = queries.held([bill.number for bill in manifest.bills])
    if contest is not None:
        bills = {number: one for number, one in bills.items() if number not in contest.bills}
    if manifest.function is ManifestFunction.ORIGINAL:
        if held is not None and not (contest and contest.number):
            return [problems.MANIFEST_DIFFERS.at("#/number", manifest=manifest.number)]
        return check_original(manifest, held=bills, reference=reference, day=day)
    voyage = None
    if held is not None:
        voyage = Voyage(held.flow, held.mode, held.name, held.voyage, held.office)
    return check_change(manifest, voyage=voyage, held=bills, reference=reference, day=day)


def take(
    manifest: Manifest,
    held: ManifestTable | None,
    carrier_id: int | None,
    *,
    by: Actor,
    now: datetime,
) -> int:
    """Write a sound manifest, or a change to `held`, as the carrier's; return how many bills.

    Runs in the transaction of the act that found it sound.
    """
    id_ = new_id() if held is None else held.pk
    if held is None:
        touched = _add(manifest, id_, carrier_id, new=True, now=now)
    else:
        touched = _CHANGES[manifest.function](manifest, held.pk, now)
    write([shapes.messages([message(id_, manifest, by=by, now=now)])])
    facts = {"manifest": manifest.number, "function": manifest.function.value, "bills": touched}
    ledger.record("MANIFEST_RECEIVED", id_, by=by, at=now, **facts)
    announce([ManifestReceived(id_, now, manifest.number, manifest.function.value, touched)])
    return touched


def message(
    manifest_id: UUID, manifest: Manifest, *, by: Actor, now: datetime
) -> tuple[object, ...]:
    """Return the row of a message about a manifest."""
    content = json.encode(manifest)
    sealed, function = sha256(content).digest(), manifest.function.value
    return shapes.message_row(manifest_id, function, sealed, content, by=by.name, now=now)


def _add(manifest: Manifest, id_: UUID, carrier_id: int | None, *, new: bool, now: datetime) -> int:
    heads = shapes.manifest_rows([(id_, manifest, carrier_id)] if new else [], now=now)
    bills, units = shapes.bill_rows([(id_, manifest.bills)], now=now, lying={})
    try:
        with transaction.atomic():
            write([heads, bills, units])
    except IntegrityError:
        # Another manifest brought one of the bills since we looked.
        taken = queries.held([bill.number for bill in manifest.bills])
        if not taken:
            raise
        raise ProblemError(
            *(
                problems.BILL_TWICE.at("#/bills", bill=number, other=one.manifest)
                for number, one in taken.items()
            )
        ) from None
    return len(bills.rows)


def _replace(manifest: Manifest, id_: UUID, now: datetime) -> int:
    numbers = [bill.number for bill in manifest.bills]
    found = dict(
        Bill.objects.filter(manifest=id_, number__in=numbers, withdrawn_at=None).values_list(
            "number", "id"
        )
    )
    sites = _sites_after(manifest, set(found.values()))
    CargoUnit.objects.filter(bill__in=found.values()).delete()
    for bill in manifest.bills:
        Bill.objects.filter(pk=found[bill.number]).update(
            site=sites.get(bill.number, bill.site),
            consignee=bill.consignee,
            goods=bill.goods,
            packages=bill.packages,
            gross=bill.gross,
            received_at=now,
        )
    write([shapes.unit_rows((found[bill.number], bill) for bill in manifest.bills)])
    return len(found)


def _sites_after(manifest: Manifest, ids: Collection[UUID]) -> dict[str, str]:
    """Return where diverted bills stay expected, though a manifest repeats what it said before.

    Raises:
        ProblemError: CAR-025 it names a third site: only another diversion sends goods there.
    """
    approved = Diversion.objects.filter(bill__in=ids, approved=True).select_related("bill")
    latest = {one.bill.number: one for one in approved.order_by("decided_at", "id")}
    faults = []
    for index, bill in enumerate(manifest.bills):
        held = latest.get(bill.number)
        if held is not None and bill.site not in {"", held.from_site, held.to_site}:
            facts = {"bill": bill.number, "expected": held.to_site, "office": held.to_office}
            at = f"#/bills/{index}/site"
            faults.append(problems.EXPECTED_ELSEWHERE.at(at, site=bill.site, **facts))
    if faults:
        raise ProblemError(*faults)
    return {number: one.to_site for number, one in latest.items()}


def _withdraw(manifest: Manifest, id_: UUID, now: datetime) -> int:
    found = Bill.objects.filter(manifest=id_, withdrawn_at=None)
    if manifest.bills:
        found = found.filter(number__in=[bill.number for bill in manifest.bills])
    numbers = list(found.values_list("number", flat=True))
    bound = [number for number, one in queries.held(numbers).items() if one.bound]
    if bound:
        raise ProblemError(*(problems.BILL_BOUND.at("#/bills", bill=number) for number in bound))
    return found.update(withdrawn_at=now)


def _added(manifest: Manifest, id_: UUID, now: datetime) -> int:
    return _add(manifest, id_, None, new=False, now=now)


_CHANGES: Final = {
    ManifestFunction.ADD: _added,
    ManifestFunction.REPLACE: _replace,
    ManifestFunction.DELETE: _withdraw,
}
