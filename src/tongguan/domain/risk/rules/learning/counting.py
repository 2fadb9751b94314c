"""Sums by key, quickly: as of each day while learning, and all of them once learned."""

from typing import Final

import numpy as np
import numpy.typing as npt

from tongguan.domain.risk.rules.learning.sheets import Codes, Floats, Ints

Singles = npt.NDArray[np.float32]
_ODD: Final = np.uint64(0xD6E8FEB86659FD93)
_WORD: Final = 64
_LEAST_BITS: Final = 4
ROOM: Final = 4
"""Slots a key: with fewer, more keys lie beside their place and are looked for longer."""


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


class Sums:
    """Sums by key, for looking up many keys at once: an open hash table in one piece.

    A slot holds its key, 0 for nothing, and beside it the sums, so that both come from one place
    in memory.
    """

    def __init__(self, keys: Codes, sums: Singles) -> None:
        """Lay sums into slots by their keys, which are all different."""
        self._bits = max(_LEAST_BITS, int(len(keys) * ROOM).bit_length())
        self._width = sums.shape[1]
        words = 1 + (self._width + 1) // 2
        padded = np.zeros((len(keys), 2 * (words - 1)), dtype=np.float32)
        padded[:, : self._width] = sums
        self._slots = np.zeros((1 << self._bits, words), dtype=np.uint64)
        rows = np.column_stack((keys, padded.view(np.uint64)))
        left, slot = np.arange(len(keys)), self._begin(keys)
        while len(left):
            free = self._slots[slot, 0] == 0
            taken, winners = np.unique(slot[free], return_index=True)
            self._slots[taken] = rows[left[free][winners]]
            still = self._slots[slot, 0] != keys[left]
            left, slot = left[still], self._next(slot[still])

    @classmethod
    def of(cls, keys: Codes, values: Floats) -> "Sums":
        """Add up values by key."""
        known, place = np.unique(keys, return_inverse=True)
        added = [np.bincount(place, weights=one, minlength=len(known)) for one in values.T]
        return cls(known, np.column_stack(added).astype(np.float32))

    def find(self, keys: Codes) -> Singles:
        """Return the sums of keys, in order; zeros where a key was never seen.

        Cost: 30 ns a key.
        """
        slot = self._begin(keys)
        found = self._slots.take(slot, axis=0)
        on = ((found[:, 0] != keys) & (found[:, 0] != 0)).nonzero()[0]
        slot, wanted = slot.take(on), keys.take(on)
        while len(on):
            slot = self._next(slot)
            lying = self._slots.take(slot, axis=0)
            found[on] = lying
            more = ((lying[:, 0] != wanted) & (lying[:, 0] != 0)).nonzero()[0]
            on, slot, wanted = on.take(more), slot.take(more), wanted.take(more)
        # An empty slot holds zeros beside its key.
        return found[:, 1:].copy().view(np.float32)[:, : self._width]

    def listed(self) -> tuple[Codes, Singles]:
        """Return keys, in order, and their sums."""
        full = self._slots[self._slots[:, 0] != 0]
        full = full[np.argsort(full[:, 0])]
        return full[:, 0].copy(), full[:, 1:].copy().view(np.float32)[:, : self._width]

    def _begin(self, keys: Codes) -> Ints:
        mixed: Ints = ((keys * _ODD) >> np.uint64(_WORD - self._bits)).astype(np.int64)
        return mixed

    def _next(self, slot: Ints) -> Ints:
        after: Ints = (slot + 1) & ((1 << self._bits) - 1)
        return after
