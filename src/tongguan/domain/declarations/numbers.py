"""Customs numbers: eighteen digits, unique without a queue at the counter.

Each process takes serial numbers in blocks and counts through its block in memory, so parallel
writers never wait for one another's commit. What a process did not use when it ended is a gap,
known from the blocks. See docs/decisions on numbering.
"""

import os
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from threading import Lock
from typing import Final

from django.db import connection, transaction

from tongguan.domain.declarations.values import Flow
from tongguan.kernel.time import LOCAL

BLOCK: Final = 50
_FLOW_DIGIT: Final = {Flow.IMPORT: "1", Flow.EXPORT: "0"}
_TAKE: Final = """
    INSERT INTO declarations_serialblock (office, year, flow, first, last, taken_at, taken_by)
    SELECT %(office)s, %(year)s, %(flow)s, coalesce(max(last), 0) + 1,
           coalesce(max(last), 0) + %(count)s, %(now)s, %(taker)s
    FROM declarations_serialblock WHERE office = %(office)s AND year = %(year)s AND flow = %(flow)s
    RETURNING first, last
"""

Series = tuple[str, int, Flow]


class Numbers:
    """A process's stock of serial numbers."""

    def __init__(self) -> None:
        """Begin with an empty stock."""
        self._stock: defaultdict[Series, list[range]] = defaultdict(list)
        self._lock = Lock()

    def take(self, wanted: Sequence[tuple[str, Flow]], *, now: datetime) -> list[str]:
        """Return a number for each office and flow, in order.

        Called before the transaction that uses them: a block is taken in a transaction of its
        own, so that nobody waits for its commit.

        Source: completion rules of 2016: accepting office 4, year 4, 1 import or 0 export,
            serial 9.
        """
        year = now.astimezone(LOCAL).year
        needed: defaultdict[Series, int] = defaultdict(int)
        for office, flow in wanted:
            needed[office, year, flow] += 1
        with self._lock:
            serials = {
                series: self._serials(series, count, now) for series, count in needed.items()
            }
        iterators = {series: iter(found) for series, found in serials.items()}
        return [
            f"{office}{year}{_FLOW_DIGIT[flow]}{next(iterators[office, year, flow]):09d}"
            for office, flow in wanted
        ]

    def forget(self) -> None:
        """Leave the stock unused: the next number is of a block taken anew."""
        with self._lock:
            self._stock.clear()

    def _serials(self, series: Series, count: int, now: datetime) -> list[int]:
        found: list[int] = []
        stock = self._stock[series]
        while len(found) < count:
            if not stock:
                stock.append(_take_block(series, max(BLOCK, count - len(found)), now))
            run = stock.pop()
            wanted = count - len(found)
            found.extend(run[:wanted])
            if run[wanted:]:
                stock.append(run[wanted:])
        return found


def _take_block(series: Series, count: int, now: datetime) -> range:
    office, year, flow = series
    taker = f"{os.uname().nodename}/{os.getpid()}"
    facts: dict[str, str | int | datetime] = {
        "office": office,
        "year": year,
        "flow": str(flow),
        "count": count,
        "now": now,
        "taker": taker,
    }
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext(%s))",
            [f"serial {office} {year} {flow}"],
        )
        cursor.execute(_TAKE, facts)
        first, last = cursor.fetchone()
    return range(first, last + 1)
