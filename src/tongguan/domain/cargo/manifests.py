"""Writing sound manifests and changes to them; the commands that take them call this."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils.timezone import localdate

from tongguan.domain.cargo import problems, queries, shapes
from tongguan.domain.cargo.events import ManifestReceived
from tongguan.domain.cargo.models import Bill, CargoUnit, Diversion
from tongguan.domain.cargo.models import Manifest as ManifestTable
from tongguan.domain.cargo.rules.acceptance import Voyage, check_change, check_original
from tongguan.domain.cargo.sealed import BILL, UNIT
from tongguan.domain.cargo.values import Contest, Manifest, ManifestBill, ManifestFunction
from tongguan.domain.reference.queries import snapshot
from tongguan.facilities.accounts.values import Actor
from tongguan.facilities.announcements.commands import announce
from tongguan.facilities.ledger import commands as ledger
from tongguan.facilities.ledger.sealed import FACT, Rows, changed, joined, removed
from tongguan.facilities.ledger.values import NewEntry
from tongguan.facilities.tables import write
from tongguan.kernel.identifiers import new_id
from tongguan.kernel.problems import Fault, ProblemError

_MESSAGE_IDS: Final = """
    SELECT nextval(pg_get_serial_sequence('cargo_manifestmessage', 'id'))
    FROM generate_series(1, %s)
"""


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
    heads = shapes.manifest_rows([(id_, manifest, carrier_id)] if held is None else [], now=now)
    write([heads])
    act = _add if held is None else _CHANGES[manifest.function]
    touched = act(manifest, id_, by, now)
    [number] = message_ids(1)
    sent = shapes.message_rows([(number, id_, manifest)], by=by.name, now=now)
    write([sent])
    lock_manifest(id_)
    facts = {"manifest": manifest.number, "function": manifest.function.value, "bills": touched}
    wrote = shapes.told_of_manifests(heads, sent).values()
    ledger.record("MANIFEST_RECEIVED", id_, by=by, at=now, wrote=wrote, **facts)
    announce([ManifestReceived(id_, now, manifest.number, manifest.function.value, touched)])
    return touched


def lock_manifest(id_: UUID) -> None:
    """Lock a manifest until the transaction ends; who locks bills too, after these."""
    list(ManifestTable.objects.select_for_update(no_key=True).filter(pk=id_).values_list("pk"))


def lock_goods(ids: Collection[UUID]) -> None:
    """Lock bills and manifests until the transaction ends, in the order of their ids."""
    for table in (Bill, ManifestTable):
        found = table.objects.select_for_update(no_key=True).filter(pk__in=ids)
        list(found.order_by("pk").values_list("pk"))


def message_ids(count: int) -> list[int]:
    """Take so many ids of messages about manifests."""
    with connection.cursor() as cursor:
        cursor.execute(_MESSAGE_IDS, [count])
        return [id_ for (id_,) in cursor.fetchall()]


def withdraw(bills: Iterable[Bill], *, by: Actor, now: datetime) -> int:
    """Withdraw bills that are locked, and say so on the chain of each; return how many."""
    gone = {bill.pk: bill.number for bill in bills}
    Bill.objects.filter(pk__in=gone).update(withdrawn_at=now)
    wrote = {id_: [changed(BILL, id_, withdrawn_at=now)] for id_ in gone}
    _enter("BILL_WITHDRAWN", gone, wrote, by, now)
    return len(gone)


def _enter(
    kind: str,
    bills: Mapping[UUID, str],
    wrote: Mapping[UUID, Iterable[Rows]],
    by: Actor,
    now: datetime,
) -> None:
    """Enter on the chains of bills, which are told by number, what was written of each."""
    entries = [
        NewEntry(id_, kind, {"bill": number, FACT: joined(wrote[id_])})
        for id_, number in bills.items()
    ]
    ledger.record_each(entries, by=by, at=now)


def _add(manifest: Manifest, id_: UUID, by: Actor, now: datetime) -> int:
    bills, units = shapes.bill_rows([(id_, manifest.bills)], now=now, lying={})
    begun = ledger.rows(shapes.announcements(bills, units), by=by, at=now)
    try:
        with transaction.atomic():
            write([bills, units, begun])
    except IntegrityError:
        # Another manifest brought one of the bills since we looked.
        taken = queries.held([bill.number for bill in manifest.bills])
        if not taken:
            raise
        raise ProblemError(
            *(problems.BILL_TWICE.at("#/bills", bill=number) for number in taken)
        ) from None
    return len(bills.rows)


def _replace(manifest: Manifest, id_: UUID, by: Actor, now: datetime) -> int:
    numbers = [bill.number for bill in manifest.bills]
    of = Bill.objects.filter(manifest=id_, number__in=numbers, withdrawn_at=None)
    locked = of.select_for_update(no_key=True).order_by("id")
    found = dict(locked.values_list("number", "id"))
    _require_unbound(found)
    sites = _sites_after(manifest, set(found.values()))
    boxes = queries.units_of(found.values())
    CargoUnit.objects.filter(bill__in=found.values()).delete()
    wrote: dict[UUID, list[Rows]] = {}
    for bill in manifest.bills:
        pk = found[bill.number]
        told = {
            "site": sites.get(bill.number, bill.site),
            "consignee": bill.consignee,
            "goods": bill.goods,
            "packages": bill.packages,
            "gross": bill.gross,
            "received_at": now,
        }
        Bill.objects.filter(pk=pk).update(**told)
        wrote[pk] = [changed(BILL, pk, **told), *_boxes(bill, boxes.get(pk, ()))]
    write([shapes.unit_rows((found[bill.number], bill) for bill in manifest.bills)])
    _enter("BILL_CHANGED", {pk: number for number, pk in found.items()}, wrote, by, now)
    return len(found)


def _boxes(bill: ManifestBill, before: Collection[str]) -> Iterable[Rows]:
    """Tell the containers of a bill, none of which has arrived, and those it lists no more."""
    fresh = {"arrived_at": None, "arrived_site": "", "left_at": None}
    yield from (changed(UNIT, box.id, seals=list(box.seals), **fresh) for box in bill.units)
    for gone in sorted(set(before) - {box.id for box in bill.units}):
        yield removed(UNIT, gone)


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


def _withdraw(manifest: Manifest, id_: UUID, by: Actor, now: datetime) -> int:
    of = Bill.objects.filter(manifest=id_, withdrawn_at=None)
    if manifest.bills:
        of = of.filter(number__in=[bill.number for bill in manifest.bills])
    found = list(of.select_for_update(no_key=True).order_by("id"))
    numbers = [bill.number for bill in found]
    _require_unbound(numbers)
    return withdraw(found, by=by, now=now)


def _require_unbound(numbers: Collection[str]) -> None:
    """Refuse to change bills, now locked, that arrived or were declared in the meantime."""
    bound = [number for number, one in queries.held(numbers).items() if one.bound]
    if bound:
        raise ProblemError(*(problems.BILL_BOUND.at("#/bills", bill=number) for number in bound))


_CHANGES: Final = {
    ManifestFunction.ADD: _add,
    ManifestFunction.REPLACE: _replace,
    ManifestFunction.DELETE: _withdraw,
}
