"""Declarations whose goods do not come: told from the start until when, flagged, or revoked."""

from datetime import datetime, timedelta

import pytest

from tests.domain.cargo.factories import SITE, BillFactory
from tests.interfaces.scene import declared, lodged, play
from tongguan.domain.cargo.commands import report_arrival
from tongguan.domain.clearance.lifecycle import HoldKind, State, Why
from tongguan.domain.clearance.queries import holds_of, state_of
from tongguan.domain.declarations.queries import heads
from tongguan.domain.declarations.values import Confirmations, Countries, Flow, Ports, Transport
from tongguan.facilities.accounts.values import SYSTEM
from tongguan.facilities.ledger.queries import entries
from tongguan.kernel.identifiers import DeclarationId
from tongguan.kernel.time import utc_now
from tongguan.processes.arrivals import end_waits
from tongguan.processes.jobs import follow

pytestmark = pytest.mark.django_db(transaction=True)
DAYS = timedelta(days=14)
EXPORT_DAYS = timedelta(days=3)


def flags(id_: DeclarationId) -> list[HoldKind]:
    return [row.kind for row in holds_of(id_) if row.why is Why.NOT_COME]


def since(id_: DeclarationId, days: timedelta = DAYS) -> datetime:
    [wait] = [row for row in holds_of(id_) if row.kind is HoldKind.ARRIVAL]
    assert wait.due_at == wait.opened_at + days
    return wait.opened_at


def exported() -> DeclarationId:
    """Lodge an export in advance of its goods."""
    one = declared(
        flow=Flow.EXPORT,
        containers=(),
        countries=Countries(trading="DEU", destination="DEU"),
        ports=Ports(call="DEU063"),
        terms="3",
        entry_date=None,
        confirmations=Confirmations(),
    )
    return lodged(one)


def test_a_declaration_whose_bill_is_never_announced_lapses_after_its_days() -> None:
    play()
    id_ = lodged(declared(containers=()))
    began = since(id_)

    end_waits(began + DAYS - timedelta(seconds=1))
    assert state_of(id_) is State.ACCEPTED
    end_waits(began + DAYS)

    assert state_of(id_) is State.CANCELLED
    [told] = [row.facts for row in entries(id_) if row.kind == "REVOCATION_DECIDED"]
    assert told["ground"] == "NOT_COME"


def test_goods_that_no_manifest_can_name_are_not_waited_for_and_do_not_lapse() -> None:
    play()
    id_ = lodged(declared(transport=Transport(mode="9"), bill=None))

    end_waits(utc_now() + DAYS + timedelta(days=1))

    assert all(row.kind is not HoldKind.ARRIVAL for row in holds_of(id_))
    assert state_of(id_) is State.ACCEPTED


def test_goods_that_were_announced_and_are_late_go_to_a_reviewer_once() -> None:
    play()
    id_ = lodged(declared(containers=()))
    BillFactory.create(number=heads([id_])[id_].bill, site=SITE, received_at=utc_now())
    began = since(id_)

    for days in (13, 14, 15):
        end_waits(began + timedelta(days=days))

    assert state_of(id_) is State.ACCEPTED
    assert flags(id_) == [HoldKind.REVIEW]


def test_an_export_whose_goods_do_not_come_in_three_days_is_flagged_for_revocation_once() -> None:
    play()
    id_ = exported()
    began = since(id_, EXPORT_DAYS)

    end_waits(began + EXPORT_DAYS - timedelta(seconds=1))
    assert flags(id_) == []
    for later in (EXPORT_DAYS, EXPORT_DAYS + timedelta(hours=1), 2 * EXPORT_DAYS):
        end_waits(began + later)

    assert flags(id_) == [HoldKind.REVIEW]
    assert state_of(id_) is State.ACCEPTED


def test_an_export_whose_goods_came_within_three_days_is_not_flagged() -> None:
    play()
    id_ = exported()
    began = since(id_, EXPORT_DAYS)
    bill = BillFactory.create(
        number=heads([id_])[id_].bill, manifest__flow="export", site=SITE, received_at=began
    )
    report_arrival(number=bill.number, site=SITE, by=SYSTEM, now=began + timedelta(hours=71))
    follow(now=began + timedelta(hours=71))

    end_waits(began + EXPORT_DAYS)

    assert flags(id_) == []


def test_an_import_waits_longer_than_an_export() -> None:
    play()
    id_ = lodged(declared(containers=()))

    end_waits(since(id_) + EXPORT_DAYS)

    assert flags(id_) == []
