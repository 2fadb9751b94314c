"""Which of a day's selections the budget lets be carried out, and for which source that was."""

from collections.abc import Sequence
from decimal import ROUND_CEILING, Decimal
from typing import Final, NamedTuple

from tongguan.domain.risk.criteria import Treatment
from tongguan.domain.risk.rules.draw import fraction
from tongguan.domain.risk.values import Selection, Source

FILLED: Final = "filled"
"""The source of what a day without a model draws with the budget that is left."""
_GOODS: Final = frozenset(str(one) for one in Treatment if one.goods)
_DRAWN: Final = frozenset({str(Source.RANDOM), str(Source.EXPLORATION)})
_PROFILE: Final = str(Source.PROFILE)


class _Claim(NamedTuple):
    """One selection that wants to be carried out; the least comes first."""

    rank: int
    order: float
    score: float
    place: int
    source: str


def carried_out(
    day: Sequence[Selection],
    *,
    goods: bool,
    budget: int | None,
    slice: Decimal,
    fill: bytes | None = None,
) -> dict[int, str]:
    """Return the places of the selections that are carried out, each with its source.

    What was drawn comes first, up to its slice of the budget; then what profiles ask for, the
    highest priority first; then the model's, the highest score first; then the rest that was
    drawn. Equals go by the order of the day.

    Args:
        day: the selections of one day, in order.
        goods: whether inspections of goods are meant, or checks of documents.
        budget: of the day; None: all are carried out.
        slice: part of the budget, of 1, kept for what was drawn.
        fill: the seed by which the rest of the budget is drawn from what nothing selected.
    """
    drawn: dict[int, str] = {}
    claims: list[_Claim] = []
    for place, one in enumerate(day):
        for why in one.reasons:
            if why.acted and (why.treatment in _GOODS) is goods:
                if why.source in _DRAWN:
                    drawn.setdefault(place, why.source)
                else:
                    score = -(one.score or 0.0)
                    rank = 0 if why.source == _PROFILE else 1
                    order = -why.priority if rank == 0 else score
                    claims.append(_Claim(rank, order, score, place, why.source))
    kept = len(drawn)
    if budget is not None:
        kept = int((budget * slice).to_integral_value(ROUND_CEILING))
    chosen = dict(list(drawn.items())[:kept])
    for claim in sorted(claims):
        chosen.setdefault(claim.place, claim.source)
    for place, source in drawn.items():
        chosen.setdefault(place, source)
    if fill is not None and budget is not None:
        for place in sorted(
            set(range(len(day))) - set(chosen),
            key=lambda place: fraction(fill, f"fill/{day[place].key}"),
        ):
            chosen[place] = FILLED
    return dict(list(chosen.items())[:budget])
