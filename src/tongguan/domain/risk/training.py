"""What a model learns from in this house or in a file, and learning from it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from math import isnan
from typing import Final

import numpy as np
from django.db.models import Max

from tongguan.domain.risk import problems
from tongguan.domain.risk.criteria import Kind, ModelCard
from tongguan.domain.risk.models import CriterionVersion
from tongguan.domain.risk.queries import remembered
from tongguan.domain.risk.rules.learning.calibration import brier, calibration_error
from tongguan.domain.risk.rules.learning.columns import read_columns
from tongguan.domain.risk.rules.learning.examples import Example, example_of
from tongguan.domain.risk.rules.learning.judging import Truth, judge
from tongguan.domain.risk.rules.learning.learner import (
    ROUNDS,
    Learned,
    OneSidedError,
    learn,
)
from tongguan.domain.risk.rules.learning.reading import read_examples
from tongguan.domain.risk.rules.replay import Replay
from tongguan.domain.risk.rules.watching import BOUNDS
from tongguan.kernel.problems import ProblemError

__all__ = [
    "Example",
    "Replay",
    "Trained",
    "examples_of_house",
    "read_columns",
    "read_examples",
    "train",
]

LOOKED_AT_LEAST: Final = 1_000
FOUND_LEAST: Final = 50
DAYS_LEAST: Final = 60
"""A model learns from so many that were looked at, at fault and in order, over so many days."""
JUDGED: Final = 0.2
"""Share of the latest that were looked at, on which it is judged before it learns from all."""
_IMPORTANCES: Final = 25


@dataclass(frozen=True, slots=True)
class Trained:
    """A model as it was learned: its bytes, and the card that proposes it.

    Attributes:
        card: its metrics are those of a model that learned from the earlier part alone, judged on
            the later one; the bytes are of one that learned from all, in the same way.
    """

    content: bytes
    card: ModelCard


def examples_of_house(since: datetime, until: datetime) -> list[Example]:
    """Return what was accepted in a time, earliest first, with what treatments found.

    The facts are those that were decided on, with the history that stood then.

    Cost: 30 µs each.
    """
    return [example_of(one) for one in remembered(since, until)]


def train(examples: Sequence[Example], *, seed: int, name: str, rounds: int = ROUNDS) -> Trained:
    """Learn a model and judge it on a later part of what it learns from.

    Args:
        examples: earliest first.
        seed: of the dice; the same examples and seed give the same bytes.
        name: what the model is called in lists.
        rounds: how many trees.

    Raises:
        ProblemError: RSK-031 there is too little to learn from.

    Cost: 20 s for 40,000 lines on one core.
    """
    _enough(examples)
    try:
        metrics = _judged(examples, seed, rounds)
        model = learn(examples, seed=seed, rounds=rounds)
    except OneSidedError as error:
        raise _too_little(examples) from error
    content = model.dump()
    card = ModelCard(
        id=_lineage(),
        name=name,
        sha256=sha256(content).hexdigest(),
        data_sha256=data_hash(examples),
        learned_until=examples[-1].day,
        metrics=metrics,
        importances=dict(list(model.importances.items())[:_IMPORTANCES]),
        bounds=dict(BOUNDS),
    )
    return Trained(content, card)


def data_hash(examples: Sequence[Example]) -> str:
    """Return the hash of all that a model learned from: facts, days, findings, in order."""
    seal = sha256()
    for one in examples:
        seal.update(f"{one.day} {one.found} {one.known} {one.facts.stored()}\n".encode())
    return seal.hexdigest()


def _enough(examples: Sequence[Example]) -> None:
    labels = [one.found for one in examples if one.found is not None]
    days = (examples[-1].day - examples[0].day).days + 1 if examples else 0
    fewest = min(sum(labels), len(labels) - sum(labels))
    if len(labels) < LOOKED_AT_LEAST or fewest < FOUND_LEAST or days < DAYS_LEAST:
        raise _too_little(examples)


def _too_little(examples: Sequence[Example]) -> ProblemError:
    labels = [one.found for one in examples if one.found is not None]
    return problems.TOO_LITTLE.error(
        count=len(examples),
        looked_at=len(labels),
        found=sum(labels),
        least=LOOKED_AT_LEAST,
        least_found=FOUND_LEAST,
        days=DAYS_LEAST,
    )


def _judged(examples: Sequence[Example], seed: int, rounds: int) -> dict[str, float]:
    """Learn from the earlier part, with what was known when it ended, and judge on the later."""
    looked_at = [one.day for one in examples if one.found is not None]
    cut = looked_at[int(len(looked_at) * (1 - JUDGED))]
    earlier = [_as_known(one, cut) for one in examples if one.day < cut]
    later = [one for one in examples if one.day >= cut and one.found is not None]
    model: Learned = learn(earlier, seed=seed, rounds=rounds)
    scores = np.array(model.score([one.facts for one in later]))
    truth = Truth(
        np.array([float(bool(one.found)) for one in later]),
        np.array([float(one.revenue) for one in later]),
    )
    told = judge(truth, scores)
    told |= {
        "brier": brier(scores, truth.label),
        "calibration error": calibration_error(scores, truth.label),
        "share found": float(truth.label.mean()),
    }
    figures = {figure: round(value, 4) for figure, value in told.items() if not isnan(value)}
    return figures | {"learned from": len(examples), "judged on": len(later), "seed": seed}


def _as_known(one: Example, day: date) -> Example:
    if one.known is None or one.known < day:
        return one
    return replace(one, found=None, known=None)


def _lineage() -> int:
    """Return the model that a newly trained one is another wording of; 0 for the first."""
    rows = CriterionVersion.objects.filter(kind=str(Kind.MODEL))
    return rows.aggregate(last=Max("criterion"))["last"] or 0
