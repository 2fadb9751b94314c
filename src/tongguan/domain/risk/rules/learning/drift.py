"""How far numbers have moved from those a model learned from: the population stability index."""

from typing import Final

import numpy as np
from msgspec import Struct

from tongguan.domain.risk.rules.learning.sheets import Floats

PARTS: Final = 10
_LEAST: Final = 1e-4
"""The least share a part counts with, so that an empty one tells much and not without end."""


class Distribution(Struct, frozen=True):
    """How numbers were spread: the edges between parts, the share of each, that of the missing.

    A number belongs to the part that ends with the first edge at or above it.
    """

    edges: tuple[float, ...]
    shares: tuple[float, ...]


def distribution(numbers: Floats) -> Distribution:
    """Return how numbers are spread over ten parts, fewer where many are the same."""
    stated = numbers[~np.isnan(numbers)]
    inner = np.linspace(0, 1, PARTS + 1)[1:-1]
    cuts = np.unique(np.quantile(stated, inner, method="inverted_cdf")) if len(stated) else stated
    return spread_over(tuple(float(edge) for edge in cuts), numbers)


def spread_over(edges: tuple[float, ...], numbers: Floats) -> Distribution:
    """Return how numbers are spread between edges that are given."""
    return Distribution(edges, tuple(_shares(numbers, edges).tolist()))


def stability(usual: Distribution, numbers: Floats) -> float:
    """Return the index: below 0.1 hardly moved, above 0.25 moved much.

    Source: Siddiqi 2006, Credit Risk Scorecards.
    """
    now = np.maximum(_shares(numbers, usual.edges), _LEAST)
    then = np.maximum(np.array(usual.shares), _LEAST)
    return float(((now - then) * np.log(now / then)).sum())


def _shares(numbers: Floats, edges: tuple[float, ...]) -> Floats:
    missing = np.isnan(numbers)
    part = np.searchsorted(np.array(edges), numbers[~missing], side="left")
    counts = np.append(np.bincount(part, minlength=len(edges) + 1), missing.sum())
    return counts / max(1, len(numbers))
