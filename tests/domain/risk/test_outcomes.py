"""How well selection does: hit rates, what to retire, fairness, and trials of a profile."""

from datetime import timedelta
from decimal import Decimal

import pytest
from msgspec import structs

from tests.domain.risk.cases import accepted, chosen, ended, in_force, trader, why
from tests.domain.risk.examples import NOON, SAMPLE, profile, when
from tongguan.domain.risk import outcomes
from tongguan.domain.risk.models import Outcome
from tongguan.domain.risk.outcomes import Cut
from tongguan.domain.risk.values import HitRate, Reach

SINCE, UNTIL = NOON - timedelta(days=1), NOON + timedelta(days=1)
WINE = structs.replace(profile(when("line.commodity", "prefix", "2204"), name="Wine"), id=0)


@pytest.fixture
def trader_id(db: None) -> int:
    return trader()


def rates(cut: Cut) -> dict[str, tuple[int, int, int]]:
    found = outcomes.hit_rates(cut, since=SINCE, until=UNTIL)
    return {one.name: (one.met, one.ended, one.found) for one in found}


def test_a_finding_counts_for_every_reason_of_its_kind(trader_id: int) -> None:
    both = accepted(
        trader_id,
        selection=chosen(why("profile", 7), why("random"), why("profile", 9, "documents")),
    )
    ended(both, "QUANTITY", value_effect=Decimal("120.50"), officers=["an", "bo"])
    ended(both, treatment="documents")

    assert rates(Cut.PROFILE) == {"7": (1, 1, 1), "9": (1, 1, 0)}
    assert rates(Cut.SOURCE) == {"profile": (1, 2, 1), "random": (1, 1, 1)}
    assert rates(Cut.OFFICE) == {"0202": (1, 2, 1)}
    assert rates(Cut.OFFICER) == {"an": (1, 1, 1), "bo": (1, 1, 1), "system": (1, 1, 0)}
    assert rates(Cut.GOODS) == {"22": (1, 2, 1)}
    [of_seven, _] = outcomes.hit_rates(Cut.PROFILE, since=SINCE, until=UNTIL)
    assert of_seven == HitRate(
        "7",
        1,
        1,
        1,
        Decimal("120.50"),
        Decimal("1.0000"),
        Decimal("0.2065"),
        Decimal("1.0000"),
    )


def test_what_models_selected_is_told_by_model_and_by_group(trader_id: int) -> None:
    dear = structs.replace(SAMPLE, credit="advanced")
    for place, facts in enumerate((SAMPLE, SAMPLE, dear)):
        selection = chosen(why("model", 1), score=0.5, model_version="m")
        ended(accepted(trader_id, facts, selection=selection), "VALUE" if place else "")
    ended(accepted(trader_id, selection=chosen(why("random"))), "VALUE")

    groups = outcomes.of_model_by_group(since=SINCE, until=UNTIL)

    told = {one.name: (one.met, one.ended, one.found) for one in groups}
    assert told == {"general import 22": (2, 2, 1), "advanced import 22": (1, 1, 1)}
    assert rates(Cut.MODEL) == {"m": (3, 3, 2)}


def test_what_a_draw_spared_was_met_but_never_ended(trader_id: int) -> None:
    accepted(trader_id, selection=chosen(why("profile", 7, acted=False)))
    other = accepted(trader_id, selection=chosen(why("profile", 7, acted=False), why("random")))
    ended(other, "ORIGIN")

    assert rates(Cut.PROFILE) == {"7": (2, 0, 0)}
    [rate] = outcomes.hit_rates(Cut.PROFILE, since=SINCE, until=UNTIL)
    assert (rate.share, rate.low, rate.high) == (None, None, None)


def test_the_same_outcome_again_changes_nothing(trader_id: int) -> None:
    id_ = accepted(trader_id, selection=chosen(why("random")))

    ended(id_, "ORIGIN")
    ended(id_)

    assert Outcome.objects.get().finding == "ORIGIN"


def test_what_targeting_misses_is_what_the_random_share_alone_finds(trader_id: int) -> None:
    alone = accepted(trader_id, selection=chosen(why("random"), why("profile", 3, acted=False)))
    targeted = accepted(trader_id, selection=chosen(why("random"), why("profile", 3)))
    explored = accepted(trader_id, selection=chosen(why("exploration", 1)))
    for id_ in (alone, targeted):
        ended(id_, "VALUE")
    ended(explored)

    [found] = outcomes.missed(since=SINCE, until=UNTIL)

    assert (found.name, found.met, found.ended, found.found) == ("sample", 2, 2, 1)


def test_a_profile_that_finds_nothing_is_listed_for_ending(trader_id: int) -> None:
    weak, good = in_force(WINE, structs.replace(WINE, name="Beer"))
    for number in range(200):
        id_ = accepted(
            trader_id, selection=chosen(why("profile", weak.id), why("profile", good.id))
        )
        ended(id_, "VALUE" if number < 1 else "")
    fresh = accepted(trader_id, selection=chosen(why("profile", good.id)))
    for id_ in [fresh] + [accepted(trader_id, selection=chosen(why("profile", good.id)))] * 1:
        ended(id_, "VALUE")

    found = outcomes.to_retire(since=SINCE, until=UNTIL)

    assert [(row.criterion.name, rate.ended, rate.found) for row, rate in found] == [
        ("Wine", 200, 1)
    ]


def test_how_far_it_is_to_a_judgement_is_told(trader_id: int) -> None:
    used, declared = Reach(0, 200), Reach(0, 20)
    assert outcomes.most_used(since=SINCE, until=UNTIL) == used
    assert outcomes.most_declared(since=SINCE, until=UNTIL) == declared
    for number in range(3):
        reasons = (why("profile", 1), why("profile", 2)) if number else (why("profile", 1),)
        ended(accepted(trader_id, selection=chosen(*reasons)))

    assert outcomes.most_used(since=SINCE, until=UNTIL) == Reach(3, 200)
    assert outcomes.most_declared(since=SINCE, until=UNTIL) == Reach(3, 20)


def test_an_enterprise_inspected_more_than_its_peers_is_seen(trader_id: int) -> None:
    quiet, sought = chosen(), chosen(why("random"))
    for number in range(60):
        other = structs.replace(SAMPLE, trader=f"peer {number % 2}")
        accepted(trader_id, other, selection=sought if number % 20 == 0 else quiet)
    for number in range(30):
        accepted(trader_id, SAMPLE, selection=sought if number % 2 else quiet)

    [first, *others] = outcomes.fairness(since=SINCE, until=UNTIL)

    assert (first.trader, first.peers) == ("91110113FAKE00001X", "general import 22")
    assert (first.declared, first.inspected, first.verdict) == (30, 15, 1)
    assert (first.others_declared, first.others_share) == (60, Decimal("0.0500"))
    assert {one.trader for one in others} == {"peer 0", "peer 1"}
    assert outcomes.fairness(since=SINCE, until=UNTIL, trader="peer 1") == (
        next(one for one in others if one.trader == "peer 1"),
    )
    assert outcomes.fairness(since=SINCE, until=UNTIL, least=31) == ()


def test_who_has_no_peers_is_compared_with_nobody(trader_id: int) -> None:
    accepted(trader_id, selection=chosen(why("random")))

    [alone] = outcomes.fairness(since=SINCE, until=UNTIL, least=1)

    assert (alone.others_share, alone.verdict) == (None, 0)


def test_a_trial_tells_what_a_profile_would_have_hit(trader_id: int) -> None:
    dry = structs.replace(SAMPLE, lines=SAMPLE.lines[1:])
    hits = [accepted(trader_id, selection=chosen(why("random"))) for _ in range(3)]
    for _ in range(5):
        accepted(trader_id, dry, selection=chosen())
    accepted(trader_id, selection=chosen(), now=NOON - timedelta(days=40))
    ended(hits[0], "VALUE")
    ended(hits[1])
    tried = structs.replace(WINE, treatment="full", share=Decimal("0.5"))

    found = outcomes.would_have_hit(tried, since=SINCE, until=UNTIL)

    assert (found.declared, found.looked_at, found.count) == (8, 8, 3)
    assert (found.share, found.treated, found.found) == (Decimal("0.3750"), 2, 1)
    assert found.hours == Decimal("9.00")  # 3 hits at a share of a half, six hours each
    assert set(found.examples) == set(hits)


def test_a_trial_over_very_many_looks_at_a_part_of_them_always_the_same(trader_id: int) -> None:
    for _ in range(60):
        accepted(trader_id, selection=chosen())

    found = outcomes.would_have_hit(WINE, since=SINCE, until=UNTIL, most=20)

    assert found.declared == 60
    assert 8 <= found.looked_at <= 32
    assert (found.count, found.share) == (60, Decimal(1))
    assert outcomes.would_have_hit(WINE, since=SINCE, until=UNTIL, most=20) == found


def test_a_trial_of_a_profile_of_the_future_is_a_trial_of_its_conditions(trader_id: int) -> None:
    accepted(trader_id, selection=chosen())
    later = structs.replace(WINE, valid_from=NOON.date() + timedelta(days=30))

    assert outcomes.would_have_hit(later, since=SINCE, until=UNTIL).count == 1


def test_a_trial_over_nothing_finds_nothing(db: None) -> None:
    found = outcomes.would_have_hit(WINE, since=SINCE, until=UNTIL)

    assert (found.declared, found.count) == (0, 0)
    assert not found.share + found.hours
