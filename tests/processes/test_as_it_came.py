"""What nobody can read, and what comes twice in a batch: refused as what it is."""

import pytest

from tests.interfaces.scene import declared, lodged, play
from tongguan.domain.declarations.models import Attempt
from tongguan.facilities.accounts.values import SYSTEM
from tongguan.kernel.time import utc_now
from tongguan.processes.lodgement.lodge import lodge
from tongguan.processes.lodgement.values import Incoming, Outcome

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_reference_that_no_text_can_hold_is_refused_with_its_place() -> None:
    play()
    one = declared("R\0-1", bill="BILL\0")

    [answer] = lodge([Incoming(one, b"as it came", bytes(32), "json")], by=SYSTEM, now=utc_now())

    assert answer.outcome is Outcome.REJECTED
    assert {"#/reference", "#/bill"} <= {fault.pointer for fault in answer.faults}
    [kept] = Attempt.objects.all()
    assert (kept.reference, bytes(kept.raw or b"")) == ("R\ufffd-1", b"as it came")
    lodged(declared())


def test_of_two_alike_in_one_batch_the_first_is_taken_and_the_second_told_so() -> None:
    play()
    twice = [Incoming(declared(), None, bytes(32), "json") for _ in range(2)]

    first, second = lodge(twice, by=SYSTEM, now=utc_now())

    assert (first.outcome, second.outcome) == (Outcome.ACCEPTED, Outcome.REJECTED)
    [fault] = second.faults
    assert (
        fault.told(str)["detail"]
        == "Reference R-1 stands twice in this batch: the first was taken."
    )
