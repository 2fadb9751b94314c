"""From hits and draws to what is checked, with every reason kept. Pure, so it can be repeated."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from tongguan.domain.reference.values import Parameters
from tongguan.domain.risk.rules.draw import drawn
from tongguan.domain.risk.rules.facts import Usual
from tongguan.domain.risk.rules.matcher import Matcher
from tongguan.domain.risk.values import Facts, Reason, ReasonClass, Selection, Treatment
from tongguan.kernel.text import _

Scorer = Callable[[Facts], float]
RANDOM_WORDS: Final = _("Drawn at random for class {credit}, at a share of {share}.")
MODEL_WORDS: Final = _("The model puts this among the likeliest: {score}.")


@dataclass(frozen=True)
class Model:
    """A learned model as selection uses it: above `documents`, papers; above `goods`, goods."""

    version: str
    score: Scorer
    documents: float
    goods: float


@dataclass(frozen=True)
class Selector:
    """Profiles, shares, seed and model of one day: all that a selection depends on.

    Attributes:
        matcher: the profiles in force, compiled; `set_version` is their hash.
        seed: of the day; `seed_day` says which.
        usual: what a kg of each commodity usually costs.
        model: the learned model in use, if any.
    """

    matcher: Matcher
    set_version: str
    seed: bytes
    seed_day: date
    parameters: Parameters
    usual: Usual
    model: Model | None = None

    def select(self, facts: Facts, *, key: str, day: date) -> Selection:
        """Return which checks a declaration meets, and all reasons.

        Args:
            facts: of the declaration.
            key: names the declaration before it has a number; draws are made with it.
            day: local day of acceptance.

        Cost: 20 µs without a hit at 1,000 profiles.
        """
        reasons = [
            Reason(
                "profile",
                profile.reason,
                profile.treatment,
                profile.id,
                profile.version,
                profile.instruction or profile.name,
            )
            for profile in self.matcher.match(facts)
            if profile.share >= 1 or drawn(self.seed, f"profile/{profile.id}/{key}", profile.share)
        ]
        credit = str(facts.head.get("credit"))
        for treatment, name in ((Treatment.DOCUMENTS, "documents"), (Treatment.SAMPLE, "goods")):
            share = self._share(f"random_{name}_{credit}", day)
            if drawn(self.seed, f"random/{name}/{key}", share):
                reasons.append(_random(treatment, credit, share))
        score = None
        if self.model is not None:
            score = self.model.score(facts)
            reasons += _scored(self.model, score)
        goods = [reason for reason in reasons if Treatment(reason.treatment).goods]
        papers = len(goods) < len(reasons)
        first = max(goods, key=self._priority) if goods else None
        return Selection(
            documents=papers,
            goods=first is not None,
            treatment="" if first is None else first.treatment,
            reasons=tuple(reasons),
            set_version=self.set_version,
            seed_day=self.seed_day,
            model_version="" if self.model is None else self.model.version,
            score=score,
        )

    def _share(self, name: str, day: date) -> Decimal:
        timeline = self.parameters.timelines.get(name)
        row = None if timeline is None else timeline.find(day)
        return Decimal(0) if row is None else Decimal(row.value)

    def _priority(self, reason: Reason) -> int:
        found = (one.priority for one in self.matcher.profiles if one.id == reason.profile)
        return next(found, 0)


def _random(treatment: Treatment, credit: str, share: Decimal) -> Reason:
    words = RANDOM_WORDS.format(credit=credit, share=share)
    return Reason("random", str(ReasonClass.RANDOM), str(treatment), words=words)


def _scored(model: Model, score: float) -> list[Reason]:
    ground, words = str(ReasonClass.GOODS), MODEL_WORDS.format(score=f"{score:.3f}")
    if score >= model.goods:
        return [Reason("model", ground, str(Treatment.SAMPLE), words=words, figure=str(score))]
    if score >= model.documents:
        return [Reason("model", ground, str(Treatment.DOCUMENTS), words=words, figure=str(score))]
    return []


def told_to_trader(selection: Selection) -> tuple[ReasonClass, ...]:
    """Return the grounds as far as a trader may know them: no profile, no words, no score."""
    grounds: Mapping[ReasonClass, None] = dict.fromkeys(
        ReasonClass(reason.ground) for reason in selection.reasons
    )
    return tuple(grounds)
