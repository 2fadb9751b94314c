"""Trying a whole policy on the past: what is asked, and the history it is tried on."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Final, TypeVar

from msgspec import Struct, structs

from tongguan.domain.reference.queries import snapshot
from tongguan.domain.risk import problems
from tongguan.domain.risk.active import active_set, latest_stamp
from tongguan.domain.risk.criteria import ALWAYS, Kind, Policy, Profile, Share
from tongguan.domain.risk.queries import criteria, remembered
from tongguan.domain.risk.rules.backtesting.figures import Figures, totals
from tongguan.domain.risk.rules.backtesting.plan import Learn, Learned, Plan
from tongguan.domain.risk.rules.backtesting.running import backtest
from tongguan.domain.risk.rules.learning.columns import read_columns
from tongguan.domain.risk.rules.learning.examples import Example, example_of
from tongguan.domain.risk.rules.learning.reading import read_examples
from tongguan.domain.risk.rules.soundness import condition_fault
from tongguan.domain.risk.scorers import scorer_of_version
from tongguan.domain.risk.values import CriterionState, Scorer
from tongguan.kernel.problems import Fault
from tongguan.kernel.text import Term, _
from tongguan.kernel.time import LOCAL

__all__ = [
    "TREATMENT_HOURS",
    "Asked",
    "Example",
    "Figures",
    "Models",
    "Plan",
    "Prepared",
    "Profiles",
    "Settled",
    "backtest",
    "condition_fault",
    "faults",
    "learn",
    "of_files",
    "of_house",
    "plan_of",
    "prepared",
    "read_columns",
    "settled",
    "totals",
]

DAYS_MOST: Final = 1_100
"""Three years: what is kept of selections at most (RSK-12)."""
_LEARNER: Final = "tongguan.domain.risk.rules.learning.learner"
BUDGET_MOST: Final = 100_000
Dated = TypeVar("Dated", Profile, Share)
TREATMENT_HOURS: Final = "treatment_hours"
"""The parameter of the region that states the working hours of each treatment."""
_DAY: Final = timedelta(days=1)


class Profiles(Term):
    """Which profiles a backtest tries."""

    IN_FORCE = "in_force", _("those in force")
    WAITING = "waiting", _("those in force, with the wordings that wait for approval")
    NONE = "none", _("none")


class Models(Term):
    """Which model a backtest tries."""

    LEARN = "learn", _("learn as it goes")
    IN_FORCE = "in_force", _("the one in force, as it is")
    NONE = "none", _("none")


class Asked(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A backtest on the house's own history, as a person asks for it.

    Attributes:
        since, until: first day of the history, and the first day after it.
        profiles: code of `Profiles`; `model`: code of `Models`.
        shares: whether the random shares in force draw too.
        exploration: part of all declarations, of 1, drawn for exploration.
        budget: inspections of goods a day; 0: no bound, and the thresholds in force decide.
        slice, delay_days, retrain_days, cold_days, seed: see `Plan`.
    """

    since: date
    until: date
    profiles: str = str(Profiles.IN_FORCE)
    model: str = str(Models.LEARN)
    shares: bool = True
    exploration: Decimal = Decimal("0.02")
    budget: int = 20
    slice: Decimal = Decimal("0.2")
    delay_days: int = 14
    retrain_days: int = 7
    cold_days: int = 28
    seed: int = 1


class Settled(Struct, frozen=True, kw_only=True):
    """What a backtest was tried with, so that it can be run again and come out the same.

    Attributes:
        day: on which it was asked for: the criteria are those of this day.
        stamp: place in the log of changes that they stood at; `set_version`: their hash.
        wordings: id and version of each waiting profile that was tried with them.
        model: hash of the model in force, if that was tried.
        learned_until: last day that this model had learned from.
    """

    day: date
    stamp: int
    set_version: str
    wordings: tuple[tuple[int, int], ...] = ()
    model: str = ""
    learned_until: date | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """All that a run needs beside the history."""

    plan: Plan
    scorer: Scorer | None
    learn: Learn | None


def faults(asked: Asked) -> list[Fault]:
    """Return everything that makes a backtest impossible."""
    wrong = {
        "until": not _DAY <= asked.until - asked.since <= DAYS_MOST * _DAY,
        "profiles": asked.profiles not in {str(one) for one in Profiles},
        "model": asked.model not in {str(one) for one in Models},
        "exploration": not 0 <= asked.exploration <= 1,
        "slice": not 0 <= asked.slice <= 1,
        "budget": not 0 <= asked.budget <= BUDGET_MOST,
        "delay_days": not 0 <= asked.delay_days <= DAYS_MOST,
        "retrain_days": not 1 <= asked.retrain_days <= DAYS_MOST,
        "cold_days": not 0 <= asked.cold_days <= DAYS_MOST,
        "seed": not 0 <= asked.seed < 1 << 31,
    }
    return [
        problems.BACKTEST_WRONG.at(f"#/{member}", reason=_REASONS.get(member, _BOUNDS))
        for member, is_wrong in wrong.items()
        if is_wrong
    ]


def settled(asked: Asked, *, day: date) -> Settled:
    """Return what the criteria of a day are now, to be recorded with what is asked.

    Raises:
        ProblemError: RSK-042 the model in force is asked for and there is none.
    """
    stamp = latest_stamp()
    active = active_set(day, stamp)
    waiting: tuple[tuple[int, int], ...] = ()
    if asked.profiles == str(Profiles.WAITING):
        waiting = tuple(
            (row.criterion.id, row.criterion.version)
            for row in criteria(Kind.PROFILE)
            if row.state is CriterionState.WAITING
        )
    found = Settled(day=day, stamp=stamp, set_version=active.version, wordings=waiting)
    if asked.model != str(Models.IN_FORCE):
        return found
    if active.model is None:
        raise problems.NO_MODEL.error(day=day)
    card = active.model
    return structs.replace(found, model=card.sha256, learned_until=card.learned_until)


def prepared(asked: Asked, what: Settled) -> Prepared:
    """Return a backtest ready to run: the criteria as recorded, as if they had always stood.

    Raises:
        ProblemError: RSK-042 the model that was in force cannot be read any more.
    """
    active = active_set(what.day, what.stamp)
    plan = plan_of(
        asked,
        profiles=_profiles(asked, what, active.profiles),
        shares=active.shares if asked.shares else (),
        policy=active.policy,
        hours=snapshot().parameters.value(TREATMENT_HOURS, what.day),
    )
    plan = structs.replace(plan, set_version=what.set_version, stamp=what.stamp)
    scorer = None
    if what.model:
        try:
            scorer = scorer_of_version(what.model)
        except LookupError as error:
            raise problems.NO_MODEL.error(day=what.day) from error
    return Prepared(plan, scorer, learn if asked.model == str(Models.LEARN) else None)


def plan_of(
    asked: Asked,
    *,
    profiles: Iterable[Profile],
    shares: Iterable[Share],
    policy: Policy,
    hours: str,
) -> Plan:
    """Return what is asked for as a plan: criteria as if they had always stood.

    Within a budget any score may be chosen, the highest first; without a bound the thresholds of
    the policy decide. `hours` is the parameter that states the hours of each treatment.
    """
    changed = structs.replace(policy, exploration=asked.exploration)
    if asked.budget:
        changed = structs.replace(changed, inspect_from=Decimal(0), review_from=Decimal(2))
    return Plan(
        profiles=tuple(map(_always, profiles)),
        shares=tuple(map(_always, shares)),
        policy=changed,
        budget=asked.budget or None,
        slice=asked.slice,
        delay_days=asked.delay_days,
        retrain_days=asked.retrain_days,
        cold_days=asked.cold_days,
        seed=asked.seed,
        hours={name: Decimal(one) for name, one in (pair.split(":") for pair in hours.split())},
    )


def learn(examples: Sequence[Example], /, *, seed: int) -> Learned:
    """Return a model learned from examples; the library of trees is loaded by who learns only."""
    found: Learned = import_module(_LEARNER).learn(examples, seed=seed)
    return found


def of_house(since: date, until: date) -> Iterator[Example]:
    """Yield what was accepted on days, the last left out, in order; a day at a time is read.

    What was found is known only of what was treated. Cost: 40 µs each.
    """
    day = since
    while day < until:
        begins = datetime.combine(day, time(), LOCAL)
        for one in list(remembered(begins, begins + _DAY)):
            yield example_of(one)
        day += _DAY


def of_files(
    history: Path, before: Sequence[Path], *, mapping: str, label: str
) -> tuple[list[Example], list[Example]]:
    """Return labelled declarations of a file, and of files from before it, earliest first.

    Each has the history that stood when it was declared, that of the files before included.

    Raises:
        ProblemError: as `read_examples`; RSK-069 a file from before ends after the history begins.
    """
    columns = read_columns(mapping)
    cases = read_examples([history], columns, label=label)
    if not before or not cases:
        return cases, []
    count = len(cases)
    whole = read_examples([*before, history], columns, label=label)
    lessons, cases = whole[:-count], whole[-count:]
    if lessons and lessons[-1].day >= cases[0].day:
        raise problems.NOT_BEFORE.error(file=history, day=cases[0].day)
    return cases, lessons


def _profiles(asked: Asked, what: Settled, active: Sequence[Profile]) -> tuple[Profile, ...]:
    if asked.profiles == str(Profiles.NONE):
        return ()
    tried_too = dict(what.wordings)
    rows = criteria(Kind.PROFILE, list(tried_too)) if tried_too else ()
    waiting = {
        row.criterion.id: row.criterion
        for row in rows
        if isinstance(row.criterion, Profile)
        and tried_too[row.criterion.id] == row.criterion.version
    }
    standing = {one.id: one for one in active}
    return tuple(one for _id, one in sorted({**standing, **waiting}.items()))


def _always(one: Dated) -> Dated:
    """Return a criterion as if it had always stood."""
    return structs.replace(one, valid_from=ALWAYS, valid_until=None)


_BOUNDS: Final = _("it lies outside what can be tried")
_REASONS: Final = {
    "until": _("the span has no day, or more than three years"),
    "exploration": _("the share is not between 0 and 1"),
    "slice": _("the share is not between 0 and 1"),
}
