"""Which declarations a broker's mandates cover, as part of the statements of other rooms."""

from collections.abc import Collection
from datetime import date
from typing import Final

from django.db.models import (
    BooleanField,
    DateField,
    DateTimeField,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import Cast
from django.db.models.lookups import GreaterThan

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


class _WithinChapters(Func):
    """Whether every one of some codes begins with one of some chapters."""

    template = "NOT EXISTS (SELECT 1 FROM unnest(%(expressions)s))"
    arg_joiner = ") AS code WHERE left(code, 2) <> ALL("
    output_field = BooleanField()


def showing_goods(
    viewer: Actor, flows: Collection[str], *, holder: str, commodities: str
) -> QuerySet[Mandate]:
    """Return the viewer's mandates that show what others declared of a holder's goods.

    For a subquery over what was granted to enterprises: certificates, licences. What is granted for
    all goods is within a mandate for all goods alone.

    Args:
        viewer: a broker, with his mandates in force.
        flows: of the mandates; the empty one is of both directions.
        holder: column of the filtered table that names the enterprise.
        commodities: column with codes from their beginning.
    """
    count = Func(OuterRef(commodities), function="cardinality", output_field=IntegerField())
    within = Q(GreaterThan(count, 0), _WithinChapters(OuterRef(commodities), F("chapters")))
    return Mandate.objects.filter(
        Q(chapters=[]) | within,
        pk__in=viewer.mandates,
        sees_others=True,
        flow__in=flows,
        principal=OuterRef(holder),
    )
