"""Reads of what is to be decided: disputes of carriers, and requests to bring goods elsewhere."""

from collections.abc import Collection
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q

from tongguan.domain.cargo.models import Bill, Dispute, Diversion
from tongguan.domain.cargo.queries import sites_at
from tongguan.domain.cargo.values import DisputeRow, DiversionRow
from tongguan.facilities.accounts.values import Actor, Role

PAGE_ROWS = 50
_CONTESTED: Final = Func(
    F("number"),
    OuterRef("bills"),
    template="%(expressions)s)",
    arg_joiner=" = ANY(",
    output_field=BooleanField(),
)
"""That a bill is one of those of the claim in the outer query."""


def disputes(
    *,
    viewer: Actor,
    after: tuple[str, datetime, UUID] | None = None,
    limit: int = PAGE_ROWS,
) -> tuple[DisputeRow, ...]:
    """Return the claims at the offices of `viewer`, or his own as a carrier; what waits first.

    The next page comes `after` outcome, moment and id of the last row.
    An officer sees a claim where it was raised and wherever goods of its bills are now. A carrier
    is not told who the other one is.
    """
    found = Dispute.objects.filter(_visible_to(viewer)).select_related("holder", "claimant")
    if after is not None:
        outcome, at, id_ = after
        later = Q(raised_at__lt=at) | Q(raised_at=at, id__gt=id_)
        found = found.filter(Q(outcome__gt=outcome) | Q(later, outcome=outcome))
    return tuple(
        DisputeRow(
            one.pk,
            one.number,
            one.name,
            one.voyage,
            one.office,
            tuple(one.bills),
            one.holder.name_zh if one.holder and viewer.is_officer else "",
            one.claimant.name_zh,
            one.raised_at,
            one.outcome,
            one.decided_at,
            one.reason,
        )
        for one in found.order_by("outcome", "-raised_at", "id")[:limit]
    )


def is_visible(dispute_id: UUID, *, viewer: Actor) -> bool:
    """Return whether a claim is one that `viewer` sees in his list; the system sees all."""
    found = Dispute.objects.filter(pk=dispute_id)
    seen = found if viewer.is_(Role.SYSTEM) else found.filter(_visible_to(viewer))
    return seen.exists()


def _visible_to(viewer: Actor) -> Q:
    bills = Bill.objects.filter(_are_at(viewer.offices), _CONTESTED, withdrawn_at=None)
    return Q(office__in=viewer.offices) | Q(claimant__in=viewer.own_ids) | Q(Exists(bills))


def _are_at(offices: Collection[str]) -> Q:
    """Return the filter that keeps the bills whose goods are at these offices, as `offices_of`."""
    to_come = Q(office__in=offices) | Q(office="", manifest__office__in=offices)
    return Q(arrived_site__in=sites_at(offices)) | (Q(arrived_site="") & to_come)


def diversions(
    *, viewer: Actor, after: tuple[datetime, UUID] | None = None, limit: int = PAGE_ROWS
) -> tuple[DiversionRow, ...]:
    """Return the requests at the offices of `viewer`, or of his bills; latest first.

    The next page comes `after` moment and id of the last row.
    """
    mine = Q(from_office__in=viewer.offices) | Q(to_office__in=viewer.offices)
    mine |= Q(bill__carrier__in=viewer.own_ids)
    mine |= Q(bill__carrier=None, bill__manifest__carrier__in=viewer.own_ids)
    columns = (
        "id", "bill__number", "from_office", "from_site", "to_office", "to_site", "reason",
        "asked_at", "approved", "decided_at", "words",
    )  # fmt: skip
    found = Diversion.objects.filter(mine)
    if after is not None:
        at, id_ = after
        found = found.filter(Q(asked_at__lt=at) | Q(asked_at=at, id__gt=id_))
    found = found.order_by("-asked_at", "id")
    return tuple(DiversionRow(*row) for row in found.values_list(*columns)[:limit])
