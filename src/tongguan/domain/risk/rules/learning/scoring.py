"""The model: a look-up where goods were seen before, effects and trees where they were not."""

from typing import Final

import lightgbm as lgb
import numpy as np

from tongguan.domain.risk.rules.learning.calibration import log_odds
from tongguan.domain.risk.rules.learning.effects import Effects
from tongguan.domain.risk.rules.learning.encoding import RISING, Encoder, first_seen, learned
from tongguan.domain.risk.rules.learning.goods import Goods, Known
from tongguan.domain.risk.rules.learning.rows import Floats, Rows

TRUST: Final = 0.25
"""How much the opinion weighs against one earlier row of the same combination."""
SURE: Final = 0.01
"""An expected rate is taken for no less than this, and no more than the rest to 1."""
ROUNDS: Final = 400
_PARAMETERS: Final = {
    "objective": "binary",
    "learning_rate": 0.02,
    "num_leaves": 12,
    "min_data_in_leaf": 80,
    "feature_fraction": 0.3,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "lambda_l2": 10,
    "monotone_constraints": list(RISING),
    "verbose": -1,
    "num_threads": 1,
    "deterministic": True,
    "force_row_wise": True,
}


class LookUp:
    """The bare look-up: how often something was found with this very combination."""

    def __init__(self, rows: Rows) -> None:
        """Take the labelled rows."""
        self._seen: dict[tuple[str, ...], tuple[float, int]] = {}
        for key, label in zip(rows.identity, rows.label, strict=True):
            labels, count = self._seen.get(key, (0.0, 0))
            self._seen[key] = (labels + float(label), count + 1)
        self._base = float(rows.label.mean())

    def score(self, rows: Rows) -> Floats:
        """Return the rate of each combination; the mean of all where it is new."""
        return np.array([self._score(key, self._base) for key in rows.identity])

    def blended(self, key: tuple[str, ...], opinion: float) -> float:
        """Return the rate of a combination, drawn a little towards another opinion."""
        labels, count = self._seen.get(key, (0.0, 0))
        return (labels + TRUST * opinion) / (count + TRUST)

    def _score(self, key: tuple[str, ...], otherwise: float) -> float:
        labels, count = self._seen.get(key, (0.0, 0))
        return labels / count if count else otherwise


class Model:
    """The look-up, and for what was never seen effects that add up and trees, half and half."""

    def __init__(self, rows: Rows, *, seed: int) -> None:
        """Learn from labelled rows, earliest first: from one line a combination.

        Cost: 10 s for 37,000 rows on one core.
        """
        self.look_up: Final = LookUp(rows)
        firsts = sorted(first_seen(rows).values())
        labels = np.array([label for _, label in firsts])
        self._known: Final = Known(rows, np.array([at for at, _ in firsts], dtype=np.int64))
        goods = self._known.lines
        self._effects: Final = Effects(goods, labels, seed=seed)
        self._encoder: Final = Encoder(goods, labels)
        data = lgb.Dataset(learned(goods, labels, seed=seed), (labels > 0.5).astype(int))
        self._trees: Final = lgb.train({**_PARAMETERS, "seed": seed}, data, ROUNDS)

    def score(self, rows: Rows) -> Floats:
        """Return a probability-like score a row; nothing is known of the rows but themselves."""
        firsts = {key: at for key, (at, _) in first_seen(rows).items()}
        goods = self._known.describe(rows, np.array(list(firsts.values()), dtype=np.int64))
        opinions = dict(zip(firsts, self._opinion(goods), strict=True))
        return np.array([self.look_up.blended(key, opinions[key]) for key in rows.identity])

    def _opinion(self, goods: Goods) -> Floats:
        added = log_odds(np.clip(self._effects.score(goods), SURE, 1 - SURE))
        table = self._encoder.encode(goods)
        grown = log_odds(np.asarray(self._trees.predict(table, num_threads=1)))
        opinion: Floats = 1 / (1 + np.exp(-(added + grown) / 2))
        return opinion
