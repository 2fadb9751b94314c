"""What happened before: gathered from accepted declarations, read as one history."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from tests.domain.risk.cases import accepted, chosen, ended, trader, why
from tests.domain.risk.examples import DAY, NOON, PUMP, SAMPLE, WINE
from tongguan.domain.risk import commands
from tongguan.domain.risk.facts import Facts, Seen
from tongguan.domain.risk.histories import history
from tongguan.domain.risk.rules.replay import Replay
from tongguan.domain.risk.rules.sightings import price_of, step_of

WHO = SAMPLE.trader or ""


@pytest.fixture
def trader_id(db: None) -> int:
    return trader()


def declare(trader_id: int, facts: Facts = SAMPLE, days_ago: int = 0) -> None:
    now = NOON - timedelta(days=days_ago)
    id_ = accepted(trader_id, facts, now=now, selection=chosen())
    assert commands.gather([id_]) == 1


def test_counts_are_of_the_last_7_30_and_90_days(trader_id: int) -> None:
    for days_ago in (0, 6, 7, 29, 30, 89, 90):
        declare(trader_id, structs.replace(SAMPLE, route="FRA003>0202"), days_ago)

    found = history(DAY)

    assert found.traders == {WHO: Seen(2, 4, 6)}
    assert found.overseas == {"Golden-Harbour Trading Co., Ltd.": Seen(2, 4, 6)}
    assert found.routes == {"FRA003>0202": Seen(2, 4, 6)}
    assert found.commodities == {"2204210000": 6, "8413709990": 6}
    assert found.partners == {f"{WHO}|Golden-Harbour Trading Co., Ltd."}
    assert found.goods == {f"{WHO}|220421", f"{WHO}|841370"}


def test_the_history_of_a_day_holds_nothing_later(trader_id: int) -> None:
    declare(trader_id)

    assert history(DAY - timedelta(days=1)).traders == {}


def test_who_declares_without_an_overseas_party_or_route_is_counted_all_the_same(
    trader_id: int,
) -> None:
    declare(trader_id, structs.replace(SAMPLE, overseas=None, declarant="B", lines=()))

    found = history(DAY)

    assert found.declarants == {"B": Seen(1, 1, 1)}
    assert (found.overseas, found.routes, found.commodities) == ({}, {}, {})


def test_several_lines_of_one_commodity_count_each_and_one_heading_once(trader_id: int) -> None:
    again = structs.replace(WINE, number=3)
    declare(trader_id, structs.replace(SAMPLE, lines=(WINE, PUMP, again)))

    found = history(DAY)

    assert found.commodities["2204210000"] == 2
    assert found.goods == {f"{WHO}|220421", f"{WHO}|841370"}


def test_what_goods_usually_cost_is_the_median_once_there_are_enough(trader_id: int) -> None:
    def of_price(price: int) -> Facts:
        return structs.replace(SAMPLE, lines=(structs.replace(WINE, value_per_kg=Decimal(price)),))

    for price in [*[10] * 5, *[40] * 11, *[900] * 3]:
        declare(trader_id, of_price(price))
    assert history(DAY).usual == {}

    declare(trader_id, of_price(900))

    usual = history(DAY).usual["2204210000"]
    assert abs(usual / 40 - 1) < Decimal("0.03")


def test_findings_against_a_trader_are_counted_for_a_year(trader_id: int) -> None:
    for days_ago, finding in ((10, "VALUE"), (20, ""), (364, "ORIGIN"), (366, "ORIGIN")):
        now = NOON - timedelta(days=days_ago)
        id_ = accepted(trader_id, now=now, selection=chosen(why("random")))
        ended(id_, finding, now=now)

    assert history(DAY).findings == {WHO: 2}


def test_nothing_to_gather_is_nothing(db: None) -> None:
    assert commands.gather([]) == 0


@given(st.decimals("0.01", "1000000", places=2))
def test_a_price_is_kept_to_three_per_cent(price: Decimal) -> None:
    again = price_of(step_of(price))

    assert abs(again - price) <= max(price * Decimal("0.03"), Decimal("0.01"))


def test_days_gone_through_in_memory_give_the_history_that_tables_give(trader_id: int) -> None:
    replay = Replay()
    other = structs.replace(SAMPLE, trader="B", route="FRA003>0202", lines=(WINE,) * 30)
    for days_ago, facts in ((430, other), (399, SAMPLE), (90, other), (30, SAMPLE), (1, other)):
        now = NOON - timedelta(days=days_ago)
        id_ = accepted(trader_id, facts, now=now, selection=chosen(why("random")))
        commands.gather([id_])
        replay.add(DAY - timedelta(days=days_ago), facts)
    ended(id_, "VALUE", now=NOON - timedelta(days=10))
    replay.found(DAY - timedelta(days=10), "B")

    kept, told = replay.history(DAY), history(DAY)

    for name in ("traders", "declarants", "overseas", "routes", "commodities", "usual", "findings"):
        assert dict(getattr(kept, name)) == getattr(told, name), name
    assert set(kept.partners) == told.partners
    assert set(kept.goods) == told.goods
    assert replay.history(DAY + timedelta(days=400)).traders == {}
