"""Manifests and bills to begin from."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Final

from factory.declarations import LazyFunction, Sequence, SubFactory, Trait
from factory.django import DjangoModelFactory
from msgspec.structs import replace

from tests.domain.declarations.samples import TRADER
from tongguan.domain.cargo.models import Bill, CargoUnit, Manifest
from tongguan.domain.cargo.values import Manifest as ManifestValue
from tongguan.domain.cargo.values import ManifestBill, ManifestUnit
from tongguan.facilities.accounts.values import Actor, Role
from tongguan.kernel.identifiers import new_id

NOW: Final = datetime(2026, 11, 16, 1, 0, tzinfo=UTC)
"""9 o'clock of Monday, 16 November 2026, in the region."""
DAY: Final = date(2026, 11, 16)
SITE: Final = "0202-01"
ELSEWHERE: Final = "0101-01"
OPERATOR: Final = Actor(
    "terminal", "", roles=frozenset({Role.SITE_OPERATOR}), sites=frozenset({SITE})
)
BOXES: Final = ("XMPU0000013", "XMPU0000034")
BILLS: Final = (
    ManifestBill(
        "B1", 42, Decimal(3050), "示例", SITE, tuple(ManifestUnit(box, ("S1",)) for box in BOXES)
    ),
    ManifestBill("B2", 1, Decimal("0.5")),
)
MANIFEST: Final = ManifestValue("M1", "2", "EXAMPLE STAR", "020W", "import", "0202", BILLS)


def manifest(**changes: Any) -> ManifestValue:
    """Return a sound manifest by sea of two bills, the first with two containers."""
    return replace(MANIFEST, **changes)


def carrier(*ids: int) -> Actor:
    """Return somebody of a carrier."""
    own = frozenset(ids)
    return Actor("carrier", "", roles=frozenset({Role.CARRIER}), own_ids=own)


class ManifestFactory(DjangoModelFactory[Manifest]):
    """An import by sea through 0202, of no known carrier."""

    class Meta:
        model = Manifest

    id = LazyFunction(new_id)
    number = Sequence(lambda count: f"MF{count}")
    flow = "import"
    mode = "2"
    name = "EXAMPLE STAR"
    voyage = "020W"
    office = "0202"
    received_at = NOW


class BillFactory(DjangoModelFactory[Bill]):
    """A bill of loose cargo of the sample's trader, expected; `here=True` when it lies at SITE."""

    class Meta:
        model = Bill

    id = LazyFunction(new_id)
    number = Sequence(lambda count: f"BF{count}")
    manifest = SubFactory(ManifestFactory)
    packages = 42
    gross = Decimal(3050)
    consignee = str(TRADER.scc)
    received_at = NOW

    class Params:
        here = Trait(arrived_at=NOW, arrived_site=SITE)


class CargoUnitFactory(DjangoModelFactory[CargoUnit]):
    """A container of a bill, still to come."""

    class Meta:
        model = CargoUnit

    bill = SubFactory(BillFactory)
    unit = BOXES[0]
    seals = ("S1",)
