"""For one field: which profiles do not object to a value, as the bits of one number.

A profile has a bit. The answer of a table has the bit of every profile whose condition holds, and
of every profile that asks nothing of the field. Answers are kept, within a stated memory, for the
values seen; so a set of any size compiles quickly and only what is declared is worked out.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Hashable, Sequence
from decimal import Decimal
from typing import Any, Final, Protocol

from tongguan.domain.risk.criteria import Condition, Operator
from tongguan.domain.risk.fields import Shape
from tongguan.domain.risk.rules.lookups import Ranges, Watched

TABLE_BYTES: Final = 64 << 20
"""Memory for the answers of a table that are kept; an eighth of it for those by interval."""
KEPT_LEAST: Final = 16

Row = tuple[int, Condition]
Cut = tuple[Decimal, bool]
"""Between two numbers: just before a bound or, if true, just after it."""


class Table(Protocol):
    """For one field: which profiles do not object to a fact."""

    @property
    def without(self) -> int:
        """Return the profiles that ask nothing of the field."""

    @property
    def exact(self) -> bool:
        """Return whether `doubtful` never names any."""

    def find(self, fact: object) -> int:
        """Return the profiles that do not object, and perhaps some of `doubtful`."""

    def doubtful(self, fact: object) -> int:
        """Return the profiles whose answer for this fact has to be checked one by one."""


def table(shape: Shape, rows: Sequence[Row], everyone: int, *, table_bytes: int) -> Table:
    """Return the table of one field.

    Args:
        shape: what its facts are.
        rows: bit and condition of every profile that asks something of the field, once each.
        everyone: the bits of all profiles.
        table_bytes: memory for the answers that are kept.
    """
    asking = bits([bit for bit, _condition in rows])
    without = everyone & ~asking
    missing = bits([bit for bit, one in rows if one.operator == Operator.MISSING.value])
    if shape is Shape.NUMBER:
        return Numbers(rows, without, missing, table_bytes)
    if shape is Shape.FLAG:
        return Flags(rows, without, missing)
    keep = table_bytes // (everyone.bit_length() // 8 + 64)
    return Words(rows, without, missing, keep=keep)


def bits(places: Sequence[int]) -> int:
    """Return the number with these bits set."""
    if not places:
        return 0
    made = bytearray((max(places) >> 3) + 1)
    for place in places:
        made[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(made, "little")


class Flags:
    """Yes or no."""

    exact: Final = True

    def __init__(self, rows: Sequence[Row], without: int, missing: int) -> None:
        """Work out the three answers."""
        self.without: Final = without
        self._missing: Final = without | missing
        asked = {
            word: bits([bit for bit, one in rows if word in one.operands]) for word in ("yes", "no")
        }
        self._yes: Final = without | asked["yes"]
        self._no: Final = without | asked["no"]

    def find(self, fact: object) -> int:
        """Return the profiles that do not object."""
        if fact is None:
            return self._missing
        return self._yes if fact else self._no

    def doubtful(self, fact: object) -> int:
        """Return nothing: the answer is exact."""
        return 0


class Numbers:
    """Numbers, by intervals: between two cuts the answer is always the same.

    With more cuts than memory is set aside for, neighbouring cells share one answer: all that may
    hold there. Those that begin or end inside are then doubtful.
    """

    def __init__(self, rows: Sequence[Row], without: int, missing: int, table_bytes: int) -> None:
        """Cut the numbers where an interval begins or ends: before a bound or after it."""
        self.without: Final = without
        self._missing: Final = without | missing
        spans = [(bit, *_interval(one)) for bit, one in rows if one.operands]
        cuts = sorted({cut for _bit, *both in spans for cut in both if cut is not None})
        self._before: Final = [bound for bound, after in cuts if not after]
        self._after: Final = [bound for bound, after in cuts if after]
        at: dict[Cut | None, int] = {cut: cell for cell, cut in enumerate(cuts, start=1)}
        begins: defaultdict[int, list[int]] = defaultdict(list)
        ends: defaultdict[int, list[int]] = defaultdict(list)
        for bit, begin, end in spans:
            first, last = at.get(begin, 0), at.get(end, len(at) + 1)
            if first < last:
                begins[first].append(bit)
                ends[last].append(bit)
        top = max([bit for bit, *_both in spans], default=0)
        size = max(top, without.bit_length()) // 8 + 32
        room = max(table_bytes // 8 // size, 1)
        count = len(cuts) + 1
        width = -(-count // room)
        self.exact: Final = width == 1
        self._masks: list[int] = []
        self._doubts: list[int] = []
        self._fill(begins, ends, count, width)

    def find(self, fact: Any) -> int:
        """Return the profiles that do not object, and perhaps some of `doubtful`."""
        if fact is None:
            return self._missing
        return self._masks[bisect_right(self._before, fact) + bisect_left(self._after, fact)]

    def doubtful(self, fact: Any) -> int:
        """Return the profiles whose interval begins or ends near this number."""
        if fact is None:
            return 0
        return self._doubts[bisect_right(self._before, fact) + bisect_left(self._after, fact)]

    def _fill(
        self, begins: dict[int, list[int]], ends: dict[int, list[int]], count: int, width: int
    ) -> None:
        current = self.without
        for first in range(0, count, width):
            block = range(first, min(first + width, count))
            if gone := ends.get(first):
                current &= ~bits(gone)
            inside = [bit for cell in block[1:] for bit in begins.get(cell, ())]
            leaving = [bit for cell in block[1:] for bit in ends.get(cell, ())]
            if came := begins.get(first):
                current |= bits(came)
            if inside:
                current |= bits(inside)
            self._masks += [current] * len(block)
            self._doubts += [bits(inside) | bits(leaving)] * len(block)
            if leaving:
                current &= ~bits(leaving)


class Words:
    """Codes, names, and sets of codes."""

    exact: Final = True

    def __init__(self, rows: Sequence[Row], without: int, missing: int, *, keep: int) -> None:
        """Sort the operands by how they are looked up; `keep` is how many answers are kept."""
        self._missing: Final = without | missing
        self._exact: defaultdict[str, list[int]] = defaultdict(list)
        self._not: defaultdict[str, list[int]] = defaultdict(list)
        prefixes: defaultdict[int, defaultdict[str, list[int]]] = defaultdict(_lists)
        ranges: list[tuple[str, str, int]] = []
        nots: list[int] = []
        watched: list[tuple[str, int]] = []
        contained: defaultdict[str, list[int]] = defaultdict(list)
        for bit, one in rows:
            operator = Operator(one.operator)
            if operator is Operator.CODES:
                ranges.append((one.operands[0], one.operands[1], bit))
                continue
            if operator is Operator.IS_NOT:
                nots.append(bit)
            for word in dict.fromkeys(one.operands):
                if operator is Operator.IS:
                    self._exact[word].append(bit)
                elif operator is Operator.IS_NOT:
                    self._not[word].append(bit)
                elif operator is Operator.PREFIX:
                    prefixes[len(word)][word].append(bit)
                elif operator is Operator.CONTAINS:
                    contained[word.casefold()].append(bit)
                else:
                    watched.append((word, bit))
        self._prefixes = sorted(prefixes.items())
        self._contained = list(contained.items())
        self._watched = Watched(watched) if watched else None
        self._ranges = Ranges(ranges) if ranges else None
        self.without: Final = without
        self._usual: Final = without | bits(nots)
        self._searched = bool(prefixes or contained or watched or ranges)
        self._kept: dict[Hashable, int] = {}
        self._older: dict[Hashable, int] = {}
        self._keep = max(keep // 2, KEPT_LEAST)

    def find(self, fact: object) -> int:
        """Return the profiles that do not object."""
        kept = self._kept.get(fact)
        if kept is not None:
            return kept
        if fact is None or fact == ():
            return self._missing
        kept = self._older.get(fact)
        found = self._found(fact) if kept is None else kept
        if found is self._usual and not self._searched:
            return found  # not worth keeping: no profile names the value
        if len(self._kept) >= self._keep:
            self._older, self._kept = self._kept, {}
        self._kept[fact] = found
        return found

    def doubtful(self, fact: object) -> int:
        """Return nothing: the answer is exact."""
        return 0

    def _found(self, fact: object) -> int:
        words = fact if isinstance(fact, tuple) else (fact,)
        found = self._usual
        fits: list[int] = []
        for word in words:
            if word in self._not:
                found &= ~bits(self._not[word])
            fits += self._fitting(word)
        return found | bits(fits) if fits else found

    def _fitting(self, word: str) -> list[int]:
        found = list(self._exact.get(word, ()))
        for length, rows in self._prefixes:
            found += rows.get(word[:length], ())
        if self._contained:
            folded = word.casefold()
            for part, rows_of in self._contained:
                if part in folded:
                    found += rows_of
        if self._watched is not None:
            found += self._watched.find(word)
        if self._ranges is not None:
            found += self._ranges.find(word)
        return found


def places(found: int) -> list[int]:
    """Return the places of the bits that are set, highest first.

    Cost: 0.2 µs for each of 10,000 bits that is set, 0.7 µs for each of 100,000.
    """
    made: list[int] = []
    while found:
        highest = found.bit_length() - 1
        made.append(highest)
        found ^= 1 << highest
    return made


def _interval(condition: Condition) -> tuple[Cut | None, Cut | None]:
    """Return where it begins and where it ends; None without a bound there."""
    operator, bound = Operator(condition.operator), Decimal(condition.operands[0])
    if operator is Operator.AT_LEAST:
        return (bound, False), None
    if operator is Operator.BETWEEN:
        return (bound, False), (Decimal(condition.operands[1]), True)
    return None, (bound, operator is Operator.AT_MOST)


def _lists() -> defaultdict[str, list[int]]:
    return defaultdict(list)
