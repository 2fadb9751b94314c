"""Giving back what was paid or drawn for declarations that were revoked or refused."""

from collections.abc import Collection
from datetime import datetime
from decimal import Decimal

from django.db.models import F, Sum

from tongguan.domain.revenue import events
from tongguan.domain.revenue.models import Guarantee, GuaranteeDebit, Overpayment, Payment, Refund
from tongguan.domain.revenue.sealed import DEBIT, GUARANTEE, REFUND
from tongguan.domain.revenue.values import ZERO
from tongguan.facilities.accounts.values import Actor
from tongguan.facilities.announcements.commands import announce
from tongguan.facilities.ledger.commands import record
from tongguan.facilities.ledger.sealed import added, changed, made
from tongguan.kernel.identifiers import DeclarationId


def give_back(ids: Collection[DeclarationId], *, by: Actor, now: datetime) -> None:
    """Credit the guarantees and order the refunds of declarations that are no more; again: nothing.

    Runs in the transaction that follows the event. A refund goes to the bank that confirmed the
    payment, with its surcharge.
    """
    debits = GuaranteeDebit.objects.filter(assessment__declaration__in=ids, credited_at=None)
    of_debits = debits.select_related("assessment", "guarantee")
    for debit in of_debits.select_for_update(of=("self",)).order_by("guarantee_id", "id"):
        left = F("drawn_cny") - debit.amount
        Guarantee.objects.filter(pk=debit.guarantee_id).update(drawn_cny=left)
        debit.credited_at = now
        debit.save(update_fields=["credited_at"])
        record(
            "GUARANTEE_CREDITED",
            DeclarationId(debit.assessment.declaration_id),
            by=by,
            at=now,
            wrote=[
                changed(DEBIT, debit.pk, credited_at=now),
                added(GUARANTEE, debit.guarantee_id, drawn_cny=-debit.amount),
            ],
            total=debit.amount,
            guarantee=debit.guarantee.number,
        )
    paid = Payment.objects.filter(assessment__declaration__in=ids, refund=None)
    for payment in paid.select_related("assessment", "bank").order_by("id"):
        id_ = DeclarationId(payment.assessment.declaration_id)
        amount = payment.amount - _given_back(payment)
        if not amount:
            continue
        refund = Refund.objects.create(payment=payment, amount=amount, ordered_at=now)
        total, bank = str(amount), payment.bank.name
        facts = {"total": total, "bank": bank, "bank_reference": payment.bank_reference}
        record("REFUND_ORDERED", id_, by=by, at=now, wrote=[made(REFUND, refund)], **facts)
        announce([events.RefundOrdered(id_, now, **facts)])


def _given_back(payment: Payment) -> Decimal:
    """Return what of a payment was given back already, because the duties became less."""
    found = Overpayment.objects.filter(payment=payment)
    back: Decimal = found.aggregate(back=Sum("amount", default=ZERO))["back"]
    return back
