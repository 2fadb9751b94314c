"""Comparing declarations with a manifest that came after them, or a consignee named since."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Final

from django.utils.timezone import localdate
from django.utils.translation import gettext, override

from tongguan.domain.cargo.queries import bills
from tongguan.domain.cargo.values import BillRow
from tongguan.domain.clearance import commands as clearance
from tongguan.domain.clearance.lifecycle import HoldKind, State, Why
from tongguan.domain.clearance.queries import ever_held, holds_of, state_of
from tongguan.domain.clearance.values import NewHold
from tongguan.domain.declarations.queries import content, heads
from tongguan.domain.declarations.values import Submission
from tongguan.domain.parties.queries import known as known_parties
from tongguan.domain.parties.values import EnterpriseRow
from tongguan.domain.reference.hours import decision_due
from tongguan.domain.reference.queries import snapshot
from tongguan.facilities.accounts.values import SYSTEM
from tongguan.facilities.ledger.commands import record
from tongguan.facilities.ledger.queries import entries
from tongguan.kernel.identifiers import DeclarationId
from tongguan.kernel.problems import Fault
from tongguan.processes.lodgement.contradictions import contradictions, holder
from tongguan.processes.lodgement.holds import unproven_holder

WARNED: Final = "MANIFEST_DIFFERS"
TOLD: Final = 5
"""The hold names up to so many differences; the page shows declaration and manifest in full."""


def compare(ids: Collection[DeclarationId], now: datetime) -> None:
    """Compare those of these declarations that were lodged before their manifest came.

    A difference that a later declaration is rejected for opens a REVIEW before release, so that
    the goods are not released before a reviewer has closed it, and after release a CASE, which
    holds up the departure. One that a later declaration is only warned of is entered in the
    ledger, where officer and declarant read it. The same differences are told once.
    """
    declared = heads(ever_held(ids, Why.NO_MANIFEST))
    known = bills({row.bill for row in declared.values()}).answer()
    for id_ in sorted(declared, key=str):
        head, bill = declared[id_], known.get(declared[id_].bill)
        if bill is None or not bill.manifested:
            continue
        day = localdate(head.accepted_at)
        sent = content(id_)
        trader, parties = _parties(sent, bill, day)
        found = contradictions(sent, bill, known=parties, reference=snapshot(), day=day)
        rejected = [fault for fault in found if not fault.problem.warning]
        warned = [fault for fault in found if fault.problem.warning]
        if rejected:
            _hold(id_, head.declaration_office, head.goods_office, _told(rejected), now)
        if warned:
            _enter(id_, _told(warned), now)
        if rejected or trader is None:
            continue
        if holder(bill, trader=trader, known=parties).asks:
            _ask_for_holder(id_, sent, now)


def look_at_consignees(ids: Collection[DeclarationId], now: datetime) -> None:
    """Look at these declarations again when a carrier has named the consignee of their bills.

    Where it is the trader of the declaration, nothing is left to prove. Where it is another, a
    person decides: before release with a REVIEW, after it with a CASE. Where the bill is to
    order again, it waits again for who holds it.
    """
    declared = heads(ids)
    known = bills({row.bill for row in declared.values()}).answer()
    for id_ in sorted(declared, key=str):
        head, bill = declared[id_], known.get(declared[id_].bill)
        if bill is None:
            continue
        sent = content(id_)
        trader, parties = _parties(sent, bill, localdate(head.accepted_at))
        if trader is None:
            continue
        said = holder(bill, trader=trader, known=parties)
        if said.refused is not None:
            _hold(id_, head.declaration_office, head.goods_office, _told([said.refused]), now)
        elif said.named:
            _end_asking(id_, now)
        elif said.asks:
            _ask_for_holder(id_, sent, now)


def _parties(
    sent: Submission, bill: BillRow, day: date
) -> tuple[EnterpriseRow | None, Mapping[str, EnterpriseRow]]:
    """Return the trader of a declaration, and it and those that its bill names, by code."""
    stated = sent.parties.trader
    codes = {stated.scc, stated.code, *bill.consignee_codes}
    known = known_parties({code for code in codes if code}, day).answer()
    return known.get(stated.scc or "") or known.get(stated.code or ""), known


def _ask_for_holder(id_: DeclarationId, sent: Submission, now: datetime) -> None:
    locked = clearance.lock(id_)
    # What a reviewer has seen stays proven; that a carrier named the trader, while it names it.
    asked = any(
        row.why is Why.HOLDER_UNPROVEN and (row.ended_at is None or row.ended_by != SYSTEM.name)
        for row in holds_of(id_)
    )
    if not asked and state_of(id_) is State.ACCEPTED:
        hold = unproven_holder(id_, sent, snapshot(), now)
        clearance.open_hold(locked, hold, by=SYSTEM, now=now)


def _end_asking(id_: DeclarationId, now: datetime) -> None:
    locked = clearance.lock(id_)
    for row in holds_of(id_):
        if row.why is Why.HOLDER_UNPROVEN and row.ended_at is None:
            clearance.discharge(locked, row.id, by=SYSTEM, now=now)


def _enter(id_: DeclarationId, told: str, now: datetime) -> None:
    clearance.lock(id_)
    earlier = (one.facts for one in entries(id_) if one.kind == WARNED)
    if all(facts["differences"] != told for facts in earlier):
        record(WARNED, id_, by=SYSTEM, at=now, differences=told)


def _hold(id_: DeclarationId, office: str, goods_office: str, told: str, now: datetime) -> None:
    locked = clearance.lock(id_)
    if any(told in row.facts.values() for row in holds_of(id_)):
        return
    state = state_of(id_)
    if state is State.ACCEPTED:
        facts, due = {"differences": told}, decision_due(now, snapshot())
        hold = NewHold(id_, HoldKind.REVIEW, office, Why.MANIFEST_DIFFERS, facts, now, due)
    elif state in {State.RELEASED, State.DEPARTED}:
        facts = {"finding": told}
        hold = NewHold(id_, HoldKind.CASE, goods_office, Why.FOUND_AFTER, facts, now)
    else:
        return
    clearance.open_hold(locked, hold, by=SYSTEM, now=now)


def _told(found: Collection[Fault]) -> str:
    """Return what differs in both languages: the ledger keeps it, and it is never translated."""
    parts = []
    for language in ("zh-hans", "en"):
        with override(language):
            details = [fault.told(gettext)["detail"] for fault in list(found)[:TOLD]]
        parts.append(" ".join(details))
    return " / ".join(parts) + (" …" if len(found) > TOLD else "")
