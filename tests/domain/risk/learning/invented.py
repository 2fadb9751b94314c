"""Invented declarations to learn from: goods of one heading that are priced low are at fault."""

import random
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

from tongguan.domain.risk.facts import Facts, LineFacts
from tongguan.domain.risk.rules.learning.examples import Example, with_history
from tongguan.domain.risk.rules.learning.learner import Learned, learn

BEGIN = date(2025, 1, 1)
GOODS = ("6203420000", "8471300000", "8703230000", "2204210000", "8413709990")
ORIGINS = ("CHN", "DEU", "FRA", "USA")


def declared(dice: random.Random, *, lines: int = 1) -> Facts:
    """Return one declaration with a trader, goods, masses and prices by the dice."""
    made = tuple(_line(dice, number) for number in range(1, lines + 1))
    origin = dice.choice(ORIGINS)
    return Facts(
        flow="import",
        declared=dice.choice(("0101", "0202", "0401")),
        goods=dice.choice(("0101", "0202", "0401")),
        dispatch=origin,
        trader=f"T{dice.randrange(60)}",
        declarant=f"D{dice.randrange(8)}",
        overseas=f"S{dice.randrange(40)}",
        trader_days=dice.randrange(3_000),
        total_value=sum((line.value or Decimal(0) for line in made), Decimal(0)),
        line_count=lines,
        lines=made,
    )


def at_fault(facts: Facts, dice: random.Random) -> bool:
    """Return whether a treatment would find something."""
    wrong = any(
        line.commodity == GOODS[0] and (line.value_per_kg or 0) < 20 for line in facts.lines
    )
    return dice.random() < (0.8 if wrong else 0.04)


def invented(count: int, *, seed: int = 1, lines: int = 1, looked_at: float = 1.0) -> list[Example]:
    """Return examples over a year; outcomes come in five days after acceptance."""
    dice = random.Random(seed)
    made = []
    for place in range(count):
        day = BEGIN + timedelta(days=365 * place // count)
        facts = declared(dice, lines=lines)
        found = at_fault(facts, dice) if dice.random() < looked_at else None
        known = None if found is None else day + timedelta(days=5)
        made.append(Example(day, facts, found, known, Decimal(100)))
    return list(with_history(made))


@cache
def trained(seed: int = 1) -> Learned:
    """Return a small model, the same for the same seed."""
    return learn(invented(600), seed=seed, rounds=20)


def _line(dice: random.Random, number: int) -> LineFacts:
    kg = Decimal(dice.randrange(10, 5_000))
    price = Decimal(round(dice.lognormvariate(3.5, 0.8), 2)).quantize(Decimal("0.01"))
    return LineFacts(
        number=number,
        commodity=dice.choice(GOODS),
        origin=dice.choice(ORIGINS),
        net_kg=kg,
        value=(kg * price).quantize(Decimal("0.01")),
        value_per_kg=price,
        rate=Decimal("0.08"),
    )
