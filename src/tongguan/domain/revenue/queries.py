"""Reads of this room. Each returns frozen rows in a stated order, filtered by who looks."""

from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, DecimalField, F, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce

from tongguan.domain.clearance.lifecycle import NO_MORE
from tongguan.domain.declarations.queries import concerning, guarantors, visible_to
from tongguan.domain.revenue.models import Assessment, Bank, Guarantee, Payment
from tongguan.domain.revenue.rules.explanation import explain, explained, taxed
from tongguan.domain.revenue.values import (
    ZERO,
    BankReceipt,
    BankRow,
    Charges,
    CollectedRow,
    DueRow,
    GuaranteeRow,
    OwedRow,
    PaymentRow,
)
from tongguan.domain.revenue.values import Assessment as Assessed
from tongguan.facilities.accounts.values import Actor
from tongguan.kernel.identifiers import LICENCE, DeclarationId

__all__ = [
    "all_guarantees",
    "assessed",
    "assessment_of",
    "banks",
    "charges_of",
    "collected",
    "due_at_offices",
    "explain",
    "explained",
    "guarantees_for",
    "guarantees_of",
    "is_recorded",
    "is_settled",
    "owed_by",
    "owed_in_all",
    "settled_by",
    "taxed",
    "waiting_for_payment",
]

PAGE_ROWS: Final = 50
MONEY: Final = DecimalField(max_digits=19, decimal_places=2)
_COLUMNS: Final = (
    "id",
    "declaration_id",
    "declaration__number",
    "declaration__reference",
    "declaration__trader__name_zh",
    "office",
    "district",
    "version",
    "owing",
    "currency",
    "issued_at",
    "due_date",
    "paid_at",
    "secured_by",
    "declaration__kind",
)
_DUE: Final = F("total") - F("settled")

_GUARANTEE: Final = (
    "number",
    "enterprise_id",
    "limit_cny",
    "drawn_cny",
    "valid_from",
    "valid_until",
    "withdrawn_at",
)


def registered_number(number: str) -> str:
    """Return the number that a guarantee is registered under, or the one spelling of a new one.

    Guarantees that were registered before numbers had one spelling may hold small letters.
    """
    plain = LICENCE.plain(number)
    found = Guarantee.objects.filter(number__iexact=plain).values_list("number", flat=True)
    numbers = sorted(found)
    return plain if plain in numbers or not numbers else numbers[0]


def charges_of(
    declaration_id: DeclarationId, *, viewer: Actor, version: int | None = None
) -> Charges | None:
    """Return what one version of a declaration owes (the latest, if none is named), or None.

    Two statements.
    """
    found = Assessment.objects.filter(
        visible_to(viewer, "declaration__"), declaration=declaration_id
    )
    if version is not None:
        found = found.filter(version=version)
    latest = found.order_by("-version", "-computed").annotate(owing=_DUE)
    columns = latest.values_list(*_COLUMNS, "charges").first()
    if columns is None:
        return None
    *head, charges = columns
    row = OwedRow(*head)
    of_version = {"assessment__declaration": declaration_id, "assessment__version": row.version}
    paid = Payment.objects.filter(**of_version).order_by("paid_at", "id")
    payments = paid.values_list("bank__name", "bank_reference", "amount", "surcharge", "paid_at")
    return Charges(row, Assessed.read(charges), tuple(PaymentRow(*one) for one in payments))


def assessment_of(declaration_id: DeclarationId) -> Assessed | None:
    """Return what the latest version of a declaration owes, for processes: nobody looks."""
    of_it = Assessment.objects.filter(declaration=declaration_id)
    found = of_it.order_by("-version", "-computed")
    stored = found.values_list("charges", flat=True).first()
    return None if stored is None else Assessed.read(stored)


def owed_by(
    viewer: Actor, *, after: tuple[date, UUID] | None = None, limit: int = PAGE_ROWS
) -> tuple[OwedRow, ...]:
    """Return a page of what the enterprises that `viewer` acts for owe and have not secured.

    The earliest due date first. The next page comes `after` due date and id of the last row.
    """
    return _page(_owed_by(viewer), after, limit)


def owed_in_all(viewer: Actor) -> tuple[int, Decimal]:
    """Return how many amounts the enterprises that `viewer` acts for owe, and their sum in CNY."""
    found = _owed_by(viewer).aggregate(
        count=Count("id"), owed=Sum(_DUE, default=ZERO, output_field=MONEY)
    )
    return found["count"], found["owed"]


def settled_by(viewer: Actor, *, limit: int = PAGE_ROWS) -> tuple[OwedRow, ...]:
    """Return what the enterprises that `viewer` acts for paid or secured, latest first."""
    settled = Q(paid_at__isnull=False) | (~Q(secured_by="") & Q(replaced_at=None))
    mine = concerning(viewer, "declaration__")
    found = Assessment.objects.filter(mine, settled, total__gt=0)
    return _rows(found.order_by("-issued_at", "id")[:limit])


def waiting_for_payment(
    viewer: Actor,
    *,
    office: str = "",
    overdue_on: date | None = None,
    after: tuple[date, UUID] | None = None,
    limit: int = PAGE_ROWS,
) -> tuple[OwedRow, ...]:
    """Return a page of what is owed and can be seen by `viewer`, the earliest due date first.

    The next page comes `after` due date and id of the last row of this one. `office` leaves only
    what is to be paid there, `overdue_on` what was due before that day.
    """
    found = _owed().filter(visible_to(viewer, "declaration__"))
    if office:
        found = found.filter(office=office)
    if overdue_on is not None:
        found = found.filter(due_date__lt=overdue_on)
    return _page(found, after, limit)


def due_at_offices(viewer: Actor, *, day: date) -> tuple[DueRow, ...]:
    """Return what is owed at each office as far as `viewer` may see it, and how much of it is late.

    In order of office; one statement.
    """
    late = Q(due_date__lt=day)
    grouped = (
        _owed()
        .filter(visible_to(viewer, "declaration__"))
        .values_list("office")
        .annotate(
            count=Count("id"),
            owed=Sum(_DUE, output_field=MONEY),
            late_count=Count("id", filter=late),
            late_sum=Coalesce(Sum(_DUE, filter=late), Value(ZERO), output_field=MONEY),
        )
        .order_by("office")
    )
    return tuple(DueRow(*row) for row in grouped)


def assessed(ids: Collection[UUID]) -> dict[UUID, Assessed]:
    """Return these assessments with all that explains them, by id; for rows a viewer was shown."""
    rows = Assessment.objects.filter(pk__in=ids).values_list("id", "charges")
    return {id_: Assessed.read(charges) for id_, charges in rows}


def is_settled(declaration_id: DeclarationId) -> bool:
    """Return whether nothing is left to pay: what a guarantee secures is not settled yet."""
    return not _owed().filter(declaration=declaration_id).exists()


def is_recorded(declaration_id: DeclarationId, receipt: BankReceipt) -> bool:
    """Return whether this very receipt was recorded for the declaration."""
    return Payment.objects.filter(
        assessment__declaration=declaration_id,
        bank__name=receipt.bank,
        bank_reference=receipt.bank_reference,
        amount=receipt.paid.amount,
    ).exists()


def banks() -> tuple[BankRow, ...]:
    """Return the banks with all their keys, by name, the earliest key first; nobody looks."""
    rows = Bank.objects.order_by("name", "id")
    return tuple(
        BankRow(one.name, bytes(one.public_key).hex(), one.registered_at, one.withdrawn_at)
        for one in rows
    )


def guarantees_for(
    declaration_id: DeclarationId, *, viewer: Actor, day: date
) -> tuple[GuaranteeRow, ...]:
    """Return the guarantees that `viewer` may draw on for a declaration, by holder."""
    holders = sorted(guarantors(viewer, declaration_id))
    return tuple(row for holder in holders for row in guarantees_of(holder, day=day))


def guarantees_of(enterprise_id: int, *, day: date) -> tuple[GuaranteeRow, ...]:
    """Return the guarantees of an enterprise in force on a day, the longest first; nobody looks."""
    found = Guarantee.objects.filter(
        enterprise=enterprise_id, valid_from__lte=day, valid_until__gt=day, withdrawn_at=None
    )
    rows = found.order_by("-valid_until", "number").values_list(*_GUARANTEE)
    return tuple(GuaranteeRow(*row) for row in rows)


def all_guarantees(
    *, usable_on: date | None = None, after: str = "", limit: int = PAGE_ROWS
) -> tuple[GuaranteeRow, ...]:
    """Return a page of all guarantees, by number; nobody looks.

    The next page comes `after` the number of the last row. `usable_on` leaves out what has ended
    on that day, or was withdrawn.
    """
    found = Guarantee.objects.filter(number__gt=after)
    if usable_on is not None:
        found = found.filter(valid_until__gt=usable_on, withdrawn_at=None)
    rows = found.order_by("number").values_list(*_GUARANTEE)[:limit]
    return tuple(GuaranteeRow(*row) for row in rows)


def collected(since: datetime, until: datetime) -> tuple[CollectedRow, ...]:
    """Return what was paid in a period, by the office it was paid at and the district it is due to.

    Summed by office or by district, the rows give the same total.
    """
    found = Payment.objects.filter(paid_at__gte=since, paid_at__lt=until)
    rows = (
        found.values_list("assessment__office", "assessment__district")
        .annotate(count=Count("id"), amount_sum=Sum("amount"), surcharge_sum=Sum("surcharge"))
        .order_by("assessment__office", "assessment__district")
    )
    return tuple(CollectedRow(*row) for row in rows)


def _owed_by(viewer: Actor) -> QuerySet[Assessment]:
    return _owed().filter(concerning(viewer, "declaration__"), secured_by="")


def _page(
    found: QuerySet[Assessment], after: tuple[date, UUID] | None, limit: int
) -> tuple[OwedRow, ...]:
    if after is not None:
        due, id_ = after
        found = found.filter(Q(due_date__gt=due) | Q(due_date=due, id__gt=id_))
    return _rows(found.order_by("due_date", "id")[:limit])


def _owed() -> QuerySet[Assessment, Assessment]:
    """Return what is not paid; for a declaration that is no more, nothing is."""
    no_more = Q(declaration__clearance__state__in=[str(state) for state in NO_MORE])
    return Assessment.objects.filter(
        ~no_more, paid_at=None, replaced_at=None, total__gt=F("settled")
    )


def _rows(found: QuerySet[Assessment, Any]) -> tuple[OwedRow, ...]:
    rows = found.annotate(owing=_DUE).values_list(*_COLUMNS)
    return tuple(OwedRow(*columns) for columns in rows)
