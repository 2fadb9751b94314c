"""What is decided about bills: disputes of carriers, handing over, bringing goods elsewhere."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate
from msgspec import convert
from msgspec.structs import replace

from tongguan.domain.cargo import problems
from tongguan.domain.cargo.claims import is_visible
from tongguan.domain.cargo.commands import is_owner
from tongguan.domain.cargo.manifests import check_manifest, lock_manifest, take, withdraw
from tongguan.domain.cargo.models import Bill, Dispute, Diversion
from tongguan.domain.cargo.models import Manifest as ManifestTable
from tongguan.domain.cargo.queries import offices_of
from tongguan.domain.cargo.sealed import BILL, DISPUTE, DIVERSION, MANIFEST
from tongguan.domain.cargo.values import Manifest, ManifestFunction, Outcome
from tongguan.domain.parties import queries as parties
from tongguan.domain.parties.values import EnterpriseKind
from tongguan.domain.reference.queries import snapshot
from tongguan.facilities.accounts.rules.duties import require, require_at, require_person
from tongguan.facilities.accounts.two_persons import TwoPersonAct, require_second
from tongguan.facilities.accounts.values import Actor, Role
from tongguan.facilities.ledger import commands as ledger
from tongguan.facilities.ledger.sealed import changed, made
from tongguan.kernel.identifiers import new_id
from tongguan.kernel.problems import ProblemError

DECIDERS = (Role.INSPECTOR, Role.COORDINATOR)
"""Who decides at the office of the goods."""


@transaction.atomic(durable=True)
def decide_dispute(
    *, dispute_id: UUID, outcome: Outcome, reason: str, by: Actor, now: datetime
) -> None:
    """Decide whose a voyage or bills are that two carriers claim.

    With the first carrier nothing changes. With the second its manifest is taken as it came, and
    the bills that both name pass to it; their arrival is reported anew. The officer stands at the
    office of the goods, or at each of them where contested bills are at several.

    Raises:
        ProblemError: ACC-001, ACC-011 no officer at each office of the goods, ACC-014 no person,
            CAR-027 none waits that he may see, CAR-028 no reason, CAR-029 goods have left, CAR-033
            it is a matter of his own; what a manifest is refused for.
    """
    require(by, *DECIDERS)
    require_person(by)
    dispute = Dispute.objects.select_for_update().filter(pk=dispute_id, outcome="").first()
    if dispute is None:
        raise problems.NO_DISPUTE.error(number=dispute_id)
    if not is_visible(dispute_id, viewer=by):
        raise problems.NO_DISPUTE.error(number=dispute_id)
    offices = set(offices_of(dispute.bills).values())
    for office in sorted(offices or {dispute.office}):
        require_at(by, *DECIDERS, office=office)
    carriers = {dispute.claimant_id, dispute.holder_id}
    _require_disinterested(TwoPersonAct.DECIDE_DISPUTE, by, dispute.raised_by, carriers)
    reason = _reason(reason)
    if outcome is Outcome.SECOND:
        _pass_over(dispute, by=by, now=now)
    decided = {
        "outcome": str(outcome),
        "reason": reason,
        "decided_at": now,
        "decided_by": by.name,
    }
    Dispute.objects.filter(pk=dispute.pk).update(**decided)
    facts = {"manifest": dispute.number, "outcome": str(outcome), "reason": reason}
    wrote = [changed(DISPUTE, dispute.pk, **decided)]
    ledger.record("DISPUTE_DECIDED", dispute.pk, by=by, at=now, wrote=wrote, **facts)


@transaction.atomic(durable=True)
def hand_over(*, number: str, carrier: str, by: Actor, now: datetime) -> None:
    """Hand a bill over to another carrier, who reports for it from now on.

    Raises:
        ProblemError: ACC-001 no carrier, CAR-001 no such bill of theirs, CAR-010 no such
            enterprise, CAR-030 it is no carrier.
    """
    require(by, Role.CARRIER)
    bill = locked_bill(number, by)
    found = parties.known([carrier], localdate(now)).answer().get(carrier)
    if found is None:
        raise problems.CARRIER_UNKNOWN.error(carrier=carrier)
    if found.kind is not EnterpriseKind.CARRIER or found.suspended:
        raise problems.NOT_A_CARRIER.error(name=found.name_zh)
    bill.carrier_id = found.id
    bill.save(update_fields=["carrier"])
    facts = {"bill": number, "carrier": found.scc}
    wrote = [changed(BILL, bill.pk, carrier_id=found.id)]
    ledger.record("BILL_HANDED_OVER", bill.pk, by=by, at=now, wrote=wrote, **facts)


@transaction.atomic(durable=True)
def ask_diversion(*, number: str, site: str, reason: str, by: Actor, now: datetime) -> UUID:
    """Ask to bring the goods of a bill to another site than the manifest names; return its id.

    Raises:
        ProblemError: ACC-001 no carrier, CAR-001 no such bill of theirs, CAR-002 no such site,
            CAR-028 no reason, CAR-031 arrived, expected there, or asked already.
    """
    require(by, Role.CARRIER)
    bill = locked_bill(number, by)
    place = snapshot().region.site(site, localdate(now))
    if place is None:
        raise problems.NO_SITE.error(site=site)
    reason, office = _reason(reason), bill.office or bill.manifest.office
    waits = Diversion.objects.filter(bill=bill, approved=None).exists()
    if bill.arrived_at is not None or waits or bill.site == site:
        raise problems.NO_DIVERSION.error(bill=number, site=bill.site or office)
    asked = Diversion.objects.create(
        id=new_id(),
        bill=bill,
        from_office=office,
        from_site=bill.site,
        to_office=place.office,
        to_site=site,
        reason=reason,
        asked_at=now,
        asked_by=by.name,
    )
    facts = {"bill": number, "site": site, "reason": reason}
    wrote = [made(DIVERSION, asked)]
    ledger.record("DIVERSION_ASKED", bill.pk, by=by, at=now, wrote=wrote, **facts)
    return asked.pk


@transaction.atomic(durable=True)
def decide_diversion(
    *, diversion_id: UUID, approved: bool, words: str, by: Actor, now: datetime
) -> None:
    """Approve or decline that goods are brought elsewhere, at the old office or at the new one.

    Raises:
        ProblemError: ACC-001, ACC-014 no person, CAR-027 none waits at his office, CAR-028 no
            words, CAR-031 the goods have arrived meanwhile, CAR-033 it is a matter of his own.
    """
    require(by, *DECIDERS)
    require_person(by)
    waits = Diversion.objects.select_for_update(of=("self",)).filter(approved=None)
    asked = waits.filter(pk=diversion_id).first()
    if asked is None or not _decides_at(by, asked.from_office, asked.to_office):
        raise problems.NO_DISPUTE.error(number=diversion_id)
    words = _reason(words)
    bill = (
        Bill.objects.select_for_update(of=("self",))
        .select_related("manifest")
        .get(pk=asked.bill_id)
    )
    carrier = bill.carrier_id or bill.manifest.carrier_id
    _require_disinterested(TwoPersonAct.DECIDE_DIVERSION, by, asked.asked_by, {carrier})
    wrote = []
    if approved:
        if bill.arrived_at is not None:
            raise problems.NO_DIVERSION.error(bill=bill.number, site=bill.arrived_site)
        bill.site = asked.to_site
        bill.office = "" if asked.to_office == bill.manifest.office else asked.to_office
        bill.save(update_fields=["site", "office"])
        wrote.append(changed(BILL, bill.pk, site=bill.site, office=bill.office))
    decided = {
        "approved": approved,
        "words": words,
        "decided_at": now,
        "decided_by": by.name,
    }
    Diversion.objects.filter(pk=asked.pk).update(**decided)
    kind = "DIVERSION_APPROVED" if approved else "DIVERSION_DECLINED"
    facts = {"bill": bill.number, "site": asked.to_site, "words": words}
    wrote.append(changed(DIVERSION, asked.pk, **decided))
    ledger.record(kind, bill.pk, by=by, at=now, wrote=wrote, **facts)


def _pass_over(dispute: Dispute, *, by: Actor, now: datetime) -> None:
    """Withdraw the contested bills from the first carrier and take the second one's manifest."""
    manifest = convert(dispute.content, Manifest, strict=False)
    held = ManifestTable.objects.filter(number=manifest.number).first()
    numbers = [bill.number for bill in manifest.bills]
    bills = Bill.objects.select_for_update().filter(number__in=numbers, withdrawn_at=None)
    contested = list(bills.filter(number__in=dispute.bills).order_by("id"))
    for bill in contested:
        if bill.left_at is not None:
            raise problems.HAVE_LEFT.error(bill=bill.number)
    withdraw(contested, by=by, now=now)
    if held is not None and held.carrier_id != dispute.claimant_id:
        names = ("flow", "mode", "name", "voyage", "office")
        taken = {name: getattr(manifest, name) for name in names}
        taken["carrier_id"] = held.carrier_id = dispute.claimant_id
        lock_manifest(held.pk)
        ManifestTable.objects.filter(pk=held.pk).update(**taken)
        wrote, facts = [changed(MANIFEST, held.pk, **taken)], {"manifest": held.number}
        ledger.record("MANIFEST_PASSED", held.pk, by=by, at=now, wrote=wrote, **facts)
        manifest = replace(manifest, function=ManifestFunction.ADD)
    elif manifest.function is ManifestFunction.ORIGINAL and held is not None:
        raise problems.MANIFEST_DIFFERS.error(manifest=manifest.number)
    faults = tuple(check_manifest(manifest, held, None, now=now))
    if faults:
        raise ProblemError(*faults)
    take(manifest, held, dispute.claimant_id, by=by, now=now)


def locked_bill(number: str, by: Actor) -> Bill:
    """Lock a bill that is in force and has not left, for somebody of its carrier.

    Raises:
        ProblemError: CAR-001 no such bill of theirs.
    """
    found = Bill.objects.select_for_update(of=("self",)).select_related("manifest")
    bill = found.filter(number=number, withdrawn_at=None, left_at=None).first()
    if bill is None or not is_owner(bill, by):
        raise problems.NO_BILL.error(bill=number)
    return bill


def _decides_at(by: Actor, *offices: str) -> bool:
    return by.is_(Role.SYSTEM) or any(by.at(office, *DECIDERS) for office in offices)


def _require_disinterested(
    act: TwoPersonAct, by: Actor, asked_by: str, carriers: Collection[int | None]
) -> None:
    """Refuse a decision to whoever asked for it, or works for a carrier whom it concerns."""
    require_second(act, by, first={asked_by}, refusal=problems.OWN_MATTER)
    if not by.own_ids.isdisjoint(carriers):
        raise problems.OWN_MATTER.error(person=by.label)


def _reason(words: str) -> str:
    if not words.strip():
        raise ProblemError(problems.NO_REASON.at("#/reason"))
    return words.strip()
