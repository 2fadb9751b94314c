"""What happened before, gathered day by day from accepted declarations, and read as one history."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from django.db import connection

from tongguan.domain.risk.facts import Facts, History, Seen
from tongguan.domain.risk.models import Selected
from tongguan.domain.risk.rules.sightings import (
    FINDING_DAYS,
    KEPT_DAYS,
    KEY,
    LINES_LEAST,
    price_of,
    prices,
    sightings,
)
from tongguan.kernel.identifiers import DeclarationId
from tongguan.kernel.time import LOCAL

_SIGHTED: Final = """
    INSERT INTO risk_sighting (role, key, day, count)
    SELECT * FROM unnest(%s::text[], %s::text[], %s::date[], %s::int[])
    ON CONFLICT (role, key, day) DO UPDATE SET count = risk_sighting.count + excluded.count
"""
_PRICED: Final = """
    INSERT INTO risk_price (commodity, step, count)
    SELECT * FROM unnest(%s::text[], %s::int[], %s::int[])
    ON CONFLICT (commodity, step) DO UPDATE SET count = risk_price.count + excluded.count
"""
_SEEN: Final = """
    SELECT role, key,
           coalesce(sum(count) FILTER (WHERE day > %(day)s::date - 7), 0),
           coalesce(sum(count) FILTER (WHERE day > %(day)s::date - 30), 0),
           coalesce(sum(count) FILTER (WHERE day > %(day)s::date - 90), 0)
    FROM risk_sighting
    WHERE day > %(day)s::date - %(kept)s AND day <= %(day)s
    GROUP BY role, key
"""
_USUAL: Final = """
    SELECT commodity, min(step)
    FROM (
        SELECT commodity, step,
               sum(count) OVER (PARTITION BY commodity ORDER BY step) AS so_far,
               sum(count) OVER (PARTITION BY commodity) AS whole
        FROM risk_price
    ) AS summed
    WHERE whole >= %s AND 2 * so_far >= whole
    GROUP BY commodity
"""
_FINDINGS: Final = """
    SELECT selected.trader, count(*)
    FROM risk_outcome AS outcome
    JOIN risk_selected AS selected USING (declaration_id)
    WHERE outcome.finding <> '' AND outcome.at > %s
    GROUP BY selected.trader
"""


def history(day: date) -> History:
    """Return what happened before, as of a day: the day itself as far as it is gathered.

    Cost: three statements; 1 s for a million sightings.
    """
    seen: dict[str, dict[str, Seen]] = {
        role: {} for role in ("trader", "declarant", "overseas", "route")
    }
    known: dict[str, set[str]] = {"partner": set(), "goods": set()}
    commodities: dict[str, int] = {}
    with connection.cursor() as cursor:
        cursor.execute(_SEEN, {"day": day, "kept": KEPT_DAYS})
        for role, key, last_7, last_30, last_90 in cursor.fetchall():
            if role in seen:
                seen[role][key] = Seen(int(last_7), int(last_30), int(last_90))
            elif role in known:
                known[role].add(key)
            else:
                commodities[key] = int(last_90)
        cursor.execute(_USUAL, [LINES_LEAST])
        usual = {commodity: price_of(step) for commodity, step in cursor.fetchall()}
        since = datetime.combine(day - timedelta(days=FINDING_DAYS), datetime.min.time(), LOCAL)
        cursor.execute(_FINDINGS, [since])
        findings = dict(cursor.fetchall())
    return History(
        day=day,
        traders=seen["trader"],
        declarants=seen["declarant"],
        overseas=seen["overseas"],
        routes=seen["route"],
        commodities=commodities,
        partners=frozenset(known["partner"]),
        goods=frozenset(known["goods"]),
        usual=usual,
        findings=findings,
    )


def gather(ids: Iterable[DeclarationId]) -> int:
    """Add accepted declarations to the history, each once; return how many.

    Runs in the transaction that follows their acceptance. Rows are taken in order of their keys,
    so that two who gather never wait for each other in a circle.
    """
    rows = Selected.objects.filter(pk__in=list(ids)).order_by("pk").values_list("at", "facts")
    sighted: Counter[tuple[str, str, date]] = Counter()
    priced: Counter[tuple[str, int]] = Counter()
    count = 0
    for at, stored in rows:
        facts, day = Facts.read(stored), at.astimezone(LOCAL).date()
        count += 1
        sighted.update((role, key[:KEY], day) for role, key in sightings(facts))
        priced.update(prices(facts))
    if count:
        with connection.cursor() as cursor:
            cursor.execute(_SIGHTED, _columns([(*key, sighted[key]) for key in sorted(sighted)]))
            if priced:
                cursor.execute(_PRICED, _columns([(*key, priced[key]) for key in sorted(priced)]))
    return count


def _columns(rows: Sequence[tuple[object, ...]]) -> list[list[object]]:
    return [list(column) for column in zip(*rows, strict=True)]
