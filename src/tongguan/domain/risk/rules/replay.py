"""The history behind a declaration, kept in memory while days are gone through in order. Pure."""

from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from msgspec.structs import replace

from tongguan.domain.risk.facts import NO_HISTORY, Facts, History, LineFacts, Seen
from tongguan.domain.risk.rules.sightings import (
    FINDING_DAYS,
    HEADING,
    KEPT_DAYS,
    LINES_LEAST,
    WINDOWS,
    price_of,
    prices,
    sightings,
)

_CENT: Final = Decimal("0.01")
_ROLES: Final = ("trader", "declarant", "overseas", "route", "commodity", "partner", "goods")
_SPANS: Final = (*WINDOWS, KEPT_DAYS)
_NEVER: Final = Seen()

Counts = dict[str, list[int]]


class Replay:
    """Declarations as they come in, day by day, and the history as of each day.

    The same as `histories` gathers in tables, as of the beginning of a day.
    """

    def __init__(self) -> None:
        """Begin before the first declaration."""
        self._counts: dict[str, Counts] = {role: {} for role in _ROLES}
        self._leaving = [deque[tuple[date, str, str]]() for _ in _SPANS]
        self._steps: defaultdict[str, Counter[int]] = defaultdict(Counter)
        self._usual: dict[str, Decimal] = {}
        self._findings: Counter[str] = Counter()
        self._findings_leaving: deque[tuple[date, str]] = deque()
        self._coming: list[tuple[date, Facts]] = []
        self._known = NO_HISTORY

    def add(self, day: date, facts: Facts) -> None:
        """Add a declaration accepted on a day; it is history from the next day on."""
        self._coming.append((day, facts))

    def found(self, day: date, trader: str) -> None:
        """Add a finding with a trader that came in on a day, before any later day is asked for."""
        self._findings[trader] += 1
        self._findings_leaving.append((day, trader))

    def history(self, day: date) -> History:
        """Return the history as of the beginning of a day, no earlier than any asked for before.

        It is a view on what is counted: read it before a later day is asked for.
        """
        if self._known.day != day:
            self._take_in()
            self._let_go(day)
            seen = {role: _Seen(self._counts[role]) for role in _ROLES}
            self._known = History(
                day=day,
                traders=seen["trader"],
                declarants=seen["declarant"],
                overseas=seen["overseas"],
                routes=seen["route"],
                commodities=_Last90(self._counts["commodity"]),
                partners=self._counts["partner"].keys(),
                goods=self._counts["goods"].keys(),
                usual=self._usual,
                findings=self._findings,
            )
        return self._known

    def _take_in(self) -> None:
        priced: set[str] = set()
        for at, facts in self._coming:
            for role, key in sightings(facts):
                row = self._counts[role].setdefault(key, [0] * len(_SPANS))
                for place, leaving in enumerate(self._leaving):
                    row[place] += 1
                    leaving.append((at, role, key))
            for commodity, step in prices(facts):
                self._steps[commodity][step] += 1
                priced.add(commodity)
        self._coming.clear()
        for commodity in priced:
            steps = self._steps[commodity]
            if steps.total() >= LINES_LEAST:
                self._usual[commodity] = price_of(_median(steps))

    def _let_go(self, day: date) -> None:
        for place, (span, leaving) in enumerate(zip(_SPANS, self._leaving, strict=True)):
            gone = day - timedelta(days=span)
            while leaving and leaving[0][0] <= gone:
                _, role, key = leaving.popleft()
                counts = self._counts[role]
                counts[key][place] -= 1
                if not counts[key][-1]:
                    del counts[key]
        since = day - timedelta(days=FINDING_DAYS)
        while self._findings_leaving and self._findings_leaving[0][0] < since:
            self._findings[self._findings_leaving.popleft()[1]] -= 1


def placed(facts: Facts, history: History) -> Facts:
    """Return a declaration with the history that stood when it was accepted.

    Equal to what `rules.facts` makes of a submission under that history.
    """
    code, overseas, route = facts.trader or "", facts.overseas, facts.route
    of_trader = history.traders.get(code)
    of_declarant = history.declarants.get(facts.declarant or "")
    of_overseas = history.overseas.get(overseas) if overseas else None
    of_route = history.routes.get(route) if route else None
    trader, declarant = of_trader or _NEVER, of_declarant or _NEVER
    return replace(
        facts,
        first_trader=of_trader is None,
        first_declarant=of_declarant is None,
        first_overseas=of_overseas is None if overseas else None,
        first_partner=f"{code}|{overseas}" not in history.partners if overseas else None,
        first_route=of_route is None if route else None,
        trader_7=trader.last_7,
        trader_30=trader.last_30,
        trader_90=trader.last_90,
        declarant_7=declarant.last_7,
        declarant_30=declarant.last_30,
        overseas_90=(of_overseas or _NEVER).last_90 if overseas else None,
        route_90=(of_route or _NEVER).last_90 if route else None,
        findings=history.findings.get(code, 0),
        lines=tuple(_placed_line(line, code, history) for line in facts.lines),
    )


def _placed_line(line: LineFacts, trader: str, history: History) -> LineFacts:
    commodity, price = line.commodity or "", line.value_per_kg
    usual = history.usual.get(commodity)
    ratio = (price / usual).quantize(_CENT) if price is not None and usual else None
    return replace(
        line,
        price_ratio=ratio,
        first_goods=f"{trader}|{commodity[:HEADING]}" not in history.goods,
        seen_90=history.commodities.get(commodity, 0),
    )


def _median(steps: Counter[int]) -> int:
    so_far, whole = 0, steps.total()
    for step in sorted(steps):
        so_far += steps[step]
        if 2 * so_far >= whole:
            return step
    raise ValueError("nothing was counted")


class _Seen(Mapping[str, Seen]):
    """Counts as the history tells them: what is not there was never seen."""

    def __init__(self, counts: Counts) -> None:
        self._counts = counts

    def __getitem__(self, key: str) -> Seen:
        return Seen(*self._counts[key][: len(WINDOWS)])

    def __iter__(self) -> Iterator[str]:
        return iter(self._counts)

    def __len__(self) -> int:
        return len(self._counts)


class _Last90(Mapping[str, int]):
    """Of the counts those of the longest window."""

    def __init__(self, counts: Counts) -> None:
        self._counts = counts

    def __getitem__(self, key: str) -> int:
        return self._counts[key][len(WINDOWS) - 1]

    def __iter__(self) -> Iterator[str]:
        return iter(self._counts)

    def __len__(self) -> int:
        return len(self._counts)
