"""What can be said of goods without any label: codes of their parts, masses, rates they have."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from tongguan.domain.risk.rules.learning.rows import Floats, Rows

Ints = npt.NDArray[np.int64]
Keys = npt.NDArray[np.uint64]

LIGHTEST_KG: Final = 0.01
"""Added before a logarithm is taken: smaller masses are as good as none."""
# fmt: off
PARTS: Final = (
    "chapter", "heading", "five", "goods", "origin", "departure", "direct", "rate", "tax", "mass",
    "ceiling",
)
CEILING_STEPS: Final = (0.01, 3.0, 5.0, 6.5, 7.9, 8.1, 12.0, 14.0, 30.0)
"""Between them, in per cent, lies the highest rate at which goods were declared."""
# fmt: on
_dice = np.random.default_rng(20140701)
_WEIGHTS: Final = dict(
    zip(PARTS, _dice.integers(1, 2**63, len(PARTS), dtype=np.uint64) * 2 + 1, strict=True)
)
_UNKNOWN: Final = -1


@dataclass(frozen=True, slots=True)
class Goods:
    """Some goods, a line each.

    Attributes:
        codes: number of each part; -1 where it does not occur in what was learned from.
        kg: net mass, and `log_kg` its logarithm.
        rate: in per cent, and `ceiling` the highest one known for the commodity.
        rates: at how many rates the commodity is known.
    """

    codes: Mapping[str, Ints]
    kg: Floats
    log_kg: Floats
    rate: Floats
    ceiling: Floats
    rates: Floats

    def __len__(self) -> int:
        """Return how many lines there are."""
        return len(self.kg)

    def of(self, chosen: Ints) -> "Goods":
        """Return some of the lines."""
        return Goods(
            {part: codes[chosen] for part, codes in self.codes.items()},
            self.kg[chosen],
            self.log_kg[chosen],
            self.rate[chosen],
            self.ceiling[chosen],
            self.rates[chosen],
        )

    def keys(self, parts: Sequence[str]) -> Keys:
        """Return a number a line that is the same where all these parts are."""
        found = np.zeros(len(self), dtype=np.uint64)
        for part in parts:
            found += (self.codes[part].astype(np.uint64) + np.uint64(2)) * _WEIGHTS[part]
        return found


class Known:
    """Which codes occur, and which rates a commodity has: no labels."""

    def __init__(self, rows: Rows, places: Ints) -> None:
        """Take the lines at these places of the rows."""
        self._rates: defaultdict[str, set[float]] = defaultdict(set)
        for at in places:
            self._rates[rows.goods[at]].add(_number(rows.rate[at]))
        self._numbers: dict[str, dict[str, int]] = {}
        words = self._words(rows, places)
        for part in PARTS:
            self._numbers[part] = {word: at for at, word in enumerate(sorted(set(words[part])))}
        self.lines: Final = self._goods(rows, places, words)

    def describe(self, rows: Rows, places: Ints) -> Goods:
        """Return what can be said of other lines. Each adds its own rate, as those known do."""
        return self._goods(rows, places, self._words(rows, places))

    def _goods(self, rows: Rows, places: Ints, words: Mapping[str, list[str]]) -> Goods:
        rates = [_number(rows.rate[at]) for at in places]
        known = [
            self._rates[rows.goods[at]] | {rate} if rows.goods[at] in self._rates else {rate}
            for at, rate in zip(places, rates, strict=True)
        ]
        kg = rows.mass[places]
        codes = {
            part: np.array(
                [self._numbers[part].get(word, _UNKNOWN) for word in words[part]], dtype=np.int64
            )
            for part in PARTS
        }
        ceiling = np.array([max(one) for one in known], dtype=np.float64)
        counted = np.array([len(one) for one in known], dtype=np.float64)
        return Goods(
            codes, kg, np.log(np.maximum(kg, 0) + LIGHTEST_KG), np.array(rates), ceiling, counted
        )

    def _words(self, rows: Rows, places: Ints) -> dict[str, list[str]]:
        words: dict[str, list[str]] = {part: [] for part in PARTS}
        for at in places:
            goods, origin, departure = rows.goods[at], rows.origin[at], rows.departure[at]
            rate = _number(rows.rate[at])
            ceiling = max(self._rates.get(goods, set()) | {rate})
            told = {
                "chapter": goods[:2],
                "heading": goods[:4],
                "five": goods[:5],
                "goods": goods,
                "origin": origin,
                "departure": departure,
                "direct": str(origin == departure),
                "rate": rows.rate[at],
                "tax": rows.tax[at],
                "mass": str(rows.mass[at]),
                "ceiling": str(np.digitize(ceiling, CEILING_STEPS)),
            }
            for part, word in told.items():
                words[part].append(word)
        return words


def _number(rate: str) -> float:
    return float(rate or 0)
