"""Effects that add up: how much belonging to a group moves the rate of findings.

Every group has an effect of its own, drawn towards none. How strongly the groups of one grouping
are drawn is not set but learned: its variance is what makes the labels likeliest. So a grouping
without signal fades by itself, and a rare group says little.
Source: mixed models with crossed random effects; variances by Fellner, Technometrics 28 (1986),
traces by Hutchinson, Communications in Statistics 18 (1989).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import sparse

from tongguan.domain.risk.rules.learning.sheets import Codes, Floats

ROUNDS: Final = 3
"""Steps in which variances come near the likeliest. More gain nothing on later rows."""
PROBES: Final = 8
"""Random signs by which a trace is estimated."""
NOISE: Final = 0.85
"""Share of the variance that is taken for chance to begin with."""
CAUTION: Final = 1.5
"""How much stronger chance is taken to be, when effects are worked out, than it was found to be."""
EXACT: Final = 2e-3
STEPS: Final = 150
_LEAST: Final = 1e-30


@dataclass(frozen=True, slots=True)
class Spread:
    """How far effects spread, in squares of a rate.

    Attributes:
        groupings: of the effects of each grouping.
        chance: of what no grouping accounts for.
    """

    groupings: Floats
    chance: float


def spread_of(keys: Codes, found: Floats, *, seed: int) -> Spread:
    """Learn how far effects spread.

    Args:
        keys: rows × groupings; the same key is the same group.
        found: 1 or 0 a row.
        seed: of the dice.

    Cost: 4 s for 15,000 rows and 50 groupings on one core.
    """
    tables = _tables(keys)
    centred = found - found.mean()
    whole = float(centred.var())
    variances = np.full(len(tables), (1 - NOISE) * whole / len(tables))
    chance = NOISE * whole
    probes = np.random.default_rng(seed).choice((-1.0, 1.0), (len(centred), PROBES))
    right = np.column_stack([centred, probes])
    for _ in range(ROUNDS):
        solved = _solved(tables, variances, chance, right)
        pulls, traced = solved[:, 0], solved[:, 1:]
        for at, table in enumerate(tables):
            explained = float(((table.T @ pulls) ** 2).sum())
            expected = float(((table.T @ traced) * (table.T @ probes)).sum()) / PROBES
            if expected > 0:
                variances[at] *= explained / expected
        chance *= float(pulls @ pulls) / (float((traced * probes).sum()) / PROBES)
    return Spread(variances, chance)


def parts_of_effects(keys: Codes, found: Floats, spread: Spread) -> Floats:
    """Return what each row adds to the effect of each of its groups: rows × groupings.

    An effect is the sum of what the rows of its group add.
    """
    centred = (found - found.mean())[:, None]
    pulls = _solved(_tables(keys), spread.groupings, CAUTION * spread.chance, centred)
    parts: Floats = pulls * spread.groupings
    return parts


def _tables(keys: Codes) -> list[sparse.csr_array]:
    """Return a table a grouping, rows × groups, with 1 where a row belongs to a group."""
    count = len(keys)
    rows, ones = np.arange(count), np.ones(count)
    places = [np.unique(column, return_inverse=True)[1] for column in keys.T]
    return [
        sparse.csr_array((ones, (rows, place)), shape=(count, int(place.max()) + 1))
        for place in places
    ]


def _solved(
    tables: Sequence[sparse.csr_array], variances: Floats, chance: float, right: Floats
) -> Floats:
    """Solve (chance + sum of variance · table · tableᵀ) x = right, by conjugate gradients."""
    wide = sparse.hstack(
        [table * np.sqrt(one) for table, one in zip(tables, variances, strict=True)], format="csr"
    )
    tall = wide.T.tocsr()
    return _descended(lambda x: wide @ (tall @ x) + chance * x, right)


def _descended(times: Callable[[Floats], Floats], right: Floats) -> Floats:
    """Solve times(x) = right, column by column at once; source: Hestenes and Stiefel 1952."""
    found = np.zeros_like(right)
    rest, way = right.copy(), right.copy()
    square = (rest * rest).sum(axis=0)
    near = EXACT**2 * square
    for _ in range(STEPS):
        turned = times(way)
        stride = square / np.maximum((way * turned).sum(axis=0), _LEAST)
        found += stride * way
        rest -= stride * turned
        before, square = square, (rest * rest).sum(axis=0)
        if (square <= near).all():
            break
        way = rest + (square / np.maximum(before, _LEAST)) * way
    return found
