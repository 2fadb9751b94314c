"""Which declarations a broker's mandates cover, as part of the statements of other rooms."""

from collections.abc import Collection
from datetime import date
from typing import Final

from django.db.models import DateField, DateTimeField, Func, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast

from tongguan.domain.parties.models import Mandate
from tongguan.facilities.accounts.values import Actor
from tongguan.kernel.time import LOCAL

POWERS: Final = ("sees_others", "draws_guarantee")
"""What a mandate gives only where it says so."""


def in_force(broker_ids: Collection[int], day: date) -> tuple[tuple[int, int, bool], ...]:
    """Return the mandates that these brokers hold on a day: row, principal, `sees_others`."""
    found = Mandate.objects.filter(
        broker__in=broker_ids, valid_from__lte=day, valid_until__gt=day, revoked_at=None
    )
    return tuple(found.order_by("id").values_list("id", "principal_id", "sees_others"))


def covering(viewer: Actor, path: str = "") -> QuerySet[Mandate]:
    """Return the viewer's mandates of a declaration's trader that cover its flow.

    For a subquery. The room of declarations, which knows the lines, adds the chapters.

    Args:
        viewer: a broker, with his mandates in force.
        path: how the filtered table reaches the declaration, `declaration__`.
    """
    flow = Q(flow="") | Q(flow=OuterRef(f"{path}flow"))
    return Mandate.objects.filter(
        flow, pk__in=viewer.mandates, principal=OuterRef(f"{path}trader_id")
    )


def showing(found: QuerySet[Mandate], path: str = "") -> QuerySet[Mandate]:
    """Return, of these mandates, those that show what others declared since they began."""
    moment = OuterRef(f"{path}accepted_at")
    local = Func(Value(LOCAL.key), moment, function="timezone", output_field=DateTimeField())
    return found.filter(sees_others=True, valid_from__lte=Cast(local, DateField()))


def drawing(found: QuerySet[Mandate]) -> QuerySet[Mandate]:
    """Return, of these mandates, those under which the principal's guarantees are drawn on."""
    return found.filter(draws_guarantee=True)
