"""How the day goes: what was accepted by channel, what is watched, which promises are kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.db import connection

from tongguan.domain.risk.active import selector
from tongguan.domain.risk.criteria import Operator, Profile
from tongguan.domain.risk.facts import Facts, LineFacts
from tongguan.domain.risk.fields import Field, Scope
from tongguan.domain.risk.models import DailySeed, Selected, SetCommitment
from tongguan.domain.risk.rules.names import resembles
from tongguan.domain.risk.values import Channel
from tongguan.kernel.identifiers import DeclarationId
from tongguan.kernel.text import Term, _
from tongguan.kernel.time import LOCAL

PAGE_ROWS: Final = 50
HITS_LOOKED_AT: Final = 20
"""Of each profile that watches names so many of its latest hits are looked at."""
_FLOW: Final = """
    SELECT (at AT TIME ZONE %(zone)s)::date, documents, goods, count(*)
    FROM risk_selected WHERE at >= %(since)s AND at < %(until)s
    GROUP BY 1, 2, 3 ORDER BY 1
"""
_HITS: Final = """
    SELECT profile, reached.declaration_id, reached.at, selected.facts
    FROM unnest(%(profiles)s::int[]) AS profile
    CROSS JOIN LATERAL (
        SELECT declaration_id, at FROM risk_reached
        WHERE source = 'profile' AND criterion = profile AND at >= %(since)s
        ORDER BY at DESC, id DESC LIMIT %(most)s
    ) AS reached
    JOIN risk_selected AS selected USING (declaration_id)
    ORDER BY profile, reached.at DESC
"""


@dataclass(frozen=True, slots=True)
class WatchedRow:
    """One watched name in a profile in force, and what it met lately.

    Attributes:
        profile: that watches it; `field` of the declaration.
        hits: of the profile's latest hits, those by this name.
        last_at, last: the latest of them.
        seen_as: how the name was written there.
    """

    name: str
    field: Field
    profile: Profile
    hits: int
    last_at: datetime | None
    last: DeclarationId | None
    seen_as: str


class Broken(Term):
    """What is amiss with the promises of a day."""

    SEED_MISSING = "seed_missing", _("no seed is committed to for {day}")
    SEED_LATE = "seed_late", _("the seed of {day} was committed to only on that day")
    SET_MISSING = "set_missing", _("the criteria in force on {day} are not committed to")


def flow(day: date, *, days: int = 1) -> list[tuple[date, dict[Channel, int]]]:
    """Return how many declarations were accepted on days up to `day`, by the way they took.

    One statement; days without any stand there with zeros, earliest first.
    """
    begins = datetime.combine(day - timedelta(days=days - 1), time(), LOCAL)
    found = {
        begins.date() + timedelta(days=place): dict.fromkeys(Channel, 0) for place in range(days)
    }
    until = datetime.combine(day + timedelta(days=1), time(), LOCAL)
    with connection.cursor() as cursor:
        cursor.execute(_FLOW, {"zone": str(LOCAL), "since": begins, "until": until})
        for on, documents, goods, count in cursor.fetchall():
            found[on][_channel(documents, goods)] += count
    return list(found.items())


def accepted_on(
    day: date, channel: Channel, *, after: datetime | None = None, limit: int = PAGE_ROWS
) -> list[tuple[DeclarationId, datetime]]:
    """Return a page of the declarations of a day that took a way, the latest first."""
    begins = datetime.combine(day, time(), LOCAL)
    until = begins + timedelta(days=1)
    rows = Selected.objects.filter(at__gte=begins, at__lt=until if after is None else after)
    documents = channel in {Channel.REVIEW, Channel.BOTH}
    goods = channel in {Channel.INSPECTION, Channel.BOTH}
    found = rows.filter(documents=documents, goods=goods).order_by("-at", "-pk")
    return [(DeclarationId(id_), at) for id_, at in found.values_list("pk", "at")[:limit]]


def watched(day: date, *, since: datetime) -> Sequence[WatchedRow]:
    """Return the names that profiles in force watch, those met lately first.

    Cost: two statements, and for each profile that watches names a look at its latest hits.
    """
    profiles = [
        profile
        for profile in selector(day).active.profiles
        if any(one.operator == str(Operator.WATCHED) for one in profile.conditions)
    ]
    hits = _hits([profile.id for profile in profiles], since)
    rows = [
        _watched(name, Field(condition.field), profile, hits.get(profile.id, []))
        for profile in profiles
        for condition in profile.conditions
        if condition.operator == str(Operator.WATCHED)
        for name in condition.operands
    ]
    return sorted(rows, key=lambda row: (-row.hits, row.name, row.profile.id))


def broken_promises(day: date) -> Sequence[tuple[Broken, date]]:
    """Return what is amiss with the commitments of a day and the next."""
    days = (day, day + timedelta(days=1))
    seeds = DailySeed.objects.in_bulk(days)
    found = [(Broken.SEED_MISSING, one) for one in days if one not in seeds]
    late = seeds.get(day)
    if late is not None and late.committed_at.astimezone(LOCAL).date() >= day:
        found.append((Broken.SEED_LATE, day))
    version = selector(day).active.version
    if not SetCommitment.objects.filter(day=day, version=version).exists():
        found.append((Broken.SET_MISSING, day))
    return found


def _channel(documents: bool, goods: bool) -> Channel:
    if documents:
        return Channel.BOTH if goods else Channel.REVIEW
    return Channel.INSPECTION if goods else Channel.NONE


Hits = list[tuple[DeclarationId, datetime, Facts]]


def _hits(profiles: list[int], since: datetime) -> dict[int, Hits]:
    found: dict[int, Hits] = {}
    facts: dict[str, Any] = {"profiles": profiles, "since": since, "most": HITS_LOOKED_AT}
    with connection.cursor() as cursor:
        cursor.execute(_HITS, facts)
        for profile, id_, at, stored in cursor.fetchall():
            found.setdefault(profile, []).append((DeclarationId(id_), at, Facts.read(stored)))
    return found


def _watched(name: str, field: Field, profile: Profile, hits: Hits) -> WatchedRow:
    met = [
        (id_, at, seen_as)
        for id_, at, facts in hits
        for seen_as in _texts(field, facts)
        if resembles(seen_as, [name])
    ]
    last, last_at, seen_as = met[0] if met else (None, None, "")
    return WatchedRow(name, field, profile, len(met), last_at, last, seen_as)


def _texts(field: Field, facts: Facts) -> list[str]:
    holders: list[Facts | LineFacts] = [*facts.lines] if field.scope is Scope.LINE else [facts]
    found = dict.fromkeys(getattr(one, field.member) for one in holders)
    return [one for one in found if isinstance(one, str)]
