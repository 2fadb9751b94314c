"""How far declarations have moved from those before: the population stability index.

Below 0.1 nothing has changed that counts; from 0.25 on what was learned may no longer hold.
"""

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from operator import attrgetter
from typing import Final

from tongguan.domain.risk.facts import Facts, LineFacts
from tongguan.domain.risk.fields import Field, Scope

PARTS: Final = 10
"""Numbers are cut into tenths of those they are compared with."""
CODES_MOST: Final = 12
"""The commonest codes count one by one, all others together."""
LEAST: Final = 100
"""Fewer declarations than this say nothing of drift."""
FIELDS: Final = (
    Field.MODE,
    Field.DECLARED,
    Field.GOODS,
    Field.TRANSPORT,
    Field.SUPERVISION,
    Field.DISPATCH,
    Field.CREDIT,
    Field.TRADER_30,
    Field.FIRST_PARTNER,
    Field.TOTAL_VALUE,
    Field.GROSS_KG,
    Field.COMMODITY,
    Field.ORIGIN,
    Field.VALUE_PER_KG,
    Field.PRICE_RATIO,
    Field.RATE,
)
"""The features that are watched; of lines, the first."""
_CHAPTER: Final = 2
_NO_LINE: Final = LineFacts()


def psi(expected: Sequence[float], counted: Sequence[int]) -> float:
    """Return the population stability index of counts against expected shares.

    Half a count is added to each part, so that an empty one stays finite.

    >>> round(psi([0.5, 0.5], [50, 50]), 4)
    0.0
    >>> round(psi([0.5, 0.5], [90, 10]), 2)
    0.86
    """
    whole = sum(counted) + len(counted) / 2
    total = 0.0
    for share, count in zip(expected, counted, strict=True):
        now = (count + 0.5) / whole
        total += (now - share) * math.log(now / share)
    return total


class Numbers:
    """Numbers as they were, to compare others with."""

    def __init__(self, before: Iterable[float]) -> None:
        """Cut them into parts of equal size; equal numbers stay together."""
        ordered = sorted(before)
        size = len(ordered)
        cuts = {ordered[size * part // PARTS] for part in range(1, PARTS)} if size else set()
        self._cuts: Final = sorted(cuts)
        self._expected: Final = _shares(self._counted(ordered))

    def psi(self, now: Iterable[float]) -> float:
        """Return how far the numbers of now have moved."""
        return psi(self._expected, self._counted(now))

    def _counted(self, numbers: Iterable[float]) -> list[int]:
        counts = [0] * (len(self._cuts) + 1)
        for number in numbers:
            counts[bisect_right(self._cuts, number)] += 1
        return counts


class Codes:
    """Codes as they were, to compare others with."""

    def __init__(self, before: Iterable[str]) -> None:
        """Count them; the commonest have a part of their own."""
        common = Counter(before)
        self._places: Final = {
            code: place for place, (code, _count) in enumerate(common.most_common(CODES_MOST))
        }
        self._expected: Final = _shares(self._counted(common.elements()))

    def psi(self, now: Iterable[str]) -> float:
        """Return how far the codes of now have moved."""
        return psi(self._expected, self._counted(now))

    def _counted(self, codes: Iterable[str]) -> list[int]:
        counts = [0] * (len(self._places) + 1)
        for code in codes:
            counts[self._places.get(code, len(self._places))] += 1
        return counts


class Features:
    """The watched features of declarations as they were."""

    def __init__(self, before: Sequence[Facts]) -> None:
        """Take what is compared with; features that nobody declared are left out."""
        self._known: Final[dict[Field, Numbers | Codes]] = {}
        for field in FIELDS:
            facts = _facts(field, before)
            if numbers := _numbers(facts):
                self._known[field] = Numbers(numbers)
            elif any(one is not None for one in facts):
                self._known[field] = Codes(map(str, facts))

    def psi(self, now: Sequence[Facts]) -> Mapping[str, float]:
        """Return how far each feature has moved, by the code of its field, the furthest first."""
        found: dict[str, float] = {}
        for field, known in self._known.items():
            facts = _facts(field, now)
            if isinstance(known, Numbers):
                found[str(field)] = known.psi(_numbers(facts))
            else:
                found[str(field)] = known.psi(map(str, facts))
        return dict(sorted(found.items(), key=lambda pair: -pair[1]))


def _facts(field: Field, declared: Sequence[Facts]) -> list[object]:
    """Return the fact of each declaration; of goods the chapter, of lines the first."""
    get = attrgetter(field.member)
    if field.scope is Scope.HEAD:
        return [get(one) for one in declared]
    found = [get(one.lines[0] if one.lines else _NO_LINE) for one in declared]
    if field is Field.COMMODITY:
        return [one[:_CHAPTER] if one else one for one in found]
    return found


def _numbers(facts: Iterable[object]) -> list[float]:
    return [
        float(one) for one in facts if isinstance(one, int | Decimal) and not isinstance(one, bool)
    ]


def _shares(counts: Sequence[int]) -> list[float]:
    whole = sum(counts) + len(counts) / 2
    return [(count + 0.5) / whole for count in counts]
