"""Reads of what is to be decided: disputes of carriers, and requests to bring goods elsewhere."""

from django.db.models import Q

from tongguan.domain.cargo.models import Dispute, Diversion
from tongguan.domain.cargo.values import DisputeRow, DiversionRow
from tongguan.facilities.accounts.values import Actor

PAGE_ROWS = 50


def disputes(*, viewer: Actor, limit: int = PAGE_ROWS) -> tuple[DisputeRow, ...]:
    """Return the claims at the offices of `viewer`, or his own as a carrier; what waits first.

    A carrier is not told who the other one is.
    """
    mine = Q(office__in=viewer.offices) | Q(claimant__in=viewer.own_ids)
    found = Dispute.objects.filter(mine).select_related("holder", "claimant")
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


def diversions(*, viewer: Actor, limit: int = PAGE_ROWS) -> tuple[DiversionRow, ...]:
    """Return the requests at the offices of `viewer`, or of his bills; latest first."""
    mine = Q(from_office__in=viewer.offices) | Q(to_office__in=viewer.offices)
    mine |= Q(bill__carrier__in=viewer.own_ids)
    mine |= Q(bill__carrier=None, bill__manifest__carrier__in=viewer.own_ids)
    columns = (
        "id", "bill__number", "from_office", "from_site", "to_office", "to_site", "reason",
        "asked_at", "approved", "decided_at", "words",
    )  # fmt: skip
    found = Diversion.objects.filter(mine).order_by("-asked_at", "id")
    return tuple(DiversionRow(*row) for row in found.values_list(*columns)[:limit])
