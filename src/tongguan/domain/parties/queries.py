"""Reads of this room: set by set for lodging, row by row for pages, and who somebody is."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from tongguan.domain.parties.models import CreditRecord, Enterprise, Mandate
from tongguan.domain.parties.problems import UNKNOWN
from tongguan.domain.parties.rules.employment import employer as employing
from tongguan.domain.parties.rules.mandates import best
from tongguan.domain.parties.scopes import POWERS, in_force
from tongguan.domain.parties.values import (
    BrokerRow,
    ClassRow,
    CreditClass,
    EnterpriseKind,
    EnterpriseRow,
    MandateRow,
)
from tongguan.domain.reference.queries import snapshot
from tongguan.facilities.accounts import queries as accounts
from tongguan.facilities.accounts.rules.duties import require
from tongguan.facilities.accounts.values import Actor, Duties, Employer, Post, Role
from tongguan.facilities.tables import Lookup, Row, read
from tongguan.kernel.identifiers import ENTERPRISE
from tongguan.kernel.spelling import without_edges

PAGE_ROWS: Final = 50
_ROW: Final = """
    SELECT e.id, e.scc, coalesce(e.customs_code, ''), e.name_zh, e.name_en, e.kind, e.home_office,
           coalesce(c.credit, 'general'), e.registered_on,
           coalesce(e.suspended_from <= %(day)s, FALSE)
               AND (e.suspended_until IS NULL OR e.suspended_until > %(day)s)
    FROM parties_enterprise AS e
    LEFT JOIN parties_creditrecord AS c
        ON c.enterprise_id = e.id AND c.valid_from <= %(day)s
        AND (c.valid_until IS NULL OR c.valid_until > %(day)s)
"""
_KNOWN: Final = f"{_ROW} WHERE e.scc = ANY(%(keys)s) OR e.customs_code = ANY(%(keys)s)"
_BY_ID: Final = f"{_ROW} WHERE e.id = ANY(%(keys)s) ORDER BY e.name_zh, e.id"
_MANDATES: Final = """
    SELECT asked.principal_id, m.id, m.principal_id, m.broker_id, m.flow, m.valid_from,
           m.valid_until, m.revoked_at, m.chapters
    FROM unnest(%(principals)s::bigint[], %(brokers)s::bigint[]) AS asked (principal_id, broker_id)
    CROSS JOIN LATERAL (
        (
            SELECT m.* FROM parties_mandate AS m
            WHERE m.principal_id = asked.principal_id AND m.broker_id = asked.broker_id
        )
        UNION ALL
        (
            SELECT m.* FROM parties_mandate AS m
            WHERE m.broker_id = asked.broker_id AND m.principal_id <> asked.principal_id
              AND m.valid_from <= %(day)s AND m.valid_until > %(day)s AND m.revoked_at IS NULL
              AND NOT EXISTS (
                  SELECT FROM parties_mandate AS own
                  WHERE own.principal_id = asked.principal_id
                    AND own.broker_id = asked.broker_id
              )
            LIMIT 1
        )
    ) AS m
"""


def known(keys: Collection[str], day: date) -> Lookup[dict[str, EnterpriseRow]]:
    """Look up the enterprises of these codes, by credit code and by customs code, as of a day.

    Cost: one prepared statement for any number; 1,000 codes in 8 ms, one in 0.4 ms.
    """

    def told(rows: list[Row]) -> dict[str, EnterpriseRow]:
        found: dict[str, EnterpriseRow] = {}
        for row in map(_enterprise, rows):
            found[row.scc] = row
            if row.customs_code:
                found[row.customs_code] = row
        return found

    return Lookup(_KNOWN, {"keys": list(keys), "day": day} if keys else None, told)


def mandates(
    pairs: Collection[tuple[int, int]], day: date
) -> Lookup[dict[tuple[int, int], MandateRow]]:
    """Look up the mandate that tells most of each principal and broker on a day.

    Where the broker holds none of this principal, but another's, that one is returned and marked
    `other_principal`. Whether it covers a declaration is for `delegation.check_mandate` to tell.

    Cost: one prepared statement for any number; 1,000 pairs in 9 ms, one in 0.5 ms.
    """
    asked: dict[str, list[int] | date] = {
        "principals": [principal for principal, _ in pairs],
        "brokers": [broker for _, broker in pairs],
        "day": day,
    }

    def told(rows: list[Row]) -> dict[tuple[int, int], MandateRow]:
        between: defaultdict[tuple[int, int], list[MandateRow]] = defaultdict(list)
        for row in rows:
            mandate = _mandate(row)
            between[row[0], mandate.broker_id].append(mandate)
        found: dict[tuple[int, int], MandateRow] = {}
        for pair, between_them in between.items():
            first, others = best(between_them, day)
            found[pair] = replace(first, further=others) if others else first
        return found

    return Lookup(_MANDATES, asked if pairs else None, told)


def enterprises(ids: Collection[int], day: date) -> tuple[EnterpriseRow, ...]:
    """Return these enterprises as of a day, by name; for processes: nobody looks."""
    return tuple(_by_id(list(ids), day))


def visible_to(viewer: Actor) -> Q:
    """Return the filter that keeps the enterprises `viewer` may see.

    People of an enterprise see it and, as a broker, its principals; an officer those whose home
    office his postings cover; the house itself all.
    """
    if viewer.is_(Role.SYSTEM):
        return Q()
    return Q(pk__in=viewer.enterprise_ids) | Q(home_office__in=viewer.offices)


def get(enterprise_id: int, *, viewer: Actor, day: date) -> EnterpriseRow | None:
    """Return one enterprise as of a day, or None where there is none to be seen."""
    if not Enterprise.objects.filter(visible_to(viewer), pk=enterprise_id).exists():
        return None
    return next(iter(_by_id([enterprise_id], day)), None)


def page(
    *,
    viewer: Actor,
    day: date,
    search: str = "",
    after: tuple[str, int] | None = None,
    limit: int = PAGE_ROWS,
) -> tuple[EnterpriseRow, ...]:
    """Return a page of the enterprises that `viewer` may see, by name.

    Args:
        viewer: who looks.
        day: as of which day.
        search: a code from its beginning, or part of a name.
        after: name and id of the last row of the page before.
        limit: rows at the most.
    """
    found = Enterprise.objects.filter(visible_to(viewer))
    if search:
        found = found.filter(_named(search))
    if after is not None:
        name, id_ = after
        found = found.filter(Q(name_zh__gt=name) | Q(name_zh=name, pk__gt=id_))
    ids = list(found.order_by("name_zh", "id").values_list("id", flat=True)[:limit])
    return tuple(_by_id(ids, day))


def brokers(search: str, *, day: date, limit: int = PAGE_ROWS) -> tuple[BrokerRow, ...]:
    """Return registered brokers by name, for whoever wants to give a mandate; for everybody."""
    suspended = Q(suspended_from__lte=day) & (Q(suspended_until=None) | Q(suspended_until__gt=day))
    found = Enterprise.objects.filter(_named(search), kind=str(EnterpriseKind.BROKER))
    rows = found.exclude(suspended).order_by("name_zh", "id")
    columns = ("id", "scc", "name_zh", "name_en", "home_office")
    return tuple(BrokerRow(*row) for row in rows.values_list(*columns)[:limit])


def mandates_of(
    *, viewer: Actor, after: tuple[date, int] | None = None, limit: int = PAGE_ROWS
) -> tuple[MandateRow, ...]:
    """Return a page of the mandates that the viewer's own enterprises gave or hold.

    What ends last comes first. An officer sees those of enterprises whose home office his
    postings cover. The next page comes `after` end and id of the last row of this one.
    """
    mine = Q(principal__in=viewer.own_ids) | Q(broker__in=viewer.own_ids)
    mine |= Q(principal__home_office__in=viewer.offices)
    mine |= Q(broker__home_office__in=viewer.offices)
    return _page(Mandate.objects.filter(mine), after, limit)


def own_mandate(mandate_id: int, *, viewer: Actor) -> MandateRow | None:
    """Return one mandate that the viewer's own enterprises gave or hold, or None."""
    mine = Q(principal__in=viewer.own_ids) | Q(broker__in=viewer.own_ids)
    return next(iter(_page(Mandate.objects.filter(mine, pk=mandate_id), None, 1)), None)


def all_mandates(
    *,
    viewer: Actor,
    enterprise_id: int | None = None,
    running_on: date | None = None,
    after: tuple[date, int] | None = None,
    limit: int = PAGE_ROWS,
) -> tuple[MandateRow, ...]:
    """Return a page of all mandates, in the order of `mandates_of`.

    Args:
        viewer: an administrator or auditor.
        enterprise_id: who gave or holds them; everybody, if None.
        running_on: only those that run on this day, or will; all, if None.
        after: end and id of the last row of the page before.
        limit: rows at the most.

    Raises:
        ProblemError: ACC-001 not for this viewer.
    """
    require(viewer, Role.ADMINISTRATOR, Role.AUDITOR)
    found = Mandate.objects.all()
    if enterprise_id is not None:
        found = found.filter(Q(principal=enterprise_id) | Q(broker=enterprise_id))
    if running_on is not None:
        found = found.filter(valid_until__gt=running_on, revoked_at=None)
    return _page(found, after, limit)


def classes_of(enterprise_id: int, *, viewer: Actor) -> tuple[ClassRow, ...]:
    """Return the credit classes of an enterprise, latest first; to itself and its officers."""
    own = Q(enterprise__in=viewer.own_ids) | Q(enterprise__home_office__in=viewer.offices)
    rows = CreditRecord.objects.filter(own, enterprise=enterprise_id).order_by("-valid_from")
    return tuple(
        ClassRow(CreditClass(credit), valid_from, valid_until, reason)
        for credit, valid_from, valid_until, reason in rows.values_list(
            "credit", "valid_from", "valid_until", "reason"
        )
    )


def find(scc: str) -> int | None:
    """Return the id of the enterprise of a credit code, or None; for processes: nobody looks."""
    return Enterprise.objects.filter(scc=scc).values_list("id", flat=True).first()


def employer(enterprise_id: int, day: date) -> Employer:
    """Return an enterprise as a posting names it; for processes: nobody looks.

    Raises:
        ProblemError: PAR-006.
    """
    for row in _by_id([enterprise_id], day):
        return employing(row)
    raise UNKNOWN.error(enterprise=enterprise_id)


def actor_of(person_id: int, *, now: datetime, channel: str = "portal") -> Actor | None:
    """Return who a signed-in person is at this moment, or None where he is dismissed.

    Cost: two statements; a third for brokers.
    """
    duties = accounts.duties_of_person(person_id, now=now)
    return None if duties is None else acting(duties, channel=channel, now=now)


def actor_of_client(client_id: str, *, now: datetime) -> Actor | None:
    """Return for whom the software behind an OAuth2 client acts, or None where it is not admitted.

    Cost: two statements; a third for brokers.
    """
    duties = accounts.duties_of_client(client_id, now=now)
    return None if duties is None else acting(duties, channel="api", now=now)


def actor_of_token(token: str, *, now: datetime) -> Actor | None:
    """Return for whom the bearer of a token acts, or None where the token is not valid.

    Cost: one statement more than `actor_of_client`.
    """
    client_id = accounts.client_of_token(token, now=now)
    return None if client_id is None else actor_of_client(client_id, now=now)


def acting(duties: Duties, *, channel: str, now: datetime) -> Actor:
    """Return who somebody with these duties is at this moment.

    Args:
        duties: of `accounts.queries`.
        channel: portal, api or cli.
        now: the moment.
    """
    day = localdate(now)
    posts: set[tuple[Role, str]] = set()
    for role, office, district, site in duties.posts:
        if role.post is Post.OFFICE:
            posts.update((role, code) for code in _covered(office, district, day))
        elif role.post is Post.SITE:
            posts.add((role, site))
    brokers_ = duties.enterprise_ids if Role.BROKER in duties.roles else frozenset()
    held = in_force(brokers_, day) if brokers_ else ()
    return Actor(
        duties.name,
        duties.label,
        duties.person_id,
        duties.roles,
        enterprise_ids=duties.enterprise_ids | {principal for _id, principal, _others in held},
        offices=frozenset(place for role, place in posts if role.post is Post.OFFICE),
        sites=duties.sites,
        channel=channel,
        own_ids=duties.enterprise_ids,
        capacity=duties.capacity,
        posts=frozenset(posts),
        mandates=frozenset(id_ for id_, _principal, _others in held),
        shown_ids=frozenset(principal for _id, principal, others in held if others),
        signed_in=channel != "cli",
    )


def _covered(office: str, district: str, day: date) -> Iterable[str]:
    """Return the offices that a posting covers: one, those of a district, or all."""
    if office:
        return (office,)
    region = snapshot().region.offices(day)
    return (one.code for one in region if not district or one.district == district)


def _page(
    found: QuerySet[Mandate], after: tuple[date, int] | None, limit: int
) -> tuple[MandateRow, ...]:
    if after is not None:
        until, id_ = after
        found = found.filter(Q(valid_until__lt=until) | Q(valid_until=until, pk__gt=id_))
    sides = ("principal_id", "principal__name_zh", "broker_id", "broker__name_zh")
    terms = ("flow", "valid_from", "valid_until", "revoked_at", "chapters", *POWERS)
    rows = found.order_by("-valid_until", "id").values_list("id", *sides, *terms)[:limit]
    return tuple(_listed(*columns) for columns in rows)


def _listed(id_: int, giver: int, named: str, holder: int, called: str, *terms: Any) -> MandateRow:
    flow, since, until, revoked, chapters, *powers = terms
    span = (since, until, _day(revoked))
    return MandateRow(id_, giver, named, holder, called, flow, *span, tuple(chapters), *powers)


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else localdate(moment)


def _named(search: str) -> Q:
    wanted, code = without_edges(search), ENTERPRISE.plain(search)
    if not wanted.isprintable():
        return Q(pk__in=[])
    codes = Q(scc__startswith=code) | Q(customs_code__startswith=code)
    return codes | Q(name_zh__icontains=wanted) | Q(name_en__icontains=wanted)


def _by_id(ids: list[int], day: date) -> list[EnterpriseRow]:
    return [_enterprise(row) for row in read(_BY_ID, {"keys": ids, "day": day})]


def _enterprise(row: Row) -> EnterpriseRow:
    id_, scc, code, zh, en, kind, home, credit, registered, suspended = row
    return EnterpriseRow(
        id_, scc, code, zh, en, _KINDS[kind], home, _CLASSES[credit], registered, suspended
    )


def _mandate(row: Row) -> MandateRow:
    wanted, id_, principal, broker, flow, since, until, revoked, chapters = row
    return MandateRow(
        id_,
        principal,
        "",
        broker,
        "",
        flow,
        since,
        until,
        _day(revoked),
        tuple(chapters),
        other_principal=principal != wanted,
    )


_KINDS: Final = {str(kind): kind for kind in EnterpriseKind}
_CLASSES: Final = {str(credit): credit for credit in CreditClass}
