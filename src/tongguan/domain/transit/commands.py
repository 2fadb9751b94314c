"""Departure and arrival under customs control."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.timezone import localdate, localtime

from tongguan.domain.cargo import goods
from tongguan.domain.cargo import queries as cargo
from tongguan.domain.clearance import commands as clearance
from tongguan.domain.clearance import queries as holds
from tongguan.domain.clearance.lifecycle import NO_MORE, Act, HoldKind, State, Why
from tongguan.domain.clearance.values import HoldRow, NewHold
from tongguan.domain.declarations import queries as declarations
from tongguan.domain.declarations.records import DeclarationRow
from tongguan.domain.reference.queries import snapshot
from tongguan.domain.reference.values import Site
from tongguan.domain.revenue.reassessment import assess_anew
from tongguan.domain.transit import events, problems
from tongguan.domain.transit.models import Movement
from tongguan.domain.transit.queries import earliest_arrival
from tongguan.domain.transit.rules.times import farthest, time_limit
from tongguan.domain.transit.sealed import MOVEMENT
from tongguan.facilities.accounts.rules.duties import require, require_at
from tongguan.facilities.accounts.values import SYSTEM, Actor, Role
from tongguan.facilities.announcements.commands import announce
from tongguan.facilities.ledger.commands import record
from tongguan.facilities.ledger.sealed import changed, made
from tongguan.kernel.identifiers import DeclarationId
from tongguan.kernel.problems import Fault, ProblemError
from tongguan.kernel.seals import seal_numbers
from tongguan.kernel.time import LOCAL

KEEPING: Final = frozenset({HoldKind.INSPECTION, HoldKind.CASE})
"""Holds under which goods stay at the office that the hold names."""
AT_DESTINATION: Final = (Role.GATE, Role.SITE_OPERATOR, Role.INSPECTOR)
"""Who confirms that goods arrived under seal."""


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

    It is reported by the carrier of the bill, or the one to whom the bill was handed over, or
    where the goods lie: who knows number and vehicle alone is no carrier of theirs. The
    goods lie at the office that they leave from; those of an export by transit are released.
    The time limit runs from now, by the distance of the way.

    Raises:
        ProblemError: ACC-001, ACC-011 or TRN-004 neither their carrier nor where they are,
            CLR-001, TRN-001 no transit open, TRN-002 vehicle or seal missing, TRN-005 they have
            not arrived where they leave from, TRN-006 not released yet, TRN-009 they are held
            where they are.
    """
    require(by, Role.CARRIER, Role.GATE, Role.SITE_OPERATOR, Role.INSPECTOR)
    locked = clearance.lock(declaration_id)
    head = declarations.heads([declaration_id])[declaration_id]
    inland = declarations.content(head.id).transport.inland
    origin = _origin(head)
    if not _carries(by, head):
        _stands_at(by, origin, head)
    hold = _open(declaration_id)
    if not vehicle.strip() or not seals.strip():
        raise problems.NO_SEAL.error()
    if Movement.objects.filter(hold=hold.id).exists():
        return
    if hold.blocks is Act.DEPART and holds.state_of(declaration_id) is not State.RELEASED:
        raise problems.NOT_RELEASED.error(number=head.number, office=origin)
    _require_not_kept(declaration_id, hold, head.number)
    start = _lying_at(head, origin)
    due_at = now + _limit(start, hold.office, now)
    movement = Movement.objects.create(
        declaration_id=declaration_id,
        hold=hold.id,
        departure=origin,
        destination=hold.office,
        carrier=carrier.strip() or by.label,
        carrier_id=min(by.own_ids, default=None) if by.is_(Role.CARRIER) else None,
        vehicle=vehicle.strip(),
        seals=seals.strip(),
        mode="" if inland is None else inland.mode or "",
        from_site=start.code,
        departed_at=now,
        due_at=due_at,
    )
    wrote = [made(MOVEMENT, movement), *clearance.set_due(locked, hold.id, due_at)]
    facts = {"vehicle": vehicle, "seals": seals}
    record("TRANSIT_DEPARTED", declaration_id, by=by, at=now, wrote=wrote, **facts)
    announce([events.TransitDeparted(declaration_id, now, vehicle.strip(), hold.office)])


def arrive(
    *,
    declaration_id: DeclarationId,
    intact: bool,
    by: Actor,
    now: datetime,
    seals: str = "",
    site: str = "",
    reason: str = "",
) -> None:
    """Confirm where goods came to that they arrived under seal; their carrier cannot.

    Broken seals, other seals than those at departure, and an arrival after the time limit, open a
    case. Goods on the road arrive even where their declaration was revoked or refused meanwhile.
    An arrival that is sooner than the way allows is noted and refused; an inspector there confirms
    it with a reason.

    Args:
        declaration_id: whose goods.
        intact: whether the seals are whole.
        by: who stands at the site that they come to, or an inspector of its office.
        now: the moment.
        seals: the numbers read from the goods; they may be left out where seals are not whole.
        site: the site they came to; it may be left out, and is then that of who reports, or the
            only one of the office.
        reason: why an arrival is right that looks too early.

    Raises:
        ProblemError: ACC-001, ACC-011 or TRN-004 not at the destination, CLR-001, TRN-001 no
            transit open, TRN-003 not departed, TRN-007 a site of another office, TRN-008 sooner
            than the way allows, TRN-020 no seals read.
    """
    words = {"site": site, "reason": reason.strip(), "seals": seals.strip()}
    doubted = _arrive(declaration_id, intact, by=by, now=now, **words)
    if doubted is not None:
        raise ProblemError(doubted)


@transaction.atomic(durable=True)
def _arrive(
    declaration_id: DeclarationId,
    intact: bool,
    *,
    by: Actor,
    now: datetime,
    seals: str,
    site: str,
    reason: str,
) -> Fault | None:
    require(by, *AT_DESTINATION)
    locked = clearance.lock(declaration_id)
    head = declarations.heads([declaration_id])[declaration_id]
    movement = _movement(declaration_id)
    _stands_at(by, _destination(declaration_id), head)
    if movement is None or movement.arrived_at is not None:
        hold = _open(declaration_id)
        raise problems.NOT_DEPARTED.error(number=hold.number)
    place = _site_of_arrival(movement, head, site, by, now)
    if intact and not seals:
        raise problems.SEALS_NOT_READ.error(number=head.number)
    intact = intact and seal_numbers(seals) == seal_numbers(movement.seals)
    earliest = earliest_arrival(movement, place)
    confirmed = bool(reason) and by.is_(Role.INSPECTOR, Role.SYSTEM)
    if now < earliest and not confirmed:
        if movement.early_at is None:
            movement.early_at, movement.early_by = now, by.name
            movement.save(update_fields=["early_at", "early_by"])
        early = {"early_at": movement.early_at, "early_by": movement.early_by}
        wrote = [changed(MOVEMENT, movement.pk, **early)]
        record("TRANSIT_ARRIVAL_DOUBTED", declaration_id, by=by, at=now, wrote=wrote, site=place)
        facts = {"number": head.number, "office": movement.destination}
        soonest = f"{localtime(earliest):%Y-%m-%d %H:%M}"
        return problems.TOO_EARLY.at("", earliest=soonest, **facts)
    movement.arrived_at, movement.intact, movement.to_site = now, intact, place
    movement.save(update_fields=["arrived_at", "intact", "to_site"])
    told: dict[str, str | None] = {"site": place or None, "reason": reason or None}
    told |= {"intact": "yes" if intact else "no", "seals": seals or None}
    wrote = [changed(MOVEMENT, movement.pk, arrived_at=now, intact=intact, to_site=place)]
    record("TRANSIT_ARRIVED", declaration_id, by=by, at=now, wrote=wrote, **told)
    goods.move_on(bill=head.bill, office=movement.destination, site=place, by=by, now=now)
    announce([events.TransitArrived(declaration_id, now, movement.destination, intact)])
    if holds.state_of(declaration_id) in NO_MORE:
        return None
    hold = _open(declaration_id)
    if finding := _finding(movement, now, seals, intact=intact):
        why = Why.FOUND_AFTER if hold.blocks is Act.DEPART else Why.FINDING
        found = {"finding": finding}
        case = NewHold(declaration_id, HoldKind.CASE, hold.office, why, found, now)
        clearance.open_hold(locked, case, by=by, now=now)
    if hold.blocks is Act.RELEASE:
        assess_anew(locked, by=by, now=now, reached=now.astimezone(LOCAL).date())
    clearance.discharge(locked, hold.id, by=by, now=now)
    return None


@transaction.atomic(durable=True)
def chase(*, now: datetime) -> int:
    """Enquire after overdue movements, then call their guarantors; return how many acts.

    Each once, a day and a month after the time limit, or as the region's parameters say. Source:
    `transit_enquiry_days` and `transit_guarantor_days`.
    """
    parameters, day = snapshot().parameters, localdate(now)
    done = 0
    for column, name, kind in (
        ("enquired_at", "transit_enquiry_days", "TRANSIT_ENQUIRED"),
        ("called_at", "transit_guarantor_days", "TRANSIT_GUARANTOR_CALLED"),
    ):
        overdue = now - timedelta(days=parameters.whole(name, day))
        found = Movement.objects.filter(arrived_at=None, due_at__lte=overdue, **{column: None})
        for id_, pk, due_at in sorted(found.values_list("declaration", "id", "due_at"), key=str):
            clearance.lock(DeclarationId(id_))
            if not found.filter(pk=pk).update(**{column: now}):
                continue
            wrote, due = [changed(MOVEMENT, pk, **{column: now})], due_at.isoformat()
            record(kind, DeclarationId(id_), by=SYSTEM, at=now, wrote=wrote, due=due)
            done += 1
    return done


def _finding(movement: Movement, now: datetime, seals: str, *, intact: bool) -> str:
    """Return what is wrong with a movement that has arrived, for customs to investigate.

    The ledger keeps it in both languages.
    """
    found = [] if intact else [f"封志不完好 {movement.seals} / seals {movement.seals} not intact"]
    if seals and seal_numbers(seals) != seal_numbers(movement.seals):
        found = [
            f"封志 {seals}，启运时 {movement.seals} / seals {seals}, at departure {movement.seals}"
        ]
    if now > movement.due_at:
        due = f"{localtime(movement.due_at):%Y-%m-%d %H:%M}"
        found.append(f"超过转关时限 {due} 到达 / arrived after the time limit {due}")
    return "; ".join(found)


def _origin(head: DeclarationRow) -> str:
    """Return the office that goods leave under seal: of an export, where it is cleared."""
    moves = (row for row in holds.holds_of(head.id) if row.kind is HoldKind.TRANSIT)
    out = any(row.blocks is Act.DEPART for row in moves)
    return head.declaration_office if out else head.goods_office


def _lying_at(head: DeclarationRow, office: str) -> Site:
    """Return the site of an office where the goods of a declaration lie; refuse where they do not.

    Raises:
        ProblemError: TRN-005.
    """
    row = cargo.bills([head.bill]).answer().get(head.bill)
    place = None if row is None else snapshot().region.site(row.arrived_site)
    if row is None or not row.arrived or row.left_at is not None:
        raise problems.NOT_THERE.error(number=head.number, office=office)
    if place is None or place.office != office:
        raise problems.NOT_THERE.error(number=head.number, office=office)
    return place


def _require_not_kept(declaration_id: DeclarationId, move: HoldRow, number: str) -> None:
    """Refuse the departure of goods that are to be examined, or that a finding or a stop keeps.

    An examination or a case at the destination itself is what they move there for, and one that
    blocks the closing alone waits for no particular place.
    """
    for row in holds.open_on([declaration_id]).get(declaration_id, ()):
        stopped = row.kind is HoldKind.INSTRUCTION
        here = row.kind in KEEPING and row.office != move.office and row.blocks is not Act.CLOSE
        if stopped or here:
            raise problems.KEPT.error(number=number, kind=row.kind, office=row.office)


def _limit(start: Site, office: str, now: datetime) -> timedelta:
    law, day = snapshot(), localdate(now)
    km = farthest(start, law.region.sites_of(office, day))
    return time_limit(km, parameters=law.parameters, day=day)


def _site_of_arrival(
    movement: Movement, head: DeclarationRow, site: str, by: Actor, now: datetime
) -> str:
    """Return the site where a movement ends, or nothing where that is not told.

    Where the manifest names a site of that office, it is that one. People of a site confirm what
    came to their own.
    """
    ends = {one.code for one in snapshot().region.sites_of(movement.destination, localdate(now))}
    row = cargo.bills([head.bill]).answer().get(head.bill)
    if row is not None and row.site in ends:
        ends = {row.site}
    if site and site not in ends:
        expected = ", ".join(sorted(ends))
        raise problems.OTHER_END.error(site=site, office=movement.destination, expected=expected)
    own = ends & by.sites
    if not by.is_(Role.INSPECTOR, Role.SYSTEM) and not (own & {site} if site else own):
        raise problems.NOT_YOURS.error(number=head.number)
    sole = own if len(own) == 1 else ends
    return site or (next(iter(sole)) if len(sole) == 1 else "")


def _carries(by: Actor, head: DeclarationRow) -> bool:
    """Return whether a carrier has these goods: by his manifest, or handed over to him."""
    if not by.is_(Role.CARRIER):
        return by.is_(Role.SYSTEM)
    return bool(head.bill) and cargo.is_of(head.bill, carrier=by)


def _movement(declaration_id: DeclarationId) -> Movement | None:
    found = Movement.objects.filter(declaration=declaration_id)
    return found.order_by("-departed_at", "-id").first()


def _destination(declaration_id: DeclarationId) -> str:
    """Return where a declaration's goods move to under control, or moved to; else nothing."""
    moves = (row for row in holds.holds_of(declaration_id) if row.kind is HoldKind.TRANSIT)
    return next((row.office for row in moves), "")


def _stands_at(by: Actor, office: str, head: DeclarationRow) -> None:
    """Refuse a report of goods that somebody does not see: neither his office nor his site.

    Only an officer whose office has to do with the declaration is told where they are.
    """
    places = (snapshot().region.site(code) for code in sorted(by.sites))
    here = next((one.code for one in places if one is not None and one.office == office), "")
    if here:
        return
    if not by.is_(Role.SYSTEM) and not by.at(office, Role.INSPECTOR):
        told = by.is_(Role.INSPECTOR) and declarations.get(head.id, viewer=by) is not None
        if not office or not told:
            raise problems.NOT_YOURS.error(number=head.number)
    require_at(by, Role.INSPECTOR, office=office)


def _open(declaration_id: DeclarationId) -> HoldRow:
    found = holds.open_holds([declaration_id], HoldKind.TRANSIT)
    if not found:
        head = declarations.heads([declaration_id])[declaration_id]
        raise problems.NOT_MOVING.error(number=head.number)
    return found[0]
