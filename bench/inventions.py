"""Invented declarations through a year: an old fraud all along, a new one from half-way on.

Everything is made up: no trader, price or pattern is taken from anywhere. The old fraud is red wine
and textiles at a third of their price; the new one is machines from one country that are declared
as something cheaper in duty, at a price nobody wonders about: nothing in it resembles the old one.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from tongguan.domain.risk.criteria import Condition
from tongguan.domain.risk.facts import Facts, LineFacts
from tongguan.domain.risk.rules.learning.examples import Example

BEGINS: Final = date(2025, 1, 6)
WEEKS: Final = 34
NEW_FROM_WEEK: Final = 14
A_DAY: Final = 150
_CENT: Final = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Goods:
    """Goods as they are declared: prefix of ten digits, what a kg costs, rate of duty."""

    code: str
    name: str
    price: int
    rate: str


WINE: Final = Goods("2204210000", "red wine", 60, "0.14")
TEXTILES: Final = Goods("6203420000", "trousers", 90, "0.16")
PUMPS: Final = Goods("8413709990", "centrifugal pumps", 160, "0.08")
PLASTICS: Final = Goods("3926909090", "plastic parts", 45, "0.065")
BERRIES: Final = Goods("0811900000", "frozen berries", 20, "0.3")
HONEST: Final = (
    *(WINE, TEXTILES, PUMPS),
    Goods("8471300000", "portable computers", 700, "0"),
    Goods("9403600000", "wooden furniture", 30, "0"),
    Goods("8708299000", "parts of car bodies", 75, "0.06"),
)
COUNTRIES: Final = ("DEU", "JPN", "ITA", "VNM", "KOR", "FRA", "USA", "MEX")
NEW_ORIGIN: Final = "VNM"
NEW_PATTERN: Final = (
    Condition("line.commodity", "prefix", ("8413",)),
    Condition("line.origin", "is", (NEW_ORIGIN,)),
)
"""The conditions that the new fraud, and the few honest declarations like it, meet."""


def declared(
    seed: int, *, weeks: int = WEEKS, new_from: int = NEW_FROM_WEEK, a_day: int = A_DAY
) -> Iterator[Example]:
    """Yield invented declarations in order of time, the truth of all of them known."""
    dice = random.Random(seed)
    for number in range(weeks * 7):
        day = BEGINS + timedelta(days=number)
        begun = number >= new_from * 7
        for _ in range(a_day):
            yield _one(dice, day, begun=begun)


def _one(dice: random.Random, day: date, *, begun: bool) -> Example:
    """Return a declaration: an old fraud, a doubtful kind, the new fraud once begun, or none.

    Of the old kind seven in ten are wrong, of the doubtful two in ten, of the new nine in ten, of
    all others three in two hundred.
    """
    kind, wrong = dice.random(), dice.random()
    goods, origin = dice.choice(HONEST), dice.choice(COUNTRIES)
    if kind < 0.04:
        return _example(dice, day, dice.choice((WINE, TEXTILES)), origin, 0.33, wrong=wrong < 0.7)
    if kind < 0.24:
        return _example(dice, day, dice.choice((PLASTICS, BERRIES)), "THA", 1.0, wrong=wrong < 0.2)
    if kind < 0.32 and begun:
        return _example(dice, day, PUMPS, NEW_ORIGIN, 1.0, wrong=wrong < 0.9)
    return _example(dice, day, goods, origin, 1.0, wrong=wrong < 0.015)


def _example(
    dice: random.Random, day: date, goods: Goods, origin: str, level: float, *, wrong: bool
) -> Example:
    ratio = Decimal(level * dice.lognormvariate(0, 0.2)).quantize(_CENT)
    kg = Decimal(dice.lognormvariate(6, 1)).quantize(_CENT)
    per_kg = (goods.price * ratio).quantize(_CENT)
    value = (kg * per_kg).quantize(_CENT)
    trader = dice.randrange(3_000)
    line = LineFacts(
        number=1,
        commodity=goods.code,
        name=goods.name,
        origin=origin,
        quantity=kg,
        unit="035",
        net_kg=kg,
        total=value,
        currency="CNY",
        value=value,
        value_per_kg=per_kg,
        price_ratio=ratio,
        rate=Decimal(goods.rate),
        origin_differs=False,
        seen_90=500,
    )
    payable = (value * (Decimal(goods.rate) + Decimal("0.13"))).quantize(_CENT)
    facts = Facts(
        flow="import",
        kind="full",
        mode=dice.choice(("port", "regional", "local_declared")),
        declared=dice.choice(("0101", "0201", "0401")),
        goods=dice.choice(("0202", "0207", "0402")),
        districts=("02",),
        transport=dice.choice("25"),
        supervision="0110",
        dispatch=origin,
        gross_kg=(kg * Decimal("1.1")).quantize(_CENT),
        net_kg=kg,
        trader=f"91110113FAKE{trader:05d}X",
        credit="advanced" if trader % 10 == 0 else "general",
        trader_days=400 + trader,
        declarant=f"91110113FAKE{trader % 25:05d}X",
        overseas=f"Invented {origin} {trader % 60} Ltd.",
        trader_30=dice.randrange(1, 9),
        total_value=value,
        payable=payable,
        line_count=1,
        lines=(line,),
    )
    return Example(day, facts, wrong, day, payable)
