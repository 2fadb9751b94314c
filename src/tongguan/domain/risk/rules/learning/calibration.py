"""From scores to probabilities, and how well they hold: Brier score and calibration error."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from sklearn.isotonic import IsotonicRegression

from tongguan.domain.risk.rules.learning.sheets import Floats

BINS: Final = 10
_KEEPS_ORDER: Final = 0.01
"""The part of the score that stays, so that equal steps keep the order of what they hold."""


@dataclass(frozen=True, eq=False)
class Calibration:
    """A rising line through knots."""

    scores: Floats
    shares: Floats

    def of(self, scores: Floats) -> Floats:
        """Return probabilities, in the order of the scores."""
        share = np.interp(scores, self.scores, self.shares)
        told: Floats = (1 - _KEEPS_ORDER) * share + _KEEPS_ORDER * scores
        return told


def calibrated(scores: Floats, found: Floats) -> Calibration:
    """Learn from scores, 0 to 1, and what was found: the rising steps that fit best."""
    fitted = IsotonicRegression(y_min=0, y_max=1, out_of_bounds="clip").fit(scores, found)
    return Calibration(
        np.asarray(fitted.X_thresholds_, dtype=np.float64),
        np.asarray(fitted.y_thresholds_, dtype=np.float64),
    )


def brier(scores: Floats, found: Floats) -> float:
    """Return the mean squared distance of probabilities from what was found; 0 is best."""
    return float(np.mean((scores - found) ** 2))


def calibration_error(scores: Floats, found: Floats) -> float:
    """Return how far probabilities are from shares found, in ten equally filled bins."""
    order = np.argsort(scores, kind="stable")
    parts = [part for part in np.array_split(order, BINS) if len(part)]
    apart = [abs(scores[part].mean() - found[part].mean()) * len(part) for part in parts]
    return float(sum(apart) / max(1, len(scores)))
