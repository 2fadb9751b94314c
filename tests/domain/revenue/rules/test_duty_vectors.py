"""Five hundred declarations assessed by the product and, a second time, by a plain calculation."""

from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from typing import Final

import pytest

from tests.domain.revenue.rules import plain_duty as plain
from tests.domain.revenue.rules.duty_vectors import (
    VAT_FROM,
    cases,
    coming_of,
    held_for,
    law_of,
    submission_of,
)
from tongguan.domain.revenue.rules.assess import assess
from tongguan.domain.revenue.values import Assessment

COUNT: Final = 500
PARTS: Final = 10
Figures = tuple[Fraction, ...]


@cache
def vectors() -> tuple[plain.Case, ...]:
    """Return the cases; whoever runs none of these tests does not wait for them to be drawn."""
    return tuple(cases(COUNT))


@cache
def expected_of(place: int) -> plain.Owed:
    """Return what the plain calculation finds for a case, calculated once."""
    return plain.owed(vectors()[place])


def by_content(case: plain.Case, figures: Sequence[Figures]) -> list[tuple[str, Figures]]:
    """Return figures by what lines say: of equal lines it does not matter which has which."""
    named = zip(map(str, case.goods), figures, strict=True)
    return sorted(named)


def figures_of(case: plain.Case, owed: Assessment) -> list[Figures]:
    """Return value and taxes levied on each line by the product."""
    found = [[Fraction(value.amount)] for value in owed.values]
    taxes: list[dict[str, Fraction]] = [{} for _ in case.goods]
    for charge in owed.charges:
        if charge.line:
            at = charge.line - 1
            taxes[at][charge.tax] = taxes[at].get(charge.tax, Fraction(0)) + Fraction(charge.levied)
    columns = (*plain.ORDER, "EXPORT_DUTY")
    return [
        (*value, *(taxes[at].get(tax, Fraction(0)) for tax in columns))
        for at, value in enumerate(found)
    ]


def plainly(case: plain.Case, owed: plain.Owed) -> list[Figures]:
    """Return value and taxes levied on each line by the plain calculation."""
    columns = (*plain.ORDER, "EXPORT_DUTY")
    return [
        (value, *(owed.taxes.get(tax, {}).get(at, Fraction(0)) for tax in columns))
        for at, value in enumerate(owed.values)
    ]


@pytest.mark.parametrize("part", range(PARTS))
def test_every_line_owes_what_a_plain_calculation_finds(part: int) -> None:
    for place in range(part, COUNT, PARTS):
        case, expected = vectors()[place], expected_of(place)

        owed = assess(
            submission_of(case),
            reference=law_of(case),
            day=case.days.accepted,
            coming=coming_of(case),
            held=held_for(case),
        )

        assert not owed.undetermined
        assert by_content(case, figures_of(case, owed)) == by_content(case, plainly(case, expected))
        assert Fraction(owed.value) == sum(expected.values)
        totals = {total.tax: Fraction(total.levied) for total in owed.totals}
        assert {tax: sum_ for tax, sum_ in totals.items() if sum_} == {
            tax: sum_ for tax, sum_ in expected.levied.items() if sum_
        }
        assert Fraction(owed.payable) == sum(expected.levied.values())


def test_the_vectors_cover_what_the_law_knows() -> None:
    drawn = vectors()
    expected = [expected_of(place) for place in range(COUNT)]
    sizes = {len(case.goods) for case in drawn}

    assert len(drawn) == COUNT
    assert {1, 120, 998, 999} <= sizes
    assert {case.terms for case in drawn} == set("12347")
    assert {case.importing for case in drawn} == {True, False}
    assert {one.mode for case in drawn for one in case.goods} == set("123456789")
    assert len({case.certificate for case in drawn}) == 4
    assert {case.whole_yuan for case in drawn} == {True, False}
    levied = {tax for one in expected for tax, sum_ in one.levied.items() if sum_}
    assert levied == {*plain.ORDER, "EXPORT_DUTY", "LATE_DECLARATION"}
    advance = [one for one in drawn if one.days.accepted < VAT_FROM <= one.days.of_rates]
    assert {one.days.transit for one in advance} == {True, False}
    assert any(0 in one.levied.values() for one in expected)
