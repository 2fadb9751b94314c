"""The model: a look-up where goods were seen before, trees where they were not."""

from typing import Final

import lightgbm as lgb
import numpy as np
from sklearn.ensemble import ExtraTreesClassifier

from tongguan.domain.risk.rules.learning.encoding import Encoder, first_seen, learned
from tongguan.domain.risk.rules.learning.rows import Floats, Rows

WARMING: Final = 0.2
"""Share of the earliest combinations that are encoded from too little to learn from."""
TRUST: Final = 0.25
"""How much the trees' opinion weighs against one earlier row of the same combination."""


class LookUp:
    """The bare look-up: how often something was found with this very combination."""

    def __init__(self, rows: Rows) -> None:
        """Take the labelled rows."""
        self._seen: dict[tuple[str, ...], tuple[float, int]] = {}
        for key, label in zip(rows.keys, rows.label, strict=True):
            labels, count = self._seen.get(key, (0.0, 0))
            self._seen[key] = (labels + float(label), count + 1)
        self._base = float(rows.label.mean())

    def score(self, rows: Rows) -> Floats:
        """Return the rate of each combination; the mean of all where it is new."""
        return np.array([self._score(key, self._base) for key in rows.keys])

    def knows(self, rows: Rows) -> list[bool]:
        """Return which rows' combination was seen before."""
        return [key in self._seen for key in rows.keys]

    def blended(self, key: tuple[str, ...], opinion: float) -> float:
        """Return the rate of a combination, drawn a little towards another opinion."""
        labels, count = self._seen.get(key, (0.0, 0))
        return (labels + TRUST * opinion) / (count + TRUST)

    def _score(self, key: tuple[str, ...], otherwise: float) -> float:
        labels, count = self._seen.get(key, (0.0, 0))
        return labels / count if count else otherwise


class Model:
    """Trees over encodings learned in time order, and the look-up."""

    def __init__(self, rows: Rows, *, seed: int) -> None:
        """Learn from labelled rows, earliest first. Cost: 15 s for 37,000 rows on two cores."""
        self.look_up: Final = LookUp(rows)
        encoder, table, labels = learned(rows)
        self._encoder: Encoder = encoder
        begin = int(len(labels) * WARMING)
        table, found = table[begin:], (labels[begin:] > 0.5).astype(int)
        self._boosted = lgb.train(
            {
                "objective": "binary",
                "learning_rate": 0.02,
                "num_leaves": 12,
                "min_data_in_leaf": 80,
                "feature_fraction": 0.3,
                "bagging_fraction": 0.7,
                "bagging_freq": 1,
                "lambda_l2": 10,
                "verbose": -1,
                "num_threads": 2,
                "deterministic": True,
                "seed": seed,
            },
            lgb.Dataset(table, found),
            400,
        )
        self._forest = ExtraTreesClassifier(
            400, min_samples_leaf=12, max_features=0.3, n_jobs=2, random_state=seed
        ).fit(table, found)

    def score(self, rows: Rows) -> Floats:
        """Return a probability-like score a row; nothing is known of the rows but themselves."""
        combinations = first_seen(rows, range(len(rows)))
        places = [at for at, _ in combinations.values()]
        table = np.array([self._encoder.encode(rows, at) for at in places])
        opinions = dict(zip(combinations, self._opinion(table), strict=True))
        return np.array([self.look_up.blended(key, opinions[key]) for key in rows.keys])

    def _opinion(self, table: Floats) -> Floats:
        boosted = np.asarray(self._boosted.predict(table))
        mean: Floats = (boosted + self._forest.predict_proba(table)[:, 1]) / 2
        return mean
