"""How good scores are: precision, recall and revenue among the first so many per cent."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan, nan
from time import perf_counter
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from sklearn.metrics import roc_auc_score

from tongguan.domain.risk import problems
from tongguan.domain.risk.rules.learning.rows import Floats, Rows
from tongguan.domain.risk.rules.learning.scoring import LookUp, Model

SHARES: Final = (0.01, 0.02, 0.05, 0.10)
SEEDS: Final = (1, 2, 3, 4, 5)
RESAMPLES: Final = 400
INTERVAL: Final = (2.5, 97.5)
LEAST: Final = 100
"""Fewer different goods are not learned from."""

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Truth:
    """What was really found in the rows that are judged, and the revenue at stake."""

    label: Floats
    revenue: Floats

    def of(self, chosen: Bools | Ints) -> "Truth":
        """Return the truth of some rows."""
        return Truth(self.label[chosen], self.revenue[chosen])


def judge(truth: Truth, scores: Floats) -> dict[str, float]:
    """Return precision, recall and share of revenue at each share inspected, and the AUC.

    Revenue at a share is the tax at stake in the rows rightly chosen, of the tax at stake in all
    rows with a finding. Equal scores keep the order of time. What cannot be told is not a number.
    """
    order = np.argsort(-scores, kind="stable")
    positive = truth.label > 0
    at_stake = float((truth.revenue * truth.label).sum())
    told: dict[str, float] = {}
    for share in SHARES:
        first = order[: max(1, int(len(order) * share))]
        percent = f"{share:.0%}"
        hits = float(truth.label[first].sum())
        told[f"precision@{percent}"] = hits / len(first)
        told[f"recall@{percent}"] = hits / float(truth.label.sum()) if positive.any() else nan
        gained = float((truth.revenue[first] * truth.label[first]).sum())
        told[f"revenue@{percent}"] = gained / at_stake if at_stake else nan
    both = 0 < positive.sum() < len(positive)
    told["auc"] = float(roc_auc_score(positive, scores)) if both else nan
    return told


def intervals(
    truth: Truth, scores: Floats, keys: Sequence[tuple[str, ...]], *, seed: int
) -> dict[str, list[float]]:
    """Return 95 % intervals of every figure by drawing combinations again with replacement.

    All rows of a combination are drawn together: they mostly share their label, and taken for
    independent they would make the intervals look narrower than they are.
    """
    numbers: dict[tuple[str, ...], int] = {}
    group = np.array([numbers.setdefault(key, len(numbers)) for key in keys], dtype=np.int64)
    order = np.argsort(group, kind="stable")
    members = np.split(order, np.flatnonzero(np.diff(group[order])) + 1)
    dice = np.random.default_rng(seed)
    drawn: list[dict[str, float]] = []
    for _ in range(RESAMPLES):
        chosen = dice.integers(0, len(members), len(members))
        rows = np.sort(np.concatenate([members[one] for one in chosen]))
        drawn.append(judge(truth.of(rows), scores[rows]))
    return {name: _between([one[name] for one in drawn]) for name in drawn[0]}


def evaluate(train: Rows, test: Rows, *, seeds: Sequence[int] = SEEDS) -> dict[str, Any]:
    """Train on some rows and judge on later ones: the mean over seeds, beside the bare look-up.

    `unseen` are the tested rows whose combination occurs nowhere in training; a combination that
    repeats within the tested span counts each time, and under `once` the first time only. Intervals
    are those of the mean of the scores of all seeds.

    Raises:
        ProblemError: RSK-067 there are too few different goods to learn from.

    Cost: 10 s a seed for 37,000 rows on one core.
    """
    began = perf_counter()
    if (count := len(set(train.identity))) < LEAST:
        raise problems.TOO_FEW.error(count=count, least=LEAST)
    look_up = LookUp(train)
    scores = np.array([Model(train, seed=seed).score(test) for seed in seeds])
    scored = _Scored(test, scores, look_up.score(test))
    every = np.arange(len(test))
    told = {**scored.told(every), "seeds": len(seeds)}
    seen = set(train.keys)
    unseen = np.array([at for at, key in enumerate(test.keys) if key not in seen], dtype=np.int64)
    if len(unseen):
        firsts: dict[tuple[str, ...], int] = {}
        for at in unseen:
            firsts.setdefault(test.keys[at], int(at))
        once = np.array(sorted(firsts.values()), dtype=np.int64)
        told["unseen"] = {**scored.told(unseen), "once": scored.told(once)}
    told["seconds"] = round(perf_counter() - began, 1)
    return told


@dataclass(frozen=True, slots=True)
class _Scored:
    """Tested rows, the scores of each seed for them, and those of the look-up."""

    rows: Rows
    scores: Floats
    bare: Floats

    def told(self, chosen: Ints) -> dict[str, Any]:
        """Return the figures of some rows."""
        truth = Truth(self.rows.label, self.rows.revenue).of(chosen)
        judged = [judge(truth, one[chosen]) for one in self.scores]
        mean = {name: float(np.mean([one[name] for one in judged])) for name in judged[0]}
        keys = [self.rows.keys[at] for at in chosen]
        return {
            **_rounded(mean),
            "rows": len(chosen),
            "intervals": intervals(truth, self.scores.mean(axis=0)[chosen], keys, seed=1),
            "lookup": _rounded(judge(truth, self.bare[chosen])),
        }


def _between(drawn: Sequence[float]) -> list[float]:
    known = [one for one in drawn if not isnan(one)]
    if not known:
        return [nan, nan]
    return [round(float(edge), 4) for edge in np.percentile(known, INTERVAL)]


def _rounded(figures: dict[str, float]) -> dict[str, float]:
    return {name: round(figure, 4) for name, figure in figures.items()}
