"""From hits, draws and score to a channel, with every reason; the same again whenever asked."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest
from msgspec import structs

from tests.domain.risk.examples import DAY, SAMPLE, profile, share, when
from tongguan.domain.risk.criteria import ActiveSet, Policy, Profile, Share
from tongguan.domain.risk.facts import Facts
from tongguan.domain.risk.rules.matcher import Matcher
from tongguan.domain.risk.rules.selection import Selector
from tongguan.domain.risk.rules.shares import Shares
from tongguan.domain.risk.values import Channel, Contribution, Scorer

SEED = b"s" * 32
WINE = when("line.commodity", "prefix", "2204")


class Sure:
    """A model that always says the same."""

    version = "sure 1"

    def __init__(self, score: float) -> None:
        self._score = score

    def score(self, batch: Sequence[Facts]) -> Sequence[float]:
        return [self._score] * len(batch)

    def explain(self, facts: Facts) -> tuple[Contribution, ...]:
        return (Contribution("value", self._score),)


def selector(
    *profiles: Profile,
    shares: Sequence[Share] = (),
    policy: Policy | None = None,
    scorer: Scorer | None = None,
) -> Selector:
    active = ActiveSet(
        day=DAY,
        stamp=7,
        version="v",
        profiles=profiles,
        shares=tuple(shares),
        policy=policy or Policy(),
    )
    return Selector(active, Matcher(profiles, DAY), Shares(shares), SEED, scorer=scorer)


@pytest.mark.parametrize(
    ("treatments", "channel"),
    [
        ((), Channel.NONE),
        (("documents",), Channel.REVIEW),
        (("scan",), Channel.INSPECTION),
        (("documents", "full"), Channel.BOTH),
    ],
)
def test_what_profiles_ask_for_says_which_way_a_declaration_takes(
    treatments: tuple[str, ...], channel: Channel
) -> None:
    profiles = [profile(WINE, id=id_, treatment=one) for id_, one in enumerate(treatments, 1)]

    found = selector(*profiles).select(SAMPLE, key="7/R1", day=DAY)

    assert found.channel is channel
    assert found.treatments == treatments


def test_of_several_inspections_the_highest_priority_says_which() -> None:
    scan = profile(WINE, id=1, treatment="scan", priority=1)
    full = profile(WINE, id=2, treatment="full", priority=5)

    found = selector(scan, full).select(SAMPLE, key="7/R1", day=DAY)

    assert found.treatment == "full"
    assert [reason.criterion for reason in found.reasons] == [2, 1]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (("either",), "either"),
        (("destination", "either"), "destination"),
        (("destination", "port"), "port"),
    ],
)
def test_goods_are_inspected_at_the_port_if_any_reason_wants_that(
    asked: tuple[str, ...], expected: str
) -> None:
    profiles = [
        profile(WINE, id=id_, treatment="scan", place=place) for id_, place in enumerate(asked, 1)
    ]

    assert selector(*profiles).select(SAMPLE, key="7/R1", day=DAY).place == expected


def test_a_profile_with_a_share_selects_that_part_and_keeps_every_hit() -> None:
    half = selector(profile(WINE, share=Decimal("0.5")))

    found = [half.select(SAMPLE, key=f"7/R{number}", day=DAY) for number in range(2_000)]

    assert all(len(one.reasons) == 1 for one in found)
    acted = [one for one in found if one.reasons[0].acted]
    assert 900 < len(acted) < 1_100
    assert all(one.documents is one.reasons[0].acted for one in found)


def test_a_random_share_draws_its_part_with_its_ground() -> None:
    drawing = selector(shares=[share("sample", "0.3"), share("documents", "0")])

    found = [drawing.select(SAMPLE, key=f"7/R{number}", day=DAY) for number in range(2_000)]

    goods = [one for one in found if one.goods]
    assert 520 < len(goods) < 680
    assert not any(one.documents for one in found)
    assert {(why.source, why.ground, why.figure) for one in goods for why in one.reasons} == {
        ("random", "random", "0.3")
    }


@pytest.mark.parametrize(
    ("score", "channel"), [(0.1, Channel.NONE), (0.5, Channel.REVIEW), (0.9, Channel.INSPECTION)]
)
def test_the_model_selects_from_the_thresholds_of_the_policy_on(
    score: float, channel: Channel
) -> None:
    policy = Policy(id=3, version=2, review_from=Decimal("0.5"), inspect_from=Decimal("0.9"))

    found = selector(policy=policy, scorer=Sure(score)).select(SAMPLE, key="7/R1", day=DAY)

    assert found.channel is channel
    assert (found.score, found.model_version) == (score, "sure 1")
    assert all((why.source, why.criterion, why.version) == ("model", 3, 2) for why in found.reasons)


def test_exploration_inspects_its_part_whatever_the_score() -> None:
    policy = Policy(exploration=Decimal("0.25"), treatment="external")
    exploring = selector(policy=policy, scorer=Sure(0.0))

    found = [exploring.select(SAMPLE, key=f"7/R{number}", day=DAY) for number in range(2_000)]

    goods = [one for one in found if one.goods]
    assert 420 < len(goods) < 580
    assert {(one.treatment, one.reasons[0].source) for one in goods} == {
        ("external", "exploration")
    }


def test_many_are_selected_as_one_by_one() -> None:
    drawing = selector(profile(WINE), shares=[share("sample", "0.5")], scorer=Sure(0.4))
    batch = [(SAMPLE, f"7/R{number}") for number in range(50)]

    together = drawing.select_many(batch, day=DAY)

    assert together == [drawing.select(facts, key=key, day=DAY) for facts, key in batch]
    assert drawing.select_many([], day=DAY) == []


def test_a_selection_says_what_it_was_decided_with() -> None:
    found = selector(profile(WINE)).select(SAMPLE, key="7/R1", day=DAY)

    assert (found.key, found.seed_day, found.set_version, found.stamp) == ("7/R1", DAY, "v", 7)
    assert found.reasons[0].lines == (1,)


def test_another_day_than_the_one_compiled_for_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="compiled for 2026-11-24"):
        selector().select(SAMPLE, key="7/R1", day=date(2026, 11, 25))


def test_another_seed_draws_others() -> None:
    drawing = selector(shares=[share("sample", "0.5")])
    other = Selector(drawing.active, drawing.matcher, drawing.shares, b"t" * 32)
    batch = [(SAMPLE, f"7/R{number}") for number in range(64)]

    assert drawing.select_many(batch, day=DAY) != other.select_many(batch, day=DAY)
    assert structs.replace(drawing.active, stamp=8) != drawing.active
