"""An export by transit: cleared inland, sealed to the exit, discharged there, and only then out."""

from datetime import timedelta
from decimal import Decimal

import pytest

from tests.domain.cargo.factories import manifest
from tests.domain.declarations.samples import CONSIGNEE
from tests.interfaces.scene import Scene, declared, lodged, open_kinds, play
from tongguan.domain.cargo import commands as cargo
from tongguan.domain.cargo import queries as lying
from tongguan.domain.cargo.values import ManifestBill, ManifestUnit
from tongguan.domain.clearance.lifecycle import HoldKind, State
from tongguan.domain.clearance.queries import holds_of, state_of
from tongguan.domain.declarations.queries import heads
from tongguan.domain.declarations.values import (
    Confirmations,
    Container,
    Countries,
    Flow,
    Inland,
    Mode,
    Offices,
    Ports,
    Transport,
)
from tongguan.domain.release import commands as release
from tongguan.domain.release.queries import ask_at_gate, orders_of
from tongguan.domain.release.values import GateVerdict
from tongguan.domain.transit import commands as transit
from tongguan.domain.transit.queries import movements
from tongguan.facilities.accounts.values import Actor, Role
from tongguan.kernel.identifiers import DeclarationId
from tongguan.kernel.problems import ProblemError
from tongguan.kernel.time import utc_now
from tongguan.processes.jobs import follow

INLAND, EXIT = "0117", "0202"
BOX = "XMPU0000013"
BILL = "OUT1"
LORRY = Transport(mode="2", name="EXAMPLE STAR", voyage="020W", inland=Inland(mode="4", name="D1"))

pytestmark = pytest.mark.django_db(transaction=True)


def at(site: str) -> Actor:
    """Return somebody at the gates of a site."""
    return Actor(site, site, roles=frozenset({Role.GATE}), sites=frozenset({site}))


def announced(scene: Scene) -> DeclarationId:
    """Return an export by transit, declared inland in advance, whose bill a carrier announced."""
    bill = ManifestBill(BILL, 42, Decimal(3050), CONSIGNEE, "0202-01", (ManifestUnit(BOX),))
    cargo.receive_manifest(
        manifest(bills=(bill,), flow="export"), by=scene.actor("lines"), now=utc_now()
    )
    one = declared(
        flow=Flow.EXPORT,
        mode_asked=Mode.TRANSIT,
        offices=Offices(declaration=INLAND, goods=EXIT),
        transport=LORRY,
        bill=BILL,
        containers=(Container(id=BOX, size="11"),),
        countries=Countries(trading="DEU", destination="DEU"),
        ports=Ports(call="DEU063"),
        terms="3",
        entry_date=None,
        confirmations=Confirmations(),
    )
    return lodged(one)


def arrive(site: str) -> None:
    cargo.report_arrival(number=BOX, site=site, by=at(site), now=utc_now())
    follow(now=utc_now())


def test_an_export_by_transit_goes_from_its_clearance_inland_to_the_exit() -> None:
    scene = play()
    id_ = announced(scene)
    waits = {row.kind: row.office for row in holds_of(id_)}
    assert (waits[HoldKind.ARRIVAL], waits[HoldKind.TRANSIT]) == (INLAND, EXIT)
    with pytest.raises(ProblemError) as refusal:
        arrive("0202-01")
    assert refusal.value.faults[0].problem.code == "CAR-025"

    assert [row.number for row in lying.expected(viewer=at("0117-01"))] == [BILL]
    arrive("0117-01")
    assert HoldKind.ARRIVAL not in open_kinds(id_)
    follow(now=utc_now())
    assert open_kinds(id_) == {HoldKind.TRANSIT}
    assert state_of(id_) is State.RELEASED
    assert orders_of(id_) == ()
    for site in ("0117-01", "0202-01"):
        told = ask_at_gate(site=site, unit=BOX, by=at(site))
        assert told.verdict is GateVerdict.HELD
        assert [one.kind for one in told.waiting] == [HoldKind.TRANSIT]

    left_at = utc_now()
    transit.depart(
        declaration_id=id_, carrier="", vehicle="D1", seals="S1", by=at("0117-01"), now=left_at
    )
    [row] = movements(viewer=at("0117-01"))
    assert (row.departure, row.destination, row.from_site) == (INLAND, EXIT, "0117-01")
    there = left_at + timedelta(hours=3)
    transit.arrive(declaration_id=id_, intact=True, seals="S1", by=at("0202-01"), now=there)
    follow(now=there)

    assert [(order.office, order.site) for order in orders_of(id_)] == [(EXIT, "0202-01")]
    answer = release.gate_out(site="0202-01", unit=BOX, by=at("0202-01"), now=there)
    assert answer.may_leave
    assert state_of(id_) in {State.DEPARTED, State.CLOSED}


def test_an_export_by_transit_is_known_where_it_is_cleared_and_where_it_is_bound() -> None:
    scene = play()
    id_ = announced(scene)
    number = heads([id_])[id_].number

    seen = {site: ask_at_gate(site=site, unit=BOX, by=at(site)).number for site in SITES}

    assert seen == {"0117-01": number, "0202-01": number, "0202-02": "", "0401-01": ""}


SITES = ("0117-01", "0202-01", "0202-02", "0401-01")
