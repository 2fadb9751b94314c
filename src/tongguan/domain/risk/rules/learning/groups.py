"""What is known of groups of goods, parties and routes, learned in time order from the past alone.

A group's rate of findings is drawn towards that of a wider group, so that a rare one says little.
Beside the rate stands the effect of a group, worked out together with those of all the others.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from tongguan.domain.risk.rules.learning.counting import Singles, Sums, before
from tongguan.domain.risk.rules.learning.effects import Spread, parts_of_effects
from tongguan.domain.risk.rules.learning.sheets import (
    CODES,
    NUMBERS,
    Bools,
    Codes,
    Floats,
    Ints,
    Sheet,
)

DRAWN: Final = 8.0
"""How many findings or none a group needs to count as much as the wider group."""
SPREAD_LEAST: Final = 0.1
RATE_SPREAD_LEAST: Final = 0.0001
"""Squares of how far numbers of peers spread at the least: logarithms, and rates as shares of 1."""
_PRIOR: Final = (1.0, 5.0)

# fmt: off
GROUPS: Final = (
    # name               its parts                                     the wider group
    ("chapter",          ("hs2",),                                     ""),
    ("heading",          ("hs4",),                                     "chapter"),
    ("goods",            ("hs6",),                                     "heading"),
    ("commodity",        ("commodity",),                               "goods"),
    ("origin",           ("origin",),                                  ""),
    ("dispatch",         ("dispatch",),                                ""),
    ("from",             ("origin", "dispatch"),                       "origin"),
    ("terms",            ("rate", "preference"),                       ""),
    ("mass",             ("mass",),                                    ""),
    ("chapter from",     ("hs2", "origin"),                            "chapter"),
    ("heading from",     ("hs4", "origin"),                            "heading"),
    ("heading at",       ("hs4", "rate", "preference"),                "heading"),
    ("goods from",       ("hs6", "origin"),                            "goods"),
    ("goods by",         ("hs6", "dispatch"),                          "goods"),
    ("goods rated",      ("hs6", "rate"),                              "goods"),
    ("goods preferred",  ("hs6", "preference"),                        "goods"),
    ("goods at",         ("hs6", "rate", "preference"),                "goods"),
    ("goods on",         ("hs6", "origin", "dispatch"),                "goods"),
    ("goods so heavy",   ("hs6", "mass step"),                         "goods"),
    ("goods so dear",    ("hs6", "price step"),                        "goods"),
    ("but for mass",     ("hs6", "origin", "dispatch", "rate", "preference"), "goods on"),
    ("but for goods",    ("origin", "dispatch", "rate", "preference", "mass"), "from"),
    ("trader",           ("trader",),                                  ""),
    ("declarant",        ("declarant",),                               ""),
    ("overseas",         ("overseas",),                                ""),
    ("partners",         ("trader", "overseas"),                       "trader"),
    ("trader's goods",   ("trader", "hs4"),                            "trader"),
    ("trader's origin",  ("trader", "origin"),                         "trader"),
    ("overseas' goods",  ("overseas", "hs4"),                          "overseas"),
    ("declarant's goods",("declarant", "hs4"),                         "declarant"),
    ("route",            ("departure", "goods"),                       ""),
    ("office's goods",   ("goods", "hs2"),                             "chapter"),
    ("use",              ("supervision", "use"),                       ""),
    ("means",            ("transport", "hs2"),                         "chapter"),
)
ADDED: Final = (
    # groups that trees see no rate of: they have an effect alone
    ("direct",            ("direct",)),
    ("origin direct",     ("origin", "direct")),
    ("chapter direct",    ("hs2", "direct")),
    ("goods direct",      ("hs6", "direct")),
    ("chapter by",        ("hs2", "dispatch")),
    ("heading by",        ("hs4", "dispatch")),
    ("heading on",        ("hs4", "origin", "dispatch")),
    ("goods by and at",   ("hs6", "dispatch", "rate", "preference")),
    ("range",             ("mass range",)),
    ("chapter in range",  ("hs2", "mass range")),
    ("heading in range",  ("hs4", "mass range")),
    ("goods in range",    ("hs6", "mass range")),
    ("heading from in range", ("hs4", "origin", "mass range")),
    ("goods from so heavy",   ("hs6", "origin", "mass step")),
    ("all but exact mass",    ("hs6", "origin", "dispatch", "rate", "preference", "mass step")),
    ("preferred mass",    ("preference", "mass")),
    ("mass from",         ("origin", "mass")),
    ("mass of heading",   ("hs4", "mass")),
)
PEERS: Final = (
    # name             its parts            the number that is compared
    ("mass of goods",   ("hs6",),            "net_kg"),
    ("rate of heading", ("hs4",),            "rate"),
    ("rate of goods",   ("hs6",),            "rate"),
    ("price of heading",("hs4",),            "value_per_kg"),
    ("price of goods",  ("hs6",),            "value_per_kg"),
    ("price from",      ("hs6", "origin"),   "value_per_kg"),
    ("price of trader", ("trader", "hs6"),   "value_per_kg"),
)
IDENTITY: Final = ("hs6", "origin", "dispatch", "rate", "preference", "mass")
"""What makes a line a repeat of an earlier one."""
# fmt: on
_NAMES: Final = tuple(name for name, _, _ in GROUPS)
GROUPINGS: Final = (*_NAMES, *(name for name, _ in ADDED))
"""All groups, each with an effect."""
EFFECTS: Final = tuple(f"{name}: effect" for name in GROUPINGS)
FEATURES: Final = (
    *NUMBERS,
    *(f"{name}: rate" for name in _NAMES),
    *(f"{name}: looked at" for name in _NAMES),
    *(f"{name}: apart" for name, _, _ in PEERS),
    *(f"{name}: seen" for name, _, _ in PEERS),
)
_MEMBERS: Final = (
    *(parts for _, parts, _ in GROUPS),
    *(parts for _, parts in ADDED),
    IDENTITY,
    *(parts for _, parts, _ in PEERS),
)
_IDENTITY: Final = len(GROUPINGS)
_LABELLED: Final = _IDENTITY + 1
"""The first keys of a row: those of groups, and its identity; then those among peers."""
_COMPARED: Final = tuple(NUMBERS.index(number) for _, _, number in PEERS)
_LEAST: Final = np.array(
    [RATE_SPREAD_LEAST if number == "rate" else SPREAD_LEAST for _, _, number in PEERS]
)
RISING: Final = tuple(int(name.endswith(": rate")) for name in FEATURES)
"""1 where more cannot make a finding less likely: rates of findings."""


def _depths() -> list[int]:
    depths: list[int] = []
    for _, _, wider in GROUPS:
        depths.append(depths[_NAMES.index(wider)] + 1 if wider else 0)
    return depths


def _levels() -> list[tuple[Ints, Ints]]:
    """Return the groups of each depth, with their wider groups: a level is worked out at once."""
    wider = np.array([_NAMES.index(name) if name else -1 for _, _, name in GROUPS])
    depths = np.array(_depths())
    return [
        (np.flatnonzero(depths == depth), wider[depths == depth])
        for depth in range(int(depths.max()) + 1)
    ]


_LEVELS: Final = _levels()


def _weights() -> Codes:
    """Return what keys are made with: a column a group, an odd number for each of its parts."""
    dice = np.random.default_rng(20140701)
    drawn = dice.integers(1, 2**63, (len(CODES), len(_MEMBERS)), dtype=np.uint64) * 2 + 1
    chosen = np.array([[code in parts for parts in _MEMBERS] for code in CODES])
    return np.where(chosen, drawn.astype(np.uint64), np.uint64(0))


_WEIGHTS: Final = _weights()
_SALTS: Final = np.random.default_rng(20141201).integers(1, 2**63, len(_MEMBERS), dtype=np.uint64)


def keys_of(codes: Codes) -> Codes:
    """Return the key of each row in each group, of its identity, and among peers."""
    found: Codes = codes @ _WEIGHTS + _SALTS
    return found


def blended(found: Floats | Singles, base: Floats) -> Floats:
    """Return features of groups from rows looked at and findings: rates, then how many.

    Args:
        found: rows × groups × (looked at, findings).
        base: rate of all, a row each.
    """
    width = len(GROUPS)
    table = np.empty((len(found), 2 * width))
    looked, hits = found[:, :, 0], found[:, :, 1]
    for own, wider in _LEVELS:
        towards = base[:, None] if wider[0] < 0 else table[:, wider]
        table[:, own] = (hits[:, own] + DRAWN * towards) / (looked[:, own] + DRAWN)
    np.log1p(looked, out=table[:, width:])
    return table


def compared(sums: Floats | Singles, numbers: Floats) -> Floats:
    """Return how far numbers lie from those of peers, in their spread, and of how many.

    Args:
        sums: rows × peers × (how many, sum, sum of squares).
        numbers: of the rows, in the order of `sheets.NUMBERS`.
    """
    width = len(PEERS)
    table = np.empty((len(sums), 2 * width))
    own = numbers[:, _COMPARED]
    count = sums[:, :, 0]
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = sums[:, :, 1] / count
        spread = np.sqrt(np.maximum(sums[:, :, 2] / count - mean**2, 0) + _LEAST)
        table[:, :width] = np.where(count > 0, (own - mean) / spread, np.nan)
    table[:, width:] = np.log1p(count)
    return table


class Learning:
    """Examples as rows in time order, and what was known of their groups on the day of each.

    Attributes:
        table: features, in the order of `FEATURES`.
        repeats: of each row's identity, how many were looked at and found before.
        first: whether a row was the first with its identity that was looked at.
        groupings: keys, in the order of `GROUPINGS`.
    """

    def __init__(self, rows: Sheet, days: Ints, known: Ints, found: Floats) -> None:
        """Encode rows.

        Args:
            rows: earliest first.
            days: of acceptance, a number a row.
            known: days on which findings came in; any where nobody looked.
            found: 1 or 0 a row, not a number where nobody looked.
        """
        keys = keys_of(rows.codes)
        looked = ~np.isnan(found)
        identity = keys[:, _IDENTITY]
        self.first = _firsts(identity, looked)
        self.groupings = keys[:, :_IDENTITY]
        self._rows, self._keys = rows, keys
        self._looked, self._found = looked, found
        once = self.first
        self.repeats = before(identity, days, identity[looked], known[looked], found[looked, None])
        shape = (len(keys), len(GROUPS), 2)
        groups = np.empty(shape)
        for place in range(len(GROUPS)):
            own = keys[:, place]
            groups[:, place] = before(own, days, own[once], known[once], found[once, None])
        all_ = np.zeros(len(keys), dtype=np.uint64)
        whole = before(all_, days, all_[once], known[once], found[once, None])
        self.base = (whole[:, 1] + _PRIOR[0]) / (whole[:, 0] + _PRIOR[1])
        peers = np.empty((len(keys), len(PEERS), 3))
        for place in range(len(PEERS)):
            own = keys[:, _LABELLED + place]
            values, stated = self._measured(place)
            peers[:, place] = before(own, days, own[stated], days[stated], values[stated])
        self.table = np.concatenate(
            (rows.numbers, blended(groups, self.base), compared(peers, rows.numbers)), axis=1
        )

    def expected(self, early: Bools, spread: Spread) -> Floats:
        """Return the rate of findings that effects make likely, of every row.

        Args:
            early: the rows that effects are worked out from.
            spread: how far effects spread.
        """
        keys, found = self.groupings[early], self._found[early]
        parts = parts_of_effects(keys, found, spread)
        effects = Sums.of(keys.ravel(), parts.ravel()[:, None])
        pulled = effects.find(self.groupings.ravel()).reshape(self.groupings.shape)
        likely: Floats = found.mean() + pulled.sum(axis=1, dtype=np.float64)
        return likely

    def known(self, spread: Spread) -> "Known":
        """Return all that is known in the end; `spread`: how far effects spread."""
        once, looked = self.first, self._looked
        found = self._found[once]
        keys = self.groupings[once]
        parts = parts_of_effects(keys, found, spread)
        counted = np.ones(keys.size)
        groups = np.column_stack((counted, np.repeat(found, _IDENTITY), parts.ravel()))
        repeats = np.column_stack(
            (np.ones(looked.sum()), self._found[looked], np.zeros(looked.sum()))
        )
        peers, peer_keys = [], []
        for place in range(len(PEERS)):
            values, stated = self._measured(place)
            peers.append(np.column_stack((np.ones(stated.sum()), values[stated])))
            peer_keys.append(self._keys[stated, _LABELLED + place])
        return Known(
            Sums.of(
                np.concatenate((keys.ravel(), self._keys[looked, _IDENTITY])),
                np.concatenate((groups, repeats)),
            ),
            Sums.of(np.concatenate(peer_keys), np.concatenate(peers)),
            float((found.sum() + _PRIOR[0]) / (len(found) + _PRIOR[1])),
            float(found.mean()),
        )

    def _measured(self, place: int) -> tuple[Floats, Bools]:
        number = self._rows.numbers[:, _COMPARED[place]]
        return np.column_stack((number, number**2)), ~np.isnan(number)


@dataclass(frozen=True, slots=True)
class Encoded:
    """Rows as a model sees them.

    Attributes:
        table: features, in the order of `FEATURES`.
        effects: rows × groupings, how much each group moves the rate of findings.
        repeats: of each identity, how many were looked at and found.
    """

    table: Floats
    effects: Singles
    repeats: Singles


class Known:
    """All that was known of groups when learning ended.

    Attributes:
        labels: by key, rows looked at, findings, effect; groups first-seen rows, identities all.
        peers: by key, how many, sum, sum of squares.
        base: rate of all, drawn towards a usual one.
        mean: the rate that effects add to.
    """

    def __init__(self, labels: Sums, peers: Sums, base: float, mean: float) -> None:
        """Take what was learned, or what was kept of it."""
        self.labels, self.peers, self.base, self.mean = labels, peers, base, mean

    def encode(self, rows: Sheet) -> Encoded:
        """Return rows as a model sees them."""
        keys = keys_of(rows.codes)
        count, width = len(keys), len(GROUPS)
        labels = self.labels.find(keys[:, :_LABELLED].ravel()).reshape(count, _LABELLED, 3)
        peers = self.peers.find(keys[:, _LABELLED:].ravel()).reshape(count, len(PEERS), 3)
        rates = blended(labels[:, :width], np.full(count, self.base))
        table = np.concatenate((rows.numbers, rates, compared(peers, rows.numbers)), axis=1)
        return Encoded(table, labels[:, :_IDENTITY, 2], labels[:, _IDENTITY, :2])

    def expected(self, effects: Singles) -> Floats:
        """Return the rate of findings that effects make likely, a row each."""
        likely: Floats = self.mean + effects.sum(axis=1, dtype=np.float64)
        return likely


def _firsts(identity: Codes, looked: Bools) -> Bools:
    """Return which rows are the first of their identity that somebody looked at."""
    first = np.zeros(len(identity), dtype=bool)
    places = np.flatnonzero(looked)
    _, begin = np.unique(identity[places], return_index=True)
    first[places[begin]] = True
    return first
