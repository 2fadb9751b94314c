"""How good scores are: precision, recall and revenue among the first so many per cent."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import isnan, nan
from time import perf_counter
from typing import Any, Final

import numpy as np
from sklearn.metrics import roc_auc_score

from tongguan.domain.risk import problems
from tongguan.domain.risk.rules.learning.examples import Example, with_history
from tongguan.domain.risk.rules.learning.learner import OneSidedError, learn
from tongguan.domain.risk.rules.learning.reading import Key, Labelled
from tongguan.domain.risk.rules.learning.sheets import Bools, Floats, Ints

SHARES: Final = (0.01, 0.02, 0.05, 0.10)
SEEDS: Final = (1, 2, 3, 4, 5)
RESAMPLES: Final = 400
INTERVAL: Final = (2.5, 97.5)
LEAST: Final = 100
"""Fewer different goods are not learned from."""


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
    truth: Truth, scores: Floats, keys: Sequence[tuple[Key, ...]], *, seed: int
) -> dict[str, list[float]]:
    """Return 95 % intervals of every figure by drawing combinations again with replacement.

    All rows of a combination are drawn together: they mostly share their label, and taken for
    independent they would make the intervals look narrower than they are.
    """
    numbers: dict[tuple[Key, ...], int] = {}
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


def evaluate(train: Labelled, test: Labelled, *, seeds: Sequence[int] = SEEDS) -> dict[str, Any]:
    """Learn as the house does and judge on later rows: the mean over seeds, beside a bare look-up.

    Tested rows carry the history before them, of earlier tested ones too, without what was found.
    `unseen` are those of whose goods nothing occurs in training; a combination that repeats within
    the tested span counts each time, and under `once` the first time only. Intervals are those of
    the mean of the scores of all seeds.

    Raises:
        ProblemError: RSK-067 there are too few different goods to learn from; RSK-066 the earlier
            part of what is learned from, or the later one, ended alike.

    Cost: 8 s, and 8 s a seed, for 37,000 rows on one core.
    """
    began = perf_counter()
    looked = [one.found is not None for one in train.examples]
    known = _lines(train.identities, looked)
    if (count := len(known)) < LEAST:
        raise problems.TOO_FEW.error(count=count, least=LEAST)
    lessons, cases = blind(train.examples, test.examples)
    batch = [one.facts for one in cases]
    try:
        models = (learn(lessons, seed=seed) for seed in seeds)
        scores = np.array([model.score(batch) for model in models])
    except OneSidedError as error:
        span = f"{lessons[0].day} – {lessons[-1].day}"
        found = sum(bool(one.found) for one in lessons)
        raise problems.ONE_OUTCOME.error(files=span, rows=sum(looked), found=found) from error
    judged = np.array([one.found is not None for one in cases])
    scored = _Scored(test, scores, LookUp(train).score(test.identities))
    every = np.flatnonzero(judged)
    told = {**scored.told(every), "seeds": len(seeds)}
    seen = _lines(train.keys, looked)
    unseen = np.array([at for at in every if seen.isdisjoint(test.keys[at])], dtype=np.int64)
    if len(unseen):
        firsts: dict[tuple[Key, ...], int] = {}
        for at in unseen:
            firsts.setdefault(test.keys[at], int(at))
        once = np.array(sorted(firsts.values()), dtype=np.int64)
        told["unseen"] = {**scored.told(unseen), "once": scored.told(once)}
    told["seconds"] = round(perf_counter() - began, 1)
    return told


class LookUp:
    """The bare look-up: how often something was found with this very combination."""

    def __init__(self, labelled: Labelled) -> None:
        """Take what was looked at."""
        self._seen: dict[Key, tuple[int, int]] = {}
        for one, keys in zip(labelled.examples, labelled.identities, strict=True):
            for key in keys if one.found is not None else ():
                found, count = self._seen.get(key, (0, 0))
                self._seen[key] = (found + bool(one.found), count + 1)
        looked = [one.found for one in labelled.examples if one.found is not None]
        self._base = sum(looked) / len(looked)

    def score(self, identities: Sequence[tuple[Key, ...]]) -> Floats:
        """Return the rate of each, of the worst line; the mean of all where it is new."""
        return np.array([max(map(self._rate, keys)) for keys in identities])

    def _rate(self, key: Key) -> float:
        found, count = self._seen.get(key, (0, 0))
        return found / count if count else self._base


def _lines(keys: Sequence[tuple[Key, ...]], looked: Sequence[bool]) -> set[Key]:
    """Return the combinations of all lines that somebody looked at."""
    return {key for own, one in zip(keys, looked, strict=True) if one for key in own}


def blind(train: Sequence[Example], test: Sequence[Example]) -> tuple[list[Example], list[Example]]:
    """Return both with the history before each, in which no finding of a tested one occurs."""
    blind = [replace(one, found=None, known=None) for one in test]
    marked = sorted([*((one, True) for one in train), *((one, False) for one in blind)], key=_day)
    placed = list(with_history(one for one, _ in marked))
    lessons = [one for one, (_, own) in zip(placed, marked, strict=True) if own]
    cases = [one for one, (_, own) in zip(placed, marked, strict=True) if not own]
    return lessons, [
        replace(one, found=told.found, known=told.known)
        for one, told in zip(cases, test, strict=True)
    ]


def _day(marked: tuple[Example, bool]) -> date:
    return marked[0].day


@dataclass(frozen=True, slots=True)
class _Scored:
    """What is judged, the scores of each seed for it, and those of the look-up."""

    cases: Labelled
    scores: Floats
    bare: Floats

    def told(self, chosen: Ints) -> dict[str, Any]:
        """Return the figures of some declarations."""
        examples = [self.cases.examples[at] for at in chosen]
        truth = Truth(
            np.array([float(bool(one.found)) for one in examples]),
            np.array([float(one.revenue) for one in examples]),
        )
        judged = [judge(truth, one[chosen]) for one in self.scores]
        mean = {name: float(np.mean([one[name] for one in judged])) for name in judged[0]}
        keys = [self.cases.keys[at] for at in chosen]
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
