"""What a model learns from: declarations as facts, in time order, with what was found and when."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from heapq import heappop, heappush

from tongguan.domain.risk.facts import Facts
from tongguan.domain.risk.rules.replay import Replay, placed
from tongguan.domain.risk.values import Remembered
from tongguan.kernel.time import LOCAL


@dataclass(frozen=True, slots=True)
class Example:
    """One declaration as it was accepted, and what came of it.

    Attributes:
        day: local day of acceptance.
        facts: as they stood then.
        found: whether a treatment found something; None where nobody looked.
        known: day on which that came in; a later day may use it. None as `found` is.
        revenue: duty and taxes at stake, in CNY.
    """

    day: date
    facts: Facts
    found: bool | None
    known: date | None
    revenue: Decimal


def example_of(one: Remembered) -> Example:
    """Return a declaration as it is learned from; at stake is what a finding changed, or is due."""
    found = None if one.finding is None else bool(one.finding)
    known = None if one.ended_at is None else one.ended_at.astimezone(LOCAL).date()
    at_stake = one.value_effect if found and one.value_effect > 0 else one.facts.payable
    return Example(one.at.astimezone(LOCAL).date(), one.facts, found, known, at_stake or Decimal(0))


def with_history(examples: Iterable[Example]) -> Iterator[Example]:
    """Yield examples, which come in order of their days, with the history before each."""
    replay = Replay()
    waiting: list[tuple[date, str]] = []
    for one in examples:
        while waiting and waiting[0][0] < one.day:
            replay.found(*heappop(waiting))
        facts = placed(one.facts, replay.history(one.day))
        replay.add(one.day, facts)
        if one.found and one.known is not None:
            heappush(waiting, (one.known, one.facts.trader or ""))
        yield Example(one.day, facts, one.found, one.known, one.revenue)
