"""What an importer confirms about its price is reviewed before the goods are released."""

from decimal import Decimal

import pytest

from tests.interfaces.scene import declared, lodged, play
from tongguan.domain.clearance.lifecycle import HoldKind, Why
from tongguan.domain.clearance.queries import holds_of
from tongguan.domain.declarations.values import Charge, Charges, Confirmations

pytestmark = pytest.mark.django_db(transaction=True)
ADDED = Charge("3", Decimal(500), "CNY")
LEFT_OUT = Charge("3", Decimal(-500), "CNY")


def confirmed(
    *, relationship: bool = False, price_effect: bool = False, royalties: bool = False
) -> Confirmations:
    return Confirmations(relationship=relationship, price_effect=price_effect, royalties=royalties)


def reviews(said: Confirmations, other: Charge | None = None) -> list[Why]:
    """Lodge what an importer confirms, and return the reasons of its reviews."""
    play()
    id_ = lodged(declared(confirmations=said, charges=Charges(other=other)))
    return [row.why for row in holds_of(id_) if row.kind is HoldKind.REVIEW]


@pytest.mark.parametrize("other", [None, ADDED], ids=["no charge", "a charge"])
def test_a_price_that_the_relation_affects_is_reviewed(other: Charge | None) -> None:
    said = confirmed(relationship=True, price_effect=True)

    assert reviews(said, other) == [Why.PRICE_AFFECTED]


@pytest.mark.parametrize("other", [None, LEFT_OUT], ids=["no charge", "a deduction"])
def test_royalties_that_no_charge_adds_to_the_value_are_reviewed(other: Charge | None) -> None:
    assert reviews(confirmed(royalties=True), other) == [Why.ROYALTIES_APART]


def test_royalties_that_a_charge_adds_to_the_value_are_not_reviewed() -> None:
    assert reviews(confirmed(royalties=True), ADDED) == []


def test_a_relation_that_does_not_affect_the_price_is_not_reviewed() -> None:
    assert reviews(confirmed(relationship=True)) == []
