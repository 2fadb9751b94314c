"""Whatever a document says, the checks tell faults: they never fail over its content."""

from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, get_args, get_type_hints

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.domain.declarations.samples import DAY, LINES, fob, sound, sound_export
from tests.domain.law import law
from tongguan.domain.declarations.rules.check import check, normalise
from tongguan.domain.declarations.values import (
    Charge,
    Container,
    Document,
    Inland,
    Line,
    Packages,
    Permit,
    Preference,
    Quantity,
    Regime,
    Submission,
    Tax,
    Value,
)
from tongguan.domain.revenue.rules.assess import assess

LAW = law()
TEXTS = st.sampled_from(
    ("", " ", "0", "1", "3", "CHN", "8482102000", "０１２８", "\x00", "|||", "9" * 600, "é\ud800")
) | st.text(max_size=40)
NUMBERS = st.sampled_from(
    [Decimal(text) for text in ("NaN", "sNaN", "-Infinity", "0", "-0.0", "1E+900", "1E-900", "7")]
) | st.decimals(allow_nan=True, allow_infinity=True)
PARTS: dict[type, Any] = {
    Charge: Charge("3", Decimal(5), "USD"),
    Container: Container("XMPU0000013"),
    Document: Document("00000001"),
    Line: LINES[0],
    Packages: Packages(),
    Permit: Permit("7", "1"),
    Preference: Preference("22"),
    Inland: Inland("4"),
    Quantity: Quantity(Decimal(1), "035"),
    Regime: Regime("0110"),
    Tax: Tax(),
}
LEAVES: dict[type, st.SearchStrategy[Any]] = {
    str: TEXTS,
    Decimal: NUMBERS,
    bool: st.booleans(),
    int: st.integers(-(10**12), 10**12),
    date: st.dates(),
}
SAMPLES = (sound(), sound_export(), fob())


@st.composite
def spoilt(draw: st.DrawFn) -> Submission:
    """Return a sound declaration with a few values replaced by any of their types."""
    submission = draw(st.sampled_from(SAMPLES))
    for _ in range(draw(st.integers(1, 6))):
        submission = _spoil(draw, submission)
    return submission


@cache
def _hints(kind: type[Value]) -> dict[str, Any]:
    return get_type_hints(kind)


def _spoil(draw: st.DrawFn, value: Value) -> Any:
    hints = _hints(type(value))
    name = draw(st.sampled_from(sorted(hints)))
    return replace(value, **{name: _other(draw, getattr(value, name), hints[name])})


def _other(draw: st.DrawFn, value: Any, hint: Any) -> Any:
    if isinstance(value, Value):
        return _spoil(draw, value)
    if isinstance(value, tuple):
        return _others(draw, value, hint)
    kinds = get_args(hint) or (hint,)
    kind = kinds[0]
    if kind in LEAVES:
        return draw(st.none() | LEAVES[kind] if len(kinds) > 1 else LEAVES[kind])
    return PARTS.get(kind) if issubclass(kind, Value) else draw(st.sampled_from(list(kind)))


def _others(draw: st.DrawFn, values: tuple[Any, ...], hint: Any) -> tuple[Any, ...]:
    kind = get_args(hint)[0]
    if not values or draw(st.booleans()):
        made = {str: "7", int: 3}[kind] if kind in LEAVES else PARTS[kind]
        return (*values, made) if draw(st.booleans()) else ()
    at = draw(st.integers(0, len(values) - 1))
    return (*values[:at], _other(draw, values[at], kind), *values[at + 1 :])


@given(submission=spoilt())
def test_no_declaration_makes_the_checks_fail(submission: Submission) -> None:
    plain = normalise(submission)

    faults = check(plain, reference=LAW, day=DAY)

    assert normalise(plain) == plain
    for fault in faults:
        assert fault.pointer.startswith("#/")
        assert fault.told(str)["detail"]


@given(submission=spoilt())
def test_what_the_checks_let_pass_can_be_assessed(submission: Submission) -> None:
    plain = normalise(submission)
    if any(not fault.problem.warning for fault in check(plain, reference=LAW, day=DAY)):
        return

    owed = assess(plain, reference=LAW, day=DAY)

    assert owed.payable >= 0
    assert owed.stored()
