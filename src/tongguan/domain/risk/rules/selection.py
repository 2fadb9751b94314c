"""From hits, draws and score to what is checked, with every reason; it can be repeated."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import repeat
from typing import Final

from tongguan.domain.risk.criteria import ActiveSet, Hit, Place, ReasonClass, Treatment
from tongguan.domain.risk.facts import NO_HISTORY, Facts, History
from tongguan.domain.risk.rules.draw import drawn, fraction
from tongguan.domain.risk.rules.matcher import Matcher
from tongguan.domain.risk.rules.shares import Shares
from tongguan.domain.risk.values import Reason, Scorer, Selection, Source

_GOODS: Final = frozenset(str(one) for one in Treatment if one.goods)
_PAPERS: Final = str(Treatment.DOCUMENTS)
_EITHER: Final = str(Place.EITHER)
_PROFILE: Final = str(Source.PROFILE)


@dataclass(frozen=True, eq=False)
class Selector:
    """The criteria of one day, compiled: all that a selection depends on beside the facts.

    Attributes:
        active: the criteria; `matcher` its profiles, `shares` its shares.
        seed: of the day of `active`.
        history: for the facts of the declarations to come.
        scorer: the learned model in use, if any.
    """

    active: ActiveSet
    matcher: Matcher
    shares: Shares
    seed: bytes
    history: History = NO_HISTORY
    scorer: Scorer | None = None

    def select(
        self, facts: Facts, *, key: str, day: date, carried: tuple[Reason, ...] = ()
    ) -> Selection:
        """Return which checks one declaration meets, and all reasons.

        Args:
            facts: of the declaration.
            key: its customs number; every draw is made with it.
            day: local day of acceptance.
            carried: reasons of an earlier declaration of the same bill, whose checks are owed.

        Raises:
            ValueError: the selector is another day's.

        Cost: 30 µs without a hit at 1,000 profiles, without a model.
        """
        return self.select_many([(facts, key)], day=day, carried=[carried])[0]

    def select_many(
        self,
        batch: Sequence[tuple[Facts, str]],
        *,
        day: date,
        carried: Sequence[tuple[Reason, ...]] = (),
    ) -> list[Selection]:
        """Return the selections of many declarations with their keys, in order.

        The same as one by one; a model scores them as one batch.
        """
        if day != self.active.day:
            raise ValueError(f"asked for {day}, compiled for {self.active.day}")
        scores: Sequence[float | None] = [None] * len(batch)
        if self.scorer is not None and batch:
            scores = self.scorer.score([facts for facts, _key in batch])
        return [
            self._select(facts, key, score, owed)
            for (facts, key), score, owed in zip(
                batch, scores, carried or repeat((), len(batch)), strict=True
            )
        ]

    def _select(
        self, facts: Facts, key: str, score: float | None, carried: tuple[Reason, ...]
    ) -> Selection:
        reasons = [*carried, *(self._met(hit, key) for hit in self.matcher.match(facts))]
        for share, below in self.shares.of(facts):
            if below and fraction(self.seed, f"random/{share.treatment}/{key}") < below:
                reasons.append(
                    Reason(
                        source=str(Source.RANDOM),
                        ground=str(ReasonClass.RANDOM),
                        treatment=share.treatment,
                        criterion=share.id,
                        version=share.version,
                        figure=str(share.share),
                    )
                )
        if score is not None:
            reasons += self._scored(score)
        explored = self.active.policy.exploration
        if explored and drawn(self.seed, f"exploration/{key}", explored):
            reasons.append(self._of_policy(Source.EXPLORATION, ReasonClass.RANDOM, str(explored)))
        active, model = self.active, self.scorer
        if len(reasons) > 1:
            reasons.sort(key=lambda reason: -reason.priority)
        acting = [reason for reason in reasons if reason.acted]
        goods = [reason for reason in acting if reason.treatment in _GOODS]
        return Selection(
            documents=len(goods) < len(acting),
            goods=bool(goods),
            treatment=goods[0].treatment if goods else "",
            treatments=tuple(dict.fromkeys([reason.treatment for reason in acting])),
            place=_place(goods),
            reasons=tuple(reasons),
            key=key,
            seed_day=active.day,
            set_version=active.version,
            stamp=active.stamp,
            model_version="" if model is None else model.version,
            score=score,
        )

    def _met(self, hit: Hit, key: str) -> Reason:
        profile = hit.profile
        acted = profile.share >= 1 or drawn(self.seed, f"profile/{profile.id}/{key}", profile.share)
        return Reason(
            _PROFILE,
            profile.reason,
            profile.treatment,
            profile.place,
            acted,
            profile.id,
            profile.version,
            profile.priority,
            profile.instruction or profile.name,
            hit.lines,
            "" if profile.share >= 1 else str(profile.share),
        )

    def _scored(self, score: float) -> list[Reason]:
        policy = self.active.policy
        if score >= policy.inspect_from:
            return [self._of_policy(Source.MODEL, ReasonClass.GOODS, f"{score:.4f}")]
        if score >= policy.review_from:
            return [self._of_policy(Source.MODEL, ReasonClass.GOODS, f"{score:.4f}", _PAPERS)]
        return []

    def _of_policy(
        self, source: Source, ground: ReasonClass, figure: str, treatment: str = ""
    ) -> Reason:
        policy = self.active.policy
        return Reason(
            source=str(source),
            ground=str(ground),
            treatment=treatment or policy.treatment,
            criterion=policy.id,
            version=policy.version,
            figure=figure,
        )


def _place(goods: Sequence[Reason]) -> str:
    """Return where goods are inspected: at the port if any reason wants that.

    What has to be seen before the goods move cannot wait; what can be seen at the destination can
    be seen at the port as well.
    """
    if not goods:
        return ""
    asked = {reason.place for reason in goods}
    for place in (Place.PORT, Place.DESTINATION):
        if str(place) in asked:
            return str(place)
    return _EITHER
