"""The table of a number answers as each condition by itself does, within its memory."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tests.domain.risk.examples import when
from tongguan.domain.risk.criteria import Condition
from tongguan.domain.risk.rules.plain import holds
from tongguan.domain.risk.rules.tables import TABLE_BYTES, Numbers, bits, places

_NUMBERS = st.integers(-2, 3) | st.sampled_from([Decimal("0.5"), Decimal("1.0"), Decimal("2.50")])
_ONE_BOUND = st.tuples(st.sampled_from(["at_least", "at_most", "below"]), st.tuples(_NUMBERS))
_TWO_BOUNDS = st.tuples(st.just("between"), st.tuples(_NUMBERS, _NUMBERS))
_MISSING = st.tuples(st.just("missing"), st.just(()))


@st.composite
def _asked(draw: st.DrawFn) -> Condition:
    operator, operands = draw(_ONE_BOUND | _TWO_BOUNDS | _MISSING)
    return when("total_value", operator, *map(str, operands))


@given(
    asked=st.lists(_asked(), max_size=8),
    fact=st.none() | _NUMBERS,
    table_bytes=st.sampled_from([1, 800, TABLE_BYTES]),
)
def test_a_number_fits_the_conditions_that_hold_save_those_in_doubt(
    asked: list[Condition], fact: Decimal | int | None, table_bytes: int
) -> None:
    numbers = _numbers(asked, table_bytes)

    doubt = numbers.doubtful(fact)
    fits = bits([bit for bit, one in enumerate(asked) if holds(one, fact)])

    assert numbers.find(fact) | doubt == fits | doubt
    assert not fits & ~numbers.find(fact)
    assert not (numbers.exact and doubt)


def test_a_bound_that_belongs_to_one_side_only_takes_the_memory_of_one_answer() -> None:
    asked = [when("total_value", "at_least", str(number)) for number in range(20)]
    answer = 32 + 20 // 8

    assert _numbers(asked, 21 * 8 * answer).exact
    assert not _numbers(asked, 20 * 8 * answer).exact


@given(st.sets(st.integers(0, 300)))
def test_places_are_those_of_the_bits_that_are_set(chosen: set[int]) -> None:
    assert places(bits(sorted(chosen))) == sorted(chosen, reverse=True)


def _numbers(asked: list[Condition], table_bytes: int) -> Numbers:
    """Return the table of a field of which every profile asks one thing."""
    rows = list(enumerate(asked))
    missing = bits([bit for bit, one in rows if one.operator == "missing"])
    return Numbers(rows, 0, missing, table_bytes)
