"""Profiles for measuring: as many as asked for, over real fields; about one in a hundred hits."""

import random
from datetime import datetime
from decimal import Decimal
from typing import Any

from msgspec import to_builtins

from tongguan.domain.risk.models import ProfileVersion
from tongguan.domain.risk.values import Condition, Profile


def made(count: int, seed: int = 1) -> list[Profile]:
    """Return profiles of one to four conditions, the same for the same seed."""
    dice = random.Random(seed)
    return [
        Profile(
            id=number,
            version=1,
            name=f"profile {number}",
            conditions=tuple(
                _condition(dice, kind) for kind in dice.sample(_KINDS, dice.randint(2, 4))
            ),
            treatment="documents",
            reason="goods",
            share=Decimal("0.02"),
        )
        for number in range(1, count + 1)
    ]


def store(count: int, *, now: datetime) -> None:
    """Put profiles in force, as if proposed and approved."""
    ProfileVersion.objects.bulk_create(
        ProfileVersion(
            profile=one.id,
            version=1,
            content=to_builtins(one),
            proposed_by="bench",
            proposed_at=now,
            approved_by="second",
            approved_at=now,
        )
        for one in made(count)
    )


_KINDS = ("commodity", "origin", "value", "declared", "trader", "supervision", "value_per_kg")


def _condition(dice: random.Random, kind: str) -> Condition:
    choose: dict[str, Any] = {
        "commodity": lambda: (
            "prefix",
            tuple(f"{dice.randrange(1, 98):02d}{dice.randrange(1, 60):02d}" for _ in range(3)),
        ),
        "origin": lambda: (
            "is",
            tuple(dice.sample(("DEU", "USA", "JPN", "KOR", "AUS", "FRA", "BRA"), 2)),
        ),
        "value": lambda: ("at_least", (str(dice.randrange(1_000, 5_000_000)),)),
        "declared": lambda: ("is", (dice.choice(("0101", "0117", "0128", "0202", "0401")),)),
        "trader": lambda: ("is", (f"91110113FAKE{dice.randrange(99_999):05d}X",)),
        "supervision": lambda: ("is", (dice.choice(("0110", "0615", "0214", "3010")),)),
        "value_per_kg": lambda: ("below", (str(dice.randrange(1, 500)),)),
    }
    operator, operands = choose[kind]()
    return Condition(kind, operator, operands)
