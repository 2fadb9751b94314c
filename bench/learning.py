"""A model to measure with: learned from invented declarations, the same for the same number."""

import random
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from importlib import import_module
from typing import Any, Final

BEGIN: Final = date(2026, 1, 1)
DAYS: Final = 300
EXAMPLES: Final = 6_000
LINES: Final = 5


@cache
def learned(count: int = EXAMPLES) -> Any:
    """Return a model of the usual size, read back from its bytes as a process in service does."""
    learner = import_module("tongguan.domain.risk.rules.learning.learner")
    return learner.load(learner.learn(examples(count), seed=1).dump())


def examples(count: int) -> list[Any]:
    """Return examples in which some goods are more often at fault than others."""
    example = import_module("tongguan.domain.risk.rules.learning.examples").Example
    declared = import_module("bench.profiles").declared
    dice = random.Random(1)
    made = []
    for place, facts in enumerate(declared(count, lines=LINES)):
        day = BEGIN + timedelta(days=DAYS * place // count)
        risky = any((line.commodity or "9") < "10" for line in facts.lines)
        found = dice.random() < (0.3 if risky else 0.05)
        made.append(example(day, facts, found, day, Decimal(1)))
    return made
