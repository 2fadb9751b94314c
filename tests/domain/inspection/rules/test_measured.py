"""What was measured against what was declared: “as declared” is not said of other goods."""

from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from tests.domain.declarations.samples import sound
from tongguan.domain.declarations.values import Mass, Packages, Quantity
from tongguan.domain.inspection.rules.measured import faults, told
from tongguan.domain.inspection.values import Seen

TOLERANCE = Decimal("0.03")
BASE = sound()
LINE = replace(BASE.lines[0], number=1, quantity=Quantity(Decimal(200), "011"))
WEIGHED = replace(BASE.lines[1], number=2, quantity=Quantity(Decimal(200), "035"))
DECLARED = replace(
    BASE, lines=(LINE, WEIGHED), packages=Packages(count=40), mass=Mass(gross=Decimal(1000))
)


def codes(**seen: Any) -> list[tuple[str, str]]:
    found = faults(Seen(**({"result": "x"} | seen)), DECLARED, tolerance=TOLERANCE)
    return [(fault.problem.code, fault.pointer) for fault in found]


@pytest.mark.parametrize(
    ("seen", "pointer"),
    [
        ({"packages_found": 39}, "#/packages_found"),
        ({"packages_found": 0}, "#/packages_found"),
        ({"mass_found_kg": Decimal("1030.001")}, "#/mass_found_kg"),
        ({"mass_found_kg": Decimal("969.999")}, "#/mass_found_kg"),
        ({"line": 1, "quantity_found": Decimal(199)}, "#/quantity_found"),
        ({"line": 2, "quantity_found": Decimal("206.1")}, "#/quantity_found"),
    ],
)
def test_what_differs_is_not_as_declared(seen: dict[str, Any], pointer: str) -> None:
    assert codes(**seen) == [("INS-032", pointer)]
    assert codes(finding="QUANTITY", **seen) == []


@pytest.mark.parametrize(
    "seen",
    [
        {},
        {"packages_found": 40},
        {"mass_found_kg": Decimal(1030)},
        {"mass_found_kg": Decimal(970)},
        {"line": 1, "quantity_found": Decimal(200)},
        {"line": 2, "quantity_found": Decimal(206)},
    ],
)
def test_what_is_as_declared_or_within_the_tolerance_may_be_called_so(seen: dict[str, Any]) -> None:
    assert codes(**seen) == []


def test_a_finding_of_quantity_says_what_was_found() -> None:
    assert codes(finding="QUANTITY") == [("INS-033", "#/finding")]
    assert codes(finding="QUANTITY", packages_found=40) == [("INS-033", "#/finding")]
    assert codes(finding="ORIGIN") == []


@pytest.mark.parametrize("seen", [{"line": 3}, {"quantity_found": Decimal(1)}])
def test_a_finding_is_about_a_line_that_there_is(seen: dict[str, Any]) -> None:
    assert codes(finding="QUANTITY", **seen) == [("INS-034", "#/line")]


def test_the_record_keeps_what_was_declared_of_what_the_finding_is_about() -> None:
    assert told(Seen(result="x"), DECLARED) == ""
    assert told(Seen(result="x", finding="QUANTITY"), DECLARED) == "40 · 1000"
    assert "200 · 011" in told(Seen(result="x", finding="QUANTITY", line=1), DECLARED)
