"""From what moved the opinion to aspects: what an officer can be told. Pure."""

from collections import defaultdict
from collections.abc import Iterable
from math import isnan
from typing import Final

from tongguan.domain.risk.aspects import Aspect

Pair = tuple[Aspect, Aspect]

REPEATS: Final = "repeats"
_SAME: Final = 1.0
"""A price ratio of one is the usual price."""

# fmt: off
_GOODS: Final = (Aspect.GOODS_WRONG, Aspect.GOODS_RIGHT)
_FROM: Final = (Aspect.FROM_WRONG, Aspect.FROM_RIGHT)
_RATE: Final = (Aspect.RATE_WRONG, Aspect.RATE_RIGHT)
_TRADER: Final = (Aspect.TRADER_WRONG, Aspect.TRADER_RIGHT)
_DECLARANT: Final = (Aspect.BROKER_WRONG, Aspect.BROKER_RIGHT)
_PARTNER: Final = (Aspect.PARTNER_WRONG, Aspect.PARTNER_RIGHT)
_WAY: Final = (Aspect.WAY_WRONG, Aspect.WAY_RIGHT)
_PRICE: Final = (Aspect.PRICE_HIGH, Aspect.PRICE_LOW)
_OWN_PRICE: Final = (Aspect.OWN_PRICE_HIGH, Aspect.OWN_PRICE_LOW)
_ROUND: Final = (Aspect.ROUND_MASS, Aspect.EXACT_MASS)
_MASS: Final = (Aspect.MASS, Aspect.MASS)
_FIRST: Final = (Aspect.NEWCOMER, Aspect.KNOWN)

_BY_SCORE: Final[dict[str, Pair]] = {
    REPEATS: (Aspect.REPEATED_WRONG, Aspect.REPEATED_RIGHT),
    "findings": _TRADER, "origin_differs": _FROM,
    **dict.fromkeys(("chapter", "heading", "goods", "commodity", "goods so heavy",
                     "goods so dear"), _GOODS),
    **dict.fromkeys(("origin", "dispatch", "from", "chapter from", "heading from", "goods from",
                     "goods by", "goods on", "but for mass", "but for goods", "direct",
                     "origin direct", "chapter direct", "goods direct", "chapter by", "heading by",
                     "heading on", "heading from in range", "goods from so heavy",
                     "all but exact mass"), _FROM),
    **dict.fromkeys(("terms", "heading at", "goods rated", "goods preferred", "goods at",
                     "goods by and at"), _RATE),
    **dict.fromkeys(("trader", "trader's goods", "trader's origin"), _TRADER),
    **dict.fromkeys(("declarant", "declarant's goods"), _DECLARANT),
    **dict.fromkeys(("overseas", "overseas' goods", "partners"), _PARTNER),
    **dict.fromkeys(("route", "office's goods", "use", "means"), _WAY),
    **dict.fromkeys(("mass", "range", "chapter in range", "heading in range", "goods in range",
                     "preferred mass", "mass from", "mass of heading"), _MASS),
}
"""What is said where the score rises, and where it falls."""
_BY_NUMBER: Final[dict[str, Pair]] = {
    "price_ratio": _PRICE, "price of heading": _PRICE, "price of goods": _PRICE,
    "price from": _PRICE, "price of trader": _OWN_PRICE,
    "mass of goods": (Aspect.MASS_HIGH, Aspect.MASS_LOW),
    **dict.fromkeys(("whole kg", "tens of kg", "hundreds of kg"), _ROUND),
    **dict.fromkeys(("first_trader", "first_declarant", "first_overseas", "first_partner",
                     "first_route", "first_goods"), _FIRST),
}
"""What is said of a number above, and of one below."""
_ALWAYS: Final[dict[str, Aspect]] = {
    **dict.fromkeys(("net_kg", "gross_kg", "net_share"), Aspect.MASS),
    **dict.fromkeys(("total_value", "value", "value_per_kg", "value_per_package",
                     "share of the value", "line_count"), Aspect.VALUE),
    **dict.fromkeys(("rate", "duty_share", "rate of heading", "rate of goods"), Aspect.DUTY),
    **dict.fromkeys(("trader_7", "trader_30", "trader_90", "declarant_7", "declarant_30",
                     "overseas_90", "route_90", "seen_90"), Aspect.FREQUENCY),
    **dict.fromkeys(("trader_days", "declarant_days"), Aspect.REGISTERED),
    **dict.fromkeys(("self_declared", "advance", "on_guarantee"), Aspect.DECLARED),
    **dict.fromkeys(("relationship", "price_effect", "royalties", "formula_price",
                     "provisional_price"), Aspect.CONFIRMED),
}
# fmt: on


def aspect_of(feature: str, amount: float, number: float) -> Aspect:
    """Return what a feature is told as.

    Args:
        feature: its name; of a group with `: ` and what was worked out of it.
        amount: how much it moved the score.
        number: what it was.
    """
    name, _, what = feature.partition(": ")
    if what in {"looked at", "seen"}:
        return Aspect.SELDOM
    if name in _BY_SCORE:
        return _BY_SCORE[name][amount < 0]
    if isnan(number):
        return Aspect.MISSING
    if name in _BY_NUMBER:
        usual = _SAME if name == "price_ratio" else 0.0
        return _BY_NUMBER[name][number <= usual]
    return _ALWAYS[name]


def aspects(moved: Iterable[tuple[str, float, float]]) -> list[tuple[Aspect, float]]:
    """Return aspects with what they moved together, strongest first: feature, amount, number."""
    found: defaultdict[Aspect, float] = defaultdict(float)
    for feature, amount, number in moved:
        if amount:
            found[aspect_of(feature, amount, number)] += amount
    return sorted(found.items(), key=lambda one: (-abs(one[1]), str(one[0])))
