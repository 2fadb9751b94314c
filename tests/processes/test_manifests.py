"""A declaration lodged before its manifest is compared with it when it comes."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction

from tests.domain.cargo.factories import SITE, manifest
from tests.domain.declarations.samples import CONSIGNEE
from tests.interfaces.scene import declared, end_all, lodged, open_kinds, play
from tongguan.domain.cargo import commands as cargo
from tongguan.domain.cargo.values import ManifestBill, ManifestUnit
from tongguan.domain.clearance.lifecycle import Act, HoldKind, State, Why
from tongguan.domain.clearance.queries import holds_of, state_of
from tongguan.domain.clearance.values import HoldRow
from tongguan.domain.declarations.queries import heads
from tongguan.domain.declarations.values import Container
from tongguan.domain.release.queries import may_leave
from tongguan.domain.release.values import GateVerdict
from tongguan.facilities.accounts.values import SYSTEM
from tongguan.facilities.ledger.queries import entries, verify
from tongguan.kernel.identifiers import DeclarationId
from tongguan.kernel.time import utc_now
from tongguan.processes.jobs import follow
from tongguan.processes.lodgement.lodge import lodge
from tongguan.processes.lodgement.values import Incoming
from tongguan.processes.manifests import compare

pytestmark = pytest.mark.django_db(transaction=True)
BOX, OTHER = "XMPU0000013", "XMPU0000034"
BILL = "EARLY1"
DIFFERENCES: dict[str, dict[str, Any]] = {
    "packages": {"packages": 41},
    "container": {"units": (ManifestUnit(OTHER),)},
    "more containers": {"units": (ManifestUnit(BOX), ManifestUnit(OTHER))},
}


def announce(*, arrived: bool = False, office: str = "0202", **changes: Any) -> None:
    """Have the manifest of the bill come, and the goods where they arrived; nothing follows yet."""
    facts: dict[str, Any] = {"packages": 42, "gross": Decimal(3050), "units": (ManifestUnit(BOX),)}
    named = ManifestBill(
        number=BILL, consignee=CONSIGNEE, goods="示例", site=SITE, **(facts | changes)
    )
    cargo.receive_manifest(manifest(bills=(named,), office=office), by=SYSTEM, now=utc_now())
    if arrived:
        for unit in named.units:
            cargo.report_arrival(number=unit.id, site=SITE, by=SYSTEM, now=utc_now())


def early(reference: str = "R-1") -> DeclarationId:
    """Lodge a declaration of one container whose bill no manifest names yet."""
    boxes = (Container(id=BOX, size="11"),)
    id_ = lodged(declared(reference, bill=BILL, containers=boxes, entry_date=None))
    follow(now=utc_now())
    assert HoldKind.ARRIVAL in open_kinds(id_)
    return id_


def differing(id_: DeclarationId) -> list[HoldRow]:
    return [row for row in holds_of(id_) if row.why in {Why.MANIFEST_DIFFERS, Why.FOUND_AFTER}]


@pytest.mark.parametrize("changes", DIFFERENCES.values(), ids=list(DIFFERENCES))
def test_what_a_later_declaration_would_be_rejected_for_is_reviewed_on_an_earlier_one(
    changes: dict[str, Any],
) -> None:
    play()
    id_ = early()

    announce(**changes)
    follow(now=utc_now())

    [hold] = differing(id_)
    assert (hold.kind, hold.why) == (HoldKind.REVIEW, Why.MANIFEST_DIFFERS)
    assert hold.office == heads([id_])[id_].declaration_office
    assert hold.due_at is not None
    assert BILL in hold.facts["differences"]
    assert not verify().broken


@pytest.mark.parametrize("changes", DIFFERENCES.values(), ids=list(DIFFERENCES))
def test_a_declaration_lodged_after_such_a_manifest_is_rejected_in_the_same_words(
    changes: dict[str, Any],
) -> None:
    play()
    id_ = early()
    announce(**changes)
    follow(now=utc_now())
    [hold] = differing(id_)
    end_all(id_)

    late = declared("R-2", bill=BILL, containers=(Container(id=BOX, size="11"),), entry_date=None)
    [answer] = lodge([Incoming(late, None, bytes(32), "json")], by=SYSTEM, now=utc_now())

    told = [
        fault.told(str)["detail"]
        for fault in answer.faults
        if not fault.problem.warning and fault.pointer != "#/bill"
    ]
    assert told
    for detail in told:
        assert detail in hold.facts["differences"]


def test_goods_declared_loose_that_come_in_a_container_are_reviewed_and_stay_inside() -> None:
    play()
    id_ = lodged(declared(bill=BILL, containers=(), entry_date=None))
    follow(now=utc_now())

    announce(arrived=True)
    follow(now=utc_now())

    [hold] = differing(id_)
    assert (hold.kind, hold.why) == (HoldKind.REVIEW, Why.MANIFEST_DIFFERS)
    assert BOX in hold.facts["differences"]
    end_all(id_)
    follow(now=utc_now())
    assert state_of(id_) is State.RELEASED
    by_bill, by_box = may_leave(site=SITE, unit=BILL), may_leave(site=SITE, unit=BOX)
    assert (by_bill.verdict, by_bill.containers) == (GateVerdict.IN_CONTAINERS, (BOX,))
    assert (by_box.verdict, by_box.undeclared) == (GateVerdict.HELD, (BILL,))


def test_another_mass_is_told_once_as_it_is_at_lodging_and_holds_nothing() -> None:
    play()
    id_ = early()
    announce(gross=Decimal(9_999))
    follow(now=utc_now())
    with transaction.atomic():
        compare([id_], utc_now())

    late = declared("R-2", bill=BILL, containers=(Container(id=BOX, size="11"),), entry_date=None)
    [answer] = lodge([Incoming(late, None, bytes(32), "json")], by=SYSTEM, now=utc_now())

    [told] = [row.facts["differences"] for row in entries(id_) if row.kind == "MANIFEST_DIFFERS"]
    [warned] = [fault for fault in answer.faults if fault.pointer == "#/mass/gross"]
    assert warned.told(str)["detail"] in told
    assert differing(id_) == []


def test_a_manifest_that_says_the_same_holds_nothing() -> None:
    play()
    id_ = early()

    announce()
    follow(now=utc_now())

    assert differing(id_) == []


def test_the_same_difference_opens_one_hold_even_after_a_reviewer_closed_it() -> None:
    play()
    id_ = early()
    announce(packages=41)
    follow(now=utc_now())

    for _again in range(2):
        with transaction.atomic():
            compare([id_], utc_now())
        end_all(id_, but=HoldKind.ARRIVAL)

    assert len(differing(id_)) == 1


def test_goods_that_arrive_with_their_manifest_are_not_released_uncompared() -> None:
    play()
    id_ = early()
    end_all(id_, but=HoldKind.ARRIVAL)

    announce(arrived=True, packages=41)
    follow(now=utc_now())
    follow(now=utc_now())

    assert state_of(id_) is State.ACCEPTED
    assert open_kinds(id_) == {HoldKind.REVIEW}


def test_one_released_already_gets_a_case_that_holds_up_its_departure() -> None:
    play()
    id_ = early()
    end_all(id_)
    assert state_of(id_) is State.RELEASED

    announce(packages=41)
    follow(now=utc_now())

    [case] = differing(id_)
    assert (case.kind, case.office, case.blocks) == (HoldKind.CASE, "0202", Act.DEPART)
    assert state_of(id_) is State.RELEASED


def test_a_declaration_lodged_after_its_manifest_is_not_compared_again() -> None:
    play()
    announce()
    id_ = lodged(declared(bill=BILL, containers=(Container(id=BOX, size="11"),), entry_date=None))

    follow(now=utc_now())

    assert differing(id_) == []
