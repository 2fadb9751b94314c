"""Declarations whose goods do not come: told from the start until when, flagged, or revoked."""

from datetime import datetime, timedelta

import pytest

from tests.domain.cargo.factories import SITE, BillFactory
from tests.interfaces.scene import declared, lodged, play
from tongguan.domain.clearance.lifecycle import HoldKind, State, Why
from tongguan.domain.clearance.queries import holds_of, state_of
from tongguan.domain.declarations.queries import heads
from tongguan.facilities.ledger.queries import entries
from tongguan.kernel.identifiers import DeclarationId
from tongguan.kernel.time import utc_now
from tongguan.processes.arrivals import end_waits

pytestmark = pytest.mark.django_db(transaction=True)
DAYS = timedelta(days=14)


def flags(id_: DeclarationId) -> list[HoldKind]:
    return [row.kind for row in holds_of(id_) if row.why is Why.NOT_COME]


def since(id_: DeclarationId) -> datetime:
    [wait] = [row for row in holds_of(id_) if row.kind is HoldKind.ARRIVAL]
    assert wait.due_at == wait.opened_at + DAYS
    return wait.opened_at


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


def test_goods_that_were_announced_and_are_late_go_to_a_reviewer_once() -> None:
    play()
    id_ = lodged(declared(containers=()))
    BillFactory.create(number=heads([id_])[id_].bill, site=SITE, received_at=utc_now())
    began = since(id_)

    for days in (13, 14, 15):
        end_waits(began + timedelta(days=days))

    assert state_of(id_) is State.ACCEPTED
    assert flags(id_) == [HoldKind.REVIEW]
