"""Where goods are examined: a profile's place comes before the declarant's choice of an office."""

from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import pytest
from msgspec import structs

from tests.domain.declarations.samples import BROKER, TRADER, sound, sound_export
from tests.domain.parties.factories import mandated
from tests.domain.risk.cases import in_force
from tests.domain.risk.examples import profile, when
from tests.interfaces.scene import draw_nothing
from tongguan.domain.clearance import commands as clearance
from tongguan.domain.clearance.lifecycle import Act, HoldKind, State, Why
from tongguan.domain.clearance.problems import NOT_POSSIBLE
from tongguan.domain.clearance.queries import holds_of, open_holds, state_of
from tongguan.domain.clearance.values import NewHold
from tongguan.domain.declarations.values import Offices, Submission
from tongguan.domain.risk.active import forget
from tongguan.facilities.accounts.values import SYSTEM
from tongguan.kernel.identifiers import DeclarationId
from tongguan.kernel.problems import ProblemError
from tongguan.processes import sandbox
from tongguan.processes.jobs import follow
from tongguan.processes.lodgement.lodge import lodge
from tongguan.processes.lodgement.values import Answer, Incoming

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
PORT, CHOSEN, HOME = "0202", "0101", "0128"
AT_HOME = Offices(declaration="0128", goods=PORT, payment="0128", inspection=PORT)
ELSEWHERE = structs.replace(AT_HOME, inspection=CHOSEN)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _registered(db: None) -> None:
    forget()
    mandated(TRADER, BROKER)
    draw_nothing(NOW)


def demanding(place: str, prefix: str = "8482") -> None:
    asked = profile(when("line.commodity", "prefix", prefix), treatment="full", place=place)
    in_force(structs.replace(asked, id=0), now=NOW)


def lodged(sent: Submission) -> Answer:
    [answer] = lodge([Incoming(sent, None, sha256().digest(), "json")], by=SYSTEM, now=NOW)
    assert answer.declaration_id is not None, answer.faults
    return answer


def holds(answer: Answer, *kinds: HoldKind) -> list[NewHold]:
    return [hold for hold in answer.holds if hold.kind in kinds]


def told(answer: Answer) -> list[Any]:
    found = holds(answer, HoldKind.INSPECTION, HoldKind.TRANSIT)
    return [(str(hold.kind), hold.office, str(hold.blocks.value)) for hold in found]


@pytest.mark.parametrize("offices", [AT_HOME, ELSEWHERE])
def test_what_has_to_be_seen_at_the_port_is_seen_there_whatever_office_was_chosen(
    offices: Offices,
) -> None:
    demanding("port")

    answer = lodged(sound(offices=offices))

    assert told(answer) == [("INSPECTION", PORT, "RELEASE")]


def test_where_either_place_will_do_the_declarant_chooses() -> None:
    demanding("either")

    chosen = lodged(sound(offices=ELSEWHERE))
    at_port = lodged(sound(offices=AT_HOME, reference="R2", bill="B2"))

    assert told(chosen) == [("TRANSIT", CHOSEN, "RELEASE"), ("INSPECTION", CHOSEN, "RELEASE")]
    assert told(at_port) == [("INSPECTION", PORT, "RELEASE")]


def test_what_is_seen_at_the_destination_is_seen_after_release_and_moves_under_no_seal() -> None:
    demanding("destination")

    chosen = lodged(sound(offices=ELSEWHERE))
    at_home = lodged(sound(offices=AT_HOME, reference="R2", bill="B2"))

    assert told(chosen) == [("INSPECTION", CHOSEN, "CLOSE")]
    assert told(at_home) == [("INSPECTION", HOME, "CLOSE")]
    [hold] = holds(at_home, HoldKind.INSPECTION)
    assert hold.why is Why.SELECTED_AFTER


def test_an_export_is_seen_before_it_leaves() -> None:
    demanding("destination", prefix="9026")

    answer = lodged(sound_export(parties=sound().parties))

    assert told(answer) == [("INSPECTION", "0101", "RELEASE")]


def test_the_port_comes_first_where_one_profile_wants_the_port_and_one_the_destination() -> None:
    demanding("destination")
    demanding("port")

    answer = lodged(sound(offices=ELSEWHERE))

    assert told(answer) == [("INSPECTION", PORT, "RELEASE")]


def test_goods_to_be_seen_at_their_destination_leave_and_are_closed_once_they_were_seen() -> None:
    sandbox.open_bank(now=NOW)
    demanding("destination")
    answer = lodged(sound())
    id_ = DeclarationId(answer.declaration_id)  # type: ignore[arg-type]
    sandbox.pay(declaration_id=id_, by=SYSTEM, now=NOW)
    end(id_, HoldKind.ARRIVAL)

    assert state_of(id_) is State.RELEASED
    assert [row.kind for row in holds_of(id_) if row.ended_at is None] == [HoldKind.INSPECTION]
    locked = clearance.lock(id_)
    clearance.move(locked, Act.DEPART, by=SYSTEM, now=NOW)
    clearance.close(locked, by=SYSTEM, now=NOW)
    follow(now=NOW)
    assert state_of(id_) is State.DEPARTED

    case = NewHold(id_, HoldKind.CASE, HOME, Why.FINDING, {"finding": "other goods"}, NOW)
    clearance.open_hold(locked, case, by=SYSTEM, now=NOW)
    end(id_, HoldKind.INSPECTION)
    follow(now=NOW)
    assert state_of(id_) is State.DEPARTED
    end(id_, HoldKind.CASE)
    follow(now=NOW)

    assert state_of(id_) is State.CLOSED


def test_nothing_but_a_case_is_opened_after_release() -> None:
    sandbox.open_bank(now=NOW)
    answer = lodged(sound())
    id_ = DeclarationId(answer.declaration_id)  # type: ignore[arg-type]
    sandbox.pay(declaration_id=id_, by=SYSTEM, now=NOW)
    end(id_, HoldKind.ARRIVAL)
    late = NewHold(id_, HoldKind.REVIEW, HOME, Why.SELECTED, {}, NOW)

    with pytest.raises(ProblemError) as refusal:
        clearance.open_hold(clearance.lock(id_), late, by=SYSTEM, now=NOW)

    assert [fault.problem for fault in refusal.value.faults] == [NOT_POSSIBLE]


def end(id_: DeclarationId, kind: HoldKind) -> None:
    [hold] = open_holds([id_], kind)
    clearance.discharge(clearance.lock(id_), hold.id, by=SYSTEM, now=NOW)
