"""The site desk: today by time, one act after the other, the record signed by three."""

from datetime import timedelta

import pytest

from tests.domain.holding import hold_of
from tests.interfaces.workbench.conftest import House, local, open_kinds, state
from tongguan.domain.clearance.lifecycle import HoldKind
from tongguan.domain.inspection.models import Appointment
from tongguan.domain.inspection.queries import records_of
from tongguan.facilities.ledger.queries import entries
from tongguan.kernel.identifiers import DeclarationId
from tongguan.kernel.time import utc_now

INSPECTION = HoldKind.INSPECTION
SOON = timedelta(minutes=5)


@pytest.fixture
def id_(house: House) -> DeclarationId:
    """Return a declaration whose goods are to be inspected at 0202."""
    house.at("colleague")
    found: DeclarationId = house.held(INSPECTION)
    return found


def test_an_inspection_goes_from_act_to_act_and_ends_by_the_signed_record(
    house: House, id_: DeclarationId
) -> None:
    path = f"/inspection/{id_}"
    assert "Appoint and tell the enterprise" in house.get("inspector", path)
    at = local(utc_now() + SOON)
    house.post("inspector", path, act="appoint", at=at, place="bay 3")
    assert "Who attends for the enterprise?" in house.get("inspector", path)
    house.post("inspector", path, act="witness", witness="Li Si", absence="")
    assert "Begin to unpack" in house.get("inspector", path)
    house.post("inspector", path, act="start", seals_before="S1")
    assert "Sign: two officers and the witness" in house.get("inspector", path)

    house.post(
        "inspector",
        path,
        act="sign",
        second="colleague",
        finding="",
        result="as declared",
        packages_opened="4",
        quantity="42 CTN",
        seals_after="S2",
    )

    assert state(id_) == "RELEASED"
    [record] = records_of(id_)
    assert record.signed.officers == ("inspector", "colleague")
    assert record.signed.witness == "Li Si"
    assert (record.signed.seals_before, record.signed.seals_after) == ("S1", "S2")
    assert (record.signed.packages_opened, record.signed.quantity) == (4, "42 CTN")
    assert "No inspection is open here" in house.get("inspector", path)


def test_the_desk_stands_by_time_and_says_the_next_act(house: House, id_: DeclarationId) -> None:
    now = utc_now()
    others = [house.held(INSPECTION) for _ in range(2)]
    appointed = ((others[0], now + timedelta(days=2)), (others[1], now - timedelta(days=1)))
    for one, at in appointed:
        hold = hold_of(one, INSPECTION)
        Appointment.objects.create(
            hold=hold, declaration_id=one, at=at, place="bay", told_at=now, told_by="x"
        )

    page = house.get("inspector", "/inspection")

    order = [page.index(words) for words in ("Before today", "Later", "To be appointed")]
    assert order == sorted(order)
    assert page.count("The witness is here") == 2
    assert "Today</h2>" not in page
    assert 'site-act"' not in house.get("auditor", "/inspection")


@pytest.mark.parametrize(
    ("sent", "code", "field", "kept"),
    [
        ({"act": "appoint", "at": "noon", "place": "bay 7"}, "WBN-002", "f-appoint-at", "bay 7"),
        (
            {"act": "appoint", "at": "2020-01-01T10:00", "place": "bay 7"},
            "INS-004",
            "f-appoint-at",
            "bay 7",
        ),
        (
            {"act": "appoint", "at": "2099-01-01T10:00", "place": ""},
            "INS-007",
            "f-appoint-place",
            "",
        ),
        ({"act": "witness", "witness": "", "absence": ""}, "INS-002", "f-witness-witness", ""),
        ({"act": "start", "seals_before": "S77"}, "INS-005", "", "S77"),
        ({"act": "sign", "second": "colleague", "result": "seen it"}, "INS-006", "", ""),
        (
            {"act": "sign", "second": "", "result": "seen it", "packages_opened": "many"},
            "WBN-003",
            "",
            "",
        ),
    ],
)
def test_an_act_out_of_turn_or_badly_filled_in_is_refused_at_its_field(
    house: House, id_: DeclarationId, sent: dict[str, str], code: str, field: str, kept: str
) -> None:
    act = sent["act"]
    if act == "sign":
        page = house.post("inspector", f"/case/{id_}", wants=422, **sent)
    else:
        page = house.post("inspector", f"/inspection/{id_}", wants=422, **sent)

    assert code in page
    if field:
        assert f'id="{field}"' in page
        assert f'id="{field}-problem"' in page
    if kept:
        assert kept in page
    assert entries(id_) == ()


def test_a_record_is_refused_with_every_word_kept(house: House, id_: DeclarationId) -> None:
    path = f"/inspection/{id_}"
    house.post("inspector", path, act="witness", witness="Li Si")
    house.post("inspector", path, act="start", seals_before="")

    page = house.post(
        "inspector",
        path,
        wants=422,
        act="sign",
        second="inspector",
        finding="QUANTITY",
        result="three packages short",
        packages_opened="12x",
    )
    for words in ("three packages short", "12x", "WBN-003"):
        assert words in page
    assert '<option value="QUANTITY" selected>' in page
    page = house.post("inspector", path, wants=422, act="sign", second="inspector", result="short")
    assert "INS-001" in page
    assert open_kinds(id_) == {INSPECTION}


def test_only_an_inspector_of_the_office_sees_the_next_act(
    house: House, id_: DeclarationId
) -> None:
    assert "An inspector of this office deals with it." in house.get(
        "coordinator", f"/inspection/{id_}"
    )
    house.get("elsewhere", f"/inspection/{id_}", wants=404)
    house.get("reviewer", f"/inspection/{id_}", wants=403)
