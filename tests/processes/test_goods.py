"""Declarations and the goods they are about: one bill, one declaration; arrivals end waits."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from hashlib import sha256

import pytest

from tests.domain.declarations.samples import BROKER, CONSIGNEE, TRADER, sound
from tests.domain.parties.factories import mandated
from tongguan.domain.cargo import commands as cargo
from tongguan.domain.cargo import queries as bills
from tongguan.domain.cargo.values import Manifest, ManifestBill, ManifestUnit
from tongguan.domain.clearance import commands as clearance
from tongguan.domain.clearance.lifecycle import Act, HoldKind
from tongguan.domain.declarations.values import Container, Submission
from tongguan.facilities.accounts.values import SYSTEM
from tongguan.kernel.identifiers import DeclarationId
from tongguan.processes.jobs import follow
from tongguan.processes.lodgement.decide import prepared
from tongguan.processes.lodgement.lodge import decided, lodge
from tongguan.processes.lodgement.record import record
from tongguan.processes.lodgement.values import Answer, Incoming, Outcome

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
SENT = sound()
BILL = SENT.bill or ""
BOX = SENT.containers[0].id
SITE = "0202-01"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _parties(db: None) -> None:
    """Register the samples' trader and broker, and the mandate between them."""
    mandated(TRADER, BROKER)


def lodged(*submissions: Submission) -> list[Answer]:
    return lodge([incoming(one) for one in submissions], by=SYSTEM, now=NOW)


def incoming(one: Submission) -> Incoming:
    return Incoming(one, None, sha256(b"").digest(), "json")


def manifest() -> None:
    bill = ManifestBill(BILL, 42, Decimal(3050), CONSIGNEE, units=(ManifestUnit(BOX),))
    sent = Manifest("M1", "2", "EXAMPLE STAR", "020W", "import", "0202", (bill,))
    cargo.receive_manifest(sent, by=SYSTEM, now=NOW)


def arrive() -> None:
    cargo.report_arrival(number=BOX, site=SITE, by=SYSTEM, now=NOW)


def id_of(answer: Answer) -> DeclarationId:
    assert answer.declaration_id is not None
    return DeclarationId(answer.declaration_id)


def waits(answer: Answer) -> bool:
    return any(hold.kind is HoldKind.ARRIVAL for hold in answer.holds)


def codes(answers: Sequence[Answer]) -> list[list[str]]:
    return [
        [fault.problem.code for fault in answer.faults if not fault.problem.warning]
        for answer in answers
    ]


def test_goods_declared_before_they_come_wait_no_longer_when_they_have() -> None:
    [early] = lodged(SENT)
    manifest()
    arrive()
    follow(now=NOW)

    [again] = lodged(SENT)

    assert waits(early)
    assert again.outcome is Outcome.REPEATED
    assert not waits(again)
    assert bills.bills([BILL]).answer()[BILL].used_by == early.declaration_id


def test_goods_that_have_come_are_not_waited_for() -> None:
    manifest()
    arrive()

    [answer] = lodged(SENT)

    assert answer.outcome is Outcome.ACCEPTED
    assert not waits(answer)


def test_a_container_of_another_bill_is_refused_with_its_place() -> None:
    manifest()
    [box] = SENT.containers

    [answer] = lodged(sound(containers=(box, Container(id="XMPU0000034", size="11"))))

    assert answer.outcome is Outcome.REJECTED
    [fault] = [one for one in answer.faults if not one.problem.warning]
    assert (fault.problem.code, fault.pointer) == ("DEC-147", "#/containers/1/id")


def test_goods_in_a_container_are_not_declared_without_it() -> None:
    manifest()

    [answer] = lodged(sound(containers=()))

    assert answer.outcome is Outcome.REJECTED
    [fault] = [one for one in answer.faults if not one.problem.warning]
    assert (fault.problem.code, fault.pointer) == ("DEC-148", "#/containers")
    assert fault.facts["containers"] == BOX


def test_a_bill_is_declared_once_whether_its_manifest_has_come_or_not() -> None:
    lodged(SENT)
    [early] = lodged(sound(reference="SECOND"))
    manifest()
    [late] = lodged(sound(reference="THIRD"))

    assert codes([early, late]) == [["DEC-140"], ["DEC-140"]]


def test_a_bill_twice_in_one_batch_goes_to_the_first() -> None:
    first, second = lodged(SENT, sound(reference="SECOND"))

    assert first.outcome is Outcome.ACCEPTED
    assert codes([second]) == [["DEC-140"]]


def test_a_bill_is_free_again_when_its_declaration_was_cancelled() -> None:
    [first] = lodged(SENT)
    locked = clearance.lock(id_of(first))
    clearance.move(locked, Act.CANCEL, by=SYSTEM, now=NOW)
    follow(now=NOW)

    [second] = lodged(sound(reference="SECOND"))

    assert second.outcome is Outcome.ACCEPTED


def test_goods_that_came_while_their_declaration_was_decided_are_noticed() -> None:
    manifest()
    batch = [prepared(incoming(SENT))]
    decisions = decided(batch, by=SYSTEM, now=NOW, numbers={})
    arrive()

    record(decisions, by=SYSTEM, now=NOW)
    follow(now=LATER)

    [again] = lodged(SENT)
    assert again.outcome is Outcome.REPEATED
    assert not waits(again)
