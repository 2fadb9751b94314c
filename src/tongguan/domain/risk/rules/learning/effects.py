"""Effects that add up: how much each part of goods, and parts together, moves the rate of findings.

Every group of every table row below has an effect of its own, drawn towards none. How strongly is
not set but learned: each row's variance is what makes the labels likeliest. So a table row without
signal fades by itself, and a rare group says little.
Source: mixed models with crossed random effects; variances by Fellner, Technometrics 28 (1986),
traces by Hutchinson, Communications in Statistics 18 (1989).
"""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
from scipy import sparse

from tongguan.domain.risk.rules.learning.goods import Goods, Keys
from tongguan.domain.risk.rules.learning.rows import Floats

# fmt: off
EFFECTS: Final = (
    # parts together                                      step of the mass in logarithms, or none
    (("direct",),                                         0.0),
    (("origin",),                                         0.0),
    (("departure",),                                      0.0),
    (("origin", "departure"),                             0.0),
    (("chapter",),                                        0.0),
    (("heading",),                                        0.0),
    (("five",),                                           0.0),
    (("goods",),                                          0.0),
    (("ceiling",),                                        0.0),
    (("rate", "tax"),                                     0.0),
    (("ceiling", "direct"),                               0.0),
    (("origin", "direct"),                                0.0),
    (("chapter", "direct"),                               0.0),
    (("goods", "direct"),                                 0.0),
    (("chapter", "origin"),                               0.0),
    (("heading", "origin"),                               0.0),
    (("goods", "origin"),                                 0.0),
    (("chapter", "departure"),                            0.0),
    (("heading", "departure"),                            0.0),
    (("goods", "departure"),                              0.0),
    (("heading", "origin", "departure"),                  0.0),
    (("goods", "origin", "departure"),                    0.0),
    (("goods", "tax"),                                    0.0),
    (("goods", "rate", "tax"),                            0.0),
    (("goods", "departure", "rate", "tax"),               0.0),
    (("goods", "origin", "departure", "rate", "tax"),     0.0),
    ((),                                                  1.5),
    (("mass",),                                           0.0),
    (("tax", "mass"),                                     0.0),
    (("origin", "mass"),                                  0.0),
    (("heading", "mass"),                                 0.0),
    (("chapter",),                                        1.0),
    (("heading",),                                        1.0),
    (("goods",),                                          0.4),
    (("goods",),                                          1.5),
    (("heading", "origin"),                               1.0),
    (("goods", "origin"),                                 0.5),
    (("goods", "origin", "departure", "rate", "tax"),     0.4),
)
# fmt: on
ROUNDS: Final = 6
"""Steps in which variances come near the likeliest. More gain nothing on later rows."""
PROBES: Final = 8
"""Random signs by which a trace is estimated."""
NOISE: Final = 0.85
"""Share of the variance that is taken for chance to begin with."""
CAUTION: Final = 1.5
"""How much stronger chance is taken to be, when effects are worked out, than it was found to be."""
LEAST: Final = 2e-5
"""Share of the variance below which effects count as none."""
EXACT: Final = 2e-3
STEPS: Final = 150
_CELL: Final = np.uint64(0x9E3779B97F4A7C15)


class Effects:
    """What was learned: an effect for each group of each table row."""

    def __init__(self, goods: Goods, labels: Floats, *, seed: int) -> None:
        """Learn from goods and their labels, 0 to 1. Cost: 8 s for 15,000 lines on one core."""
        self._mean: Final = float(labels.mean())
        self._blocks: Final = [_Block(goods, *row) for row in EFFECTS]
        tables = [block.table(goods) for block in self._blocks]
        self._variances, weights = _fitted(tables, labels - self._mean, seed)
        self._effects: Final = [
            variance * (table.T @ weights)
            for variance, table in zip(self._variances, tables, strict=True)
        ]

    @property
    def variances(self) -> dict[str, float]:
        """Return how much each table row accounts for, in squares of a rate."""
        names = (f"{' '.join(parts)} {step or ''}".strip() for parts, step in EFFECTS)
        return dict(zip(names, map(float, self._variances), strict=True))

    def score(self, goods: Goods) -> Floats:
        """Return the rate of findings that is expected, a line each; it may leave 0 to 1."""
        found = np.full(len(goods), self._mean)
        for block, effects in zip(self._blocks, self._effects, strict=True):
            if effects.any():
                found += block.table(goods) @ effects
        return found


class _Block:
    """The groups of one table row: a line belongs to one, or to two neighbouring steps of mass."""

    def __init__(self, goods: Goods, parts: Sequence[str], step: float) -> None:
        self._parts, self._step = parts, step
        self._groups: Final = np.unique(np.concatenate([keys for keys, _ in self._places(goods)]))

    def table(self, goods: Goods) -> sparse.csr_array:
        """Return lines × groups. Lines of unit length; of groups never seen nothing is said."""
        rows, columns, values = [], [], []
        for keys, weights in self._places(goods):
            at = np.minimum(np.searchsorted(self._groups, keys), len(self._groups) - 1)
            known = np.flatnonzero(self._groups[at] == keys)
            rows.append(known)
            columns.append(at[known])
            values.append(weights[known])
        found = (np.concatenate(values), (np.concatenate(rows), np.concatenate(columns)))
        return sparse.csr_array(found, shape=(len(goods), len(self._groups)))

    def _places(self, goods: Goods) -> list[tuple[Keys, Floats]]:
        keys = goods.keys(self._parts)
        if not self._step:
            return [(keys, np.ones(len(goods)))]
        steps = goods.log_kg / self._step
        below = np.floor(steps)
        upper = steps - below
        long = np.hypot(1 - upper, upper)
        cell = below.astype(np.int64).astype(np.uint64)
        return [
            (keys + (cell + np.uint64(1)) * _CELL, (1 - upper) / long),
            (keys + (cell + np.uint64(2)) * _CELL, upper / long),
        ]


def _fitted(
    tables: Sequence[sparse.csr_array], centred: Floats, seed: int
) -> tuple[Floats, Floats]:
    """Return the variance of each table, and the weight of each line in every effect."""
    whole = float(centred.var()) or 1.0
    variances = np.full(len(tables), (1 - NOISE) * whole / len(tables))
    noise = NOISE * whole
    dice = np.random.default_rng(seed)
    probes = dice.choice((-1.0, 1.0), (len(centred), PROBES))
    right = np.column_stack([centred, probes])
    for turn in range(ROUNDS):
        solved = _solved(tables, variances, noise, right)
        weights, traced = solved[:, 0], solved[:, 1:]
        for at, table in enumerate(tables):
            if variances[at]:
                explained = float(((table.T @ weights) ** 2).sum())
                expected = float(((table.T @ traced) * (table.T @ probes)).sum()) / PROBES
                if expected > 0:
                    variances[at] *= explained / expected
                if turn > ROUNDS // 4 and variances[at] < LEAST * whole:
                    variances[at] = 0.0
        noise *= float(weights @ weights) / (float((traced * probes).sum()) / PROBES)
    return variances, _solved(tables, variances, CAUTION * noise, right[:, :1])[:, 0]


def _solved(
    tables: Sequence[sparse.csr_array], variances: Floats, noise: float, right: Floats
) -> Floats:
    """Solve (noise + sum of variance · table · tableᵀ) x = right, by conjugate gradients."""
    wide = sparse.hstack(
        [table * np.sqrt(one) for table, one in zip(tables, variances, strict=True) if one],
        format="csr",
    )
    tall = wide.T.tocsr()
    diagonal = np.asarray(wide.multiply(wide).sum(axis=1)).ravel() + noise
    return _descended(lambda x: wide @ (tall @ x) + noise * x, diagonal[:, None], right)


def _descended(times: Callable[[Floats], Floats], diagonal: Floats, right: Floats) -> Floats:
    found = np.zeros_like(right)
    rest = right.copy()
    eased = rest / diagonal
    way = eased.copy()
    square = (rest * eased).sum(axis=0)
    long = np.sqrt((right * right).sum(axis=0)) + 1e-30
    for _ in range(STEPS):
        turned = times(way)
        stride = square / np.maximum((way * turned).sum(axis=0), 1e-30)
        found += stride * way
        rest -= stride * turned
        if float((np.sqrt((rest * rest).sum(axis=0)) / long).max()) < EXACT:
            break
        eased = rest / diagonal
        later = (rest * eased).sum(axis=0)
        way = eased + (later / np.maximum(square, 1e-30)) * way
        square = later
    return found
