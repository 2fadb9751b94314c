"""Departure and arrival under customs control."""

from datetime import datetime

from django.db import transaction

from tongguan.domain.cargo import queries as cargo
from tongguan.domain.clearance import commands as clearance
from tongguan.domain.clearance import queries as holds
from tongguan.domain.clearance.lifecycle import NO_MORE, HoldKind, Why
from tongguan.domain.clearance.values import HoldRow, NewHold
from tongguan.domain.declarations import queries as declarations
from tongguan.domain.declarations.records import DeclarationRow
from tongguan.domain.reference.queries import snapshot
from tongguan.domain.revenue.reassessment import assess_anew
from tongguan.domain.transit import events, problems
from tongguan.domain.transit.models import Movement
from tongguan.facilities.accounts.rules.duties import require, require_at
from tongguan.facilities.accounts.values import Actor, Role
from tongguan.facilities.announcements.commands import announce
from tongguan.facilities.ledger.commands import record
from tongguan.kernel.identifiers import DeclarationId
from tongguan.kernel.time import LOCAL


@transaction.atomic(durable=True)
def depart(
    *,
    declaration_id: DeclarationId,
    carrier: str,
    vehicle: str,
    seals: str,
    by: Actor,
    now: datetime,
) -> None:
    """Report that goods left under seal for the office of destination. Again changes nothing.

    Raises:
        ProblemError: ACC-001, ACC-011 or TRN-004 neither their carrier nor where they are,
            CLR-001, TRN-001 no transit open, TRN-002 vehicle or seal missing.
    """
    require(by, Role.CARRIER, Role.GATE, Role.SITE_OPERATOR, Role.INSPECTOR)
    clearance.lock(declaration_id)
    head = declarations.heads([declaration_id])[declaration_id]
    if not _carries(by, head, vehicle):
        _stands_at(by, head.goods_office, head.number)
    hold = _open(declaration_id)
    if not vehicle.strip() or not seals.strip():
        raise problems.NO_SEAL.error()
    if Movement.objects.filter(hold=hold.id).exists():
        return
    Movement.objects.create(
        declaration_id=declaration_id,
        hold=hold.id,
        departure=head.goods_office,
        destination=hold.office,
        carrier=carrier.strip() or by.label,
        carrier_id=min(by.own_ids, default=None) if by.is_(Role.CARRIER) else None,
        vehicle=vehicle.strip(),
        seals=seals.strip(),
        departed_at=now,
        due_at=hold.due_at or now,
    )
    record("TRANSIT_DEPARTED", declaration_id, by=by, at=now, vehicle=vehicle, seals=seals)
    announce([events.TransitDeparted(declaration_id, now, vehicle.strip(), hold.office)])


@transaction.atomic(durable=True)
def arrive(*, declaration_id: DeclarationId, intact: bool, by: Actor, now: datetime) -> None:
    """Report that goods arrived at the office of destination; broken seals open a case.

    Goods on the road arrive even where their declaration was revoked or refused meanwhile.

    Raises:
        ProblemError: ACC-001, ACC-011 or TRN-004 neither their carrier nor at the destination,
            CLR-001, TRN-001 no transit open, TRN-003 not departed.
    """
    require(by, Role.CARRIER, Role.GATE, Role.SITE_OPERATOR, Role.INSPECTOR)
    locked = clearance.lock(declaration_id)
    head = declarations.heads([declaration_id])[declaration_id]
    movement = _movement(declaration_id)
    if movement is None or movement.carrier_id is None or movement.carrier_id not in by.own_ids:
        _stands_at(by, _destination(declaration_id), head.number)
    if movement is None or movement.arrived_at is not None:
        hold = _open(declaration_id)
        raise problems.NOT_DEPARTED.error(number=hold.number)
    movement.arrived_at, movement.intact = now, intact
    movement.save(update_fields=["arrived_at", "intact"])
    record("TRANSIT_ARRIVED", declaration_id, by=by, at=now, intact="yes" if intact else "no")
    announce([events.TransitArrived(declaration_id, now, movement.destination, intact)])
    if holds.state_of(declaration_id) in NO_MORE:
        return
    hold = _open(declaration_id)
    if not intact:
        facts = {"finding": f"seals {movement.seals} not intact"}
        case = NewHold(declaration_id, HoldKind.CASE, hold.office, Why.FINDING, facts, now)
        clearance.open_hold(locked, case, by=by, now=now)
    assess_anew(locked, by=by, now=now, reached=now.astimezone(LOCAL).date())
    clearance.discharge(locked, hold.id, by=by, now=now)


def _carries(by: Actor, head: DeclarationRow, vehicle: str) -> bool:
    """Return whether a carrier has these goods: by his manifest, or by the vehicle declared."""
    if not by.is_(Role.CARRIER):
        return by.is_(Role.SYSTEM)
    inland = declarations.content(head.id).transport.inland
    declared = "" if inland is None else _tidy(inland.name or "")
    if declared and declared == _tidy(vehicle):
        return True
    return bool(head.bill) and cargo.find(head.bill, viewer=by) is not None


def _tidy(vehicle: str) -> str:
    return "".join(vehicle.split()).upper()


def _movement(declaration_id: DeclarationId) -> Movement | None:
    found = Movement.objects.filter(declaration=declaration_id)
    return found.order_by("-departed_at", "-id").first()


def _destination(declaration_id: DeclarationId) -> str:
    """Return where a declaration's goods move to under control, or moved to; else nothing."""
    moves = (row for row in holds.holds_of(declaration_id) if row.kind is HoldKind.TRANSIT)
    return next((row.office for row in moves), "")


def _stands_at(by: Actor, office: str, number: str) -> None:
    """Refuse a report of goods that somebody does not see: neither his office nor his site.

    Only an officer is told where they are.
    """
    places = (snapshot().region.site(code) for code in sorted(by.sites))
    here = next((one.code for one in places if one is not None and one.office == office), "")
    if here:
        return
    if not office or not by.is_(Role.INSPECTOR, Role.SYSTEM):
        raise problems.NOT_YOURS.error(number=number)
    require_at(by, Role.INSPECTOR, office=office)


def _open(declaration_id: DeclarationId) -> HoldRow:
    found = holds.open_holds([declaration_id], HoldKind.TRANSIT)
    if not found:
        head = declarations.heads([declaration_id])[declaration_id]
        raise problems.NOT_MOVING.error(number=head.number)
    return found[0]
