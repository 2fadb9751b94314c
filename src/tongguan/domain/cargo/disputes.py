"""Claims of a second carrier to what another announced first: found, and kept to be decided."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.timezone import localdate
from msgspec import json

from tongguan.domain.cargo import problems, queries
from tongguan.domain.cargo.models import Dispute
from tongguan.domain.cargo.models import Manifest as ManifestTable
from tongguan.domain.cargo.sealed import DISPUTE
from tongguan.domain.cargo.values import Contest, Manifest, ManifestFunction, Outcome
from tongguan.domain.reference.queries import snapshot
from tongguan.facilities.accounts.values import Actor
from tongguan.facilities.ledger import commands as ledger
from tongguan.facilities.ledger.sealed import made
from tongguan.kernel.identifiers import new_id
from tongguan.kernel.problems import Fault


def carriers_of(manifest: Manifest, *, now: datetime) -> tuple[int, ...]:
    """Return the carriers that announced the voyage of a manifest, the first one first.

    The number of a voyage recurs: it counts for as many days as the region says.
    """
    return queries.carriers_of_voyage(**_voyage(manifest, now))


def _voyage(manifest: Manifest, now: datetime) -> dict[str, Any]:
    days = snapshot().parameters.whole("voyage_days", localdate(now))
    return {
        "mode": manifest.mode,
        "name": manifest.name,
        "voyage": manifest.voyage,
        "flow": manifest.flow,
        "since": now - timedelta(days=days),
    }


def find_contest(
    manifest: Manifest, held: ManifestTable | None, carrier_id: int | None, *, now: datetime
) -> Contest | None:
    """Return what a carrier's new manifest, or addition, takes from another; None for nothing."""
    original = manifest.function is ManifestFunction.ORIGINAL
    if carrier_id is None or not (original or manifest.function is ManifestFunction.ADD):
        return None
    number = original and held is not None and held.carrier_id != carrier_id
    carriers = carriers_of(manifest, now=now) if original else ()
    voyage = bool(carriers) and carrier_id not in carriers
    owners = queries.owners([bill.number for bill in manifest.bills])
    bills = {bill: owner for bill, owner in owners.items() if owner != carrier_id}
    if not (number or voyage or bills):
        return None
    first = held.carrier_id if number and held is not None else None
    holders = (first, *bills.values(), *(carriers if voyage else ()))
    holder = next((one for one in holders if one is not None), None)
    first_office = held.office if number and held is not None else None
    offices = sorted(queries.offices_of(bills).values())
    if not offices and first_office is None:
        first_office = queries.office_of_voyage(**_voyage(manifest, now))
    office = offices[0] if offices else first_office or manifest.office
    return Contest(carrier_id, holder, number, voyage, tuple(sorted(bills)), office)


def raise_dispute(
    manifest: Manifest, contest: Contest, *, sealed: bytes, by: Actor, now: datetime
) -> Fault:
    """Keep a contested manifest for an officer to decide; return what its sender is told.

    It is decided where the goods are, whatever office the claimant names. The same claim again
    waits only once, and one that was declined stays declined.
    """
    office = contest.office
    mine = Dispute.objects.filter(
        number=manifest.number, claimant=contest.claimant, sha256=sealed
    ).order_by("-raised_at")
    declined = mine.filter(outcome=str(Outcome.FIRST)).first()
    if declined is not None:
        facts = {"manifest": manifest.number, "reason": declined.reason, "office": office}
        return problems.CLAIM_DECLINED.at("", **facts)
    if not mine.filter(outcome="").exists():
        dispute = Dispute.objects.create(
            id=new_id(),
            number=manifest.number,
            name=manifest.name,
            voyage=manifest.voyage,
            office=office,
            bills=list(contest.bills),
            holder_id=contest.holder,
            claimant_id=contest.claimant,
            sha256=sealed,
            content=json.decode(json.encode(manifest)),
            raised_at=now,
            raised_by=by.name,
        )
        facts = {"manifest": manifest.number, "bills": ", ".join(contest.bills), "office": office}
        wrote = [made(DISPUTE, dispute)]
        ledger.record("MANIFEST_CONTESTED", dispute.pk, by=by, at=now, wrote=wrote, **facts)
    what = ", ".join(contest.bills) or f"{manifest.name} {manifest.voyage}".strip()
    return problems.CLAIMED.at("", manifest=manifest.number, what=what, office=office)
