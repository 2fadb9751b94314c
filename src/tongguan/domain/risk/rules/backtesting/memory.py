"""What a policy knows as time goes by: the outcomes of what it looked at itself, and no others."""

from collections import Counter, deque
from collections.abc import Sequence
from datetime import date, timedelta
from heapq import merge
from operator import itemgetter
from typing import Final

from msgspec import structs

from tongguan.domain.risk.facts import Facts
from tongguan.domain.risk.rules.backtesting.plan import Case
from tongguan.domain.risk.rules.learning.examples import Example
from tongguan.domain.risk.rules.sightings import FINDING_DAYS

WRONG_LEAST: Final = 2
"""With fewer findings than this, or without a sound declaration, nothing is learned."""
_Numbered = tuple[int, Example]


class Memory:
    """Outcomes that came in, those still to come, and the findings of each trader.

    Of what nobody looked at it is known that it was declared, and no more.
    """

    def __init__(self, lessons: Sequence[Example], *, delay_days: int, others: int) -> None:
        """Begin with what is known already, earliest first.

        Args:
            lessons: outcomes from before.
            delay_days: from a look to the day its outcome comes in.
            others: so many of the latest declarations are remembered that nobody looked at.
        """
        self._most: Final = others
        self._delay: Final = timedelta(days=delay_days)
        self._lessons: list[_Numbered] = []
        self._wrong = 0
        self._others: dict[int, Example] = {}
        self._coming: deque[_Numbered] = deque()
        self._findings: Counter[str] = Counter()
        self._leaving: deque[tuple[date, str]] = deque()
        self._next = 0
        for one in lessons:
            if one.found is not None:
                self._take(one, one.known or one.day)
                self._lessons.append((self._number(), one))

    @property
    def lessons(self) -> int:
        """Return how many outcomes have come in."""
        return len(self._lessons)

    @property
    def teaches(self) -> bool:
        """Return whether there is something to tell apart."""
        return WRONG_LEAST <= self._wrong < len(self._lessons)

    def examples(self) -> tuple[Example, ...]:
        """Return what can be learned from, earliest first."""
        first = itemgetter(0)
        lessons = sorted(self._lessons, key=first)
        return tuple(one for _, one in merge(lessons, self._others.items(), key=first))

    def come_in(self, day: date) -> None:
        """Take in the outcomes that are known on a day, and forget findings that are too old."""
        while self._coming and (known := self._coming[0][1].known) is not None and known <= day:
            number, one = self._coming.popleft()
            self._others.pop(number, None)
            self._lessons.append((number, one))
            self._take(one, known)
        since = day - timedelta(days=FINDING_DAYS)
        while self._leaving and self._leaving[0][0] < since:
            self._findings[self._leaving.popleft()[1]] -= 1

    def seen(self, facts: Facts) -> Facts:
        """Return a declaration with the findings of its trader that the policy itself knows of."""
        return structs.replace(facts, findings=self._findings[facts.trader or ""])

    def keep(self, case: Case, seen: Facts, *, looked: bool) -> None:
        """Remember a declaration; what the history knows of one looked at comes in later."""
        number = self._number()
        self._others[number] = Example(case.day, seen, None, None, case.revenue)
        if len(self._others) > self._most:
            del self._others[next(iter(self._others))]
        if looked and case.found is not None:
            known = case.day + self._delay
            one = Example(case.day, seen, case.found, known, case.revenue)
            self._coming.append((number, one))

    def _number(self) -> int:
        self._next += 1
        return self._next

    def _take(self, one: Example, known: date) -> None:
        if one.found:
            self._wrong += 1
            trader = one.facts.trader or ""
            self._findings[trader] += 1
            self._leaving.append((known, trader))
