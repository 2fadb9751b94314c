"""History kept in memory: the same facts as those of a declaration that was lodged."""

from datetime import timedelta
from decimal import Decimal

from msgspec.structs import replace

from tests.domain.declarations.samples import DAY, sound
from tests.domain.risk.rules.test_facts import facts
from tongguan.domain.risk.facts import NO_HISTORY, History, Seen
from tongguan.domain.risk.rules.replay import Replay, placed


def test_a_declaration_is_placed_in_a_history_as_if_it_were_lodged_under_it() -> None:
    alone = facts(sound())
    first = alone.lines[0].commodity or ""
    known = History(
        day=DAY,
        traders={alone.trader or "": Seen(1, 2, 3)},
        overseas={alone.overseas or "": Seen(4, 5, 6)},
        routes={alone.route or "": Seen(7, 8, 9)},
        commodities={first: 10},
        partners=frozenset({f"{alone.trader}|{alone.overseas}"}),
        goods=frozenset({f"{alone.trader}|{first[:6]}"}),
        usual={first: Decimal(4)},
        findings={alone.trader or "": 2},
    )

    assert placed(alone, known) == facts(sound(), known)
    assert placed(facts(sound(), known), NO_HISTORY) == alone


def test_what_a_declaration_shows_is_history_from_the_next_day_on() -> None:
    replay = Replay()
    trader = facts().trader or ""
    assert replay.history(DAY).traders.get(trader) is None

    replay.add(DAY, facts())

    assert replay.history(DAY).traders.get(trader) is None
    assert replay.history(DAY + timedelta(days=1)).traders.get(trader) == Seen(1, 1, 1)
    assert replay.history(DAY + timedelta(days=7)).traders.get(trader) == Seen(0, 1, 1)


def test_a_finding_counts_for_a_year() -> None:
    replay = Replay()
    replay.found(DAY, "A")

    after = [replay.history(DAY + timedelta(days=days)).findings.get("A") for days in (1, 365, 366)]

    assert after == [1, 1, 0]


def test_goods_without_a_name_or_price_are_no_obstacle() -> None:
    bare = replace(facts(), overseas=None, route=None, trader=None, lines=())

    assert placed(bare, NO_HISTORY).first_partner is None
