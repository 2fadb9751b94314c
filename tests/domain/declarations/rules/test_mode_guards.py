"""What stands against declaring and releasing locally, found in the declaration itself."""

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from tests.domain.declarations.samples import sound
from tongguan.domain.declarations.rules.modes import find_mode, given_against
from tongguan.domain.declarations.values import Mode, Offices, Permit, Place
from tongguan.domain.reference.queries import snapshot
from tongguan.domain.reference.values import Against
from tongguan.kernel.problems import Fault

LOCAL = {"mode_asked": Mode.LOCAL_RELEASED, "offices": Offices("0117", "0202", "0117", "0202")}
LINE = sound().lines[0]

pytestmark = pytest.mark.django_db


def found(given: dict[str, Any], **changes: Any) -> Mode | Fault:
    sent, day = sound(**LOCAL | changes), date(2026, 11, 16)
    against = given_against(sent, reference=snapshot(), day=day, **given)
    return find_mode(
        sent,
        reference=snapshot(),
        day=day,
        trader_class="advanced",
        broker_class="advanced",
        given=against,
    )


def test_goods_that_nothing_binds_are_declared_and_released_locally() -> None:
    assert found({}) is Mode.LOCAL_RELEASED


@pytest.mark.parametrize(
    ("given", "changes", "against"),
    [
        ({}, {"permits": (Permit(kind="P", number="1"),)}, Against.PORT_PERMIT),
        ({}, {"lines": (replace(LINE, commodity="8703234110"),)}, Against.PORT_PERMIT),
        ({"site": "0206-01"}, {}, Against.NO_REPORT),
        ({}, {"place": Place(id="0206-01", port="120001")}, Against.NO_REPORT),
        ({"suspended": True}, {}, Against.INVESTIGATED),
    ],
    ids=["a licence", "the goods", "the manifest's site", "the declared site", "the trader"],
)
def test_mode_4_is_refused_with_its_reason(
    given: dict[str, Any], changes: dict[str, Any], against: Against
) -> None:
    fault = found(given, **changes)

    assert isinstance(fault, Fault)
    assert against in fault.facts["reason"]  # type: ignore[operator]
