"""Profiles and facts for measuring: as many as asked for, over real fields, always the same."""

import random
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Final

from django.db import transaction

from tongguan.domain.risk.criteria import Condition, Kind, Profile
from tongguan.domain.risk.facts import Facts, LineFacts
from tongguan.domain.risk.models import Change, CriterionVersion
from tongguan.domain.risk.rules.sets import canonical
from tongguan.domain.risk.sealed import CHANGE, CRITERION
from tongguan.facilities.accounts.values import SYSTEM
from tongguan.facilities.ledger.commands import record
from tongguan.facilities.ledger.sealed import made as written

DAY: Final = date(2026, 11, 24)
GOODS: Final = 8_000
PARTNERS: Final = 20_000
OFFICES: Final = ("0100", "0101", "0117", "0128", "0201", "0202", "0207", "0401", "0402", "0421")
COUNTRIES: Final = (
    *("DEU", "USA", "JPN", "KOR", "AUS", "FRA", "BRA", "VNM", "THA", "MYS"),
    *("IND", "ITA", "GBR", "NLD", "CAN", "RUS", "ZAF", "CHL", "IDN", "TWN"),
)
PORTS: Final = tuple(f"{country}{number:03d}" for country in COUNTRIES for number in (3, 18, 63))
CREDIT: Final = ("advanced", "general_certified", "general", "general", "general", "discredited")
MODES: Final = ("port", "transit", "local_declared", "local_released", "regional")
SUPERVISION: Final = ("0110", "0110", "0110", "0615", "0214", "3010", "1039")
_SYLLABLES: Final = tuple(
    first + second + third
    for first in "bdfghjklmnprstvwxyz"
    for second in ("a", "e", "i", "o", "u", "ai", "ou")
    for third in ("", "n", "r", "s")
)
_GOODS: Final = (
    *("battery", "chips", "valve", "motor", "seal", "drug"),
    *("wine", "fabric", "pump", "steel", "toy", "film"),
)

Operands = tuple[str, ...]
Choice = Callable[[random.Random], tuple[str, Operands]]


def made(count: int, seed: int = 1, *, watched: bool = True) -> list[Profile]:
    """Return profiles of two to five conditions, the same for the same seed.

    As analysts write them: nearly every one names goods or a party, then narrows it down.

    Args:
        count: how many.
        seed: of the dice.
        watched: also profiles that watch names or words; other engines have no word for them.
    """
    dice = random.Random(seed)
    return [_profile(dice, number, watched) for number in range(1, count + 1)]


def declared(count: int, seed: int = 1, *, lines: int = 5) -> list[Facts]:
    """Return the facts of declarations, the same for the same seed."""
    dice = random.Random(seed)
    return [_facts(dice, lines) for _ in range(count)]


def store(count: int, *, now: datetime, first: int = 1) -> None:
    """Put profiles in force, as if proposed and approved: those from `first` up to `count`."""
    profiles = made(count)[first - 1 :]
    texts = [canonical(one) for one in profiles]
    versions = CriterionVersion.objects.bulk_create(
        CriterionVersion(
            kind=str(Kind.PROFILE),
            criterion=one.id,
            version=1,
            name=one.name,
            content=text,
            sha256=sha256(text.encode()).hexdigest(),
            proposed_by="bench",
            proposed_at=now,
            decided_by="second",
            decided_at=now,
            approved=True,
        )
        for one, text in zip(profiles, texts, strict=True)
    )
    changes = Change.objects.bulk_create(
        Change(
            at=now,
            by="second",
            kind=str(Kind.PROFILE),
            criterion=one.id,
            version=1,
            active=True,
            ended=False,
        )
        for one in profiles
    )
    wrote = [written(CRITERION, row) for row in versions] + [
        written(CHANGE, row) for row in changes
    ]
    with transaction.atomic():
        record("CRITERIA_APPROVED", None, by=SYSTEM, at=now, wrote=wrote, count=len(versions))


def commodity(number: int) -> str:
    """Return one of the ten-digit codes."""
    dice = random.Random(number)
    chapter = min(97, 1 + int(dice.expovariate(0.03)))
    return f"{chapter:02d}{dice.randrange(1, 60):02d}{dice.randrange(1, 10)}00000"


def _often(dice: random.Random, many: int) -> int:
    """Return a number below `many`; small ones come more often, the first at one in twenty."""
    return int(many * dice.random() ** 3)


def trader(dice: random.Random) -> str:
    """Return one of twenty thousand credit codes."""
    return f"91110113FAKE{dice.randrange(20_000):05d}X"


def _partner(dice: random.Random) -> int:
    """Return a partner: four of five declarations are with one of two thousand regular ones."""
    return dice.randrange(PARTNERS // 10 if dice.random() < 0.8 else PARTNERS)


def name(dice: random.Random) -> str:
    """Return the name of one of millions of invented firms."""
    words = ("".join(dice.choices(_SYLLABLES, k=3)) for _ in range(2))
    return " ".join(words).title() + dice.choice((" Co., Ltd.", " GmbH", " Inc.", " Trading"))


def _profile(dice: random.Random, number: int, watched: bool) -> Profile:
    first = dice.choices(tuple(_FIRST), weights=tuple(_WEIGHTS.values()))[0]
    if not watched and first in _WATCHING:
        first = "line.commodity"
    others = dice.sample(tuple(_THEN), dice.randint(2, 4))
    chosen = {first: _FIRST[first], **{field: _THEN[field] for field in others if field != first}}
    conditions = tuple(Condition(field, *choose(dice)) for field, choose in chosen.items())
    treatment = dice.choice(("documents", "sample", "scan", "full"))
    return Profile(
        id=number,
        version=1,
        name=f"profile {number}",
        conditions=conditions,
        treatment=treatment,
        reason="documents" if treatment == "documents" else "goods",
        instruction=f"Compare with sheet {number}.",
        district=dice.choice(("", "", "", "", "01", "02", "04")),
        share=Decimal(dice.choice(("1", "0.5", "0.2", "0.05"))),
        priority=dice.randrange(10),
    )


def _is(*among: str, most: int = 1) -> Choice:
    return lambda dice: ("is", tuple(dice.sample(sorted(set(among)), dice.randint(1, most))))


def _is_not(*among: str) -> Choice:
    return lambda dice: ("is_not", tuple(dice.sample(sorted(set(among)), 2)))


def _prefix(dice: random.Random) -> tuple[str, Operands]:
    codes = (commodity(dice.randrange(GOODS)) for _ in range(dice.randint(1, 3)))
    return "prefix", tuple(dict.fromkeys(code[: dice.choice((4, 6, 6, 8))] for code in codes))


def _codes(dice: random.Random) -> tuple[str, Operands]:
    first = commodity(dice.randrange(GOODS))[:4]
    return "codes", (first, f"{int(first) + dice.randrange(1, 40):04d}")


def _goods(dice: random.Random) -> tuple[str, Operands]:
    return _codes(dice) if dice.random() < 0.2 else _prefix(dice)


def _least(low: int, high: int) -> Choice:
    return lambda dice: ("at_least", (str(_round(dice.uniform(low, high))),))


def _most(low: int, high: int) -> Choice:
    return lambda dice: ("at_most", (str(_round(dice.uniform(low, high))),))


def _ratio(dice: random.Random) -> tuple[str, Operands]:
    return "at_most", (str(Decimal(dice.randrange(10, 90)) / 100),)


def _between(dice: random.Random) -> tuple[str, Operands]:
    low = _round(dice.uniform(10, 20_000))
    return "between", (str(low), str(low * dice.randrange(2, 10)))


def _round(number: float) -> int:
    """Round to two digits, as people set bounds."""
    digits = max(len(str(int(number))) - 2, 0)
    unit = int(10**digits)
    return round(number / unit) * unit


def _watched(dice: random.Random) -> Operands:
    """Return names as a watch list has them: in capitals, some of them of nobody known."""
    known = (random.Random(dice.randrange(PARTNERS)) for _ in range(dice.randint(1, 4)))
    return (*(name(one).upper() for one in known), name(dice))


def _yes(_dice: random.Random) -> tuple[str, Operands]:
    return "is", ("yes",)


_FIRST: Final[dict[str, Choice]] = {
    "line.commodity": _goods,
    "trader": lambda dice: ("is", tuple(trader(dice) for _ in range(dice.randint(1, 5)))),
    "declarant": lambda dice: ("is", (trader(dice),)),
    "departure": _is(*PORTS, most=3),
    "overseas": lambda dice: ("watched", _watched(dice)),
    "line.name": lambda dice: ("contains", (dice.choice(_GOODS),)),
}
_WEIGHTS: Final = {
    "line.commodity": 60,
    "trader": 15,
    "declarant": 5,
    "departure": 10,
    "overseas": 8,
    "line.name": 2,
}
_WATCHING: Final = ("overseas", "line.name")
_THEN: Final[dict[str, Choice]] = {
    "line.origin": _is(*COUNTRIES, most=4),
    "line.value": _least(1_000, 5_000_000),
    "line.value_per_kg": _between,
    "line.price_ratio": _ratio,
    "line.first_goods": _yes,
    "line.rate": lambda dice: ("at_least", (str(Decimal(dice.randrange(0, 30)) / 100),)),
    "declared": _is(*OFFICES, most=2),
    "goods": _is(*OFFICES, most=2),
    "mode": _is(*MODES, most=2),
    "credit": _is_not("advanced", "general_certified", "AA"),
    "supervision": _is(*SUPERVISION, most=2),
    "dispatch": _is_not(*COUNTRIES),
    "total_value": _least(10_000, 20_000_000),
    "gross_kg": _most(10, 20_000),
    "trader_days": _most(30, 900),
    "trader_30": _most(1, 40),
    "first_partner": _yes,
    "self_declared": _yes,
    "license": lambda _dice: ("missing", ()),
}
_THEN["contract"] = _THEN.pop("license")


def _facts(dice: random.Random, lines: int) -> Facts:
    declared, goods = dice.choice(OFFICES), dice.choice(OFFICES)
    dispatch, departure = dice.choice(COUNTRIES), dice.choice(PORTS)
    rows = tuple(_line(dice, number) for number in range(1, lines + 1))
    value = sum((row.value or Decimal(0) for row in rows), Decimal(0))
    net = sum((row.net_kg or Decimal(0) for row in rows), Decimal(0))
    gross = (net * Decimal("1.1")).quantize(Decimal("0.01"))
    return Facts(
        flow="import",
        kind="full",
        mode=dice.choice(MODES),
        advance=dice.random() < 0.5,
        declared=declared,
        goods=goods,
        payment=declared,
        inspection=goods,
        districts=tuple(dict.fromkeys((declared[:2], goods[:2]))),
        pair=f"{declared[:2]}>{goods[:2]}",
        transport=dice.choice("245"),
        supervision=dice.choice(SUPERVISION),
        terms=dice.choice("123"),
        contract=None if dice.random() < 0.1 else f"C{dice.randrange(10**6)}",
        trading=dispatch,
        dispatch=dispatch,
        departure=departure,
        route=f"{departure}>{goods}",
        packages=dice.randrange(1, 500),
        gross_kg=gross,
        net_kg=net,
        containers=(f"CSQU{dice.randrange(10**7):07d}",),
        documents=("00000001", "00000002"),
        trader=trader(dice),
        trader_name=name(dice),
        credit=dice.choice(CREDIT),
        trader_office=dice.choice(OFFICES),
        trader_days=int(dice.expovariate(1 / 900)),
        declarant=trader(dice),
        self_declared=dice.random() < 0.3,
        overseas=name(random.Random(_partner(dice))),
        first_partner=dice.random() < 0.2,
        trader_30=int(dice.expovariate(1 / 20)),
        total_value=value,
        payable=(value * Decimal("0.2")).quantize(Decimal("0.01")),
        line_count=lines,
        lines=rows,
    )


def _line(dice: random.Random, number: int) -> LineFacts:
    kg = Decimal(round(dice.lognormvariate(5, 1.5), 2)).quantize(Decimal("0.01")) + 1
    per_kg = Decimal(round(dice.lognormvariate(4, 1.5), 2)).quantize(Decimal("0.01")) + 1
    return LineFacts(
        number=number,
        commodity=commodity(_often(dice, GOODS)),
        name=f"{dice.choice(_GOODS)} {number}",
        origin=dice.choice(COUNTRIES),
        quantity=kg,
        unit="035",
        net_kg=kg,
        price=per_kg,
        total=(kg * per_kg).quantize(Decimal("0.01")),
        currency="CNY",
        value=(kg * per_kg).quantize(Decimal("0.01")),
        value_per_kg=per_kg,
        price_ratio=Decimal(dice.randrange(5, 300)) / 100,
        rate=Decimal(dice.choice((0, 3, 5, 8, 10, 15, 25))) / 100,
        first_goods=dice.random() < 0.2,
        seen_90=dice.randrange(500),
    )
