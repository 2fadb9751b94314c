"""Gate and cargo: one question, one answer, one report; manifests with every fault told."""

from io import BytesIO
from typing import Any

import pytest

from tests.domain.cargo.factories import BillFactory, CargoUnitFactory
from tests.domain.holding import BOXES
from tests.interfaces.workbench.conftest import DESK, House, open_kinds, state
from tongguan.domain.cargo.models import Bill
from tongguan.domain.clearance.lifecycle import HoldKind
from tongguan.domain.declarations.queries import heads
from tongguan.domain.declarations.values import Inland, Transport
from tongguan.domain.release import commands as release
from tongguan.facilities.accounts.values import SYSTEM
from tongguan.facilities.ledger.queries import entries
from tongguan.kernel.identifiers import DeclarationId
from tongguan.kernel.time import utc_now

SITE = "0202-01"
BOX = BOXES[0]
TRANSIT = HoldKind.TRANSIT


@pytest.fixture
def released(house: House) -> DeclarationId:
    """Return a declaration of one container, released to the gate of 0202-01."""
    id_: DeclarationId = house.held(units=(BOX,))
    release.make_orders([id_], by=SYSTEM, now=utc_now())
    return id_


def test_a_gate_asks_lets_out_and_is_told_that_it_left(
    house: House, released: DeclarationId
) -> None:
    page = house.get("gate", "/gate?unit=xmpu 0000013")
    assert "YES" in page
    assert "It left</button>" in page
    assert 'name="site"' in page

    leads = house.post("gate", "/gate", unit=BOX, site=SITE)

    assert leads == f"/desk/gate?site={SITE}&unit={BOX}&left=yes"
    assert state(released) == "CLOSED"
    page = house.get("gate", leads.removeprefix(DESK))
    assert "LEFT" in page
    assert "Reported. The declaration moves on by itself." in page
    assert "It left</button>" not in page


def test_a_gate_acknowledges_what_has_come(house: House, released: DeclarationId) -> None:
    assert "Acknowledge 1 new order</button>" in house.get("gate", "/gate")

    leads = house.post("gate", "/gate", acknowledge=BOX, site=SITE)

    assert leads == f"/desk/gate?site={SITE}"
    assert "new order</button>" not in house.get("gate", "/gate")
    assert [row.kind for row in entries(released)].count("RELEASE_ORDER_ACKNOWLEDGED") == 1


def test_a_gate_of_one_site_has_one_field(house: House) -> None:
    page = house.get("gate", "/gate")

    assert page.count('<input class="form-control"') == 1
    assert "<select" not in page.partition("<main")[2]
    assert "<select" in house.get("inspector", "/gate").partition("<main")[2]


def test_the_same_report_again_is_refused_with_the_reason(
    house: House, released: DeclarationId
) -> None:
    house.post("gate", "/gate", unit=BOX, site=SITE)
    before = entries(released)

    page = house.post("gate", "/gate", wants=422, unit=BOX, site=SITE)

    assert "REL-001" in page
    assert entries(released) == before


def test_what_may_not_leave_is_told_with_why_and_whose_turn(house: House) -> None:
    house.held(HoldKind.PAYMENT, HoldKind.REVIEW, units=(BOX,))

    page = house.get("gate", f"/gate?unit={BOX}")

    assert "NO</strong>" in page
    assert "Payment" in page
    assert "Review" in page
    assert "turn-trader" in page
    assert "turn-customs" in page
    assert "It left</button>" not in page


def test_a_bill_that_keeps_a_container_inside_because_nobody_declared_it_is_named(
    house: House, released: DeclarationId
) -> None:
    CargoUnitFactory.create(bill__number="YOURS", unit=BOX)

    page = house.get("gate", f"/gate?unit={BOX}")

    assert "NO</strong>" in page
    assert "Not declared under bill YOURS" in page
    assert "turn-trader" in page
    assert "提单YOURS项下尚未申报" in house.get("gate", f"/gate?unit={BOX}", "zh-hans")


@pytest.mark.parametrize(
    ("site", "code"), [("0101-01", "ACC-011"), ("9999-99", "REL-002"), ("\u202e", "")]
)
def test_another_site_is_refused_with_the_reason(
    house: House, released: DeclarationId, site: str, code: str
) -> None:
    page = house.post("gate", "/gate", wants=422 if code else 302, unit=BOX, site=site)

    assert code in page
    if code:
        assert state(released) == "RELEASED"


def test_goods_of_another_site_of_the_office_stay_where_they_are(
    house: House, released: DeclarationId
) -> None:
    page = house.get("inspector", f"/gate?unit={BOX}&site=0202-02")

    assert "NO</strong>" in page
    assert "its release order is for another site" in page
    assert "0202-01" in page


def test_goods_that_nobody_declared_stay_inside(house: House) -> None:
    assert "compare the number with the container" in house.get("gate", "/gate?unit=NOBODYS")


def test_an_arrival_is_reported_by_form_and_by_the_row(house: House) -> None:
    BillFactory.create(number="B-9", site=SITE)

    page = house.post("terminal", "/cargo", wants=422, act="arrived", number="B-NONE", site=SITE)
    assert "CAR-001" in page
    assert 'value="B-NONE"' in page
    house.post("terminal", "/cargo", act="arrived", number=" b-9 ", site=SITE)

    assert Bill.objects.get(number="B-9").arrived_site == SITE
    assert "B-9" in house.get("terminal", "/cargo?view=lying")


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({"act": "sink"}, "WBN-001"),
        ({"act": "arrived", "number": "", "site": SITE}, "WBN-005"),
        ({"act": "arrived", "number": "B" * 36, "site": SITE}, "WBN-004"),
        ({"act": "depart", "number": "1", "vehicle": "D1", "seals": "S"}, "TRN-004"),
        ({"act": "arrive", "number": "1", "intact": "yes"}, "TRN-004"),
        ({"act": "manifest"}, "WBN-008"),
    ],
)
def test_a_report_that_cannot_be_taken_is_refused(
    house: House, sent: dict[str, str], code: str
) -> None:
    page = house.post("terminal", "/cargo?view=transit", wants=422, **sent)

    assert code in page


def test_a_movement_is_reported_from_departure_to_arrival(house: House) -> None:
    ship = Transport(mode="2", name="S", voyage="1", inland=Inland("4", "D1"))
    id_ = house.held(TRANSIT, office="0401", transport=ship)
    number = heads([id_])[id_].number
    here = {"arrived_at": utc_now(), "arrived_site": SITE}
    bill = BillFactory.create(number=heads([id_])[id_].bill, **here)
    assert number in house.get("terminal", "/cargo?view=transit")

    leave: dict[str, Any] = {
        "act": "depart",
        "number": f"{number[:4]} {number[4:]}",
        "vehicle": "D2",
    }
    page = house.post("carrier", "/cargo?view=transit", wants=422, **leave, seals="S1")
    assert "TRN-004" in page
    assert 'value="D2"' in page
    bill.manifest.carrier_id = house.carrier_id
    bill.manifest.save()
    house.post("carrier", "/cargo?view=transit", **leave, seals="S1")
    assert "Arrived, seals whole" not in house.get("carrier", "/cargo?view=transit")
    page = house.get("elsewhere", "/cargo?view=transit")
    assert "Arrived, seals whole" in page
    assert "Seals as read" in page
    sent: dict[str, Any] = {"act": "arrive", "number": number, "intact": "yes", "seals": "ANY"}
    early = house.post("elsewhere", "/cargo?view=transit", wants=422, **sent)
    assert "TRN-008" in early
    assert "reported sooner than the way allows" in early
    sent["reason"] = "the departure was reported late"
    house.post("elsewhere", "/cargo?view=transit", **sent)

    assert open_kinds(id_) == {HoldKind.CASE}
    assert "arrived, seals broken" in house.get("carrier", "/cargo?view=transit")


CSV = "manifest,mode,vessel,voyage,flow,office,bill,packages,gross\n"


def upload(house: House, name: str, content: bytes, file: str = "m.json", wants: int = 302) -> str:
    sent = BytesIO(content)
    sent.name = file
    return house.post(name, "/cargo?view=manifests", wants=wants, act="manifest", file=sent)


MANIFEST = (
    b'{"number":"M9","mode":"2","name":"STAR","voyage":"1","flow":"import","office":"0202",'
    b'"bills":[{"number":"B-7","packages":4,"gross":"10"}]}'
)


def test_a_manifest_is_taken_from_a_file_once(house: House) -> None:
    upload(house, "carrier", MANIFEST)
    page = house.get("carrier", "/cargo?view=manifests")
    upload(house, "carrier", MANIFEST)

    assert "Received: 1 bill" in page
    assert "M9" in page
    assert Bill.objects.filter(number="B-7").count() == 1
    assert "nothing has changed" in house.get("carrier", "/cargo?view=manifests")
    assert "B-7" in house.get("carrier", "/search?q=B-7")


def test_every_fault_of_a_manifest_is_told_with_its_place_and_nothing_is_taken(
    house: House,
) -> None:
    wrong = MANIFEST.replace(b'"packages":4', b'"packages":"four"').replace(b'"10"', b'"ten"')

    page = upload(house, "terminal", wrong, wants=422)

    assert page.count("CAR-015") == 2
    assert "#/bills/0/packages" in page
    assert "#/bills/0/gross" in page
    assert not Bill.objects.exists()


@pytest.mark.parametrize("content", [b"", b"\x00\x01", b"{", b"a,b\n1,2\n", b"PK\x03\x04broken"])
def test_a_file_that_is_no_manifest_is_refused(house: House, content: bytes) -> None:
    page = upload(house, "terminal", content, file="m.bin", wants=422)

    assert "CAR-" in page


def test_a_gate_sends_no_manifest(house: House) -> None:
    assert "ACC-001" in upload(house, "gate", MANIFEST, wants=422)
    assert "Send a manifest" not in house.get("gate", "/cargo?view=manifests")
