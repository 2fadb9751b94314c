"""What is wrong with invented declarations: who looks finds it, and the model can learn it."""

from decimal import Decimal
from typing import Final

from tongguan.domain.risk.facts import Facts, LineFacts

ANYWHERE: Final = 0.02
"""Any declaration may be wrong so often, though nothing speaks against it."""
DISCREDITED: Final = 0.12
DOUBTFUL: Final = 0.22
SELLER: Final = "EXAMPLE SHOJI"
"""Who sells abroad under a name that the region watches."""
DEAR: Final = Decimal(600)
DEAR_ODDS: Final = 0.25
INSTRUMENTS: Final = ("9018", "9021")
INSTRUMENT_ODDS: Final = 0.35
UNWATCHED: Final = ("84", "85")
UNWATCHED_ODDS: Final = 0.75
"""Machines made in Korea: no profile knows of them, what was found tells of them."""
MOST: Final = 0.8


def odds(facts: Facts) -> float:
    """Return how likely it is that something is wrong with a declaration, of 1."""
    found = ANYWHERE
    if facts.credit == "discredited":
        found += DISCREDITED
    if facts.overseas == SELLER:
        found += DOUBTFUL
    return min(found + max(map(_line_odds, facts.lines), default=0.0), MOST)


def _line_odds(line: LineFacts) -> float:
    code = line.commodity or ""
    if code.startswith(UNWATCHED) and line.origin == "KOR":
        return UNWATCHED_ODDS
    if code.startswith(INSTRUMENTS):
        return INSTRUMENT_ODDS
    return DEAR_ODDS if (line.value_per_kg or Decimal(0)) >= DEAR else 0.0
