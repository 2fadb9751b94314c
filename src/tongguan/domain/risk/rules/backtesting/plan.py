"""What a backtest tries: a policy with its budget, its patience, and how it begins."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Protocol

from msgspec import Struct

from tongguan.domain.risk.criteria import Condition, Policy, Profile, Share
from tongguan.domain.risk.facts import Facts
from tongguan.domain.risk.rules.learning.examples import Example


class Case(Protocol):
    """One declaration of the past.

    `found` says whether something was wrong with it, None where nobody knows; `revenue` the duty
    and taxes that were at stake, in CNY.
    """

    @property
    def day(self) -> date:
        """Return the local day of acceptance."""

    @property
    def facts(self) -> Facts:
        """Return the declaration as criteria saw it."""

    @property
    def found(self) -> bool | None:
        """Return whether something was wrong; None: not known."""

    @property
    def revenue(self) -> Decimal:
        """Return duty and taxes at stake, in CNY."""


class Learned(Protocol):
    """A model, as far as a backtest needs it."""

    def score(self, batch: Sequence[Facts]) -> Sequence[float]:
        """Return for each declaration how likely a finding is, from 0 to 1, in order."""


class Learn(Protocol):
    """What makes a model."""

    def __call__(self, examples: Sequence[Example], /, *, seed: int) -> Learned:
        """Return a model learned from examples, earliest first, with the seed of its dice.

        Raises:
            ValueError: what was looked at ended too much alike to learn anything from it.
        """


class Plan(Struct, frozen=True, kw_only=True):
    """A policy to be tried, with everything that decides how it fares.

    Attributes:
        profiles, shares, policy: as they would stand in force.
        budget: inspections of goods a day; None: no bound. `reviews`: checks of documents a day.
        slice: part of the budget that is kept for what a draw chose; what it leaves, others use.
        delay_days: from an inspection to the day its outcome can be learned from.
        retrain_days: from one training to the next.
        cold_days: first days without a model, when what profiles leave of the budget is drawn.
        others: so many of the latest declarations nobody looked at are known to a training.
        seed: of every draw and every training.
        hours: working hours of each treatment.
        watched: conditions of a group of declarations whose figures are told apart.
        set_version: hash of the criteria, where they are those of this house.
        stamp: place in the log of changes that they stand at.
    """

    profiles: tuple[Profile, ...] = ()
    shares: tuple[Share, ...] = ()
    policy: Policy = Policy()
    budget: int | None = None
    reviews: int | None = None
    slice: Decimal = Decimal("0.2")
    delay_days: int = 14
    retrain_days: int = 7
    cold_days: int = 28
    others: int = 5_000
    seed: int = 1
    hours: Mapping[str, Decimal] = {}
    watched: tuple[Condition, ...] = ()
    set_version: str = ""
    stamp: int = 0
