"""When a carrier declared a means of transport at entry: the day that law counts from."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from tongguan.domain.cargo import problems
from tongguan.domain.cargo.events import TransportDeclared
from tongguan.domain.cargo.manifests import lock_manifest
from tongguan.domain.cargo.models import Arrival, Manifest, Transport
from tongguan.domain.cargo.sealed import TRANSPORT
from tongguan.domain.reference.queries import snapshot
from tongguan.facilities.accounts.rules.duties import require
from tongguan.facilities.accounts.values import Actor, Role
from tongguan.facilities.announcements.commands import announce
from tongguan.facilities.ledger import commands as ledger
from tongguan.facilities.ledger.sealed import changed


@transaction.atomic(durable=True)
def declare_transport(*, manifest: str, at: datetime, by: Actor, now: datetime) -> None:
    """Take a carrier's declaration that the means of transport of a manifest entered.

    Duties of goods declared before it are taxed by the law of that day, and the days to declare
    are counted from it. The same moment's day again changes nothing. A manifest is sent before the
    voyage arrives, so that no transport was declared long before its manifest came. Source:
    Customs Law, article 14: who is in charge of a means of transport declares it.

    Args:
        manifest: its number.
        at: when the means of transport was declared.
        by: the carrier, or people of the office of entry.
        now: the moment.

    Raises:
        ProblemError: ACC-001 neither, CAR-007 no manifest of theirs or at their office, CAR-040
            later than now or than a report of its goods, CAR-041 declared on another day before,
            CAR-050 longer before the manifest than the region allows.
    """
    held = _held(manifest, by)
    _require_possible(held, at, now)
    known = Transport.objects.filter(manifest=held).first()
    if known is not None and known.stated:
        if localdate(known.declared_at) != localdate(at):
            day = localdate(known.declared_at).isoformat()
            raise problems.TRANSPORT_DECLARED.error(manifest=manifest, day=day)
        return
    Transport.objects.update_or_create(
        manifest=held, defaults={"declared_at": at, "stated": True, "by": by.name}
    )
    _tell(held.pk, manifest, at, by=by, now=now, stated=True)


@transaction.atomic(durable=True)
def correct_transport(
    *, manifest: str, at: datetime, reason: str, by: Actor, now: datetime
) -> None:
    """Correct the moment at which a means of transport was declared; the ledger keeps the earlier.

    What depends on the day is computed anew, for released goods too: what is missing is owed, what
    was paid too much is given back. The same day again changes nothing.

    Raises:
        ProblemError: ACC-001, CAR-007, CAR-040, CAR-050 as for declaring it, CAR-028 no reason,
            CAR-042 nothing was declared yet.
    """
    held = _held(manifest, by)
    if not reason.strip():
        raise problems.NO_REASON.error()
    _require_possible(held, at, now)
    known = Transport.objects.filter(manifest=held, stated=True).first()
    if known is None:
        raise problems.TRANSPORT_NOT_DECLARED.error(manifest=manifest)
    earlier = localdate(known.declared_at)
    if earlier == localdate(at):
        return
    facts = {
        "manifest": manifest,
        "day": localdate(at).isoformat(),
        "earlier": known.declared_at.isoformat(),
        "earlier_by": known.by,
        "reason": reason.strip(),
    }
    known.declared_at, known.by = at, by.name
    known.save(update_fields=["declared_at", "by"])
    wrote = [changed(TRANSPORT, held.pk, declared_at=at, by=by.name)]
    ledger.record("TRANSPORT_CORRECTED", held.pk, by=by, at=now, wrote=wrote, **facts)
    announce([TransportDeclared(held.pk, now, manifest, facts["day"])])


def _held(manifest: str, by: Actor) -> Manifest:
    """Lock a manifest whose transport `by` may declare."""
    require(by, Role.CARRIER, Role.INSPECTOR)
    held = Manifest.objects.select_for_update().filter(number=manifest).first()
    if held is None or not _may_declare(held, by):
        raise problems.MANIFEST_UNKNOWN.error(manifest=manifest)
    return held


def _may_declare(held: Manifest, by: Actor) -> bool:
    owns = by.is_(Role.CARRIER) and held.carrier_id in by.own_ids
    return owns or by.at(held.office, Role.INSPECTOR) or by.is_(Role.SYSTEM)


def _require_possible(held: Manifest, at: datetime, now: datetime) -> None:
    """Refuse a day that lies ahead, after a report of the goods, or long before the manifest."""
    days = snapshot().parameters.whole("transport_days_before_manifest", localdate(now))
    earliest = localdate(held.received_at) - timedelta(days=days)
    if localdate(at) < earliest:
        raise problems.TRANSPORT_TOO_EARLY.error(
            day=localdate(at).isoformat(), earliest=earliest.isoformat()
        )
    first = Arrival.objects.filter(bill__manifest=held).order_by("at").values_list("at").first()
    latest = min(now, first[0]) if first else now
    if localdate(at) > localdate(latest):
        raise problems.TRANSPORT_TOO_LATE.error(
            day=localdate(at).isoformat(), latest=localdate(latest).isoformat()
        )


def note_arrival(manifest: Manifest, *, by: Actor, now: datetime) -> None:
    """Note that a transport had been declared when the first of its goods are at a site.

    Runs in the transaction of the report. What the carrier declares itself stands before it.
    """
    if Transport.objects.filter(manifest=manifest).exists():
        return
    # Locked first, as by the carrier's own declaration, so that neither waits for the other.
    lock_manifest(manifest.pk)
    _, fresh = Transport.objects.get_or_create(
        manifest=manifest, defaults={"declared_at": now, "stated": False, "by": by.name}
    )
    if fresh:
        _tell(manifest.pk, manifest.number, now, by=by, now=now, stated=False)


def _tell(
    id_: UUID, manifest: str, at: datetime, *, by: Actor, now: datetime, stated: bool
) -> None:
    day = localdate(at).isoformat()
    facts = {"manifest": manifest, "day": day, "stated": "yes" if stated else "no"}
    wrote = [changed(TRANSPORT, id_, declared_at=at, stated=stated, by=by.name)]
    ledger.record("TRANSPORT_DECLARED", id_, by=by, at=now, wrote=wrote, **facts)
    announce([TransportDeclared(id_, now, manifest, day)])
