"""Samples for the tests of this room: a declaration's facts, profiles, dice for both."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from msgspec import structs

from tongguan.domain.risk.criteria import OPERATORS, Condition, Operator, Profile, Share
from tongguan.domain.risk.facts import Facts, LineFacts
from tongguan.domain.risk.fields import Field, Scope, Shape
from tongguan.facilities.accounts.values import Actor, Role

DAY = date(2026, 11, 24)
NOON = datetime(2026, 11, 24, 4, tzinfo=UTC)
CHU = Actor("chu", "Chu", 1, roles=frozenset({Role.RISK_ANALYST}), channel="portal")
WEI = Actor("wei", "Wei", 2, roles=frozenset({Role.RISK_ANALYST}), channel="portal")
AUDITOR = Actor("jiang", "Jiang", 9, roles=frozenset({Role.AUDITOR}), channel="portal")
REVIEWER = Actor("shen", "Shen", roles=frozenset({Role.REVIEWER}), channel="portal")

WINE = LineFacts(
    number=1,
    commodity="2204210000",
    name="red wine",
    origin="FRA",
    value=Decimal(50_000),
    value_per_kg=Decimal(40),
    price_ratio=Decimal("0.4"),
)
PUMP = LineFacts(
    number=2,
    commodity="8413709990",
    name="centrifugal pump",
    origin="DEU",
    value=Decimal(80_000),
    value_per_kg=Decimal(160),
    price_ratio=Decimal("1.1"),
)
SAMPLE = Facts(
    flow="import",
    mode="regional",
    declared="0101",
    goods="0202",
    districts=("01", "02"),
    pair="01>02",
    dispatch="FRA",
    trader="91110113FAKE00001X",
    credit="general",
    overseas="Golden-Harbour Trading Co., Ltd.",
    first_partner=True,
    trader_30=3,
    documents=("00000001", "00000002"),
    total_value=Decimal(130_000),
    line_count=2,
    lines=(WINE, PUMP),
)


def profile(*conditions: Condition, **changes: Any) -> Profile:
    """Return a profile of these conditions: documents are checked, whatever it meets."""
    base = Profile(
        id=1, version=1, name="sample", conditions=conditions, treatment="documents", reason="goods"
    )
    return structs.replace(base, **changes)


def when(field: str, operator: str, *operands: str) -> Condition:
    return Condition(field, operator, operands)


def share(treatment: str, part: str, **changes: Any) -> Share:
    return structs.replace(
        Share(id=1, version=1, treatment=treatment, share=Decimal(part)), **changes
    )


# Dice: few words and numbers, so that conditions and facts meet often.
_CODES = st.sampled_from(["", "1", "10", "101", "1010", "102", "11", "2", "20", "é"])
_WORDS = _CODES.filter(bool)
_NAMES = st.sampled_from(
    [
        "Golden Harbour Trading",
        "GOLDEN HARBOR TRADING LTD",
        "天津海河贸易有限公司",
        "海河贸易",
        "Wu & Co",
        "x",
    ]
)
_NUMBERS = st.one_of(
    st.integers(-3, 6), st.decimals(-3, 6, places=1, allow_nan=False, allow_infinity=False)
)
_FIELDS = (
    Field.DECLARED,
    Field.DISPATCH,
    Field.OVERSEAS,
    Field.DOCUMENTS,
    Field.FIRST_PARTNER,
    Field.TOTAL_VALUE,
    Field.TRADER_30,
    Field.COMMODITY,
    Field.NAME,
    Field.LINE_PERMITS,
    Field.VALUE,
    Field.FIRST_GOODS,
)


def _fact(shape: Shape) -> st.SearchStrategy[Any]:
    return {
        Shape.CODE: st.none() | _WORDS,
        Shape.NAME: st.none() | _NAMES,
        Shape.NUMBER: st.none() | _NUMBERS,
        Shape.FLAG: st.none() | st.booleans(),
        Shape.SET: st.lists(_WORDS, max_size=3, unique=True).map(tuple),
    }[shape]


def _operands(shape: Shape, operator: Operator) -> st.SearchStrategy[tuple[str, ...]]:
    if operator is Operator.MISSING:
        return st.just(())
    if shape is Shape.NUMBER:
        size = 2 if operator is Operator.BETWEEN else 1
        numbers = st.lists(_NUMBERS, min_size=size, max_size=size).map(sorted)
        return numbers.map(lambda found: tuple(map(str, found)))
    if shape is Shape.FLAG:
        return st.sampled_from([("yes",), ("no",), ("yes", "no")])
    if operator is Operator.CODES:
        return st.tuples(_WORDS, _WORDS).map(lambda pair: tuple(sorted(pair)))
    words = _NAMES if shape is Shape.NAME else _WORDS
    return st.lists(words, min_size=1, max_size=3, unique=True).map(tuple)


@st.composite
def conditions(draw: st.DrawFn) -> Condition:
    field = draw(st.sampled_from(_FIELDS))
    operator = draw(st.sampled_from(OPERATORS[field.shape]))
    return Condition(str(field), str(operator), draw(_operands(field.shape, operator)))


@st.composite
def profiles(draw: st.DrawFn) -> list[Profile]:
    found = draw(st.lists(st.lists(conditions(), max_size=4), max_size=12))
    return [
        Profile(
            id=number,
            version=1,
            name=str(number),
            conditions=tuple(asked),
            treatment="documents",
            reason="goods",
            district=draw(st.sampled_from(["", "01", "02"])),
            valid_from=draw(st.sampled_from([date(2014, 1, 1), DAY, date(2026, 11, 25)])),
            valid_until=draw(st.sampled_from([None, DAY, date(2026, 11, 25)])),
        )
        for number, asked in enumerate(found, start=1)
    ]


@st.composite
def declared(draw: st.DrawFn) -> Facts:
    def members(scope: Scope) -> dict[str, Any]:
        fields = [field for field in _FIELDS if field.scope is scope]
        return {field.member: draw(_fact(field.shape)) for field in fields}

    lines = [
        LineFacts(number=number, **members(Scope.LINE))
        for number in range(1, draw(st.integers(0, 4)) + 1)
    ]
    districts = draw(st.sampled_from([("01",), ("02",), ("01", "02"), ("04",)]))
    return Facts(districts=districts, lines=tuple(lines), **members(Scope.HEAD))
