"""Whether a model in use still does what it was approved for. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tongguan.domain.risk.rules.rates import wilson
from tongguan.domain.risk.values import Figure, Source

DECLARED_LEAST: Final = 300
"""Fewer declarations say nothing of drift."""
TREATED_LEAST: Final = 50
"""Fewer treatments say nothing of hits or calibration."""
BOUNDS: Final = {
    str(Figure.SCORE_DRIFT): 0.25,
    str(Figure.FEATURE_DRIFT): 2.0,
    str(Figure.CALIBRATION): 0.1,
    str(Figure.HIT_RATIO): 1.0,
}
"""What a trained model is watched by, unless its card says otherwise."""
_DRAWN: Final = frozenset({str(Source.RANDOM), str(Source.EXPLORATION)})
_MODEL: Final = str(Source.MODEL)
_UNBIASED: Final = _DRAWN | {_MODEL}


@dataclass(frozen=True, slots=True)
class Treated:
    """One declaration that was scored and treated.

    Attributes:
        score: as it was selected on.
        sources: of the reasons that acted.
        found: whether a treatment found something.
    """

    score: float
    sources: frozenset[str]
    found: bool


def figures_of_treated(treated: Sequence[Treated]) -> dict[str, float]:
    """Return how often the model's selections found something, beside the random share, and more.

    Calibration leaves out what profiles selected: they know more of it than the score does.
    """
    model = [one.found for one in treated if _MODEL in one.sources]
    drawn = [one.found for one in treated if one.sources & _DRAWN]
    fair = [one for one in treated if one.sources <= _UNBIASED]
    told = {
        str(Figure.TREATED): float(len(treated)),
        str(Figure.BY_MODEL): float(len(model)),
        str(Figure.BY_DRAW): float(len(drawn)),
    }
    of_model, of_draw = wilson(sum(model), len(model)), wilson(sum(drawn), len(drawn))
    if of_model is not None and len(model) >= TREATED_LEAST:
        told[str(Figure.HIT_RATE)] = float(of_model[0])
    if of_draw is not None and len(drawn) >= TREATED_LEAST:
        told[str(Figure.RANDOM_RATE)] = float(of_draw[0])
        if of_model is not None and len(model) >= TREATED_LEAST and of_draw[0]:
            told[str(Figure.HIT_RATIO)] = round(float(of_model[2] / of_draw[0]), 4)
    share = wilson(sum(one.found for one in fair), len(fair))
    if share is not None and len(fair) >= TREATED_LEAST:
        expected = sum(one.score for one in fair) / len(fair)
        apart = max(float(share[1]) - expected, expected - float(share[2]), 0.0)
        told[str(Figure.EXPECTED)] = round(expected, 4)
        told[str(Figure.FOUND)] = float(share[0])
        told[str(Figure.CALIBRATION)] = round(apart, 4)
    return told


def passed(figures: Mapping[str, float], bounds: Mapping[str, float]) -> tuple[str, ...]:
    """Return the bounds of a card that figures pass, in order of their names."""
    return tuple(
        sorted(
            name
            for name, bound in bounds.items()
            if name in figures and _beyond(name, figures[name], bound)
        )
    )


def _beyond(name: str, figure: float, bound: float) -> bool:
    return figure < bound if name == str(Figure.HIT_RATIO) else figure > bound
