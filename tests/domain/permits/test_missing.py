"""A document that goods need: nothing releases them without it, and only a real one will do."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.domain.declarations.samples import BROKER, TRADER, sound, sound_export, with_line
from tests.domain.permits.cases import Play, begin
from tests.domain.permits.controls import controlled
from tests.interfaces.scene import PASSWORD, declared, end_all, lodged, number_of, open_kinds
from tongguan.domain.clearance.lifecycle import HoldKind, State, Turn, Why
from tongguan.domain.clearance.queries import holds_of, open_holds, state_of
from tongguan.domain.clearance.values import HoldRow
from tongguan.domain.declarations.values import Parties, Permit, Submission
from tongguan.domain.permits import commands
from tongguan.domain.permits.models import Licence
from tongguan.domain.permits.queries import missing_licence, requests_of, waiting
from tongguan.domain.reference.queries import renew
from tongguan.domain.review.cases import decide_case
from tongguan.domain.review.revocations import refuse
from tongguan.facilities.accounts.values import SYSTEM, Actor
from tongguan.kernel.identifiers import DeclarationId
from tongguan.kernel.problems import ProblemError
from tongguan.kernel.time import utc_now
from tongguan.processes.jobs import follow
from tongguan.processes.lodgement.lodge import lodge
from tongguan.processes.lodgement.values import Incoming, Outcome

pytestmark = pytest.mark.django_db(transaction=True)
GAUGE = "9026209090"
"""The one line of the sample export: 200 pieces."""
RUBBER = "4016931000"
"""The third line of the sample import: 85.5 kg."""


@pytest.fixture
def stage() -> Iterator[Play]:
    """Let the ministry confirm, and forget what a test loaded."""
    renew()
    yield begin()
    renew()


def exported(**changes: Any) -> DeclarationId:
    parties = Parties(
        trader=TRADER, owner=TRADER, declarant=BROKER, overseas=sound().parties.overseas
    )
    return lodged(sound_export(parties=parties, reference="E-1", **changes))


def sent(one: Submission) -> tuple[Outcome, list[str]]:
    [answer] = lodge([Incoming(one, None, bytes(32), "json")], by=SYSTEM, now=utc_now())
    return answer.outcome, [fault.problem.code for fault in answer.faults]


def permit(id_: DeclarationId) -> HoldRow:
    [held] = open_holds([id_], HoldKind.PERMIT)
    return held


def name(id_: DeclarationId, number: str, by: Actor) -> None:
    hold = permit(id_).id
    commands.name_licence(declaration_id=id_, hold_id=hold, number=number, by=by, now=utc_now())


def refused(act: Any, *args: Any, **given: Any) -> list[str]:
    with pytest.raises(ProblemError) as refusal:
        act(*args, **given)
    return [fault.problem.code for fault in refusal.value.faults]


def end_others(id_: DeclarationId) -> None:
    """End every hold that waits for anything but a licence."""
    assert HoldKind.PERMIT in open_kinds(id_)
    end_all(id_, but=HoldKind.PERMIT)


def test_goods_without_the_licence_that_their_line_asks_for_are_refused(stage: Play) -> None:
    controlled(RUBBER, "1")

    without, codes = sent(declared("R-1"))
    with_it, _codes = sent(declared("R-1", permits=(Permit("1", "L-1"),)))

    assert without is Outcome.REJECTED
    assert "DEC-180" in codes
    assert with_it is Outcome.ACCEPTED


def test_a_document_that_may_come_later_holds_the_goods_and_it_is_the_declarants_turn(
    stage: Play,
) -> None:
    controlled(GAUGE, "B")

    held = permit(exported())

    assert (held.why, held.turn) == (Why.LICENCE_MISSING, Turn.TRADER)
    assert held.facts["kind"] == "B"
    assert (held.facts["quantity"], held.facts["unit"]) == ("200", "007")
    assert waiting(viewer=stage.ministry) == ()


def test_nothing_but_a_confirmed_licence_releases_goods_that_need_one(stage: Play) -> None:
    controlled(GAUGE, "4")
    id_ = exported(permits=(Permit("4", "L-1"),))
    end_others(id_)

    assert state_of(id_) is State.ACCEPTED
    assert refused(stage.confirm, permit(id_).id) == ["PER-002"]
    commands.decline(hold_id=permit(id_).id, words="forged", by=stage.ministry, now=utc_now())
    case = next(row for row in holds_of(id_) if row.kind is HoldKind.CASE)
    reviewer = stage.scene.actor("reviewer")
    decide_case(
        declaration_id=id_,
        hold_id=case.id,
        consequence="NONE",
        words="go on",
        by=reviewer,
        now=utc_now(),
    )
    assert state_of(id_) is State.ACCEPTED
    assert permit(id_).why is Why.LICENCE_MISSING

    name(id_, "L-2", stage.scene.actor("broker"))
    assert state_of(id_) is State.ACCEPTED
    assert permit(id_).turn is Turn.AGENCY
    stage.grant("200", kind="4", number="L-2", unit="007")
    stage.confirm(permit(id_).id)

    assert state_of(id_) is State.RELEASED
    assert Licence.objects.get().drawn == 200


def test_a_declined_licence_that_the_goods_do_not_need_leaves_only_the_case(stage: Play) -> None:
    id_ = exported(permits=(Permit("4", "L-1"),))

    commands.decline(hold_id=permit(id_).id, words="forged", by=stage.ministry, now=utc_now())

    assert HoldKind.CASE in open_kinds(id_)
    assert HoldKind.PERMIT not in open_kinds(id_)


def test_only_whose_goods_they_are_names_the_licence_and_with_a_number(stage: Play) -> None:
    controlled(GAUGE, "B")
    id_ = exported()

    assert refused(name, id_, "L-1", stage.scene.actor("rival")) == ["CLR-001"]
    assert refused(name, id_, "L-1", stage.scene.actor("reviewer")) == ["ACC-001"]
    assert refused(name, id_, "  ", stage.scene.actor("trader")) == ["PER-013"]
    assert refused(name, id_, "L" * 41, stage.scene.actor("trader")) == ["PER-013"]
    assert refused(name, id_, "\u0410-1", stage.scene.actor("trader")) == ["PER-013"]
    name(id_, "L-1", stage.scene.actor("trader"))
    assert refused(name, id_, "L-2", stage.scene.actor("trader")) == ["CLR-002"]

    assert [row.number for row in requests_of(id_)] == ["L-1"]


def test_a_licence_is_for_its_goods_and_names_a_port_of_the_region(stage: Play) -> None:
    controlled(RUBBER, "1")
    id_ = lodged(with_line(declared("R-1"), 2, permits=(Permit("1", "L-1"),)))
    hold = permit(id_).id

    def confirmed(**granted: Any) -> list[str]:
        Licence.objects.all().delete()
        stage.grant("100", **granted)
        return refused(stage.confirm, hold)

    assert confirmed(commodities=("8482", "4015")) == ["PER-011"]
    assert confirmed(port="2200") == ["PER-012"]
    assert refused(stage.grant, "100", number="L-2", commodities=("4",)) == ["PER-014"]
    Licence.objects.all().delete()
    stage.grant("100", commodities=("4016", "84"), port="04")
    stage.confirm(hold)

    assert HoldKind.PERMIT not in open_kinds(id_)


def test_a_licence_named_later_is_given_back_when_the_declaration_is_refused(stage: Play) -> None:
    controlled(GAUGE, "4")
    id_ = exported(permits=(Permit("4", "L-1"),))
    stage.grant("200", kind="4", unit="007")
    stage.confirm(permit(id_).id)
    assert Licence.objects.get().drawn == 200

    refuse(declaration_id=id_, words="prohibited", by=stage.scene.actor("reviewer"), now=utc_now())
    follow(now=utc_now() + timedelta(seconds=1))

    assert Licence.objects.get().drawn == 0


def test_a_letter_that_no_list_explains_brings_the_goods_before_a_reviewer(stage: Play) -> None:
    plain = lodged(declared("R-1"))
    controlled(RUBBER, "u")

    unread = lodged(declared("R-2"))

    assert HoldKind.REVIEW not in open_kinds(plain)
    assert HoldKind.REVIEW in open_kinds(unread)


def test_the_declarant_names_the_licence_on_its_page_or_through_the_api(stage: Play) -> None:
    controlled(GAUGE, "B")
    id_ = exported()
    held = permit(id_)
    browser = Client()
    browser.login(username="trader", password=PASSWORD)
    address = f"/portal/declarations/{id_}/licence/{held.id}"

    case = browser.get(f"/portal/declarations/{id_}").content.decode()
    shown = browser.get(address).content.decode()
    wrong = browser.post(address, {"number": ""})
    sent_ = browser.post(address, {"number": "E-LEDGER-1"})

    assert address in case
    assert "GACC" in shown
    assert (wrong.status_code, sent_.status_code) == (422, 302)
    assert [row.number for row in requests_of(id_)] == ["E-LEDGER-1"]
    again = browser.post(
        f"/api/v1/declarations/{number_of(id_)}/licences",
        {"kind": "B", "number": "E-LEDGER-2"},
        content_type="application/json",
    )
    assert again.status_code == 409
    assert missing_licence(id_) is None


def test_it_is_named_through_the_api(stage: Play) -> None:
    controlled(GAUGE, "B")
    id_ = exported()
    software = Client()
    software.login(username="broker", password=PASSWORD)

    named = software.post(
        f"/api/v1/declarations/{number_of(id_)}/licences",
        {"kind": "B", "number": "E-LEDGER-2"},
        content_type="application/json",
    )

    assert named.status_code == 200
    assert [(row.agency, row.number) for row in requests_of(id_)] == [("GACC", "E-LEDGER-2")]
