"""What a check finds sound is lodged, whatever the numbers; one of a batch harms no other."""

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.json import encode
from msgspec.structs import replace

from tests.domain.declarations.samples import (
    BROKER,
    TRADER,
    fob,
    sound,
    sound_export,
    with_line,
)
from tests.domain.parties.factories import mandated
from tongguan.domain.declarations.values import (
    Charge,
    Charges,
    Mass,
    Packages,
    Permit,
    Preference,
    Quantity,
    Submission,
    Tax,
)
from tongguan.domain.revenue.models import Assessment
from tongguan.facilities.accounts.values import SYSTEM
from tongguan.kernel.identifiers import new_id
from tongguan.processes.lodgement.lodge import check_only, lodge
from tongguan.processes.lodgement.values import Answer, Incoming, Outcome

NOW: Final = datetime(2026, 11, 20, 3, tzinfo=UTC)
ONE: Final = Decimal(1)
VALUES: Final = (
    "NaN", "sNaN", "-Infinity", "0", "-0", "-1500", "0.000001", "0.0000001", "0.00001", "1",
    "999999999999.999999", "9999999999999", "9999999999999.999999", "1E+13", "1E+17", "1E+30",
    "1E+2000000", "1E-2000000", "123456789012345678901234567", "-9999999999999", "99.999999",
)  # fmt: skip
COUNTS: Final = (-1, 0, 1, 10**9 - 1, 10**9, 2**31, 2**63, 10**40)

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Place:
    """Where a number stands in a declaration: members and positions, from outside in."""

    path: tuple[str | int, ...]


def with_everything(base: Submission) -> Submission:
    """Return a declaration in which every number that a declaration has is stated."""
    papers = (Permit("7", "AB-1", line=1, quantity=Quantity(ONE, "035"), amount=ONE),)
    costs = Charges(*[Charge("3", ONE, "EUR") for _ in range(3)])
    full = with_line(
        replace(base, permits=papers, charges=costs, terms="3"),
        charges=costs,
        permits=(replace(papers[0], number="AB-2", line=None),),
        taxes=(Tax("A", ONE, ONE, ONE, "CNY"),),
        packages=(Packages(count=1),),
        preference=Preference("22", "C-1", line=1),
    )
    mass = full.mass
    return replace(full, invoice=replace(full.invoice, total=ONE, currency="EUR"), mass=mass)


def numbers_in(value: Any, kind: type, path: tuple[str | int, ...] = ()) -> list[Place]:
    """Return the places of all numbers of a kind."""
    if isinstance(value, kind) and not isinstance(value, bool):
        return [Place(path)]
    if isinstance(value, tuple):
        steps = enumerate(value)
        return [one for at, item in steps for one in numbers_in(item, kind, (*path, at))]
    names = getattr(value, "__struct_fields__", ())
    return [one for name in names for one in numbers_in(getattr(value, name), kind, (*path, name))]


def put(value: Any, path: tuple[str | int, ...], number: Any) -> Any:
    """Return a value with another number at a place."""
    if not path:
        return number
    step, *rest = path
    if isinstance(step, int):
        return (*value[:step], put(value[step], tuple(rest), number), *value[step + 1 :])
    return replace(value, **{step: put(getattr(value, step), tuple(rest), number)})


EXPORTED: Final = sound_export(parties=sound().parties)
BASES: Final = (sound(), fob(), EXPORTED, with_everything(sound()))
MANY: Final = settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@st.composite
def extreme(draw: st.DrawFn) -> Submission:
    """Return a declaration with one to three of its numbers far out, and signs of a cost."""
    one = draw(st.sampled_from(BASES))
    for _ in range(draw(st.integers(1, 3))):
        if draw(st.integers(0, 4)):
            place = draw(st.sampled_from(numbers_in(one, Decimal)))
            one = put(one, place.path, Decimal(draw(st.sampled_from(VALUES))))
        else:
            place = draw(st.sampled_from(numbers_in(one, int)))
            one = put(one, place.path, draw(st.sampled_from(COUNTS)))
    return one


def incoming(one: Submission) -> Incoming:
    return Incoming(one, None, sha256(encode(one)).digest(), "json")


def put_in(*batch: Submission) -> list[Answer]:
    return lodge([incoming(one) for one in batch], by=SYSTEM, now=NOW)


@pytest.fixture(autouse=True)
def _registered(db: None) -> None:
    mandated(TRADER, BROKER)


@MANY
@given(one=extreme())
def test_a_check_and_lodging_say_the_same_of_any_number(one: Submission) -> None:
    one = replace(one, reference=f"X-{new_id().hex[-20:]}", bill=f"X{new_id().hex[-20:].upper()}")

    [checked] = check_only([incoming(one)], by=SYSTEM, now=NOW)
    [answer] = put_in(one)

    assert (checked.outcome is Outcome.SOUND) is (answer.outcome is Outcome.ACCEPTED)
    if answer.outcome is Outcome.ACCEPTED:
        assert Assessment.objects.get(declaration=answer.declaration_id).total >= 0
    else:
        assert any(not fault.problem.warning for fault in answer.faults)


@pytest.mark.parametrize("rate", ["1E+25", "1E+30", "9999999999999"])
@pytest.mark.parametrize("kind", ["freight", "insurance", "other"])
def test_one_of_a_batch_with_a_number_beyond_bounds_is_refused_and_the_other_taken(
    kind: str, rate: str
) -> None:
    costs = replace(fob().charges, **{kind: Charge("3", Decimal(rate), "EUR")})
    wrong = replace(fob(), reference="R-2", bill="XMPL20261100102", charges=costs)

    good, bad = put_in(sound(), wrong)

    assert good.outcome is Outcome.ACCEPTED
    assert bad.outcome is Outcome.REJECTED
    assert [one.pointer for one in bad.faults if not one.problem.warning] == [
        f"#/charges/{kind}/rate"
    ]


def test_duties_by_quantity_that_no_column_holds_are_refused() -> None:
    litres = Quantity(Decimal(9999999999999), "095")
    line = replace(
        sound().lines[2],
        number=1,
        commodity="2208300000",
        name="威士忌酒",
        elements="4|3|蒸馏酒|40度|700毫升|EXAMPLE牌|1|1|1|1",
        quantity=litres,
        first=litres,
        second=Quantity(Decimal(100), "035"),
        price=Decimal("0.01"),
        total=Decimal("99999999999.99"),
    )
    mass = Mass(Decimal(120), Decimal(100))
    boxes = (replace(sound().containers[0], lines=(1,)),)

    [answer] = put_in(sound(lines=(line,), containers=boxes, mass=mass))

    assert answer.outcome is Outcome.REJECTED
    assert "LOD-010" in {one.problem.code for one in answer.faults}, answer.faults


def test_one_of_a_batch_that_cannot_be_recorded_harms_no_other() -> None:
    other = incoming(sound(reference="R-2", bill="XMPL20261100102"))
    unrecordable = Incoming(other.submission, None, other.sha256, "a format" * 10)

    first, second = lodge([incoming(sound()), unrecordable], by=SYSTEM, now=NOW)

    assert first.outcome is Outcome.ACCEPTED
    assert (second.outcome, second.reference) == (Outcome.REJECTED, "R-2")
    assert [one.problem.code for one in second.faults] == ["LOD-011"]


def test_a_licence_is_drawn_for_the_quantity_declared_and_never_for_nothing() -> None:
    tiny = Permit("1", "L-1", quantity=Quantity(Decimal("0.000001"), "035"))

    [answer] = put_in(with_line(sound(), 2, permits=(tiny,)))

    asked = [hold.facts["quantity"] for hold in answer.holds if hold.facts.get("number") == "L-1"]
    assert asked == ["0.00001"]


def test_the_numbers_tried_are_all_that_a_declaration_has() -> None:
    everything = with_everything(sound())

    assert {place.path[-1] for place in numbers_in(everything, Decimal)} == {
        "amount", "base", "gross", "net", "price", "rate", "total", "value",
    }  # fmt: skip
