"""Goods that arrive while their declaration is being lodged: no wait outlives its reason."""

import threading
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import connection, transaction

from tests.domain.cargo.factories import SITE, manifest
from tests.domain.declarations.samples import CONSIGNEE, sound
from tests.journeys.test_last_two_holds import admit
from tongguan.domain.cargo import commands as cargo
from tongguan.domain.cargo.models import Bill
from tongguan.domain.cargo.values import ManifestBill
from tongguan.domain.clearance.lifecycle import HoldKind
from tongguan.domain.clearance.queries import holds_of
from tongguan.facilities.accounts.values import SYSTEM
from tongguan.facilities.announcements.values import Announced, Cursor
from tongguan.facilities.ledger.queries import entries, verify
from tongguan.facilities.tables import write
from tongguan.kernel.identifiers import DeclarationId
from tongguan.processes.arrivals import discharge_waiting
from tongguan.processes.jobs import follow
from tongguan.processes.lodgement import record
from tongguan.processes.lodgement.decide import prepared
from tongguan.processes.lodgement.lodge import decided
from tongguan.processes.lodgement.values import Decision, Incoming

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
BILL = "RACE1"

pytestmark = pytest.mark.django_db(transaction=True)


def waiting() -> Decision:
    """Return a declaration decided on while its bill was not known: it waits for the goods."""
    admit()
    sent = sound(reference="R1", bill=BILL, containers=())
    [decision] = decided(
        [prepared(Incoming(sent, None, bytes(32), "json"))], by=SYSTEM, now=NOW, numbers={}
    )
    assert decision.accepted is not None, decision.faults
    assert HoldKind.ARRIVAL in {hold.kind for hold in decision.accepted.holds}
    return decision


def arrive(site: str = SITE) -> None:
    """Have the manifest come, and the goods, and do all that follows from it."""
    bill = ManifestBill(BILL, 42, Decimal(3050), CONSIGNEE, site)
    cargo.receive_manifest(manifest(bills=(bill,), office=site[:4]), by=SYSTEM, now=NOW)
    assert cargo.report_arrival(number=BILL, site=site, by=SYSTEM, now=NOW) == (BILL,)
    follow(now=NOW)


def waits(id_: DeclarationId) -> bool:
    return any(row.kind is HoldKind.ARRIVAL and row.ended_at is None for row in holds_of(id_))


def test_goods_that_came_between_deciding_and_recording_are_not_waited_for() -> None:
    decision = waiting()

    arrive()
    record.record([decision], by=SYSTEM, now=NOW)
    follow(now=NOW)

    assert not waits(decision.incoming.id)
    assert not verify().broken


def test_goods_that_came_while_the_declaration_was_being_written_are_not_waited_for() -> None:
    decision = waiting()
    written, go = threading.Event(), threading.Event()

    def lodge() -> None:
        try:
            with transaction.atomic(durable=True):
                write(record.rows([decision], by=SYSTEM, now=NOW))
                written.set()
                go.wait()
        finally:
            written.set()
            connection.close()

    lodging = threading.Thread(target=lodge)
    lodging.start()
    written.wait()
    arrive()
    go.set()
    lodging.join()
    follow(now=NOW)

    assert holds_of(decision.incoming.id)
    assert not waits(decision.incoming.id)


def test_what_is_followed_twice_ends_a_wait_once() -> None:
    decision = waiting()
    record.record([decision], by=SYSTEM, now=NOW)

    arrive()
    follow(now=NOW)

    [arrival] = [row for row in holds_of(decision.incoming.id) if row.kind is HoldKind.ARRIVAL]
    assert arrival.ended_at == NOW
    assert not verify().broken


def test_goods_that_have_not_come_are_waited_for() -> None:
    decision = waiting()

    record.record([decision], by=SYSTEM, now=NOW)
    follow(now=NOW)

    assert waits(decision.incoming.id)


def test_goods_that_lie_at_another_office_than_declared_do_not_end_the_wait() -> None:
    decision = waiting()
    record.record([decision], by=SYSTEM, now=NOW)

    arrive("0101-01")

    assert waits(decision.incoming.id)
    told = [row.facts for row in entries(decision.incoming.id) if row.kind == "GOODS_ELSEWHERE"]
    assert [(fact["site"], fact["declared"]) for fact in told] == [("0101-01", "0202")]
    assert not verify().broken


@pytest.mark.parametrize(("office", "ends"), [("0101", True), ("0401", False), ("", False)])
def test_a_wait_ends_where_an_approved_diversion_sends_the_goods_and_nowhere_else(
    office: str, *, ends: bool
) -> None:
    decision = waiting()
    record.record([decision], by=SYSTEM, now=NOW)
    bill = ManifestBill(BILL, 42, Decimal(3050), CONSIGNEE, SITE)
    cargo.receive_manifest(manifest(bills=(bill,)), by=SYSTEM, now=NOW)
    Bill.objects.update(office=office, arrived_at=NOW, arrived_site="0101-01")

    with transaction.atomic():
        discharge_waiting([arrived()], NOW)

    assert waits(decision.incoming.id) is not ends


def arrived() -> Announced:
    """Return the event that all goods of the bill have arrived."""
    return Announced(Cursor(1, 1), "Arrived", Bill.objects.get().pk, NOW, {"bill": BILL})
