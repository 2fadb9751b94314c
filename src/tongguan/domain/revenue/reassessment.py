"""Computing duties anew when the transport was declared, or goods in transit reached their end."""

from datetime import date, datetime
from decimal import Decimal
from typing import Final

from django.db.models import F

from tongguan.domain.cargo.queries import bills
from tongguan.domain.clearance import commands as clearance
from tongguan.domain.clearance.lifecycle import HoldKind, State, Why
from tongguan.domain.clearance.queries import open_holds, standing
from tongguan.domain.clearance.values import Locked, NewHold
from tongguan.domain.declarations.queries import content, heads
from tongguan.domain.declarations.records import DeclarationRow
from tongguan.domain.declarations.values import Flow, Kind, Mode
from tongguan.domain.reference.hours import decision_due
from tongguan.domain.reference.queries import snapshot
from tongguan.domain.reference.values import Snapshot
from tongguan.domain.revenue import events
from tongguan.domain.revenue.commands import COLUMN_TAXES, draw
from tongguan.domain.revenue.models import (
    Assessment,
    Guarantee,
    GuaranteeDebit,
    Overpayment,
    Payment,
)
from tongguan.domain.revenue.rules import lateness
from tongguan.domain.revenue.rules.assess import assess
from tongguan.domain.revenue.rules.coming import Coming, coming_of
from tongguan.domain.revenue.sealed import ASSESSMENT, DEBIT, GUARANTEE, OVERPAYMENT
from tongguan.domain.revenue.values import ZERO, Debit
from tongguan.domain.revenue.values import Assessment as Assessed
from tongguan.facilities.accounts.values import Actor
from tongguan.facilities.announcements.commands import announce
from tongguan.facilities.ledger.commands import record
from tongguan.facilities.ledger.sealed import Rows, added, changed, made
from tongguan.kernel.identifiers import HoldId, new_id
from tongguan.kernel.time import LOCAL

AFTER_RELEASE: Final = frozenset({State.RELEASED, State.DEPARTED, State.CLOSED})


def assess_anew(locked: Locked, *, by: Actor, now: datetime, reached: date | None = None) -> None:
    """Compute what an import owes by the day that is decisive now; the same again changes nothing.

    Where the amounts differ, a new assessment stands before the earlier one, which stays readable:
    what was paid counts, what is missing is owed with a PAYMENT hold, what is too much is given
    back. What a guarantee secured is drawn anew where that can be. After release what is missing is
    recovered within `recovery_years`, and waits for the closing only. Source: Decree 392, art. 51,
    one year; from 2024-12-01 Tariff Law, art. 45, three years; unverified. What was paid too much
    is given back whenever customs finds it.

    Args:
        locked: the declaration; none that was revoked or refused is assessed.
        by: who caused it.
        now: the moment.
        reached: in transit: the local day on which the goods reached their destination.
    """
    id_ = locked.declaration_id
    standing_now = standing([id_])[id_]
    released = standing_now.state in AFTER_RELEASE
    if standing_now.state is not State.ACCEPTED and not released:
        return
    head, law = heads([id_])[id_], snapshot()
    before = Assessment.objects.filter(declaration=id_, replaced_at=None).order_by("-version")
    old = before.first()
    if old is None or head.flow is not Flow.IMPORT:
        return
    known = Assessed.read(old.charges)
    coming = _coming(head, law, reached or known.reached)
    if (known.transport, known.reached) == (coming.transport, coming.reached):
        return
    accepted = head.accepted_at.astimezone(LOCAL).date()
    try:
        found = assess(content(id_), reference=law, day=accepted, coming=coming, earlier=known)
    except LookupError:
        _ask_an_officer(locked, head, coming, standing_now.state, by=by, now=now)
        return
    if _amounts(found) == _amounts(known):
        return
    if found.undetermined and not known.undetermined:
        _ask_an_officer(locked, head, coming, standing_now.state, by=by, now=now)
    since = standing_now.moved_at if old.paid_at is None else old.paid_at
    if released and found.payable > known.payable and _barred(since, now, law):
        facts = {"earlier": known.payable, "total": found.payable, "since": since.isoformat()}
        record("RECOVERY_BARRED", id_, by=by, at=now, **facts)
        return
    _replace(locked, head, old, found, law, standing_now.state, by=by, now=now)


def _barred(since: datetime, now: datetime, law: Snapshot) -> bool:
    """Return whether it is too late to recover duty that was paid, or released, at a moment."""
    begun, today = since.astimezone(LOCAL).date(), now.astimezone(LOCAL).date()
    years = law.parameters.whole("recovery_years", begun)
    ends = (begun.year + years, begun.month, begun.day)
    return (today.year, today.month, today.day) > ends


def _coming(head: DeclarationRow, law: Snapshot, reached: date | None) -> Coming:
    return coming_of(
        bills([head.bill]).answer().get(head.bill) if head.bill else None,
        transit=head.mode is Mode.TRANSIT,
        destination=head.declaration_office,
        reference=law,
        reached=reached,
    )


def _amounts(owed: Assessed) -> tuple[object, ...]:
    return owed.value, owed.totals, owed.undetermined


def _replace(
    locked: Locked,
    head: DeclarationRow,
    old: Assessment,
    found: Assessed,
    law: Snapshot,
    state: State,
    *,
    by: Actor,
    now: datetime,
) -> None:
    """Put a new assessment before an old one, and settle the difference."""
    paid = old.total if old.paid_at is not None else old.settled
    issued = now.astimezone(LOCAL).date()
    days = law.parameters.whole("payment_days", issued)
    due = lateness.payment_due(issued, allowed=days, calendar=law.calendar)
    levied = {total.tax: total.levied for total in found.totals}
    columns = (sum((levied.get(tax, ZERO) for tax in taxes), ZERO) for taxes in COLUMN_TAXES)
    duty, export_duty, remedies, consumption_tax, vat, late_fee = columns
    new = Assessment(
        id=new_id(),
        declaration_id=old.declaration_id,
        version=old.version,
        computed=old.computed + 1,
        office=old.office,
        district=old.district,
        value=found.value,
        duty=duty,
        export_duty=export_duty,
        remedies=remedies,
        consumption_tax=consumption_tax,
        vat=vat,
        late_fee=late_fee,
        total=found.payable,
        currency=old.currency,
        issued_at=now,
        due_date=due,
        charges=found.as_json(),
        settled=min(paid, found.payable),
        paid_at=old.paid_at if paid >= found.payable else None,
    )
    new.save(force_insert=True)
    old.replaced_at = now
    old.save(update_fields=["replaced_at"])
    wrote = _move_security(old, new, now)
    wrote += [made(ASSESSMENT, new), changed(ASSESSMENT, old.id, replaced_at=now)]
    facts = {"earlier": old.total, "total": new.total, "paid": paid, "day": found.day}
    record("ASSESSED_ANEW", head.id, by=by, at=now, wrote=wrote, **facts)
    announce([events.AssessedAnew(head.id, now, str(old.total), str(new.total))])
    if paid > new.total:
        _give_back(head, new, paid - new.total, by=by, now=now)
    _follow_with_holds(locked, head, new, law, state, by=by, now=now)


def _move_security(old: Assessment, new: Assessment, now: datetime) -> list[Rows]:
    """Draw what is owed now on the guarantee that secured the earlier amount, where it can be.

    A late-declaration fee is paid, never secured: then nothing is drawn. Source: Order 128.
    """
    held = GuaranteeDebit.objects.filter(assessment=old, credited_at=None)
    debit = held.select_related("guarantee").first()
    if debit is None:
        return []
    Guarantee.objects.filter(pk=debit.guarantee_id).update(drawn_cny=F("drawn_cny") - debit.amount)
    debit.credited_at = now
    debit.save(update_fields=["credited_at"])
    wrote = [
        changed(DEBIT, debit.pk, credited_at=now),
        added(GUARANTEE, debit.guarantee_id, drawn_cny=-debit.amount),
    ]
    if not new.due or new.late_fee:
        return wrote
    wanted = Debit(old.secured_by, debit.guarantee.enterprise_id, new.id, new.due)
    refused, drawn = draw([wanted], now=now)
    if not refused:
        new.secured_by = old.secured_by
        new.save(update_fields=["secured_by"])
    return wrote + drawn


def _give_back(
    head: DeclarationRow, new: Assessment, amount: Decimal, *, by: Actor, now: datetime
) -> None:
    """Order that the bank of the latest payment gives back what is too much."""
    paid = Payment.objects.filter(assessment__declaration=head.id).select_related("bank")
    payment = paid.order_by("-paid_at", "-id").first()
    if payment is None:
        return
    kept = Overpayment.objects.create(
        assessment=new, payment=payment, amount=amount, ordered_at=now
    )
    facts = {
        "total": str(amount),
        "bank": payment.bank.name,
        "bank_reference": payment.bank_reference,
    }
    record("REFUND_ORDERED", head.id, by=by, at=now, wrote=[made(OVERPAYMENT, kept)], **facts)
    announce([events.RefundOrdered(head.id, now, **facts)])


def _follow_with_holds(
    locked: Locked,
    head: DeclarationRow,
    new: Assessment,
    law: Snapshot,
    state: State,
    *,
    by: Actor,
    now: datetime,
) -> None:
    """Let the PAYMENT hold say what is owed now; the new one opens before the old one ends.

    A closed declaration is held by nothing: what it owes stands among the payments that are due.
    """
    earlier = open_holds([head.id], HoldKind.PAYMENT)
    if new.due and not new.secured_by and state is not State.CLOSED:
        facts = {"amount": str(new.due), **law.calendar.beyond(new.due_date)}
        due = lateness.end_of(new.due_date)
        why = Why.SECURITY_DUE if head.kind is Kind.SUMMARY else Why.DUTY_DUE
        if state in AFTER_RELEASE and why is Why.DUTY_DUE:
            why = Why.RECOVERY_DUE
        hold = NewHold(head.id, HoldKind.PAYMENT, new.office, why, facts, now, due)
        owed = [changed(ASSESSMENT, new.id, hold_id=hold.id)]
        clearance.open_hold(locked, hold, by=by, now=now, wrote=owed)
        new.hold_id = hold.id
        new.save(update_fields=["hold_id"])
    for row in earlier:
        clearance.discharge(locked, HoldId(row.id), by=by, now=now)


def _ask_an_officer(
    locked: Locked,
    head: DeclarationRow,
    coming: Coming,
    state: State,
    *,
    by: Actor,
    now: datetime,
) -> None:
    """Open a review where the rates of the decisive day are not all known."""
    day = str(coming.reached or coming.transport)
    why = Why.RATES_UNKNOWN if state is State.ACCEPTED else Why.RATES_UNKNOWN_AFTER
    asked = any(row.why is why for row in open_holds([head.id], HoldKind.REVIEW))
    if asked or state is State.CLOSED:
        return
    facts = {"day": day}
    office = head.declaration_office
    due = decision_due(now, snapshot())
    hold = NewHold(head.id, HoldKind.REVIEW, office, why, facts, now, due)
    clearance.open_hold(locked, hold, by=by, now=now)
