"""The figures of a week or of the whole span: what was looked at, found, missed, and the cost."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from msgspec import Struct, to_builtins

from tongguan.domain.risk.rules.backtesting.plan import Case
from tongguan.domain.risk.rules.rates import wilson
from tongguan.domain.risk.values import Channel

_GROUPED: Final = ("declared", "wrong", "looked_at", "found")
_COUNTED: Final = (*_GROUPED, "known", "inspected", "reviewed", "judged")
_CENT: Final = Decimal("0.01")
_PLACES: Final = 4


class Group(Struct, frozen=True):
    """Declarations of a group: how many, at fault, looked at, found."""

    declared: int = 0
    wrong: int = 0
    looked_at: int = 0
    found: int = 0

    @property
    def recall(self) -> float | None:
        """Return the part of what was wrong that was found."""
        return _share(self.found, self.wrong)


class Figures(Struct, frozen=True, kw_only=True):
    """What came of a policy in a time.

    Attributes:
        begins, ends: first day, and the first day after it.
        declared: declarations; of `known` it is known whether something was wrong, of `wrong` so.
        looked_at: declarations inspected or with documents checked; of `judged` the truth is known.
        found: of those, with something wrong.
        revenue_found, revenue_at_stake: duty and taxes of `found` and of `wrong`, in CNY.
        hours: working hours of all treatments.
        channels: how many took which way.
        sources: by source of what was looked at: how many, and found.
        score_drift: index of the scores against those of the weeks before the training.
        drift: index of each watched feature, the furthest first.
        lessons: outcomes that had come in at the end.
        trainings: models learned so far.
        watched: the group told apart, if one was.
    """

    begins: date
    ends: date
    declared: int = 0
    known: int = 0
    wrong: int = 0
    inspected: int = 0
    reviewed: int = 0
    looked_at: int = 0
    judged: int = 0
    found: int = 0
    revenue_found: Decimal = Decimal(0)
    revenue_at_stake: Decimal = Decimal(0)
    hours: Decimal = Decimal(0)
    channels: Mapping[str, int] = {}
    sources: Mapping[str, tuple[int, int]] = {}
    score_drift: float | None = None
    drift: Mapping[str, float] = {}
    lessons: int = 0
    trainings: int = 0
    watched: Group | None = None

    @property
    def precision(self) -> float | None:
        """Return the part of what was looked at that had something wrong, where that is known."""
        return _share(self.found, self.judged)

    @property
    def recall(self) -> float | None:
        """Return the part of what was wrong that was found."""
        return _share(self.found, self.wrong)

    @property
    def revenue_share(self) -> float | None:
        """Return the part of the revenue at stake that was found."""
        return _share(self.revenue_found, self.revenue_at_stake)

    def told(self) -> dict[str, Any]:
        """Return all figures as plain data, the shares among them."""
        low_high = wilson(self.found, self.judged)
        shares: dict[str, Any] = {
            "precision": _rounded(self.precision),
            "precision_interval": None if low_high is None else [float(x) for x in low_high[1:]],
            "recall": _rounded(self.recall),
            "revenue_share": _rounded(self.revenue_share),
            "score_drift": _rounded(self.score_drift),
            "drift": {name: round(found, _PLACES) for name, found in self.drift.items()},
        }
        if self.watched is not None:
            watched = to_builtins(self.watched)
            shares["watched"] = {**watched, "recall": _rounded(self.watched.recall)}
        plain = to_builtins(self, builtin_types=(Decimal, date))
        money = {
            name: str(plain[name].quantize(_CENT))
            for name in ("revenue_found", "revenue_at_stake", "hours")
        }
        days = {name: plain[name].isoformat() for name in ("begins", "ends")}
        return {**plain, **days, **money, **shares}


class Tally:
    """Counts declarations of a time one by one."""

    def __init__(self, *, watching: bool) -> None:
        """Begin with none; `watching` when a group is told apart."""
        self._counts: Counter[str] = Counter()
        self._channels: Counter[str] = Counter({str(one): 0 for one in Channel})
        self._sources: dict[str, tuple[int, int]] = {}
        self._revenue: dict[str, Decimal] = {"found": Decimal(0), "wrong": Decimal(0)}
        self._watched: Counter[str] | None = Counter() if watching else None
        self.hours = Decimal(0)

    @property
    def declared(self) -> int:
        """Return how many were counted."""
        return self._counts["declared"]

    def add(self, case: Case, *, goods: str, papers: str, watched: bool) -> None:
        """Count a declaration; `goods` and `papers` are the sources of what was carried out."""
        wrong, looked = bool(case.found), bool(goods or papers)
        facts = {
            "declared": True,
            "known": case.found is not None,
            "wrong": wrong,
            "inspected": bool(goods),
            "reviewed": bool(papers),
            "looked_at": looked,
            "judged": looked and case.found is not None,
            "found": looked and wrong,
        }
        true = [name for name, fact in facts.items() if fact]
        self._counts.update(true)
        if watched and self._watched is not None:
            self._watched.update(true)
        self._channels[_channel(goods, papers)] += 1
        for name in ("wrong", "found"):
            if facts[name]:
                self._revenue[name] += case.revenue
        for source in dict.fromkeys(filter(None, (goods, papers))):
            count, found = self._sources.get(source, (0, 0))
            self._sources[source] = (count + 1, found + wrong)

    def figures(self, begins: date, ends: date, **others: Any) -> Figures:
        """Return what was counted as the figures of a time."""
        counts: dict[str, Any] = {name: self._counts[name] for name in _COUNTED}
        group = None
        if self._watched is not None:
            group = Group(*(self._watched[name] for name in _GROUPED))
        return Figures(
            begins=begins,
            ends=ends,
            **counts,
            revenue_found=self._revenue["found"],
            revenue_at_stake=self._revenue["wrong"],
            hours=self.hours,
            channels=dict(self._channels),
            sources=dict(sorted(self._sources.items())),
            watched=group,
            **others,
        )


def totals(weeks: Iterable[Figures]) -> Figures | None:
    """Return the figures of all weeks together, of drift the furthest; None of no week."""
    rows = list(weeks)
    if not rows:
        return None
    counts: dict[str, Any] = {name: sum(getattr(row, name) for row in rows) for name in _COUNTED}
    channels: Counter[str] = Counter()
    sources: dict[str, tuple[int, int]] = {}
    drift: dict[str, float] = {}
    for row in rows:
        channels.update(row.channels)
        for source, (count, found) in row.sources.items():
            before = sources.get(source, (0, 0))
            sources[source] = (before[0] + count, before[1] + found)
        for name, far in row.drift.items():
            drift[name] = max(far, drift.get(name, far))
    moved = [row.score_drift for row in rows if row.score_drift is not None]
    groups = [row.watched for row in rows if row.watched is not None]
    return Figures(
        begins=rows[0].begins,
        ends=rows[-1].ends,
        **counts,
        revenue_found=sum((row.revenue_found for row in rows), Decimal(0)),
        revenue_at_stake=sum((row.revenue_at_stake for row in rows), Decimal(0)),
        hours=sum((row.hours for row in rows), Decimal(0)),
        channels=dict(channels),
        sources=dict(sorted(sources.items())),
        score_drift=max(moved, default=None),
        drift=dict(sorted(drift.items(), key=lambda pair: -pair[1])),
        lessons=rows[-1].lessons,
        trainings=rows[-1].trainings,
        watched=_all_groups(groups),
    )


def _all_groups(groups: list[Group]) -> Group | None:
    if not groups:
        return None
    return Group(*(sum(getattr(one, name) for one in groups) for name in _GROUPED))


def _channel(goods: str, papers: str) -> str:
    if goods:
        return str(Channel.BOTH if papers else Channel.INSPECTION)
    return str(Channel.REVIEW if papers else Channel.NONE)


def _share(part: int | Decimal, whole: int | Decimal) -> float | None:
    return float(part) / float(whole) if whole else None


def _rounded(figure: float | None) -> float | None:
    return None if figure is None else round(figure, _PLACES)
