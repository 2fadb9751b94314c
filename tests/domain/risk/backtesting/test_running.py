"""A whole policy over history: it selects as lodgement does and learns from what it saw alone."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

import pytest
from msgspec import structs

from tests.domain.risk.examples import SAMPLE, WINE, profile, share, when
from tongguan.domain.risk.criteria import ActiveSet, Policy
from tongguan.domain.risk.facts import Facts
from tongguan.domain.risk.rules.backtesting.figures import Figures, Group, totals
from tongguan.domain.risk.rules.backtesting.plan import Learned, Plan
from tongguan.domain.risk.rules.backtesting.running import backtest, day_seed
from tongguan.domain.risk.rules.learning.examples import Example
from tongguan.domain.risk.rules.matcher import Matcher
from tongguan.domain.risk.rules.selection import Selector
from tongguan.domain.risk.rules.shares import Shares

MONDAY = date(2026, 3, 2)
BY_SCORE = Policy(inspect_from=Decimal(0))
HOURS = {"sample": Decimal(2), "documents": Decimal("0.25"), "scan": Decimal("0.5")}


def example(number: int, *, wrong: bool | None, goods: str = "2204210000") -> Example:
    """Return the number-th declaration: four a day."""
    day = MONDAY + timedelta(days=number // 4)
    facts = structs.replace(
        SAMPLE,
        trader=f"trader {number % 3}",
        total_value=Decimal(number),
        lines=(structs.replace(WINE, commodity=goods),),
    )
    return Example(day, facts, wrong, None if wrong is None else day, Decimal(100))


def history(days: int) -> list[Example]:
    """Return days of four declarations; every fourth, of toys, is wrong."""
    return [
        example(number, wrong=number % 4 == 3, goods="9503000000" if number % 4 == 3 else "220421")
        for number in range(days * 4)
    ]


class ByGoods:
    """A learner of one thing: how often goods were found wrong."""

    def __init__(self) -> None:
        self.taught: list[tuple[Example, ...]] = []

    def __call__(self, examples: Sequence[Example], /, *, seed: int) -> Learned:
        self.taught.append(tuple(examples))
        wrong = {one.facts.lines[0].commodity for one in examples if one.found}
        return _Wrong(wrong)


class _Wrong:
    def __init__(self, goods: set[str | None]) -> None:
        self._goods = goods

    def score(self, batch: Sequence[Facts]) -> Sequence[float]:
        return [float(one.lines[0].commodity in self._goods) for one in batch]


def run(cases: Sequence[Example], plan: Plan, learner: ByGoods | None = None) -> list[Figures]:
    return list(backtest(cases, plan, learn=learner))


def test_a_week_is_told_when_it_is_over_and_all_weeks_together() -> None:
    toys = profile(when("line.commodity", "prefix", "9503"), treatment="scan")

    weeks = run(history(10), Plan(profiles=(toys,), hours=HOURS))

    first, second = weeks
    assert (first.begins, first.ends, second.ends) == (
        MONDAY,
        MONDAY + timedelta(days=7),
        MONDAY + timedelta(days=14),
    )
    assert (first.declared, first.wrong, first.looked_at, first.found) == (28, 7, 7, 7)
    assert (first.precision, first.recall, first.revenue_share) == (1.0, 1.0, 1.0)
    assert (first.revenue_found, first.hours) == (Decimal(700), Decimal("3.5"))
    assert first.channels == {"none": 21, "review": 0, "inspection": 7, "both": 0}
    assert first.sources == {"profile": (7, 7)}
    whole = totals(weeks)
    assert whole is not None
    assert (whole.declared, whole.found, whole.revenue_found) == (40, 10, Decimal(1_000))
    assert whole.sources == {"profile": (10, 10)}
    assert totals([]) is None


def test_it_selects_exactly_as_lodgement_would() -> None:
    asked = (profile(when("line.commodity", "prefix", "9503"), share=Decimal("0.5")),)
    drawn = (share("sample", "0.3"), share("documents", "0.2"))
    cases = history(21)

    weeks = run(cases, Plan(profiles=asked, shares=drawn))

    plan, expected = Plan(profiles=asked, shares=drawn), [0, 0]
    for number, one in enumerate(cases):
        active = ActiveSet(day=one.day, stamp=0, version="", profiles=asked, shares=drawn)
        seed = day_seed(plan, one.day)
        selector = Selector(active, Matcher(asked, one.day), Shares(drawn), seed)
        selection = selector.select(one.facts, key=str(number), day=one.day)
        expected[0] += selection.goods
        expected[1] += selection.documents
    assert [sum(one.inspected for one in weeks), sum(one.reviewed for one in weeks)] == expected


def test_what_nobody_looked_at_is_never_learned_from() -> None:
    learner, cases = ByGoods(), history(28)
    plan = Plan(policy=BY_SCORE, budget=1, delay_days=3, retrain_days=7, cold_days=14)

    weeks = run(cases, plan, learner)

    looked = sum(one.looked_at for one in weeks)
    assert looked == 28
    for taught in learner.taught:
        labelled = [one for one in taught if one.found is not None]
        assert len(labelled) <= looked
        assert all(one.known == one.day + timedelta(days=3) for one in labelled)
        assert [one.day for one in taught] == sorted(one.day for one in taught)
    last = learner.taught[-1]
    # one a day, up to three days ago
    assert len([one for one in last if one.found is not None]) == 19
    assert len([one for one in last if one.found is None]) == 4 * 21 - 19


def test_an_outcome_teaches_only_after_its_delay() -> None:
    prompt, late = ByGoods(), ByGoods()
    plan = Plan(policy=BY_SCORE, budget=2, delay_days=0, retrain_days=1, cold_days=5)

    soon = run(history(42), plan, prompt)
    later = run(history(42), structs.replace(plan, delay_days=21), late)

    assert soon[1].trainings > 0 == later[1].trainings
    assert later[-1].trainings > 0
    assert soon[1].recall == 1.0 > (later[1].recall or 0)


def test_a_trader_has_only_the_findings_that_the_policy_made_itself() -> None:
    learner = ByGoods()
    liars = [
        Example(one.day, structs.replace(one.facts, findings=99), one.found, one.known, one.revenue)
        for one in history(28)
    ]

    run(liars, Plan(policy=BY_SCORE, budget=1, delay_days=1, cold_days=14), learner)

    seen = [one.facts.findings or 0 for one in learner.taught[-1]]
    assert 0 < max(seen) < 28


def test_while_it_is_cold_the_budget_is_drawn_and_then_scores_decide() -> None:
    plan = Plan(policy=BY_SCORE, budget=1, delay_days=0, cold_days=14)

    weeks = run(history(35), plan, ByGoods())

    assert set(weeks[0].sources) | set(weeks[1].sources) == {"filled"}
    assert weeks[-1].sources == {"model": (7, 7)}
    assert weeks[-1].recall == 1.0


def test_with_lessons_from_before_nothing_is_cold() -> None:
    before = [
        Example(MONDAY - timedelta(days=9), one.facts, one.found, one.known, one.revenue)
        for one in history(2)
    ]

    weeks = list(
        backtest(history(7), Plan(policy=BY_SCORE, budget=1), learn=ByGoods(), lessons=before)
    )

    assert weeks[0].sources == {"model": (7, 7)}


def test_where_the_truth_is_known_only_of_some_precision_is_told_of_those() -> None:
    cases = [example(number, wrong=None if number % 2 else number % 4 == 0) for number in range(28)]

    [week] = run(cases, Plan(shares=(share("sample", "1"),)))

    assert (week.declared, week.known, week.wrong) == (28, 14, 7)
    assert (week.looked_at, week.judged, week.found, week.precision) == (28, 14, 7, 0.5)


def test_a_group_is_told_apart() -> None:
    watched = (when("line.commodity", "prefix", "9503"),)

    [week] = run(history(7), Plan(shares=(share("sample", "1"),), watched=watched))

    assert week.watched == Group(7, 7, 7, 7)
    assert week.told()["watched"]["recall"] == 1.0


def test_the_same_plan_on_the_same_history_comes_out_the_same() -> None:
    plan = Plan(policy=BY_SCORE, shares=(share("sample", "0.2"),), budget=2, cold_days=7)

    first, again = run(history(28), plan, ByGoods()), run(history(28), plan, ByGoods())
    other = run(history(28), structs.replace(plan, seed=2), ByGoods())

    assert first == again != other


def test_history_out_of_order_is_a_mistake() -> None:
    cases = history(10)

    with pytest.raises(ValueError, match="after"):
        run([*cases[20:], *cases[:4]], Plan())
    with pytest.raises(ValueError, match="comes after"):
        run([*cases[8:12], *cases[:4]], Plan())


def test_a_history_is_read_once_and_a_day_at_a_time() -> None:
    read: list[date] = []

    def cases() -> Iterator[Example]:
        for one in history(21):
            read.append(one.day)
            yield one

    first = next(iter(backtest(cases(), Plan())))

    assert first.declared == 28
    assert max(read) <= MONDAY + timedelta(days=7)


def test_drift_is_told_once_there_is_enough_to_compare_with() -> None:
    plan = Plan(policy=BY_SCORE, budget=60, delay_days=0, cold_days=7)
    many = [
        Example(one.day, one.facts, one.found, one.known, one.revenue)
        for one in history(35)
        for _ in range(50)
    ]

    weeks = run(many, plan, ByGoods())

    assert (weeks[0].score_drift, weeks[0].drift) == (None, {})
    assert weeks[-1].score_drift == pytest.approx(0, abs=0.01)
    assert "total_value" in weeks[-1].drift  # it grows from day to day
    assert next(iter(weeks[-1].drift)) == "total_value"


def test_figures_are_told_as_plain_data() -> None:
    [week] = run(history(7), Plan(shares=(share("sample", "0.5"),), hours=HOURS))

    told = week.told()

    assert (told["begins"], told["ends"]) == ("2026-03-02", "2026-03-09")
    assert told["precision"] == round(week.found / week.judged, 4)
    assert told["precision_interval"][0] < told["precision"] < told["precision_interval"][1]
    assert told["revenue_at_stake"] == "700.00"
    assert Decimal(told["hours"]) == 2 * week.inspected
