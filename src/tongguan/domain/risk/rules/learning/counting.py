"""Sums by key, quickly: as of each day while learning, and all of them once learned."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from tongguan.domain.risk.rules.learning.sheets import Codes, Floats, Ints

Singles = npt.NDArray[np.float32]
_ODD: Final = np.uint64(0xD6E8FEB86659FD93)
_BITS: Final = 64
_LEAST_BITS: Final = 4


def before(keys: Codes, days: Ints, of: Codes, at: Ints, values: Floats) -> Floats:
    """Return for each row the sums of what happened under its key on earlier days.

    Args:
        keys: of the rows; `days` theirs.
        days: of the rows, as numbers.
        of: keys of what happened; `at` the days on which it was known.
        at: days, as numbers.
        values: a row each, a column for each sum.

    Returns:
        A row each, with the number of what happened before the sums.
    """
    sums = np.zeros((len(keys), values.shape[1] + 1))
    if not len(of):
        return sums
    known, place = np.unique(of, return_inverse=True)
    begin = int(min(days.min(initial=0), at.min()))
    span = int(max(days.max(initial=0), at.max())) - begin + 2
    moment = place.astype(np.int64) * span + (at - begin)
    order = np.argsort(moment, kind="stable")
    so_far = np.zeros((len(of) + 1, values.shape[1] + 1))
    so_far[1:, 0] = np.arange(1, len(of) + 1)
    np.cumsum(values[order], axis=0, out=so_far[1:, 1:])
    at_key = np.minimum(np.searchsorted(known, keys), len(known) - 1)
    seen = known[at_key] == keys
    base = at_key.astype(np.int64) * span
    moments = moment[order]
    last = np.searchsorted(moments, base + (days - begin), side="left")
    first = np.searchsorted(moments, base, side="left")
    sums[seen] = (so_far[last] - so_far[first])[seen]
    return sums


@dataclass(frozen=True, eq=False)
class Sums:
    """Sums by key, for looking up many keys at once.

    Attributes:
        slots: keys where they lie, 0 for nothing; as many as a power of two.
        sums: of each slot.
    """

    slots: Codes
    sums: Singles

    @classmethod
    def of(cls, keys: Codes, values: Floats) -> "Sums":
        """Add up values by key."""
        known, place = np.unique(keys, return_inverse=True)
        added = np.stack(
            [np.bincount(place, weights=column, minlength=len(known)) for column in values.T]
        ).T
        return cls.laid(known, added.astype(np.float32))

    @classmethod
    def laid(cls, known: Codes, added: Singles) -> "Sums":
        """Lay sums into slots by their keys, which are all different."""
        bits = max(_LEAST_BITS, int(len(known) * 2).bit_length())
        slots = np.zeros(1 << bits, dtype=np.uint64)
        sums = np.zeros((1 << bits, added.shape[1]), dtype=np.float32)
        left = np.arange(len(known))
        slot = _slot(known, bits)
        while len(left):
            free = slots[slot] == 0
            taken, winners = np.unique(slot[free], return_index=True)
            at = left[free][winners]
            slots[taken], sums[taken] = known[at], added[at]
            still = slots[slot] != known[left]
            left, slot = left[still], (slot[still] + 1) & ((1 << bits) - 1)
        return cls(slots, sums)

    def find(self, keys: Codes) -> Singles:
        """Return the sums of keys, in order; zeros where a key was never seen.

        Cost: 15 ns a key.
        """
        bits = len(self.slots).bit_length() - 1
        mask = len(self.slots) - 1
        slot = _slot(keys, bits)
        lying = self.slots[slot]
        on = np.flatnonzero((lying != keys) & (lying != 0))
        while len(on):
            slot[on] = (slot[on] + 1) & mask
            lying[on] = self.slots[slot[on]]
            on = on[(lying[on] != keys[on]) & (lying[on] != 0)]
        found = self.sums[slot]
        found[lying == 0] = 0
        return found

    def listed(self) -> tuple[Codes, Singles]:
        """Return keys, in order, and their sums."""
        full = self.slots != 0
        order = np.argsort(self.slots[full])
        return self.slots[full][order], self.sums[full][order]


def _slot(keys: Codes, bits: int) -> Ints:
    mixed: Ints = ((keys * _ODD) >> np.uint64(_BITS - bits)).astype(np.int64)
    return mixed
