"""What a model learns from in this house."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from msgspec import structs

from tests.domain.risk.cases import accepted, chosen, ended, trader, why
from tests.domain.risk.examples import CHU, DAY, NOON, SAMPLE
from tests.domain.risk.learning.invented import invented
from tongguan.domain.risk import approvals, problems
from tongguan.domain.risk.rules.learning.examples import Example
from tongguan.domain.risk.scorers import read_model
from tongguan.domain.risk.training import data_hash, examples_of_house, train
from tongguan.kernel.problems import ProblemError


def test_what_was_accepted_is_learned_from_with_what_was_found_and_when(db: None) -> None:
    trader_id, facts = trader(), structs.replace(SAMPLE, payable=Decimal(70))
    found, clean = (
        accepted(trader_id, facts, selection=chosen(why("random")), now=NOON - timedelta(days=days))
        for days in (3, 2)
    )
    accepted(trader_id, facts, selection=chosen(), now=NOON - timedelta(days=1))
    accepted(trader_id, facts, selection=chosen(), now=NOON - timedelta(days=9))
    ended(found, "VALUE", value_effect=Decimal(12), now=NOON - timedelta(days=1))
    ended(clean, now=NOON)

    examples = examples_of_house(NOON - timedelta(days=5), NOON)

    day = timedelta(days=1)
    told = [(one.day, one.found, one.known, one.revenue) for one in examples]
    assert told == [
        (DAY - 3 * day, True, DAY - day, Decimal(12)),
        (DAY - 2 * day, False, DAY, Decimal(70)),
        (DAY - day, None, None, Decimal(70)),
    ]
    assert examples[0].facts == facts


@pytest.fixture(scope="module")
def examples() -> list[Example]:
    return invented(1_500)


def test_a_model_is_judged_on_a_later_part_and_its_card_says_what_it_learned_from(
    db: None, examples: list[Example]
) -> None:
    made = train(examples, seed=1, name="first", rounds=60)

    card = made.card
    assert read_model(made.content).version == card.sha256
    assert (card.id, card.learned_until) == (0, examples[-1].day)
    assert card.metrics["judged on"] == 300
    assert card.metrics["auc"] > 0.75
    assert card.metrics["precision@10%"] > 2 * card.metrics["share found"]
    assert card.metrics["calibration error"] < 0.1
    assert sum(card.importances.values()) == pytest.approx(1, abs=0.2)
    assert set(card.bounds) == {"score_drift", "feature_drift", "calibration_error", "hit_ratio"}
    assert card.data_sha256 == data_hash(examples)


def test_other_findings_are_other_data(examples: list[Example]) -> None:
    other = [replace(examples[0], found=not examples[0].found), *examples[1:]]

    assert data_hash(other) != data_hash(examples)


def test_the_next_model_is_another_wording_of_the_one_before(
    db: None, examples: list[Example]
) -> None:
    first = train(examples, seed=1, name="first", rounds=20)
    kept = approvals.keep_model(content=first.content, card=first.card, by=CHU, now=NOON)

    second = train(examples, seed=2, name="second", rounds=20)
    again = approvals.keep_model(content=second.content, card=second.card, by=CHU, now=NOON)

    assert (kept.id, kept.version) == (1, 1)
    assert (again.id, again.version) == (1, 2)


@pytest.mark.parametrize("few", ["none", "looked at", "found", "days", "early findings"])
def test_where_there_is_too_little_to_learn_from_it_says_so(
    db: None, examples: list[Example], few: str
) -> None:
    found = 0
    taken: list[Example] = []
    for place, one in enumerate(examples if few != "none" else []):
        found += bool(one.found)
        taken.append(
            {
                "looked at": replace(one, found=one.found if place % 2 else None),
                "found": replace(one, found=bool(one.found) and found < 20),
                "days": replace(one, day=examples[0].day + (one.day - examples[0].day) / 10),
                "early findings": replace(one, found=place > 1_400),
            }[few]
        )

    with pytest.raises(ProblemError) as refusal:
        train(taken, seed=1, name="little", rounds=20)

    assert refusal.value.faults[0].problem is problems.TOO_LITTLE
