"""Reads of this room: set by set for lodging, row by row for pages."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Q

from tongguan.domain.parties.models import CreditRecord, Enterprise, Mandate
from tongguan.domain.parties.values import (
    ClassRow,
    CreditClass,
    EnterpriseKind,
    EnterpriseRow,
    MandateRow,
)
from tongguan.domain.reference.queries import snapshot
from tongguan.facilities.accounts.values import Actor, Duties, Role

LOCAL: Final = ZoneInfo("Asia/Shanghai")
_ROW: Final = """
    SELECT e.id, e.scc, e.customs_code, e.name_zh, e.name_en, e.kind, e.home_office,
           coalesce(c.credit, 'general'), e.registered_on,
           coalesce(e.suspended_from <= %(day)s, FALSE)
               AND (e.suspended_until IS NULL OR e.suspended_until > %(day)s)
    FROM parties_enterprise AS e
    LEFT JOIN LATERAL (
        SELECT credit FROM parties_creditrecord
        WHERE enterprise_id = e.id AND valid_from <= %(day)s
        ORDER BY valid_from DESC LIMIT 1
    ) AS c ON TRUE
"""
_KNOWN: Final = f"{_ROW} WHERE e.scc = ANY(%(keys)s) OR e.customs_code = ANY(%(keys)s)"
_BY_ID: Final = f"{_ROW} WHERE e.id = ANY(%(keys)s) ORDER BY e.name_zh"
_MANDATES: Final = """
    SELECT DISTINCT ON (m.principal_id, m.broker_id)
           m.id, m.principal_id, '', m.broker_id, '', m.flow,
           m.valid_from, m.valid_until, m.revoked_on
    FROM unnest(%s::bigint[], %s::bigint[]) AS asked (principal_id, broker_id)
    JOIN parties_mandate AS m USING (principal_id, broker_id)
    ORDER BY m.principal_id, m.broker_id, (m.revoked_on IS NULL) DESC, m.valid_until DESC
"""


def known(keys: Collection[str], day: date) -> dict[str, EnterpriseRow]:
    """Return the enterprises of these codes, by credit code and by customs code, as of a day.

    One statement for any number.
    """
    found: dict[str, EnterpriseRow] = {}
    for row in _read(_KNOWN, list(keys), day):
        found[row.scc] = found[row.customs_code] = row
    return found


def enterprises(ids: Collection[int], day: date) -> tuple[EnterpriseRow, ...]:
    """Return these enterprises as of a day, by name."""
    return tuple(_read(_BY_ID, list(ids), day))


def mandates(pairs: Collection[tuple[int, int]]) -> dict[tuple[int, int], MandateRow]:
    """Return the best mandate between each principal and broker: not revoked, ending last.

    Whether it is in force is for `delegation.check_mandate` to tell.
    """
    with connection.cursor() as cursor:
        cursor.execute(_MANDATES, [[one for one, _ in pairs], [other for _, other in pairs]])
        rows = [MandateRow(*columns) for columns in cursor.fetchall()]
    return {(row.principal_id, row.broker_id): row for row in rows}


def mandates_of(enterprise_ids: Collection[int]) -> tuple[MandateRow, ...]:
    """Return the mandates given or held by these enterprises, ending last first."""
    mine = Q(principal__in=enterprise_ids) | Q(broker__in=enterprise_ids)
    rows = Mandate.objects.filter(mine).order_by("-valid_until", "id")
    return tuple(
        MandateRow(*columns)
        for columns in rows.values_list(
            "id",
            "principal_id",
            "principal__name_zh",
            "broker_id",
            "broker__name_zh",
            "flow",
            "valid_from",
            "valid_until",
            "revoked_on",
        )
    )


def classes_of(enterprise_id: int) -> tuple[ClassRow, ...]:
    """Return the credit classes of an enterprise, latest first."""
    rows = CreditRecord.objects.filter(enterprise=enterprise_id).order_by("-valid_from")
    return tuple(
        ClassRow(CreditClass(credit), valid_from, valid_until, reason)
        for credit, valid_from, valid_until, reason in rows.values_list(
            "credit", "valid_from", "valid_until", "reason"
        )
    )


def find(scc: str) -> int | None:
    """Return the id of the enterprise of a credit code, or None."""
    return Enterprise.objects.filter(scc=scc).values_list("id", flat=True).first()


def acting(duties: Duties, *, channel: str, now: datetime) -> Actor:
    """Return who somebody is at this moment: with the region's offices and a broker's principals.

    Args:
        duties: of `accounts.queries`.
        channel: portal, api or cli.
        now: the moment.
    """
    day = now.astimezone(LOCAL).date()
    offices = set(duties.offices)
    if duties.everywhere or duties.districts:
        offices |= {
            office.code
            for office in snapshot().region.offices(day)
            if duties.everywhere or office.district in duties.districts
        }
    acted_for = set(duties.enterprise_ids)
    if Role.BROKER in duties.roles:
        in_force = Mandate.objects.filter(
            broker__in=duties.enterprise_ids, valid_from__lte=day, valid_until__gt=day
        ).filter(Q(revoked_on=None) | Q(revoked_on__gt=day))
        acted_for |= set(in_force.values_list("principal_id", flat=True))
    return Actor(
        duties.name,
        duties.label,
        duties.person_id,
        roles=duties.roles,
        enterprise_ids=frozenset(acted_for),
        own_ids=duties.enterprise_ids,
        offices=frozenset(offices),
        sites=duties.sites,
        channel=channel,
        capacity=duties.capacity,
    )


def _read(statement: str, keys: list[str] | list[int], day: date) -> list[EnterpriseRow]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"keys": keys, "day": day})
        return [
            EnterpriseRow(
                id_, scc, code, zh, en, EnterpriseKind(kind), home, CreditClass(credit), on, off
            )
            for id_, scc, code, zh, en, kind, home, credit, on, off in cursor.fetchall()
        ]
