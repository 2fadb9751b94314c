"""From scores to probabilities, and how well they hold: Brier score and calibration error."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from sklearn.linear_model import LogisticRegression

from tongguan.domain.risk.rules.learning.sheets import Floats

BINS: Final = 10
_FREE: Final = 1e6
_SLOPE_LEAST: Final = 0.01
"""Scores that say nothing keep their order all the same."""
_EDGE: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Calibration:
    """A line over log odds: it keeps the order of scores, and bends them to what was found."""

    slope: float
    intercept: float

    def of(self, scores: Floats) -> Floats:
        """Return probabilities, in the order of the scores."""
        told: Floats = 1 / (1 + np.exp(-(self.slope * log_odds(scores) + self.intercept)))
        return told


def calibrated(scores: Floats, found: Floats) -> Calibration:
    """Learn from scores, 0 to 1, and what was found. Source: Platt 1999.

    Two numbers are learned and no steps: a few hundred findings bear no more.
    """
    fitted = LogisticRegression(C=_FREE).fit(log_odds(scores)[:, None], found)
    return Calibration(max(float(fitted.coef_[0, 0]), _SLOPE_LEAST), float(fitted.intercept_[0]))


def log_odds(shares: Floats) -> Floats:
    """Return log odds; sure is taken as one in a million from it."""
    near = np.clip(shares, _EDGE, 1 - _EDGE)
    odds: Floats = np.log(near / (1 - near))
    return odds


def brier(scores: Floats, found: Floats) -> float:
    """Return the mean squared distance of probabilities from what was found; 0 is best."""
    return float(np.mean((scores - found) ** 2))


def calibration_error(scores: Floats, found: Floats) -> float:
    """Return how far probabilities are from shares found, in ten equally filled bins."""
    order = np.argsort(scores, kind="stable")
    parts = [part for part in np.array_split(order, BINS) if len(part)]
    apart = [abs(scores[part].mean() - found[part].mean()) * len(part) for part in parts]
    return float(sum(apart) / max(1, len(scores)))
