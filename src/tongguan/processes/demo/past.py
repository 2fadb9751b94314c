"""The quarter before the month, invented too: what the demonstration's model learned from."""

import random
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final

from msgspec import structs

from tongguan.domain.declarations.values import Mode
from tongguan.domain.parties.queries import known
from tongguan.domain.reference.queries import snapshot
from tongguan.domain.risk import approvals
from tongguan.domain.risk.criteria import Kind
from tongguan.domain.risk.training import Example, Replay, train
from tongguan.domain.risk.values import Figure
from tongguan.kernel.time import LOCAL
from tongguan.processes.demo.goods import Maker
from tongguan.processes.demo.people import FIRMS, MANDATES, Cast, firm
from tongguan.processes.demo.truth import odds
from tongguan.processes.lodgement.decide import completed, local_day, weighed

DAYS: Final = 90
A_DAY: Final = 28
LOOKED_AT: Final = 0.85
"""So many of the past were looked at: enough for a model to learn from, were it no play."""
MODES: Final = (Mode.REGIONAL, Mode.REGIONAL, Mode.PORT, Mode.TRANSIT, Mode.LOCAL_DECLARED)
NAME: Final = "学自虚构的上一季度 / learned from an invented quarter"
WATCHED: Final = frozenset({str(Figure.CALIBRATION), str(Figure.HIT_RATIO)})
"""Bounds of the model. Drift is none of them: robots at fifty times the pace of a desk drift."""


def learn_model(cast: Cast, *, seed: int, now: datetime) -> None:
    """Learn a model from an invented past and put it to use: one analyst proposes, one approves.

    Cost: 5 s on one core.
    """
    made = train(list(examples(seed, until=local_day(now))), seed=seed, name=NAME)
    bounds = {name: bound for name, bound in made.card.bounds.items() if name in WATCHED}
    card = structs.replace(made.card, bounds=bounds)
    by, other = cast.actors["analyst"], cast.actors["analyst2"]
    kept = approvals.keep_model(content=made.content, card=card, by=by, now=now)
    approvals.approve(kind=Kind.MODEL, ids=[kept.id], by=other, now=now)


def examples(seed: int, *, until: date) -> Iterator[Example]:
    """Yield the declarations of the quarter before a day, with what was found, earliest first."""
    law, replay = snapshot(), Replay()
    maker = Maker(seed, law, until)
    dice = random.Random(seed)  # noqa: S311 - choices of a play, not secrets
    parties = known([one.scc for one in FIRMS], until).answer()
    for place in range(DAYS * A_DAY):
        day = until - timedelta(days=DAYS - place // A_DAY)
        at = datetime.combine(day, time(), LOCAL)
        principal, broker = map(firm, dice.choice(MANDATES))
        mode = dice.choice(MODES)
        sent = completed(maker.shipment(principal, broker, mode, at).submission)
        assessed, facts = weighed(
            sent,
            mode=mode,
            trader=parties[principal.scc],
            declarant=parties[broker.scc],
            reference=law,
            history=replay.history(day),
            day=day,
        )
        replay.add(day, facts)
        looked_at, wrong = dice.random() < LOOKED_AT, dice.random() < odds(facts)
        if looked_at and wrong:
            replay.found(day, principal.scc)
        found = wrong if looked_at else None
        yield Example(day, facts, found, day if looked_at else None, assessed.payable)
