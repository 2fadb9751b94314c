"""Goods come, move and leave: where bills and containers are, with what the ledger says of it."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from tongguan.domain.cargo.events import Arrived, UnitArrived
from tongguan.domain.cargo.models import Arrival, Bill, CargoUnit
from tongguan.domain.cargo.sealed import ARRIVAL, BILL, UNIT
from tongguan.domain.cargo.transports import note_arrival
from tongguan.facilities.accounts.values import Actor
from tongguan.facilities.announcements.values import Event
from tongguan.facilities.ledger import commands as ledger
from tongguan.facilities.ledger.sealed import Rows, changed, made


def numbers_of(bill_ids: Collection[UUID]) -> tuple[str, ...]:
    """Return the numbers of those of these bills that are in force; for processes."""
    found = Bill.objects.filter(pk__in=bill_ids, withdrawn_at=None).order_by("number")
    return tuple(found.values_list("number", flat=True))


def lying_or_coming(number: str) -> list[tuple[Bill, str]]:
    """Lock the bill of a number and the bills of a container that have not left.

    With each comes the container's number, or nothing where the bill itself has the number. A
    bill and a container of another bill may have one number: then both are returned.
    """
    coming = (
        Bill.objects.select_for_update(of=("self",))
        .select_related("manifest")
        .filter(withdrawn_at=None, left_at=None)
        .order_by("id")
    )
    ids = list(CargoUnit.objects.filter(unit=number, left_at=None).values_list("bill", flat=True))
    found = coming.filter(Q(number=number) | Q(pk__in=ids))
    return [(bill, "" if bill.number == number else number) for bill in found]


def arrive(bill: Bill, report: Arrival, *, by: Actor, now: datetime) -> Event:
    """Note that a report says where a bill that is locked, or a container of it, is."""
    unit, site = report.unit, report.site
    note_arrival(bill.manifest, by=by, now=now)
    units = CargoUnit.objects.filter(bill=bill, left_at=None)
    reported = units.filter(unit=unit) if unit else units
    reported.filter(arrived_at=None).update(arrived_at=now)
    reported.update(arrived_site=site)
    wrote = [made(ARRIVAL, report), *_told(reported)]
    come = not (unit and units.filter(arrived_at=None).exists())
    if come:
        bill.arrived_at, bill.arrived_site = bill.arrived_at or now, site
        bill.save(update_fields=["arrived_at", "arrived_site"])
        wrote.append(changed(BILL, bill.pk, arrived_at=bill.arrived_at, arrived_site=site))
    facts = {"bill": bill.number, "unit": unit or None, "site": site, "report": report.kind}
    ledger.record("GOODS_ARRIVED", bill.pk, by=by, at=now, wrote=wrote, **facts)
    told = Arrived if come else UnitArrived
    return told(bill.pk, now, bill.number, unit, site)


def leave(*, unit: str, site: str, at: datetime, by: Actor, now: datetime) -> None:
    """Note that a container, or the goods of a bill, left through a gate at a moment.

    Runs in the transaction that follows the event. What is not known here is passed over: goods
    are also released that no manifest named. What came, or was announced, after that moment is
    passed over too: a container carries goods of another voyage by then.
    """
    found = [one for one in lying_or_coming(unit) if _was_known(*one, at)]
    lying = [(bill, container) for bill, container in found if _lies_at(bill, container, site)]
    for bill, container in lying or found:
        units = CargoUnit.objects.filter(bill=bill, left_at=None)
        going = units.filter(unit=container) if container else units
        gone = list(going.values_list("unit", flat=True))
        going.update(left_at=now)
        wrote = [changed(UNIT, box, left_at=now) for box in gone]
        if not units.exists() and bill.arrived_at is not None:
            bill.left_at = now
            bill.save(update_fields=["left_at"])
            wrote.append(changed(BILL, bill.pk, left_at=now))
        facts = {"bill": bill.number, "unit": unit, "site": site}
        ledger.record("GOODS_LEFT", bill.pk, by=by, at=now, wrote=wrote, **facts)


def move_on(*, bill: str, office: str, site: str, by: Actor, now: datetime) -> None:
    """Note where goods lie after a movement under seal, in the transaction that reports its end.

    Where only the office is known, people of any of its sites see them and report the site. What
    no manifest names is passed over.
    """
    lying = Bill.objects.select_for_update().filter(withdrawn_at=None, left_at=None)
    found = lying.filter(number=bill).first()
    if found is None:
        return
    units = CargoUnit.objects.filter(bill=found, left_at=None)
    units.update(arrived_site=site)
    found.arrived_site = site
    if not site:
        found.office, found.site = office, ""
    found.save(update_fields=["arrived_site", "office", "site"])
    where = changed(BILL, found.pk, arrived_site=site, office=found.office, site=found.site)
    wrote = [where, *_told(units)]
    facts = {"bill": bill, "office": office, "site": site}
    ledger.record("GOODS_MOVED", found.pk, by=by, at=now, wrote=wrote, **facts)


def _told(units: Iterable[CargoUnit]) -> Iterable[Rows]:
    """Tell where containers are."""
    for box in units:
        yield changed(UNIT, box.unit, arrived_at=box.arrived_at, arrived_site=box.arrived_site)


def _was_known(bill: Bill, unit: str, at: datetime) -> bool:
    boxes = CargoUnit.objects.filter(bill=bill, unit=unit, left_at=None, arrived_at__gt=at)
    came_later = bill.arrived_at is not None and bill.arrived_at > at
    return not (bill.received_at > at or came_later or (unit and boxes.exists()))


def _lies_at(bill: Bill, unit: str, site: str) -> bool:
    units = CargoUnit.objects.filter(bill=bill, arrived_site=site, left_at=None)
    return units.filter(unit=unit).exists() if unit else bill.arrived_site == site
