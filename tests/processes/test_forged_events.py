"""An event that somebody wrote into the queue does nothing that the state does not call for."""

from decimal import Decimal
from uuid import UUID

import pytest
from django.db import connection
from msgspec import json

from tests.domain.cargo.factories import NOW, SITE, manifest
from tests.domain.holding import BOXES, GATE, held, trader
from tests.domain.holding import NOW as LATER
from tests.interfaces.scene import declared, lodged, open_kinds, play
from tongguan.domain.cargo import commands as cargo
from tongguan.domain.cargo import queries
from tongguan.domain.cargo.models import CargoUnit
from tongguan.domain.cargo.values import ManifestBill, ManifestUnit
from tongguan.domain.clearance.lifecycle import HoldKind, State
from tongguan.domain.clearance.queries import state_of
from tongguan.domain.release import commands as release
from tongguan.domain.release.queries import orders_of
from tongguan.facilities.accounts.values import SYSTEM
from tongguan.facilities.ledger.queries import entries
from tongguan.kernel.identifiers import new_id
from tongguan.kernel.time import utc_now
from tongguan.processes.jobs import follow
from tongguan.processes.map import FOLLOWS

pytestmark = pytest.mark.django_db(transaction=True)
ACTED_ON = sorted(FOLLOWS.keys() - {"BacktestAsked"})
"""That a backtest was asked for starts a process, which reads from its table whether one waits."""
BOX = BOXES[0]


def forge(kind: str, subject: UUID, **facts: str) -> None:
    """Write an event into the queue, and let all follow."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO announcements_announcement (kind, subject, at, facts)"
            " VALUES (%s, %s, now(), %s)",
            [kind, subject, json.encode(facts).decode()],
        )
    while follow(now=utc_now()):
        pass


def coming(number: str, bill: str, voyage: str) -> None:
    """Let a manifest announce a container under a bill."""
    one = ManifestBill(bill, 42, Decimal(3050), "示例", SITE, (ManifestUnit(BOX),))
    sent = manifest(number=number, voyage=voyage, bills=(one,))
    cargo.receive_manifest(sent, by=SYSTEM, now=NOW)


def left(bill: str) -> bool:
    return CargoUnit.objects.get(bill__number=bill).left_at is not None


@pytest.mark.parametrize("kind", ACTED_ON)
def test_an_event_of_a_state_that_a_declaration_is_not_in_does_nothing(kind: str) -> None:
    play()
    id_ = lodged(declared())
    before = entries(id_)

    forge(kind, id_)

    assert state_of(id_) is State.ACCEPTED
    assert orders_of(id_) == ()
    assert entries(id_) == before


@pytest.mark.parametrize("kind", ACTED_ON)
def test_an_event_about_nothing_that_there_is_does_not_stop_the_worker(kind: str) -> None:
    play()
    forge(kind, new_id(), bill="NONE", unit=BOX, site=SITE, order="none")

    assert follow(now=utc_now()) == 0


def test_an_arrival_that_is_only_announced_ends_no_wait() -> None:
    play()
    coming("M1", "BILLR-1", "1W")
    id_ = lodged(declared())
    [bill] = queries.bills(["BILLR-1"]).answer().values()

    forge("Arrived", bill.id, bill="BILLR-1", unit="", site=SITE)

    assert HoldKind.ARRIVAL in open_kinds(id_)


def test_goods_have_left_by_an_order_that_was_carried_out_and_by_no_event() -> None:
    coming("M1", "B1", "1W")
    id_ = held(trader(), bill="B1", units=(BOX,))
    cargo.report_arrival(number=BOX, site=SITE, by=SYSTEM, now=NOW)
    release.make_orders([id_], by=SYSTEM, now=NOW)
    [order] = orders_of(id_)

    forge("GateOut", id_, order=str(order.id), unit=BOX, site=SITE)
    before = left("B1")
    release.gate_out(site=SITE, unit=BOX, by=GATE, now=LATER)
    while follow(now=LATER):
        pass

    assert (before, left("B1")) == (False, True)


def test_the_same_event_again_does_not_let_the_goods_of_another_voyage_leave() -> None:
    test_goods_have_left_by_an_order_that_was_carried_out_and_by_no_event()
    cargo.receive_manifest(
        manifest(
            number="M2",
            voyage="2W",
            bills=(ManifestBill("B2", 1, Decimal(1), units=(ManifestUnit(BOX),)),),
        ),
        by=SYSTEM,
        now=utc_now(),
    )

    with connection.cursor() as cursor:
        cursor.execute("UPDATE announcements_announcement SET followed_at = NULL")
    while follow(now=utc_now()):
        pass

    assert not left("B2")
