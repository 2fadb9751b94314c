"""An examination begins at its time, and says which seals were found and which are listed."""

import pytest

from tests.domain.cargo.factories import BillFactory, CargoUnitFactory
from tests.domain.holding import BOXES, NOW, acts
from tests.domain.inspection.examining import SOON, Examination, admit, examination
from tests.domain.inspection.test_signing import refused
from tongguan.domain.inspection import attendance
from tongguan.domain.inspection.queries import attendances
from tongguan.domain.inspection.sealed import APPOINTMENT, ATTENDANCE
from tongguan.domain.inspection.values import Seen
from tongguan.facilities.accounts.values import Actor
from tongguan.facilities.ledger.comparison import compare


@pytest.fixture
def one(db: None) -> Examination:
    """Return an examination of two sealed containers, whose officers are drawn."""
    admit()
    found = examination(bill="BSEALED", units=BOXES)
    bill = BillFactory.create(number="BSEALED", here=True)
    for box, seal in zip(BOXES, ("SA1", "SB2"), strict=True):
        CargoUnitFactory.create(bill=bill, unit=box, seals=[seal], arrived_at=NOW)
    found.draw()
    found.attend()
    return found


def test_before_its_time_it_begins_on_a_ground_and_the_record_says_so(one: Examination) -> None:
    one.appoint(at=SOON)
    assert refused(lambda: one.start("SA1 SB2", why=" ")) == ["INS-038"]
    assert "INSPECTION_STARTED" not in acts(one.id)

    one.start("SA1 SB2", why="perishable goods")
    one.prepare()

    assert one.made().signed.early == "perishable goods"


def test_before_its_time_it_begins_where_the_enterprise_agreed(one: Examination) -> None:
    one.appoint(at=SOON)
    firm = one.enterprise.enterprise_ids
    software = Actor(
        "client:erp", "", roles=one.enterprise.roles, enterprise_ids=firm, own_ids=firm
    )
    assert refused(lambda: attendance.agree_early(**one.act(software))) == ["ACC-014"]
    attendance.agree_early(**one.act(one.enterprise))

    one.start("SA1 SB2")

    assert attendances([one.hold_id])[one.hold_id].early.endswith("trader")
    assert refused(lambda: attendance.agree_early(**one.act(one.enterprise))) == ["INS-009"]


def test_another_appointment_is_agreed_to_anew(one: Examination) -> None:
    assert refused(lambda: attendance.agree_early(**one.act(one.enterprise))) == ["INS-041"]
    one.appoint(at=SOON)
    attendance.agree_early(**one.act(one.enterprise))
    one.appoint(at=SOON)

    assert refused(lambda: one.start("SA1 SB2")) == ["INS-038"]


def test_at_its_time_it_begins_without_a_ground(one: Examination) -> None:
    one.appoint(at=NOW)
    one.start("SA1 SB2")

    assert attendances([one.hold_id])[one.hold_id].early == ""


def test_seals_that_the_manifest_lists_are_not_left_blank(one: Examination) -> None:
    assert refused(lambda: one.start(" ")) == ["INS-039"]
    one.start("SA1 SB2")
    one.prepare()

    signed = one.made().signed
    assert signed.seals_listed == ("SA1", "SB2")
    assert signed.containers == BOXES


@pytest.mark.parametrize("found", ["SA1", "SA1 SB3", "none", "SA1 SB2 SC3"])
def test_other_seals_than_the_manifest_lists_are_a_finding(one: Examination, found: str) -> None:
    one.start(found)

    assert refused(one.prepare) == ["INS-040"]
    one.prepare(Seen(result="a seal differs", finding="SEALS"))
    assert one.made().signed.finding == "SEALS"


def test_the_same_seals_are_as_declared_however_they_are_written(one: Examination) -> None:
    one.start("sb2, sa1")
    one.prepare()

    assert one.made().signed.finding == ""


def test_many_seals_fit_into_the_record(db: None) -> None:
    admit()
    found = examination(bill="BMANY", units=BOXES)
    seals = [f"SEAL{number:09}" for number in range(60)]
    bill = BillFactory.create(number="BMANY", here=True)
    for box, part in zip(BOXES, (seals[:30], seals[30:]), strict=True):
        CargoUnitFactory.create(bill=bill, unit=box, seals=part, arrived_at=NOW)
    found.draw()
    found.attend()
    found.start(" ".join(seals))
    found.prepare()

    assert found.made().signed.seals_listed == tuple(seals)


def test_the_ledger_tells_the_attendance_before_and_after_it_begins(one: Examination) -> None:
    one.appoint(at=NOW)
    assert unlike() == []
    one.start("SA1 SB2")
    assert unlike() == []


def unlike() -> list[object]:
    tables = {table.table: table for table in (APPOINTMENT, ATTENDANCE)}
    return list(compare(tables, numbers="declarations_declaration").listed)
