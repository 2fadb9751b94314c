"""Taking manifests and reports of arrival; binding bills to declarations."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction

from tongguan.domain.cargo import problems
from tongguan.domain.cargo.events import Arrived, ManifestReceived
from tongguan.domain.cargo.models import Arrival, Bill, CargoUnit
from tongguan.domain.cargo.values import ArrivalKind, Manifest
from tongguan.domain.reference.queries import snapshot
from tongguan.facilities.accounts.values import Actor
from tongguan.facilities.announcements.commands import announce
from tongguan.facilities.ledger.commands import record
from tongguan.facilities.tables import TableRows, read, write
from tongguan.kernel.identifiers import new_id
from tongguan.kernel.problems import Fault, ProblemError

_BILL: Final = (
    "id",
    "number",
    "manifest",
    "flow",
    "mode",
    "name",
    "voyage",
    "office",
    "site",
    "consignee",
    "packages",
    "gross",
    "received_at",
    "arrived_site",
)
_CLAIM: Final = """
    UPDATE cargo_bill SET used_by = asked.declaration
    FROM unnest(%s::text[], %s::uuid[]) AS asked (number, declaration)
    WHERE cargo_bill.number = asked.number
      AND (cargo_bill.used_by IS NULL OR cargo_bill.used_by = asked.declaration)
    RETURNING cargo_bill.number
"""


@transaction.atomic(durable=True)
def receive_manifest(manifest: Manifest, *, by: Actor, now: datetime) -> int:
    """Take a carrier's manifest; return how many of its bills were new.

    The same manifest again adds only the bills it did not have.

    Raises:
        ProblemError: CAR-003 office unknown, CAR-004 a bill stands on another manifest,
            CAR-005 no bills; all faults at once.
    """
    earlier = dict(
        Bill.objects.filter(number__in=[bill.number for bill in manifest.bills]).values_list(
            "number", "manifest"
        )
    )
    faults = list(_faults(manifest, earlier, now))
    if faults:
        raise ProblemError(*faults)
    fresh = [(new_id(), bill) for bill in manifest.bills if bill.number not in earlier]
    if not fresh:
        return 0
    voyage = (manifest.flow, manifest.mode, manifest.name, manifest.voyage, manifest.office)
    write(
        [
            TableRows(
                "cargo_bill",
                _BILL,
                [
                    (
                        id_,
                        bill.number,
                        manifest.number,
                        *voyage,
                        bill.site,
                        bill.consignee,
                        bill.packages,
                        bill.gross,
                        now,
                        "",
                    )
                    for id_, bill in fresh
                ],
            ),
            TableRows(
                "cargo_cargounit",
                ("bill_id", "unit", "seals"),
                [
                    (id_, unit.id, " ".join(unit.seals))
                    for id_, bill in fresh
                    for unit in bill.units
                ],
            ),
        ]
    )
    record("MANIFEST_RECEIVED", None, by=by, at=now, manifest=manifest.number, bills=len(fresh))
    announce([ManifestReceived(fresh[0][0], now, manifest.number, len(fresh))])
    return len(fresh)


@transaction.atomic(durable=True)
def report_arrival(
    *,
    number: str,
    site: str,
    by: Actor,
    now: datetime,
    kind: ArrivalKind = ArrivalKind.ARRIVAL,
) -> tuple[str, ...]:
    """Take a site's report that the goods of a bill, or a container, are there.

    Returns the bills that arrived by it. The same report again changes nothing.

    Raises:
        ProblemError: CAR-001 no such bill or container, CAR-002 no such site.
    """
    place = snapshot().region.site(site)
    if place is None:
        raise problems.NO_SITE.error(site=site)
    bills = list(Bill.objects.select_for_update().filter(number=number).order_by("id"))
    unit = ""
    if not bills:
        ids = CargoUnit.objects.filter(unit=number).values_list("bill", flat=True)
        bills = list(Bill.objects.select_for_update().filter(pk__in=ids).order_by("id"))
        unit = number
    if not bills:
        raise problems.NO_BILL.error(bill=number)
    for bill in bills:
        _, fresh = Arrival.objects.get_or_create(
            bill=bill,
            unit=unit,
            site=site,
            kind=str(kind),
            defaults={"at": now, "by": by.name},
        )
        if fresh:
            if bill.arrived_at is None:
                bill.arrived_at = now
            bill.arrived_site = site
            bill.save(update_fields=["arrived_at", "arrived_site"])
            record("GOODS_ARRIVED", bill.pk, by=by, at=now, bill=bill.number, site=site)
            announce([Arrived(bill.pk, now, bill.number, site)])
    return tuple(bill.number for bill in bills)


def claim(wanted: Mapping[str, UUID]) -> None:
    """Bind bills to the declarations that name them, in the transaction that records them.

    Name only bills that a manifest names; the others are bound when theirs comes.

    Raises:
        django.db.IntegrityError: another declaration has taken one of them.
    """
    if not wanted:
        return
    bound = read(_CLAIM, [list(wanted), list(wanted.values())])
    if len(bound) < len(wanted):
        raise IntegrityError("a bill is used by another declaration")


def _faults(manifest: Manifest, earlier: Mapping[str, str], now: datetime) -> list[Fault]:
    faults: list[Fault] = []
    if not manifest.bills:
        faults.append(problems.NO_BILLS.at("#/bills", manifest=manifest.number))
    if snapshot().region.office(manifest.office, now.date()) is None:
        facts = {"manifest": manifest.number, "office": manifest.office}
        faults.append(problems.OTHER_OFFICE.at("#/office", **facts))
    for index, bill in enumerate(manifest.bills):
        other = earlier.get(bill.number)
        if other is not None and other != manifest.number:
            at = f"#/bills/{index}/number"
            faults.append(problems.BILL_TWICE.at(at, bill=bill.number, other=other))
    return faults
