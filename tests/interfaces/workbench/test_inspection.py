"""The site desk: today by time, one act after the other, the record signed by three."""

import re
from datetime import timedelta

import pytest

from tests.domain.holding import hold_of
from tests.interfaces.workbench.conftest import House, drawn, local, open_kinds, state
from tongguan.domain.clearance.lifecycle import HoldKind
from tongguan.domain.inspection.models import Appointment
from tongguan.domain.inspection.queries import prepared, records_of
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


def begun(house: House, id_: DeclarationId) -> str:
    """Draw, record who attends, begin; return the page of the examination."""
    path = f"/inspection/{id_}"
    drawn(house, id_)
    house.post("inspector", path, act="witness", witness="Li Si", absence="")
    house.post("inspector", path, act="start", seals_before="S1")
    return path


def sealed(id_: DeclarationId) -> str:
    return prepared([hold_of(id_, INSPECTION)])[hold_of(id_, INSPECTION)].sha256


def test_an_examination_goes_from_act_to_act_and_ends_when_all_have_signed(
    house: House, id_: DeclarationId
) -> None:
    path, portal = f"/inspection/{id_}", f"/portal/declarations/{id_}/examination"
    assert "Appoint and tell the enterprise" in house.get("inspector", path)
    at = local(utc_now() + SOON)
    house.post("inspector", path, act="appoint", at=at, place="bay 3")
    assert "Draw two officers" in house.get("inspector", path)
    drawn(house, id_)
    assert "Who attends for the enterprise?" in house.get("inspector", path)
    house.post("inspector", path, act="witness", witness="Li Si", absence="")
    assert "Begin to unpack" in house.get("colleague", path)
    assert "It is appointed for later" in house.get("colleague", path)
    house.post("colleague", path, act="start", seals_before="S1", why="all are here")
    assert "Write it down; then each signs" in house.get("inspector", path)
    house.post(
        "inspector",
        path,
        act="prepare",
        finding="",
        result="as declared",
        packages_opened="4",
        quantity="42 CTN",
        seals_after="S2",
    )
    assert "Sign as officer" in house.get("inspector", path)
    house.post("inspector", path, act="sign", sha256=sealed(id_))
    assert "Sign as officer" not in house.get("inspector", path)
    house.post("colleague", path, act="sign", sha256=sealed(id_))
    assert state(id_) == "ACCEPTED"
    party = house.at("trader")
    assert "Sign for the enterprise" in party.get(portal).content.decode()
    answer = party.post(portal, {"act": "code", "sha256": sealed(id_)}).content.decode()
    [code] = re.findall(r"[0-9A-Z]{4}-[0-9A-Z]{4}(?=</code>)", answer)
    assert code not in party.get(portal).content.decode()

    house.post("inspector", path, act="code", sha256=sealed(id_), code=code)

    assert state(id_) == "RELEASED"
    [record] = records_of(id_)
    assert set(record.signed.officers) == {"inspector", "colleague"}
    assert record.signed.witness == "Li Si"
    assert (record.signed.seals_before, record.signed.seals_after) == ("S1", "S2")
    assert (record.signed.packages_opened, record.signed.quantity) == (4, "42 CTN")
    page = house.get("inspector", path)
    assert "No examination is open here" in page
    house.post(
        "inspector", path, act="supplement", hold=record.hold_id, words="photo 3 is of box 2"
    )
    assert "photo 3 is of box 2" in house.get("colleague", path)


def test_the_enterprise_signs_under_its_own_sign_in(house: House, id_: DeclarationId) -> None:
    path, portal = begun(house, id_), f"/portal/declarations/{id_}/examination"
    house.post("inspector", path, act="prepare", result="as declared")
    for name in ("inspector", "colleague"):
        house.post(name, path, act="sign", sha256=sealed(id_))

    done = house.at("trader").post(portal, {"act": "sign", "sha256": sealed(id_)})

    assert done.status_code == 302
    assert state(id_) == "RELEASED"


def test_a_wrong_code_is_told_with_the_tries_that_are_left(
    house: House, id_: DeclarationId
) -> None:
    path, portal = begun(house, id_), f"/portal/declarations/{id_}/examination"
    house.post("inspector", path, act="prepare", result="as declared")
    house.at("trader").post(portal, {"act": "code"})
    sent = {"act": "code", "sha256": sealed(id_), "code": "AAAA-AAAA"}

    first = house.post("inspector", path, wants=422, **sent)
    second = house.post("inspector", path, wants=422, **sent)

    assert "Tries left: 4" in first
    assert "Tries left: 3" in second


def test_the_keeper_attends_and_signs_where_the_enterprise_sends_nobody(
    house: House, id_: DeclarationId
) -> None:
    path, portal = f"/inspection/{id_}", f"/portal/declarations/{id_}/examination"
    drawn(house, id_)
    alone = house.post("inspector", path, wants=422, act="witness", witness="", absence="DELEGATED")
    absence = {"act": "absence", "ground": "DELEGATED", "words": "to the terminal"}
    house.at("trader").post(portal, absence)
    assert "to the terminal" in house.get("inspector", path)
    house.post("inspector", path, act="witness", witness="", absence="DELEGATED")
    early = house.post("inspector", path, wants=422, act="start", seals_before="")
    hold = str(hold_of(id_, INSPECTION))
    assert "I attend as witness" in house.get("terminal", "/gate/examinations")
    house.post("terminal", "/gate/examinations", act="attend", hold=hold)
    house.post("inspector", path, act="start", seals_before="")
    house.post("inspector", path, act="prepare", result="as declared")
    for name in ("inspector", "colleague"):
        house.post(name, path, act="sign", sha256=sealed(id_))
    assert "Sign as witness" in house.get("terminal", "/gate/examinations")
    house.post("terminal", "/gate/examinations", act="sign", hold=hold, sha256=sealed(id_))

    assert "INS-013" in alone
    assert "INS-015" in early
    assert state(id_) == "RELEASED"
    assert "No examination waits for you" in house.get("terminal", "/gate/examinations")
    house.get("gate", "/gate/examinations", wants=403)
    house.post("terminal", "/gate/examinations", wants=403, act="attend", hold=hold)


def test_who_does_not_hold_it_sees_who_does_and_what_is_missing(
    house: House, id_: DeclarationId
) -> None:
    path = begun(house, id_)
    house.post("inspector", path, act="prepare", result="as declared")

    page = house.get("coordinator", path)

    assert "hold this examination" in page
    assert "Still to sign" in page
    assert "Sign as officer" not in page


def test_goods_that_have_not_arrived_are_not_examined(house: House) -> None:
    house.at("colleague")
    id_ = house.held(INSPECTION, HoldKind.ARRIVAL)
    drawn(house, id_)
    path = f"/inspection/{id_}"

    page = house.post("inspector", path, wants=422, act="witness", witness="Li Si")

    assert "INS-010" in page
    assert "their arrival has not been reported yet" in house.get("inspector", path)


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
    assert page.count("Draw two officers") == 2
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
        ({"act": "witness", "witness": "Li", "absence": ""}, "INS-011", "", ""),
        ({"act": "start", "seals_before": "S77"}, "INS-011", "", ""),
        ({"act": "prepare", "result": "seen it"}, "INS-011", "", ""),
        ({"act": "prepare", "result": "seen it", "packages_opened": "many"}, "WBN-003", "", ""),
        ({"act": "prepare", "result": "seen it", "mass_found_kg": "-1"}, "WBN-009", "", ""),
    ],
)
def test_an_act_out_of_turn_or_badly_filled_in_is_refused_at_its_field(
    house: House, id_: DeclarationId, sent: dict[str, str], code: str, field: str, kept: str
) -> None:
    act = sent["act"]
    if act == "prepare":
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
    path = begun(house, id_)

    page = house.post(
        "inspector",
        path,
        wants=422,
        act="prepare",
        finding="QUANTITY",
        result="three packages short",
        packages_opened="12x",
    )
    for words in ("three packages short", "12x", "WBN-003"):
        assert words in page
    assert '<option value="QUANTITY" selected>' in page
    page = house.post("inspector", path, wants=422, act="prepare", finding="", result="")
    assert "INS-003" in page
    assert open_kinds(id_) == {INSPECTION}


def test_only_an_inspector_of_the_office_sees_the_next_act(
    house: House, id_: DeclarationId
) -> None:
    assert "An inspector of this office deals with it." in house.get(
        "coordinator", f"/inspection/{id_}"
    )
    house.get("elsewhere", f"/inspection/{id_}", wants=404)
    house.get("reviewer", f"/inspection/{id_}", wants=403)
