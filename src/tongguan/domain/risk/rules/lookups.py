"""Who asks for a word: profiles that watch names like it, or a range of codes that holds it."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Final

from numpy import array, bincount, frombuffer

from tongguan.domain.risk.rules.names import close, groups, least_common

SHARED_RARE: Final = 4
SHORT: Final = 6
"""Names with no more groups than this are compared whenever they share one."""
_LAST: Final = "\U0010ffff"


class Watched:
    """Watched names, found by the rarest letter groups that they share with a declared one.

    Names that resemble each other have more than half of their groups in common, so they also
    share some of the rarer ones; only names that share four of those are compared.
    """

    def __init__(self, names: Sequence[tuple[str, int]]) -> None:
        """Take names with the bits of the profiles that watch them."""
        watching: defaultdict[frozenset[str], list[int]] = defaultdict(list)
        for name, bit in names:
            if own := groups(name):
                watching[own].append(bit)
        self._names = list(watching.items())
        self._often = Counter(group for own in watching for group in own)
        rare: defaultdict[str, list[int]] = defaultdict(list)
        for place, own in enumerate(watching):
            for group in self._rarer(own):
                rare[group].append(place)
        # As bytes: those of several groups are joined and counted at once.
        self._rare = {group: array(found, "i4").tobytes() for group, found in rare.items()}

    def find(self, name: str) -> list[int]:
        """Return the bits of the profiles that watch a name like this."""
        own = groups(name)
        shared = b"".join([self._rare.get(group, b"") for group in self._rarer(own)])
        if not shared:
            return []
        size = len(own)
        least = SHARED_RARE if size > SHORT else 1
        found: list[int] = []
        for place in (bincount(frombuffer(shared, "i4")) >= least).nonzero()[0].tolist():
            other, watching = self._names[place]
            if close(len(own & other), size, len(other)):
                found += watching
        return found

    def _rarer(self, own: frozenset[str]) -> list[str]:
        often = self._often
        ordered = sorted(own, key=lambda group: (often[group], group))
        return ordered[: len(own) - least_common(len(own)) + SHARED_RARE]


class Ranges:
    """Ranges of codes, found by any code they hold; a range stands at few nodes of a tree."""

    def __init__(self, ranges: Sequence[tuple[str, str, int]]) -> None:
        """Take first and last code, shorter ones for all that begin with them, and the bit."""
        spans = [(first, last + _LAST, bit) for first, last, bit in ranges]
        self._bounds = sorted({bound for first, end, _bit in spans for bound in (first, end)})
        self._leaves = len(self._bounds) + 1
        self._nodes: defaultdict[int, list[int]] = defaultdict(list)
        for first, end, bit in spans:
            self._add(bisect_left(self._bounds, first) + 1, bisect_left(self._bounds, end) + 1, bit)

    def find(self, code: str) -> list[int]:
        """Return the bits of the ranges that hold a code."""
        node = bisect_right(self._bounds, code) + self._leaves
        found: list[int] = []
        while node:
            if node in self._nodes:
                found += self._nodes[node]
            node >>= 1
        return found

    def _add(self, left: int, right: int, bit: int) -> None:
        """Stand the bit at the nodes that together cover the leaves from left to before right."""
        left, right = left + self._leaves, right + self._leaves
        while left < right:
            if left & 1:
                self._nodes[left].append(bit)
                left += 1
            if right & 1:
                right -= 1
                self._nodes[right].append(bit)
            left, right = left >> 1, right >> 1
