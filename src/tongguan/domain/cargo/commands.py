"""Taking manifests and reports of arrival; binding bills to declarations."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Final
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils.timezone import localdate
from msgspec import json

from tongguan.domain.cargo import problems, queries, shapes
from tongguan.domain.cargo.events import Arrived, ManifestReceived, UnitArrived
from tongguan.domain.cargo.models import Arrival, Bill, CargoUnit, Claim
from tongguan.domain.cargo.models import Manifest as ManifestTable
from tongguan.domain.cargo.rules.acceptance import Voyage, check_change, check_original
from tongguan.domain.cargo.values import (
    ArrivalKind,
    Lying,
    Manifest,
    ManifestFunction,
)
from tongguan.domain.parties import queries as parties
from tongguan.domain.reference.queries import snapshot
from tongguan.facilities.accounts.rules.duties import require, require_at
from tongguan.facilities.accounts.values import Actor, Role
from tongguan.facilities.announcements.commands import announce
from tongguan.facilities.announcements.values import Event
from tongguan.facilities.ledger import commands as ledger
from tongguan.facilities.ledger.values import NewEntry
from tongguan.facilities.tables import TableRows, write
from tongguan.kernel.identifiers import DeclarationId, new_id
from tongguan.kernel.problems import Fault, ProblemError


@transaction.atomic(durable=True)
def receive_manifest(manifest: Manifest, *, by: Actor, now: datetime) -> int:
    """Take a carrier's manifest, or a change to one; return how many bills it touched.

    The same message again changes nothing and returns 0. A deletion that names no bill withdraws
    all of the manifest.

    Raises:
        ProblemError: ACC-001 neither carrier nor site operator, ACC-011 an operator of no site of
            that office; all of CAR-003 to CAR-005, 007 to 012, 022 and 023 that apply.
    """
    require(by, Role.CARRIER, Role.SITE_OPERATOR)
    sealed = sha256(json.encode(manifest)).digest()
    with connection.cursor() as cursor:
        # Two senders of one number take turns.
        key = f"cargo.manifest {manifest.number}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
    held = ManifestTable.objects.filter(number=manifest.number).first()
    if held is not None and queries.is_received(held.pk, manifest.function, sealed):
        return 0
    carrier_id = _carrier(manifest, held, by=by, now=now)
    faults = list(_faults(manifest, held, now=now))
    if faults:
        raise ProblemError(*faults)
    id_ = new_id() if held is None else held.pk
    if held is None:
        touched = _add(manifest, id_, carrier_id, new=True, now=now)
    else:
        touched = _CHANGES[manifest.function](manifest, held.pk, now)
    write([shapes.messages([_message(id_, manifest, by=by, now=now)])])
    facts = {"manifest": manifest.number, "function": manifest.function.value, "bills": touched}
    ledger.record("MANIFEST_RECEIVED", id_, by=by, at=now, **facts)
    announce([ManifestReceived(id_, now, manifest.number, manifest.function.value, touched)])
    return touched


@transaction.atomic(durable=True)
def copy_in(
    manifests: Sequence[Manifest],
    *,
    by: Actor,
    now: datetime,
    lying: Mapping[str, Lying] | None = None,
) -> int:
    """Write many new manifests unchecked, for seeding and benches; return how many bills.

    Args:
        manifests: originals; no bill twice.
        by: the system.
        now: the moment of receipt of all.
        lying: bills that have arrived already, by number.

    Raises:
        django.db.IntegrityError: a manifest or a bill is there already.

    Cost: a COPY a table for any number; 100,000 bills in 2.3 s.
    """
    require(by, Role.ROBOT)
    fresh = [(new_id(), one) for one in manifests]
    bills, units = shapes.bill_rows(
        ((id_, one.bills) for id_, one in fresh), now=now, lying=lying or {}
    )
    entries = [
        NewEntry(id_, "MANIFEST_RECEIVED", {"manifest": one.number, "bills": str(len(one.bills))})
        for id_, one in fresh
    ]
    write(
        [
            shapes.manifest_rows(((id_, one, None) for id_, one in fresh), now=now),
            shapes.messages([_message(id_, one, by=by, now=now) for id_, one in fresh]),
            bills,
            units,
            ledger.rows(entries, by=by, at=now),
        ]
    )
    return len(bills.rows)


@transaction.atomic(durable=True)
def report_arrival(
    *,
    number: str,
    site: str,
    by: Actor,
    now: datetime,
    kind: ArrivalKind = ArrivalKind.ARRIVAL,
) -> tuple[str, ...]:
    """Take a report that the goods of a bill, or a container, are at a site.

    A bill has arrived when all of its containers have, or when it is reported as a whole. The
    same report again changes nothing.

    Returns:
        The bills whose goods have all arrived now, by it or before.

    Raises:
        ProblemError: CAR-001 no such bill or container, CAR-002 no such site, ACC-011 neither at
            that site or office nor the carrier of the goods.
    """
    place = snapshot().region.site(site, localdate(now))
    if place is None:
        raise problems.NO_SITE.error(site=site)
    bills, unit = _reported(number)
    if any(bill.manifest.carrier_id not in by.own_ids for bill in bills):
        require_at(by, office=place.office, site=site)
    told: list[Event] = []
    for bill in bills:
        _, fresh = Arrival.objects.get_or_create(
            bill=bill,
            unit=unit,
            site=site,
            kind=str(kind),
            defaults={"at": now, "by": by.name},
        )
        if fresh:
            told.append(_arrive(bill, unit, site, kind, by=by, now=now))
    announce(told)
    return tuple(bill.number for bill in bills if bill.arrived_at is not None)


def leave(*, unit: str, site: str, by: Actor, now: datetime) -> None:
    """Note that a container, or the goods of a bill, left through a gate.

    Runs in the transaction that follows the event. What is not known here is passed over: goods
    are also released that no manifest named.
    """
    bills, container = _here(unit)
    for bill in bills:
        units = CargoUnit.objects.filter(bill=bill, left_at=None)
        (units.filter(unit=container) if container else units).update(left_at=now)
        if not units.exists() and bill.arrived_at is not None:
            bill.left_at = now
            bill.save(update_fields=["left_at"])
        ledger.record("GOODS_LEFT", bill.pk, by=by, at=now, bill=bill.number, unit=unit, site=site)


def claim_rows(wanted: Iterable[tuple[str, DeclarationId]]) -> TableRows:
    """Return the rows that bind bills to declarations, for a writer of many tables.

    A bill may be bound before any manifest names it. The database refuses a bill that another
    declaration uses.
    """
    rows = [(bill, declaration_id) for bill, declaration_id in wanted]
    return TableRows("cargo_claim", ("bill", "declaration_id"), rows)


def claim(wanted: Mapping[str, DeclarationId]) -> None:
    """Bind bills to the declarations that name them, in the transaction that records them.

    Raises:
        django.db.IntegrityError: another declaration has taken one of them.
    """
    write([claim_rows(wanted.items())])


def free(declaration_ids: Collection[DeclarationId], *, now: datetime) -> None:
    """Free the bills of declarations that are no more, so that others may use them."""
    Claim.objects.filter(declaration_id__in=declaration_ids, freed_at=None).update(freed_at=now)


def _carrier(
    manifest: Manifest, held: ManifestTable | None, *, by: Actor, now: datetime
) -> int | None:
    """Return whose manifest it is: the carrier it names, or the sender; refuse another's."""
    if manifest.carrier:
        known = parties.known([manifest.carrier], localdate(now)).answer().get(manifest.carrier)
        if known is None:
            raise problems.CARRIER_UNKNOWN.error(carrier=manifest.carrier)
        named: int | None = known.id
    else:
        named = next(iter(by.own_ids)) if len(by.own_ids) == 1 else None
    owner = named if held is None else held.carrier_id
    if not by.is_(Role.CARRIER):
        _stands_at(by, manifest.office if held is None else held.office)
    elif owner not in by.own_ids or named != owner:
        raise problems.NOT_YOUR_MANIFEST.error(manifest=manifest.number)
    return owner


def _stands_at(by: Actor, office: str) -> None:
    """Refuse what people of a site send to another office than their site's."""
    own = (code for code in sorted(by.sites) if by.at(code, Role.SITE_OPERATOR))
    places = (snapshot().region.site(code) for code in own)
    if office not in {place.office for place in places if place is not None}:
        require_at(by, Role.SITE_OPERATOR, office=office)


def _faults(manifest: Manifest, held: ManifestTable | None, *, now: datetime) -> Iterable[Fault]:
    reference, day = snapshot(), localdate(now)
    bills = queries.held([bill.number for bill in manifest.bills])
    if manifest.function is ManifestFunction.ORIGINAL:
        if held is not None:
            return [problems.MANIFEST_DIFFERS.at("#/number", manifest=manifest.number)]
        return check_original(manifest, held=bills, reference=reference, day=day)
    voyage = None
    if held is not None:
        voyage = Voyage(held.flow, held.mode, held.name, held.voyage, held.office)
    return check_change(manifest, voyage=voyage, held=bills, reference=reference, day=day)


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
    CargoUnit.objects.filter(bill__in=found.values()).delete()
    for bill in manifest.bills:
        Bill.objects.filter(pk=found[bill.number]).update(
            site=bill.site,
            consignee=bill.consignee,
            goods=bill.goods,
            packages=bill.packages,
            gross=bill.gross,
            received_at=now,
        )
    write([shapes.unit_rows((found[bill.number], bill) for bill in manifest.bills)])
    return len(found)


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


def _message(
    manifest_id: UUID, manifest: Manifest, *, by: Actor, now: datetime
) -> tuple[object, ...]:
    content = json.encode(manifest)
    sealed, function = sha256(content).digest(), manifest.function.value
    return shapes.message_row(manifest_id, function, sealed, content, by=by.name, now=now)


def _reported(number: str) -> tuple[list[Bill], str]:
    bills, unit = _here(number)
    if not bills:
        raise problems.NO_BILL.error(bill=number)
    return bills, unit


def _here(number: str) -> tuple[list[Bill], str]:
    """Lock the bill of a number, or the bills of a container, that have not left.

    The second is the container's number, or empty.
    """
    coming = (
        Bill.objects.select_for_update(of=("self",))
        .select_related("manifest")
        .filter(withdrawn_at=None, left_at=None)
        .order_by("id")
    )
    if bills := list(coming.filter(number=number)):
        return bills, ""
    ids = CargoUnit.objects.filter(unit=number, left_at=None).values_list("bill", flat=True)
    return list(coming.filter(pk__in=list(ids))), number


def _arrive(
    bill: Bill, unit: str, site: str, kind: ArrivalKind, *, by: Actor, now: datetime
) -> Event:
    units = CargoUnit.objects.filter(bill=bill, left_at=None)
    reported = units.filter(unit=unit) if unit else units
    reported.filter(arrived_at=None).update(arrived_at=now)
    reported.update(arrived_site=site)
    facts = {"bill": bill.number, "unit": unit or None, "site": site, "report": kind}
    ledger.record("GOODS_ARRIVED", bill.pk, by=by, at=now, **facts)
    if unit and units.filter(arrived_at=None).exists():
        return UnitArrived(bill.pk, now, bill.number, unit, site)
    bill.arrived_at, bill.arrived_site = bill.arrived_at or now, site
    bill.save(update_fields=["arrived_at", "arrived_site"])
    return Arrived(bill.pk, now, bill.number, unit, site)
