"""What trees see of goods: rates of findings of wider and narrower groups, and how usual they are.

A group's rate is drawn towards that of a wider group, so that a rare code says little. What trees
learn from is encoded without its own label, from the other lines: it looks as unseen rows will.
"""

from collections.abc import Mapping
from typing import Final

import numpy as np

from tongguan.domain.risk.rules.learning.goods import Goods, Ints, Keys
from tongguan.domain.risk.rules.learning.rows import Floats, Rows

DRAWN: Final = 8.0
"""How many lines of its own a group needs to count as much as the wider group."""
NEAR: Final = 0.5
"""How far apart masses may lie, in logarithms, to still resemble one another."""
FOLDS: Final = 10

# fmt: off
GROUPS: Final = (
    # name             its parts                                             the wider group
    ("chapter",        ("chapter",),                                         ""),
    ("heading",        ("heading",),                                         "chapter"),
    ("goods",          ("goods",),                                           "heading"),
    ("origin",         ("origin",),                                          ""),
    ("departure",      ("departure",),                                       ""),
    ("way",            ("origin", "departure"),                              ""),
    ("terms",          ("rate", "tax"),                                      ""),
    ("mass",           ("mass",),                                            ""),
    ("chapter by",     ("chapter", "departure"),                             "chapter"),
    ("heading from",   ("heading", "origin"),                                "heading"),
    ("goods from",     ("goods", "origin"),                                  "goods"),
    ("goods by",       ("goods", "departure"),                               "goods"),
    ("goods direct",   ("goods", "direct"),                                  "goods"),
    ("but for mass",   ("goods", "origin", "departure", "rate", "tax"),      "goods"),
    ("goods at",       ("goods", "rate", "tax"),                             "goods"),
    ("tax from",       ("tax", "origin"),                                    "origin"),
)
SHARES: Final = (
    # of the lines of the second group, how many are of the first
    ("goods from",     "goods"),
    ("way",            "origin"),
    ("way",            "departure"),
    ("goods at",       "goods"),
    ("goods",          "heading"),
    ("tax from",       "origin"),
)
COUNTED: Final = ("goods", "but for mass")
# fmt: on
NEIGHBOURS: Final = ("goods", "heading")
NAMES: Final = (
    "log mass",
    "rate",
    "whole kg",
    "tens of kg",
    "hundreds of kg",
    "direct",
    "highest rate",
    "below highest rate",
    "rates of goods",
    *(f"{name}: rate of findings" for name, _, _ in GROUPS),
    *(f"{name}: lines" for name in COUNTED),
    *(f"{name} of {wider}" for name, wider in SHARES),
    *(
        f"nearest mass of {part}: {what}"
        for part in NEIGHBOURS
        for what in ("rate of findings", "label", "distance", "against usual")
    ),
)
RISING: Final = tuple(int(name.endswith("rate of findings")) for name in NAMES)
"""1 where more cannot make a finding less likely."""


class Encoder:
    """Groups with their lines and findings."""

    def __init__(self, goods: Goods, labels: Floats) -> None:
        """Take goods and their labels, 0 to 1."""
        self._base: Final = (float(labels.sum()) + 1) / (len(labels) + 5)
        self._groups: Final = {name: _Sums(goods.keys(parts), labels) for name, parts, _ in GROUPS}
        self._near: Final = {part: _Neighbours(goods, labels, part) for part in NEIGHBOURS}

    def encode(self, goods: Goods) -> Floats:
        """Return what is known of other lines, in the order of `NAMES`."""
        found = {name: self._groups[name].of(goods.keys(parts)) for name, parts, _ in GROUPS}
        rates: dict[str, Floats] = {}
        for name, _, wider in GROUPS:
            lines, findings = found[name]
            rates[name] = (findings + DRAWN * rates.get(wider, self._base)) / (lines + DRAWN)
        shares = [
            np.where(found[wider][0] > 0, found[name][0] / np.maximum(found[wider][0], 1), -1.0)
            for name, wider in SHARES
        ]
        near = [self._near[part].of(goods) for part in NEIGHBOURS]
        return np.column_stack(
            [
                *_plain(goods),
                *rates.values(),
                *(np.log1p(found[name][0]) for name in COUNTED),
                *shares,
                *near,
            ]
        )


class _Sums:
    """Lines and findings of each group."""

    def __init__(self, keys: Keys, labels: Floats) -> None:
        self._keys, inverse = np.unique(keys, return_inverse=True)
        self._lines = np.bincount(inverse).astype(np.float64)
        self._findings = np.bincount(inverse, labels)

    def of(self, keys: Keys) -> tuple[Floats, Floats]:
        """Return lines and findings of the group of each key; none of one never seen."""
        at = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        known = self._keys[at] == keys
        return np.where(known, self._lines[at], 0.0), np.where(known, self._findings[at], 0.0)


class _Neighbours:
    """Masses and labels of all lines of the same goods."""

    def __init__(self, goods: Goods, labels: Floats, part: str) -> None:
        self._part = part
        codes = goods.codes[part]
        order = np.argsort(codes, kind="stable")
        firsts = np.flatnonzero(np.diff(codes[order], prepend=-2))
        groups = np.split(order, firsts[1:])
        self._groups: Mapping[int, tuple[Floats, Floats]] = {
            int(codes[group[0]]): (goods.log_kg[group], labels[group]) for group in groups
        }

    def of(self, goods: Goods) -> Floats:
        """Return rate among near masses, label and distance of the nearest, way from the median."""
        table = np.tile(np.array([-1.0, -1.0, -1.0, 0.0]), (len(goods), 1))
        for at, (code, log) in enumerate(zip(goods.codes[self._part], goods.log_kg, strict=True)):
            group = self._groups.get(int(code))
            if group is not None:
                masses, labels = group
                apart = np.abs(masses - log)
                weights = np.exp(-apart / NEAR)
                nearest = int(np.argmin(apart))
                rate = float(weights @ labels) / (float(weights.sum()) + 1e-9)
                table[at] = rate, labels[nearest], apart[nearest], log - np.median(masses)
        return table


def first_seen(rows: Rows) -> dict[tuple[str, ...], tuple[int, float]]:
    """Return, for each combination, where it was first seen and its mean label."""
    found: dict[tuple[str, ...], list[float]] = {}
    firsts: dict[tuple[str, ...], int] = {}
    for at, key in enumerate(rows.identity):
        firsts.setdefault(key, at)
        found.setdefault(key, []).append(float(rows.label[at]))
    return {key: (firsts[key], sum(labels) / len(labels)) for key, labels in found.items()}


def learned(goods: Goods, labels: Floats, *, seed: int) -> Floats:
    """Return the table to learn from: each line encoded from the lines of the other folds."""
    table = np.empty((len(goods), len(NAMES)))
    fold: Ints = np.random.default_rng(seed).permutation(len(goods)) % FOLDS
    for one in range(FOLDS):
        own, others = np.flatnonzero(fold == one), np.flatnonzero(fold != one)
        if len(own):
            encoder = Encoder(goods.of(others), labels[others])
            table[own] = encoder.encode(goods.of(own))
    return table


def _plain(goods: Goods) -> tuple[Floats, ...]:
    kg = goods.kg
    return (
        goods.log_kg,
        goods.rate,
        (kg == np.floor(kg)).astype(np.float64),
        (kg % 10 == 0).astype(np.float64),
        (kg % 100 == 0).astype(np.float64),
        goods.codes["direct"].astype(np.float64),
        goods.ceiling,
        goods.ceiling - goods.rate,
        goods.rates,
    )
