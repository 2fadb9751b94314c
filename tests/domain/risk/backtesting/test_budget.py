"""What a day's budget lets be carried out: draws up to their slice, profiles, then the model."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from tests.domain.risk.cases import chosen, why
from tongguan.domain.risk.rules.backtesting.budget import FILLED, carried_out
from tongguan.domain.risk.values import Selection

NONE, HALF = Decimal(0), Decimal("0.5")


def day(*selections: Selection) -> list[Selection]:
    return [structs.replace(one, key=str(place)) for place, one in enumerate(selections)]


def scored(score: float) -> Selection:
    return chosen(why("model"), score=score)


def goods(selections: list[Selection], budget: int | None, slice: Decimal) -> dict[int, str]:
    return carried_out(selections, goods=True, budget=budget, slice=slice)


def test_of_the_models_choices_the_highest_scores_are_inspected() -> None:
    found = goods(day(scored(0.2), scored(0.9), scored(0.5)), 2, NONE)

    assert found == {1: "model", 2: "model"}


def test_what_profiles_ask_for_comes_before_scores_and_by_priority() -> None:
    low, high = chosen(why("profile", priority=1)), chosen(why("profile", priority=5))

    found = goods(day(scored(0.9), low, high), 2, NONE)

    assert found == {2: "profile", 1: "profile"}


def test_what_was_drawn_has_its_slice_whatever_else_is_asked_for() -> None:
    drawn = chosen(why("exploration"))
    selections = day(*[chosen(why("profile"))] * 4, drawn, drawn, drawn)

    assert goods(selections, 4, HALF) == {
        4: "exploration",
        5: "exploration",
        0: "profile",
        1: "profile",
    }
    assert set(goods(selections, 4, NONE).values()) == {"profile"}


def test_what_a_slice_leaves_others_use_and_what_is_left_is_for_more_draws() -> None:
    one = chosen(why("random"))

    assert set(goods(day(scored(0.1), scored(0.2), one), 3, HALF)) == {0, 1, 2}
    assert goods(day(one, one, one), 3, Decimal("0.1")) == {0: "random", 1: "random", 2: "random"}


def test_a_draw_beyond_its_slice_counts_for_what_else_asked_for_it() -> None:
    both = chosen(why("random"), why("model"), score=0.8)

    assert goods(day(both), 1, NONE) == {0: "model"}
    assert goods(day(both), 1, HALF) == {0: "random"}


def test_without_a_bound_everything_selected_is_carried_out_and_nothing_else() -> None:
    spared = chosen(why("profile", acted=False))
    papers = chosen(why("profile", treatment="documents"))

    assert goods(day(spared, papers, scored(0.1)), None, NONE) == {2: "model"}
    assert carried_out(day(spared, papers), goods=False, budget=None, slice=NONE) == {1: "profile"}


def test_without_a_model_what_is_left_is_drawn_always_the_same() -> None:
    selections = day(*[chosen()] * 50, chosen(why("profile")))

    found, again, other = (
        carried_out(selections, goods=True, budget=6, slice=NONE, fill=seed)
        for seed in (b"s", b"s", b"t")
    )

    assert found == again != other
    assert found[50] == "profile"
    assert list(found.values()).count(FILLED) == 5


@given(
    st.lists(st.sampled_from(["", "random", "exploration", "profile", "model"]), max_size=30),
    st.integers(0, 12),
    st.sampled_from([NONE, Decimal("0.2"), HALF, Decimal(1)]),
)
def test_the_budget_is_kept_and_never_left_unused_while_something_is_asked_for(
    sources: list[str], budget: int, slice: Decimal
) -> None:
    selections = day(*(chosen(*([why(one)] if one else [])) for one in sources))

    found = goods(selections, budget, slice)

    asked = {place for place, one in enumerate(sources) if one}
    assert len(found) == min(budget, len(asked))
    assert set(found) <= asked
    assert all(sources[place] == source for place, source in found.items())


@pytest.mark.parametrize("slice", [Decimal("0.3"), HALF])
def test_draws_take_no_more_than_their_slice_while_others_ask(slice: Decimal) -> None:
    selections = day(*[chosen(why("random"))] * 9, *[scored(0.5)] * 9)

    found = goods(selections, 10, slice)

    assert list(found.values()).count("random") == 10 * slice
