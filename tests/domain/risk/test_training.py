"""What a model learns from in this house."""

from datetime import timedelta
from decimal import Decimal

from msgspec import structs

from tests.domain.risk.cases import accepted, chosen, ended, trader, why
from tests.domain.risk.examples import DAY, NOON, SAMPLE
from tongguan.domain.risk.training import examples_of_house


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
