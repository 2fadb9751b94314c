"""A model is learned in time order, from the past alone, and kept as bytes without code."""

import zlib
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from msgspec import msgpack
from sklearn.metrics import roc_auc_score

from tests.domain.risk.learning.invented import invented
from tongguan.domain.risk.aspects import Aspect
from tongguan.domain.risk.rules.learning.examples import Example
from tongguan.domain.risk.rules.learning.groups import FEATURES, Learning
from tongguan.domain.risk.rules.learning.learner import Learned, learn, load
from tongguan.domain.risk.rules.learning.sheets import sheet


@pytest.fixture(scope="module")
def examples() -> list[Example]:
    return invented(1_500)


@pytest.fixture(scope="module")
def learned(examples: list[Example]) -> Learned:
    return learn(examples[:1_200], seed=1, rounds=60)


def table(examples: list[Example]) -> np.ndarray:
    rows = sheet([one.facts for one in examples])
    days = np.array([one.day.toordinal() for one in examples])
    known = np.array([(one.known or one.day).toordinal() for one in examples])
    found = np.array([np.nan if one.found is None else float(one.found) for one in examples])
    return Learning(rows, days, known, found).table


def test_changing_the_future_or_its_own_label_changes_no_feature_of_a_row(
    examples: list[Example],
) -> None:
    before = table(examples)
    at = 700
    turned = [
        replace(one, found=not one.found) if place >= at else one
        for place, one in enumerate(examples)
    ]

    after = table(turned)

    day = examples[at].day
    until = max(place for place, one in enumerate(examples) if one.day <= day + timedelta(days=5))
    assert until > at
    np.testing.assert_array_equal(before[: until + 1], after[: until + 1])
    assert not np.array_equal(before[until + 1 :], after[until + 1 :], equal_nan=True)


def test_an_outcome_that_came_in_late_is_not_known_before(examples: list[Example]) -> None:
    late = [replace(one, known=one.day + timedelta(days=400)) for one in examples]

    rates = table(late)[:, FEATURES.index("goods: looked at")]

    assert not rates.any()


def test_what_is_at_fault_is_scored_higher_on_later_declarations(
    examples: list[Example], learned: Learned
) -> None:
    later = examples[1_200:]

    scores = learned.score([one.facts for one in later])

    assert all(0 <= score <= 1 for score in scores)
    assert roc_auc_score([bool(one.found) for one in later], scores) > 0.75


def test_one_by_one_and_as_a_batch_the_scores_are_the_same(
    examples: list[Example], learned: Learned
) -> None:
    batch = [one.facts for one in examples[1_200:1_300]]

    assert [learned.score([one])[0] for one in batch] == learned.score(batch)
    assert learned.score([]) == []


def test_the_same_examples_and_seed_give_the_same_bytes(examples: list[Example]) -> None:
    first, second = (learn(examples[:600], seed=3, rounds=20).dump() for _ in range(2))

    assert first == second
    assert learn(examples[:600], seed=4, rounds=20).dump() != first


def test_a_kept_model_scores_and_explains_as_it_did(
    examples: list[Example], learned: Learned
) -> None:
    again = load(learned.dump())
    batch = [one.facts for one in examples[1_200:1_250]]

    assert again.version == learned.version
    assert again.score(batch) == learned.score(batch)
    assert again.explain(batch[0]) == learned.explain(batch[0])


def test_of_goods_at_fault_it_is_told_that_such_goods_were(
    examples: list[Example], learned: Learned
) -> None:
    facts = max((one.facts for one in examples[1_200:]), key=lambda one: learned.score([one])[0])

    told = learned.explain(facts)

    assert str(Aspect.GOODS_WRONG) in {one.feature for one in told}
    assert sum(one.amount for one in told) > 0.5


def test_effects_and_trees_share_the_importances(learned: Learned) -> None:
    shares = learned.importances

    effects = sum(part for name, part in shares.items() if name.endswith(": effect"))
    assert effects == pytest.approx(0.5, abs=0.01)
    assert sum(shares.values()) == pytest.approx(1, abs=0.01)
    assert shares["goods so dear: effect"] > 5 * shares["declarant: effect"]


@pytest.mark.parametrize(
    "content",
    [b"", b"\x80\x04", zlib.compress(b"{}"), zlib.compress(msgpack.encode({"format": 1}))],
)
def test_bytes_that_are_no_model_are_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match="not a kept model"):
        load(content)


def test_a_model_of_another_form_is_refused(learned: Learned) -> None:
    kept = msgpack.decode(zlib.decompress(learned.dump()))
    kept["format"] = 99

    with pytest.raises(ValueError, match="form 99"):
        load(zlib.compress(msgpack.encode(kept)))


def test_of_findings_alone_nothing_is_learned(examples: list[Example]) -> None:
    with pytest.raises(ValueError, match="both"):
        learn([one for one in examples if one.found], seed=1)


def test_declarations_nobody_looked_at_are_counted_and_not_learned_from() -> None:
    some = invented(900, seed=5, looked_at=0.5)

    learned = learn(some, seed=1, rounds=20)

    assert len(learned.score([one.facts for one in some[:3]])) == 3
