"""What a model sees of goods: label rates of groups, learned in time order from the past alone.

A group's rate is drawn towards that of a wider group, so that a rare code says little. While
learning, each row is encoded before its own label is known: the rates that a model learns from
look as they will for rows nobody has seen.
"""

import math
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

import numpy as np

from tongguan.domain.risk.rules.learning.rows import Floats, Rows

DRAWN: Final = 8.0
"""How many rows of its own a group needs to count as much as the wider group."""
NEAR: Final = 0.5
"""How far apart masses may lie, in logarithms, to still resemble one another."""

# fmt: off
GROUPS: Final = (
    # name            its parts                                      the wider group
    ("chapter",       ("g2",),                                       ""),
    ("origin",        ("origin",),                                   ""),
    ("departure",     ("departure",),                                ""),
    ("route",         ("origin", "departure"),                       ""),
    ("terms",         ("rate", "tax"),                               ""),
    ("mass",          ("mass",),                                     ""),
    ("heading",       ("g4",),                                       "chapter"),
    ("goods",         ("g6",),                                       "heading"),
    ("chapter from",  ("g2", "origin"),                              "chapter"),
    ("heading from",  ("g4", "origin"),                              "heading"),
    ("heading at",    ("g4", "rate", "tax"),                         "heading"),
    ("goods from",    ("g6", "origin"),                              "goods"),
    ("goods by",      ("g6", "departure"),                           "goods"),
    ("goods rated",   ("g6", "rate"),                                "goods"),
    ("goods taxed",   ("g6", "tax"),                                 "goods"),
    ("goods at",      ("g6", "rate", "tax"),                         "goods"),
    ("goods on",      ("g6", "origin", "departure"),                 "goods"),
    ("but for mass",  ("g6", "origin", "departure", "rate", "tax"),  "goods on"),
    ("goods weigh",   ("g6", "mass"),                                "goods"),
    ("but for goods", ("origin", "departure", "rate", "tax", "mass"), ""),
)
# fmt: on
NAMES: Final = (
    "log mass",
    "rate",
    "whole kg",
    "tens of kg",
    "hundreds of kg",
    "same country",
    "near: rows",
    "near: rate of labels",
    "nearest: label",
    "nearest: distance",
    "mass against usual",
    *(f"{name}: {what}" for name, _, _ in GROUPS for what in ("rate of labels", "rows")),
)


class Encoder:
    """Groups with their rows and labels so far."""

    def __init__(self) -> None:
        """Begin knowing nothing."""
        self._groups: dict[str, dict[tuple[str, ...], tuple[float, float]]] = {
            name: {} for name, _, _ in GROUPS
        }
        self._labels, self._rows = 0.0, 0.0
        self._near: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)

    def encode(self, rows: Rows, at: int) -> list[float]:
        """Return what is known of a row now, in the order of `NAMES`."""
        parts = _parts(rows, at)
        base = (self._labels + 1) / (self._rows + 5)
        rates: dict[str, float] = {}
        encoded = self._plain(rows, at)
        for name, members, wider in GROUPS:
            key = tuple(parts[member] for member in members)
            labels, count = self._groups[name].get(key, (0.0, 0.0))
            rates[name] = (labels + DRAWN * rates.get(wider, base)) / (count + DRAWN)
            encoded += [rates[name], math.log1p(count)]
        return encoded

    def learn(self, rows: Rows, at: int, label: float) -> None:
        """Add one row with its label (0 to 1) to what is known."""
        parts = _parts(rows, at)
        self._labels, self._rows = self._labels + label, self._rows + 1
        for name, members, _ in GROUPS:
            group = self._groups[name]
            key = tuple(parts[member] for member in members)
            labels, count = group.get(key, (0.0, 0.0))
            group[key] = (labels + label, count + 1)
        self._near[rows.goods[at]].append((math.log1p(rows.mass[at]), label))

    def _plain(self, rows: Rows, at: int) -> list[float]:
        mass = float(rows.mass[at])
        log = math.log1p(mass)
        told = [
            log,
            float(rows.rate[at] or 0),
            float(mass == int(mass)),
            float(mass % 10 == 0),
            float(mass % 100 == 0),
            float(rows.origin[at] == rows.departure[at]),
        ]
        seen = self._near.get(rows.goods[at])
        if not seen:
            return [*told, 0.0, -1.0, -1.0, -1.0, 0.0]
        table = np.array(seen)
        apart = np.abs(table[:, 0] - log)
        weights = np.exp(-apart / NEAR)
        nearest = int(np.argmin(apart))
        rate = float((weights * table[:, 1]).sum() / (weights.sum() + 1e-9))
        usual = float(np.median(table[:, 0]))
        return [*told, float(len(seen)), rate, table[nearest, 1], apart[nearest], log - usual]


def first_seen(rows: Rows, places: Iterable[int]) -> dict[tuple[str, ...], tuple[int, float]]:
    """Return, for each combination, where it was first seen and its mean label."""
    found: dict[tuple[str, ...], list[float]] = {}
    firsts: dict[tuple[str, ...], int] = {}
    for at in places:
        key = rows.keys[at]
        firsts.setdefault(key, at)
        found.setdefault(key, []).append(float(rows.label[at]))
    return {key: (firsts[key], sum(labels) / len(labels)) for key, labels in found.items()}


def learned(rows: Rows) -> tuple[Encoder, Floats, Floats]:
    """Return an encoder that knows `rows`, and the table to learn from: one line a combination.

    Each line was encoded from earlier lines alone.
    """
    encoder = Encoder()
    lines: list[list[float]] = []
    labels: list[float] = []
    for at, label in sorted(first_seen(rows, range(len(rows))).values()):
        lines.append(encoder.encode(rows, at))
        labels.append(label)
        encoder.learn(rows, at, label)
    return encoder, np.array(lines), np.array(labels)


def _parts(rows: Rows, at: int) -> dict[str, str]:
    goods = rows.goods[at]
    return {
        "g2": goods[:2],
        "g4": goods[:4],
        "g6": goods,
        "origin": rows.origin[at],
        "departure": rows.departure[at],
        "rate": rows.rate[at],
        "tax": rows.tax[at],
        "mass": str(rows.mass[at]),
    }
