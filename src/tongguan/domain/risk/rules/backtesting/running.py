"""The run: day by day, select as lodgement does, carry out what the budget allows, learn from it.

What was not looked at stays unknown to the policy for ever, whatever the history says of it; what
was looked at is known after a delay. Only the figures look behind the curtain.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256
from itertools import groupby
from typing import Final

from tongguan.domain.risk.criteria import ActiveSet, Profile, Treatment
from tongguan.domain.risk.facts import NO_HISTORY, Facts
from tongguan.domain.risk.rules.backtesting.budget import carried_out
from tongguan.domain.risk.rules.backtesting.drift import LEAST, Features, Numbers
from tongguan.domain.risk.rules.backtesting.figures import Figures, Tally
from tongguan.domain.risk.rules.backtesting.memory import Memory
from tongguan.domain.risk.rules.backtesting.plan import Case, Learn, Learned, Plan
from tongguan.domain.risk.rules.learning.examples import Example
from tongguan.domain.risk.rules.matcher import Matcher
from tongguan.domain.risk.rules.plain import in_force
from tongguan.domain.risk.rules.selection import Selector
from tongguan.domain.risk.rules.shares import Shares
from tongguan.domain.risk.values import Contribution, Scorer, Selection

RECENT: Final = 1_000
"""So many declarations before a training say how scores and features were."""
_WEEK: Final = timedelta(days=7)
_DAY: Final = timedelta(days=1)
_PAPERS: Final = str(Treatment.DOCUMENTS)
_NO_HOURS: Final = Decimal(0)


def backtest(
    cases: Iterable[Case],
    plan: Plan,
    *,
    learn: Learn | None = None,
    scorer: Scorer | None = None,
    lessons: Sequence[Example] = (),
) -> Iterator[Figures]:
    """Run a policy over history and yield the figures of each week as it ends.

    Args:
        cases: the history, earliest first; read once, a day at a time.
        plan: the policy, and how it is tried.
        learn: makes the models that are used from the cold start on; None: none is learned.
        scorer: a finished model, used as it is until one is learned.
        lessons: what is known before the first day, earliest first; with it nothing is cold.

    Raises:
        ValueError: the history is not in order of time.

    Cost: 40 µs a declaration of five lines beside scoring and learning.
    """
    run = _Run(plan, learn, scorer, lessons)
    before: date | None = None
    for week, rows in groupby(cases, key=lambda case: case.day - case.day.weekday() * _DAY):
        if before is not None and week < before:
            raise ValueError(f"the week of {week} comes after that of {before}")
        before = week
        yield run.week(week, rows)


def day_seed(plan: Plan, day: date) -> bytes:
    """Return the seed that a backtest draws with on a day."""
    return sha256(f"backtest {plan.seed} {day.isoformat()}".encode()).digest()


class _Scoring:
    """A learned model as a selector wants it."""

    def __init__(self, learned: Learned, number: int) -> None:
        self._learned = learned
        self.version = f"backtest {number}"

    def score(self, batch: Sequence[Facts]) -> Sequence[float]:
        return self._learned.score(batch)

    def explain(self, facts: Facts) -> tuple[Contribution, ...]:
        return ()


class _Run:
    """What the policy knows as time goes by."""

    def __init__(
        self,
        plan: Plan,
        learn: Learn | None,
        scorer: Scorer | None,
        lessons: Sequence[Example],
    ) -> None:
        self._plan: Final = plan
        self._learn: Final = learn
        self._scorer = scorer
        self._memory: Final = Memory(lessons, delay_days=plan.delay_days, others=plan.others)
        self._next_training: date | None = None
        self._trainings = 0
        self._count = 0
        self._recent = deque([one.facts for one in lessons[-RECENT:]], RECENT)
        self._features: Features | None = None
        self._usual: Numbers | None = None
        self._scores: list[float] = []
        self._matcher: Matcher | None = None
        self._watching: Matcher | None = None

    def week(self, week: date, rows: Iterable[Case]) -> Figures:
        tally = Tally(watching=bool(self._plan.watched))
        declared: list[Facts] = []
        self._scores = []
        last = week
        for day, found in groupby(rows, key=lambda case: case.day):
            if day < last:
                raise ValueError(f"{day} comes after {last}")
            last = day
            cases = list(found)
            self._begin(day)
            self._day(day, cases, tally)
            declared += [case.facts for case in cases]
        figures = tally.figures(
            week,
            week + _WEEK,
            score_drift=self._score_drift(),
            drift=self._drift(declared),
            lessons=self._memory.lessons,
            trainings=self._trainings,
        )
        self._recent.extend(declared)
        return figures

    def _begin(self, day: date) -> None:
        """Take in the outcomes that have come in, and train where it is time."""
        plan = self._plan
        memory = self._memory
        memory.come_in(day)
        if self._next_training is None:
            warm = memory.lessons or self._scorer is not None
            self._next_training = day if warm else day + plan.cold_days * _DAY
        if self._learn is None or day < self._next_training or not memory.teaches:
            return
        self._next_training = day + max(plan.retrain_days, 1) * _DAY
        try:
            learned = self._learn(memory.examples(), seed=plan.seed + self._trainings + 1)
        except ValueError:  # too one-sided: what is in use goes on, and it is tried again
            return
        self._trainings += 1
        self._scorer = _Scoring(learned, self._trainings)
        self._usual, self._scores = None, []

    def _day(self, day: date, cases: Sequence[Case], tally: Tally) -> None:
        plan, selector = self._plan, self._selector(day)
        self._see_what_is_usual()
        seen = [self._memory.seen(case.facts) for case in cases]
        batch = [(facts, str(self._count + place)) for place, facts in enumerate(seen)]
        self._count += len(cases)
        selections = selector.select_many(batch, day=day)
        self._scores += [one.score for one in selections if one.score is not None]
        cold = self._learn is not None and self._scorer is None
        goods = carried_out(
            selections,
            goods=True,
            budget=plan.budget,
            slice=plan.slice,
            fill=selector.seed if cold else None,
        )
        papers = carried_out(selections, goods=False, budget=plan.reviews, slice=plan.slice)
        for place, (case, selection) in enumerate(zip(cases, selections, strict=True)):
            of_goods, of_papers = goods.get(place, ""), papers.get(place, "")
            tally.add(
                case, goods=of_goods, papers=of_papers, watched=self._is_watched(case.facts, day)
            )
            looked = bool(of_goods or of_papers)
            self._memory.keep(case, seen[place], looked=looked)
            if looked:
                tally.hours += self._hours(selection, bool(of_goods), bool(of_papers))

    def _selector(self, day: date) -> Selector:
        plan = self._plan
        if self._matcher is None:
            self._matcher = Matcher(plan.profiles, day)
        shares = tuple(one for one in plan.shares if in_force(one, day))
        active = ActiveSet(
            day=day,
            stamp=plan.stamp,
            version=plan.set_version,
            profiles=plan.profiles,
            shares=shares,
            policy=plan.policy,
        )
        return Selector(
            active,
            self._matcher.on(day),
            Shares(shares),
            day_seed(plan, day),
            NO_HISTORY,
            self._scorer,
        )

    def _hours(self, selection: Selection, goods: bool, papers: bool) -> Decimal:
        hours = self._plan.hours
        inspection = selection.treatment or self._plan.policy.treatment
        return (hours.get(inspection, _NO_HOURS) if goods else _NO_HOURS) + (
            hours.get(_PAPERS, _NO_HOURS) if papers else _NO_HOURS
        )

    def _is_watched(self, facts: Facts, day: date) -> bool:
        if not self._plan.watched:
            return False
        if self._watching is None:
            group = Profile(
                name="watched", conditions=self._plan.watched, treatment=_PAPERS, reason="goods"
            )
            self._watching = Matcher([group], day)
        return bool(self._watching.match(facts))

    def _see_what_is_usual(self) -> None:
        """Note how the present model scores the declarations before those it meets now."""
        if self._scorer is not None and self._usual is None and len(self._recent) >= LEAST:
            self._usual = Numbers(self._scorer.score(list(self._recent)))

    def _score_drift(self) -> float | None:
        if self._usual is None or len(self._scores) < LEAST:
            return None
        return self._usual.psi(self._scores)

    def _drift(self, declared: Sequence[Facts]) -> dict[str, float]:
        """Return the drift of each feature against the first declarations, once enough."""
        if self._features is None:
            if len(self._recent) >= RECENT:
                self._features = Features(list(self._recent))
            else:
                return {}
        return dict(self._features.psi(declared)) if len(declared) >= LEAST else {}
