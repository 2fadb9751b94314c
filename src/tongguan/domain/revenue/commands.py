"""Writes of this room: what is owed, paid and secured."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F

from tongguan.domain.clearance import commands as clearance
from tongguan.domain.clearance.lifecycle import NO_MORE, HoldKind
from tongguan.domain.clearance.queries import state_of
from tongguan.domain.clearance.values import Locked, NewHold
from tongguan.domain.declarations import queries as declarations
from tongguan.domain.declarations.values import Kind, Submission
from tongguan.domain.reference import queries as reference
from tongguan.domain.revenue import events, problems, queries
from tongguan.domain.revenue.models import (
    Assessment,
    Bank,
    Guarantee,
    GuaranteeDebit,
    Payment,
)
from tongguan.domain.revenue.rules import lateness, receipts
from tongguan.domain.revenue.sealed import ASSESSMENT, DEBIT, GUARANTEE, PAYMENT
from tongguan.domain.revenue.values import ZERO, BankReceipt, Debit, Tax
from tongguan.domain.revenue.values import Assessment as Assessed
from tongguan.facilities.accounts.rules.duties import require
from tongguan.facilities.accounts.values import Actor, Role
from tongguan.facilities.announcements.commands import announce
from tongguan.facilities.ledger.commands import record
from tongguan.facilities.ledger.sealed import Rows, added, changed, made
from tongguan.facilities.tables import TableRows
from tongguan.kernel.identifiers import DeclarationId, HoldId, new_id
from tongguan.kernel.money import Money
from tongguan.kernel.problems import Fault, ProblemError
from tongguan.kernel.time import LOCAL

FIRST_VERSION = 1
COLUMN_TAXES = (
    (Tax.DUTY.value,),
    (Tax.EXPORT_DUTY.value,),
    (Tax.ANTI_DUMPING.value, Tax.COUNTERVAILING.value, Tax.SAFEGUARD.value),
    (Tax.CONSUMPTION.value,),
    (Tax.VAT.value,),
    (Tax.LATE_DECLARATION.value,),
)
"""The taxes that each column of an assessment sums up, in order."""
_COLUMNS = (
    "id",
    "declaration_id",
    "version",
    "hold_id",
    "office",
    "district",
    "value",
    "duty",
    "export_duty",
    "remedies",
    "consumption_tax",
    "vat",
    "late_fee",
    "total",
    "currency",
    "issued_at",
    "due_date",
    "charges",
)

_BELIEVED = "SELECT * FROM revenue_bank WHERE name = %s AND withdrawn_at IS NULL FOR SHARE"
"""Payments of a bank run side by side; its withdrawal waits for them, and those after for it."""


def assessment_rows(
    accepted: Iterable[tuple[DeclarationId, Assessed, Submission, Sequence[NewHold]]],
    *,
    now: datetime,
) -> tuple[TableRows, ...]:
    """Return the rows of what newly accepted declarations owe, for a writer of many tables.

    What is owed is paid at the office of payment and booked to the district of the office of
    declaration.

    Args:
        accepted: id, assessment, submission with its offices filled in, and opening holds.
        now: the moment of acceptance, from which the days to pay are counted.

    Cost: 12 µs each.
    """
    law, issued = reference.snapshot(), now.astimezone(LOCAL).date()
    days = law.parameters.whole("payment_days", issued)
    due = lateness.payment_due(issued, allowed=days, calendar=law.calendar)
    district_of = law.region.district_of
    rows = [_row(*one, district_of=district_of, due=due, now=now) for one in accepted]
    return (TableRows("revenue_assessment", _COLUMNS, rows),)


def _row(
    id_: DeclarationId,
    owed: Assessed,
    submission: Submission,
    holds: Sequence[NewHold],
    *,
    district_of: Callable[[str], str],
    due: date,
    now: datetime,
) -> tuple[object, ...]:
    levied = {total.tax: total.levied for total in owed.totals}
    offices = submission.offices
    declared = offices.declaration or ""
    return (
        new_id(),
        id_,
        FIRST_VERSION,
        next((hold.id for hold in holds if hold.kind is HoldKind.PAYMENT), None),
        offices.payment or declared,
        district_of(declared),
        owed.value,
        *[sum(levied.get(tax, ZERO) for tax in taxes) for taxes in COLUMN_TAXES],
        owed.payable,
        "CNY",
        now,
        due,
        owed.stored().decode(),
    )


def amount_due(declaration_id: DeclarationId, *, at: datetime) -> Money:
    """Return what a payment at a moment has to bring, with the surcharge of that day.

    Raises:
        ProblemError: REV-001 nothing owed.
    """
    owed = _owed(declaration_id)
    return Money(owed.due + _surcharge(owed, at), owed.currency)


@transaction.atomic(durable=True)
def record_payment(
    *, declaration_id: DeclarationId, receipt: BankReceipt, by: Actor, now: datetime
) -> None:
    """Record what a bank received for a declaration, and discharge its PAYMENT hold.

    The same receipt again changes nothing. What a guarantee secured is credited to it; where the
    goods have left on it, the declaration is closed. A payment after the due date includes the
    surcharge of that day. Source: Customs Law, arts 29 and 60.

    Raises:
        ProblemError: ACC-001, CLR-001 unknown or, to an enterprise, another's, REV-001 nothing
            owed, REV-002 another sum, REV-003 unknown bank, REV-004 wrong signature, REV-005
            receipt used otherwise, REV-006 bank withdrawn, REV-007 it is a summary, REV-017
            received before the declaration was accepted, or later than now.
    """
    require(by, Role.BANK, Role.REVENUE, Role.TRADER, Role.BROKER)
    anybodys = by.is_(Role.BANK, Role.REVENUE)
    locked = (
        clearance.lock(declaration_id) if anybodys else clearance.lock_own(declaration_id, by=by)
    )
    bank = _verified(declaration_id, receipt)
    if queries.is_recorded(declaration_id, receipt):
        return
    used = Payment.objects.filter(bank__name=bank.name, bank_reference=receipt.bank_reference)
    if used.exists():
        raise problems.RECEIPT_USED.error(bank=bank.name, bank_reference=receipt.bank_reference)
    owed = _owed(declaration_id)
    if owed.declaration.kind == str(Kind.SUMMARY):
        raise problems.SUMMARY_NOT_PAID.error()
    receipts.require_possible(receipt, since=owed.declaration.accepted_at, now=now)
    surcharge = _surcharge(owed, receipt.paid_at)
    total = Money(owed.due + surcharge, owed.currency)
    if receipt.paid != total:
        raise problems.OTHER_AMOUNT.error(owed=total, paid=receipt.paid)
    content: dict[str, Any] = {
        "assessment": owed,
        "amount": total.amount,
        "surcharge": surcharge,
        "paid_at": receipt.paid_at,
        "received_at": now,
        "signature": receipt.signature,
    }
    # Of several declarations that name one reference at the same time, one is paid.
    payment, fresh = Payment.objects.get_or_create(
        bank=bank, bank_reference=receipt.bank_reference, defaults=content
    )
    if not fresh:
        raise problems.RECEIPT_USED.error(bank=bank.name, bank_reference=receipt.bank_reference)
    owed.paid_at = receipt.paid_at
    owed.save(update_fields=["paid_at"])
    credited = _credit(owed, now)
    record(
        "PAYMENT_RECORDED",
        declaration_id,
        by=by,
        at=now,
        wrote=[
            made(PAYMENT, payment),
            changed(ASSESSMENT, owed.id, paid_at=owed.paid_at),
            *credited,
        ],
        total=owed.due,
        surcharge=surcharge,
        bank=bank.name,
        bank_reference=receipt.bank_reference,
    )
    paid = events.TaxesPaid(
        declaration_id, now, str(owed.due), str(surcharge), receipt.bank_reference
    )
    announce([paid])
    if owed.secured_by:
        clearance.close(locked, by=by, now=now)
    else:
        _discharge(locked, owed, by=by, now=now)
        clearance.close(locked, by=by, now=now)


@transaction.atomic(durable=True)
def secure(
    *, declaration_id: DeclarationId, guarantee_number: str, by: Actor, now: datetime
) -> None:
    """Draw what a declaration owes on a guarantee, and discharge its PAYMENT hold.

    The guarantee is its party's, or that of the broker that declared it. Its holder draws on it, or
    a broker on its party's under a mandate that says so.
    Source: Customs Law, art. 66; one guarantee is good in all districts.

    Raises:
        ProblemError: ACC-001, CLR-001 unknown or another's, CLR-005 no mandate in force, REV-001
            nothing owed, REV-010 no such guarantee, REV-011 not in force, REV-012 exhausted,
            REV-013 a late fee is part of it, REV-014 secured already, REV-015 withdrawn, REV-016
            not for this broker to draw on.
    """
    require(by, Role.TRADER, Role.BROKER)
    locked = clearance.lock_own(declaration_id, by=by)
    owed = _owed(declaration_id)
    guarantee_number = queries.registered_number(guarantee_number)
    holder = _holder(guarantee_number, declaration_id, owed.declaration.trader_id, by)
    if owed.secured_by:
        raise problems.ALREADY_SECURED.error(number=owed.secured_by)
    if owed.late_fee:
        raise problems.FEE_NOT_SECURED.error(fee=owed.late_fee)
    debit = Debit(guarantee_number, holder, owed.id, owed.due)
    refused, drawn = draw([debit], now=now)
    for fault in refused.values():
        raise ProblemError(fault)
    owed.secured_by = guarantee_number
    owed.save(update_fields=["secured_by"])
    record(
        "PAYMENT_SECURED",
        declaration_id,
        by=by,
        at=now,
        wrote=[changed(ASSESSMENT, owed.id, secured_by=guarantee_number), *drawn],
        total=owed.due,
        guarantee=guarantee_number,
    )
    announce([events.TaxesSecured(declaration_id, now, str(owed.due), guarantee_number)])
    _discharge(locked, owed, by=by, now=now)


def _holder(number: str, declaration_id: DeclarationId, trader_id: int, by: Actor) -> int:
    """Return whose guarantee `by` draws on: an own one before his party's.

    A guarantee of the party that is not his to draw on, and one that is not known, are told alike.
    """
    system = by.is_(Role.SYSTEM)
    holders = {trader_id} if system else declarations.guarantors(by, declaration_id)
    held = Guarantee.objects.filter(number=number, enterprise__in=holders)
    holder = held.values_list("enterprise", flat=True).first()
    if holder is None and trader_id not in holders:
        raise problems.GUARANTEE_NOT_YOURS.error()
    return trader_id if holder is None else holder


def draw(debits: Sequence[Debit], *, now: datetime) -> tuple[dict[Debit, Fault], list[Rows]]:
    """Draw debits on their guarantees, in the order given.

    Returns:
        Those refused, with the reason; and what was written, for the caller's entry in the ledger.

    Runs in the caller's transaction, after the assessments are written. The guarantees stay
    locked until it ends, so that parallel debits never overdraw one. Three statements for any
    number of debits, and one for each guarantee.
    """
    numbers = {debit.guarantee for debit in debits}
    rows = Guarantee.objects.select_for_update().filter(number__in=numbers).order_by("id")
    guarantees = {guarantee.number: guarantee for guarantee in rows}
    day = now.astimezone(LOCAL).date()
    refused: dict[Debit, Fault] = {}
    drawn: dict[str, Decimal] = {}
    debited: list[GuaranteeDebit] = []
    for debit in debits:
        guarantee = guarantees.get(debit.guarantee)
        so_far = drawn.get(debit.guarantee, ZERO)
        fault = _refusal(debit, guarantee, so_far, day)
        if fault is not None or guarantee is None:
            refused[debit] = fault or problems.GUARANTEE_UNKNOWN.at("", number=debit.guarantee)
            continue
        drawn[debit.guarantee] = so_far + debit.amount
        debited.append(
            GuaranteeDebit(
                guarantee=guarantee,
                assessment_id=debit.assessment_id,
                amount=debit.amount,
                debited_at=now,
            )
        )
    for number in sorted(drawn):
        Guarantee.objects.filter(number=number).update(drawn_cny=F("drawn_cny") + drawn[number])
    GuaranteeDebit.objects.bulk_create(debited)
    wrote = [made(DEBIT, one) for one in debited]
    wrote += [added(GUARANTEE, guarantees[one].pk, drawn_cny=sum_) for one, sum_ in drawn.items()]
    return refused, wrote


def _refusal(debit: Debit, guarantee: Guarantee | None, so_far: Decimal, day: date) -> Fault | None:
    number = debit.guarantee
    if guarantee is None or guarantee.enterprise_id != debit.enterprise_id:
        return problems.GUARANTEE_UNKNOWN.at("", number=number)
    if guarantee.withdrawn_at is not None:
        return problems.GUARANTEE_WITHDRAWN.at("", number=number)
    if not guarantee.valid_from <= day < guarantee.valid_until:
        return problems.GUARANTEE_NOT_VALID.at(
            "",
            number=number,
            valid_from=guarantee.valid_from,
            valid_until=guarantee.valid_until,
        )
    available = guarantee.limit_cny - guarantee.drawn_cny - so_far
    if debit.amount > available:
        return problems.GUARANTEE_TOO_SMALL.at(
            "", number=number, needed=debit.amount, available=available
        )
    return None


def _verified(declaration_id: DeclarationId, receipt: BankReceipt) -> Bank:
    bank = next(iter(Bank.objects.raw(_BELIEVED, [receipt.bank])), None)
    if bank is None:
        known = Bank.objects.filter(name=receipt.bank).exists()
        raise (problems.BANK_WITHDRAWN if known else problems.BANK_UNKNOWN).error(bank=receipt.bank)
    number = declarations.heads([declaration_id])[declaration_id].number
    if not receipts.genuine(receipt, number, bytes(bank.public_key)):
        raise problems.SIGNATURE_WRONG.error(bank=bank.name, bank_reference=receipt.bank_reference)
    return bank


def _owed(declaration_id: DeclarationId) -> Assessment:
    if state_of(declaration_id) in NO_MORE:
        raise problems.NOTHING_OWED.error()
    found = Assessment.objects.filter(declaration=declaration_id, replaced_at=None)
    owed = found.order_by("-version").select_related("declaration").first()
    if owed is None or owed.paid_at is not None or not owed.due:
        raise problems.NOTHING_OWED.error()
    return owed


def _surcharge(owed: Assessment, paid_at: datetime) -> Decimal:
    paid = paid_at.astimezone(LOCAL).date()
    if paid <= owed.due_date:
        return ZERO
    law = reference.snapshot().parameters
    return lateness.surcharge(
        max(owed.due - owed.late_fee, ZERO),
        due=owed.due_date,
        paid=paid,
        rate=law.decimal("surcharge_rate", paid),
        threshold=law.decimal("surcharge_threshold", paid),
    )


def _credit(owed: Assessment, now: datetime) -> list[Rows]:
    debit = GuaranteeDebit.objects.filter(assessment=owed, credited_at=None).first()
    if debit is None:
        return []
    Guarantee.objects.filter(pk=debit.guarantee_id).update(drawn_cny=F("drawn_cny") - debit.amount)
    debit.credited_at = now
    debit.save(update_fields=["credited_at"])
    return [
        changed(DEBIT, debit.pk, credited_at=now),
        added(GUARANTEE, debit.guarantee_id, drawn_cny=-debit.amount),
    ]


def _discharge(locked: Locked, owed: Assessment, *, by: Actor, now: datetime) -> None:
    if owed.hold_id is not None:
        clearance.discharge(locked, HoldId(owed.hold_id), by=by, now=now)
