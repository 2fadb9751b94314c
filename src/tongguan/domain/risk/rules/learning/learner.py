"""The learner: effects and trees over what was known of groups, exact repeats, calibration."""

import zlib
from collections.abc import Sequence
from functools import cached_property
from hashlib import sha256
from typing import Any, Final

import lightgbm as lgb
import numpy as np
from msgspec import Struct, msgpack

from tongguan.domain.risk.facts import Facts
from tongguan.domain.risk.rules.learning.calibration import Calibration, calibrated, log_odds
from tongguan.domain.risk.rules.learning.counting import Singles, Sums
from tongguan.domain.risk.rules.learning.drift import (
    Distribution,
    distribution,
    spread_over,
    stability,
)
from tongguan.domain.risk.rules.learning.effects import spread_of
from tongguan.domain.risk.rules.learning.examples import Example
from tongguan.domain.risk.rules.learning.groups import (
    EFFECTS,
    FEATURES,
    GROUPINGS,
    RISING,
    Encoded,
    Known,
    Learning,
)
from tongguan.domain.risk.rules.learning.sheets import (
    NUMBERS,
    Bools,
    Floats,
    Ints,
    Sheet,
    sheet,
)
from tongguan.domain.risk.rules.learning.telling import REPEATS, aspects
from tongguan.domain.risk.values import Contribution

FORMAT: Final = 2
"""Version of the kept form. One that is not known is refused."""
ROUNDS: Final = 120
WARMING: Final = 0.2
"""Share of the earliest rows that are encoded from too little to learn from."""
LATER: Final = 0.2
"""Share of the latest examples that trees are not grown on: they calibrate the scores."""
TRUSTS: Final = (0.25, 1.0, 4.0, 16.0, 64.0, 1e6)
"""How much the opinion may weigh against one earlier row of the same identity."""
SHARE: Final = 0.5
"""How much of the opinion is that of effects; the rest is that of trees."""
SURE: Final = 0.01
"""What effects make likely is taken for no less than this, and no more than the rest to 1."""
TOLD: Final = 8
SCORE: Final = "score"
SCORE_EDGES: Final = (0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 0.8)
"""Between them scores are counted to see whether they drift."""
LEAF_MOST: Final = 80
LEAF_LEAST: Final = 5
LEAVES: Final = 50
"""A leaf holds at least so small a part of what is learned from, within these bounds."""
_LEAST: Final = 1e-6
_PARAMETERS: Final = {
    "objective": "binary",
    "learning_rate": 0.04,
    "num_leaves": 12,
    "feature_fraction": 0.2,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "lambda_l2": 10,
    "monotone_constraints": list(RISING),
    "verbose": -1,
    "num_threads": 1,
    "deterministic": True,
    "force_row_wise": True,
}


class OneSidedError(ValueError):
    """All that was looked at ended alike: a model learns from both, at fault and in order."""


class _Kept(Struct, frozen=True, forbid_unknown_fields=True):
    """A learned model as bytes hold it; arrays little-endian."""

    format: int
    features: tuple[str, ...]
    groupings: tuple[str, ...]
    trees: str
    label_keys: bytes
    label_sums: bytes
    peer_keys: bytes
    peer_sums: bytes
    base: float
    mean: float
    spread: tuple[float, ...]
    trust: float
    slope: float
    intercept: float
    usual: dict[str, Distribution]


class Learned:
    """A learned model: it scores declarations in batches and says what moved a score."""

    def __init__(self, kept: _Kept) -> None:
        """Take a model apart that was learned or read."""
        self._kept = kept
        self._trees = lgb.Booster(model_str=kept.trees)
        self._known = Known(
            _sums(kept.label_keys, kept.label_sums),
            _sums(kept.peer_keys, kept.peer_sums),
            kept.base,
            kept.mean,
        )
        self._calibration = Calibration(kept.slope, kept.intercept)

    @cached_property
    def version(self) -> str:
        """Return the hash of the model's bytes."""
        return sha256(self.dump()).hexdigest()

    def dump(self) -> bytes:
        """Return the model as bytes, which hold numbers and texts only."""
        return zlib.compress(msgpack.encode(self._kept), 6)

    def score(self, batch: Sequence[Facts]) -> list[float]:
        """Return for each declaration how likely a finding is, from 0 to 1, in order.

        Cost: 18 µs a line, in a batch of a thousand.
        """
        if not batch:
            return []
        rows = sheet(batch)
        seen = self._known.encode(rows)
        lines = _with_repeats(self._opinion(seen), seen.repeats, self._kept.trust)
        found: list[float] = self._calibration.of(np.maximum.reduceat(lines, rows.first)).tolist()
        return found

    def drifts(self, batch: Sequence[Facts]) -> dict[str, float]:
        """Return the stability index of the scores, under `score`, and of each number stated.

        Cost: 20 µs a line.
        """
        numbers = sheet(batch).numbers
        columns = {name: numbers[:, place] for place, name in enumerate(NUMBERS)}
        columns[SCORE] = np.array(self.score(batch))
        usual = self._kept.usual
        return {name: round(stability(usual[name], columns[name]), 4) for name in usual}

    def explain(self, facts: Facts) -> tuple[Contribution, ...]:
        """Return what moved the score of one declaration most, strongest first.

        It speaks of the line that is likeliest to be at fault. Cost: 2 ms.
        """
        seen = self._known.encode(sheet([facts]))
        opinion = self._opinion(seen)
        lines = _with_repeats(opinion, seen.repeats, self._kept.trust)
        worst = int(np.argmax(lines))
        row = seen.table[worst]
        moved = (1 - SHARE) * self._trees.predict(row[None], pred_contrib=True)[0]
        pulled = SHARE * _in_odds(self._known.mean, seen.effects[worst])
        by_repeats = float(log_odds(lines[worst]) - log_odds(opinion[worst]))
        told = [
            *zip(FEATURES, map(float, moved), map(float, row), strict=False),
            *((name, float(amount), 0.0) for name, amount in zip(EFFECTS, pulled, strict=True)),
            (REPEATS, by_repeats, 0.0),
        ]
        number = facts.lines[worst].number if facts.lines else 0
        found = (
            Contribution(str(aspect), round(amount, 4), number) for aspect, amount in aspects(told)
        )
        return tuple(one for one in found if one.amount)[:TOLD]

    @property
    def importances(self) -> dict[str, float]:
        """Return the share of each feature and effect in the opinion, largest first.

        Of features by what they gained in trees, of effects by how far they spread.
        """
        gains = (1 - SHARE) * _shares(np.asarray(self._trees.feature_importance("gain")))
        spread = SHARE * _shares(np.array(self._kept.spread))
        named = [*zip(FEATURES, gains, strict=True), *zip(EFFECTS, spread, strict=True)]
        ranked = sorted(named, key=lambda one: -one[1])
        return {name: round(float(part), 4) for name, part in ranked if part > 0}

    def _opinion(self, seen: Encoded) -> Floats:
        grown = np.asarray(self._trees.predict(seen.table, num_threads=1))
        return _opinion(grown, self._known.expected(seen.effects))


def load(content: bytes) -> Learned:
    """Return the model that was kept as bytes.

    Raises:
        ValueError: they are not a model of a form that this release knows.
    """
    try:
        kept = msgpack.decode(zlib.decompress(content), type=_Kept)
    except (zlib.error, ValueError) as error:
        raise ValueError(f"not a kept model: {error}") from error
    if (kept.format, kept.features, kept.groupings) != (FORMAT, FEATURES, GROUPINGS):
        raise ValueError(f"a model of form {kept.format} is not known")
    return Learned(kept)


def learn(examples: Sequence[Example], *, seed: int, rounds: int = ROUNDS) -> Learned:
    """Learn from declarations that somebody looked at, and from how often the others were seen.

    Args:
        examples: earliest first; what each shows was known on its day.
        seed: of the dice; the same examples and seed give the same bytes.
        rounds: how many trees.

    Raises:
        OneSidedError: in the earlier part or the later one all that was looked at ended alike.

    Cost: 8 s for 40,000 lines on one core.
    """
    rows = sheet([one.facts for one in examples])
    days = np.array([one.day.toordinal() for one in examples], dtype=np.int64)
    known = np.array([(one.known or one.day).toordinal() for one in examples], dtype=np.int64)
    labels = np.array([np.nan if one.found is None else float(one.found) for one in examples])
    _both(labels)
    owner = rows.owner
    past = Learning(rows, days[owner], known[owner], labels[owner])
    later = _later(days, labels)
    begin = int(np.quantile(np.flatnonzero(past.first), WARMING))
    found = labels[owner]
    early = past.first & ~later[owner]
    warm = early & (np.arange(len(owner)) >= begin)
    _both(found[warm])
    _both(labels[later])
    trees = _grown(past.table[warm], found[warm], seed, rounds)
    spread = spread_of(past.groupings[early], found[early], seed=seed)
    grown, likely = np.asarray(trees.predict(past.table)), past.expected(early, spread)
    judged = later[owner]
    opinion = _opinion(grown, likely)
    blended = {one: _with_repeats(opinion, past.repeats, one) for one in TRUSTS}
    trust = min(TRUSTS, key=lambda one: _loss(blended[one][judged], found[judged]))
    whole = np.maximum.reduceat(blended[trust], rows.first)
    calibration = calibrated(whole[later], labels[later])
    end = past.known(spread)
    label_keys, label_sums = end.labels.listed()
    peer_keys, peer_sums = end.peers.listed()
    return Learned(
        _Kept(
            format=FORMAT,
            features=FEATURES,
            groupings=GROUPINGS,
            trees=trees.model_to_string(),
            label_keys=label_keys.astype("<u8").tobytes(),
            label_sums=label_sums.astype("<f4").tobytes(),
            peer_keys=peer_keys.astype("<u8").tobytes(),
            peer_sums=peer_sums.astype("<f4").tobytes(),
            base=end.base,
            mean=end.mean,
            spread=tuple(spread.groupings.tolist()),
            trust=trust,
            slope=calibration.slope,
            intercept=calibration.intercept,
            usual=_usual(rows, calibration.of(whole), days >= days[later].min()),
        )
    )


def _usual(rows: Sheet, scores: Floats, late: Bools) -> dict[str, Distribution]:
    """Return how scores and stated numbers were spread over the latest days."""
    numbers = rows.numbers[late[rows.owner]]
    spread = {
        name: distribution(numbers[:, place])
        for place, name in enumerate(NUMBERS)
        if not np.isnan(numbers[:, place]).all()
    }
    return {SCORE: spread_over(SCORE_EDGES, scores[late]), **spread}


def _later(days: Ints, labels: Floats) -> Bools:
    """Return which examples are looked-at ones of the latest days."""
    looked = ~np.isnan(labels)
    cut = np.quantile(days[looked], 1 - LATER)
    later: Bools = looked & (days > cut)
    return later


def _both(labels: Floats) -> None:
    if len(np.unique(labels[~np.isnan(labels)])) < 2:
        raise OneSidedError("a model learns from both: declarations at fault, and in order")


def _grown(table: Floats, found: Floats, seed: int, rounds: int) -> lgb.Booster:
    data = lgb.Dataset(table, found, feature_name=[f"f{place}" for place in range(len(FEATURES))])
    leaf = min(max(len(found) // LEAVES, LEAF_LEAST), LEAF_MOST)
    return lgb.train({**_PARAMETERS, "min_data_in_leaf": leaf, "seed": seed}, data, rounds)


def _opinion(grown: Floats, likely: Floats) -> Floats:
    """Return what trees and effects say together, blended as log odds."""
    odds = (1 - SHARE) * log_odds(grown) + SHARE * log_odds(np.clip(likely, SURE, 1 - SURE))
    told: Floats = 1 / (1 + np.exp(-odds))
    return told


def _in_odds(mean: float, effects: Singles) -> Floats:
    """Return effects as parts of the way that log odds go from the mean to what is likely."""
    all_ = float(effects.sum(dtype=np.float64))
    begin, end = log_odds(np.clip([mean, mean + all_], SURE, 1 - SURE))
    moved: Floats = effects.astype(np.float64) * ((end - begin) / all_ if all_ else 0.0)
    return moved


def _shares(amounts: Floats) -> Floats:
    parts: Floats = amounts / max(float(amounts.sum()), _LEAST)
    return parts


def _with_repeats(opinion: Floats, repeats: Any, trust: float) -> Floats:
    blended: Floats = (repeats[:, 1] + trust * opinion) / (repeats[:, 0] + trust)
    return blended


def _loss(scores: Floats, found: Floats) -> float:
    sure = np.clip(scores, _LEAST, 1 - _LEAST)
    return float(-np.mean(found * np.log(sure) + (1 - found) * np.log(1 - sure)))


def _sums(keys: bytes, sums: bytes) -> Sums:
    return Sums(
        np.frombuffer(keys, "<u8").astype(np.uint64),
        np.frombuffer(sums, "<f4").reshape(-1, 3).astype(np.float32),
    )
