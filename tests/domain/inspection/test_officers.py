"""双随机: the two officers of an inspection are drawn of those present; again, the same."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from tests.domain.holding import officer
from tests.domain.risk.cases import accepted, trader
from tongguan.domain.clearance import commands as clearance
from tongguan.domain.clearance.lifecycle import HoldKind, State, Why
from tongguan.domain.clearance.models import Clearance
from tongguan.domain.clearance.values import NewHold
from tongguan.domain.declarations.queries import heads
from tongguan.domain.inspection import attendance, commands, officers, signing
from tongguan.domain.inspection.models import OfficerDraw, Presence
from tongguan.domain.inspection.queries import (
    drawn_again,
    draws,
    on_duty,
    prepared,
    replacements,
)
from tongguan.domain.inspection.values import DutyRow, Seen
from tongguan.domain.risk.models import Outcome
from tongguan.facilities.accounts.commands import admit_person
from tongguan.facilities.accounts.values import SYSTEM, Actor, NewPosting, Role
from tongguan.facilities.ledger.queries import entries
from tongguan.facilities.ledger.values import HOUSE
from tongguan.kernel.identifiers import DeclarationId, HoldId
from tongguan.kernel.problems import ProblemError

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
PEOPLE = ("an", "bo", "cai", "ding")
AN = officer("an", Role.INSPECTOR, "0202")
YAN = officer("yan", Role.CHIEF, "0202")


@pytest.fixture
def case() -> tuple[DeclarationId, HoldId]:
    """An inspection at 0202, where four inspectors are posted; one more is posted elsewhere."""
    for name in PEOPLE:
        _admit(name, NewPosting(Role.INSPECTOR, district="02"))
    _admit("far", NewPosting(Role.INSPECTOR, office="0101"))
    return inspected(trader())


def _admit(name: str, posting: NewPosting) -> None:
    admit_person(
        username=name,
        password="correct-horse-battery",
        name_zh="",
        name_en=name,
        postings=[posting],
        by=SYSTEM,
        now=NOW - timedelta(days=1),
    )


def inspected(trader_id: int) -> tuple[DeclarationId, HoldId]:
    id_ = accepted(trader_id)
    Clearance.objects.create(declaration_id=id_, state=str(State.ACCEPTED), moved_at=NOW)
    hold = NewHold(id_, HoldKind.INSPECTION, "0202", Why.SELECTED_GOODS, {}, NOW)
    with transaction.atomic():
        clearance.open_hold(clearance.lock(id_), hold, by=SYSTEM, now=NOW)
    return id_, HoldId(hold.id)


def present(*names: str, office: str = "0202") -> None:
    for name in names:
        by = officer(name, Role.INSPECTOR, office)
        officers.mark_present(officer=name, office=office, present=True, by=by, now=NOW)


def draw(case: tuple[DeclarationId, HoldId]) -> tuple[str, ...]:
    return officers.draw(declaration_id=case[0], hold_id=case[1], by=AN, now=NOW)


def refused(error: pytest.ExceptionInfo[ProblemError]) -> list[str]:
    return [fault.problem.code for fault in error.value.faults]


def test_two_are_drawn_of_those_present_and_come_out_the_same_again(
    case: tuple[DeclarationId, HoldId],
) -> None:
    present("an", "bo", "cai")

    drawn = draw(case)

    row = draws([case[1]])[case[1]]
    assert len(drawn) == 2
    assert row.present == ("an", "bo", "cai")
    assert row.officers == row.drawn == drawn == drawn_again(row, now=NOW)
    [told] = [one for one in entries(case[0]) if one.kind == "OFFICERS_DRAWN"]
    assert told.facts["officers"] == " ".join(drawn)
    assert told.facts["seed_day"] == "2026-11-20"


def test_each_of_those_present_is_drawn_about_as_often(db: None) -> None:
    for name in PEOPLE:
        _admit(name, NewPosting(Role.INSPECTOR, office="0202"))
    present(*PEOPLE)
    firm = trader()

    often = Counter(name for _ in range(60) for name in draw(inspected(firm)))

    assert sum(often.values()) == 120
    # 30 are expected; 10 is five standard deviations below.
    assert min(often[name] for name in PEOPLE) >= 10


def test_who_is_not_marked_present_is_never_drawn(case: tuple[DeclarationId, HoldId]) -> None:
    present("an", "bo")
    present("cai", office="0203")

    assert set(draw(case)) == {"an", "bo"}
    assert [(row.officer, row.present, row.elsewhere) for row in _duty()] == [
        ("an", True, ""),
        ("bo", True, ""),
        ("cai", False, "0203"),
        ("ding", False, ""),
    ]


def _duty() -> tuple[DutyRow, ...]:
    return on_duty("0202", NOW.date(), now=NOW)


def test_with_fewer_than_two_nobody_is_drawn(case: tuple[DeclarationId, HoldId]) -> None:
    present("an", "bo")
    officers.mark_present(officer="bo", office="0202", present=False, by=YAN, now=NOW)

    with pytest.raises(ProblemError) as error:
        draw(case)

    assert refused(error) == ["INS-020"]
    assert not OfficerDraw.objects.exists()


def test_nobody_draws_until_the_officers_suit_him(case: tuple[DeclarationId, HoldId]) -> None:
    present("an", "bo", "cai", "ding")
    drawn = draw(case)

    with pytest.raises(ProblemError) as error:
        draw(case)

    assert refused(error) == ["INS-022"]
    assert draws([case[1]])[case[1]].drawn == drawn


def test_only_who_is_posted_there_can_be_marked_present(
    case: tuple[DeclarationId, HoldId],
) -> None:
    with pytest.raises(ProblemError) as error:
        present("far")
    with pytest.raises(ProblemError) as elsewhere:
        officers.mark_present(officer="an", office="0101", present=True, by=AN, now=NOW)

    assert refused(error) == ["INS-025"]
    assert refused(elsewhere) == ["ACC-011"]
    assert not Presence.objects.exists()
    assert not [one for one in entries(HOUSE) if one.kind == "OFFICER_PRESENT"]


@pytest.mark.parametrize(
    ("by", "code"),
    [
        (officer("an", Role.INSPECTOR, "0202"), "INS-028"),
        (officer("wei", Role.COORDINATOR, "0202"), "ACC-001"),
        (officer("zhu", Role.CHIEF, "0101"), "ACC-011"),
        (replace(officer("bo", Role.INSPECTOR, "0202"), person_id=None), "ACC-014"),
        (SYSTEM, "ACC-014"),
    ],
)
def test_presence_is_marked_by_the_officer_himself_or_his_chief_and_by_nobody_else(
    case: tuple[DeclarationId, HoldId], by: Actor, code: str
) -> None:
    with pytest.raises(ProblemError) as error:
        officers.mark_present(officer="bo", office="0202", present=True, by=by, now=NOW)
    assert refused(error) == [code]
    assert not Presence.objects.exists()

    officers.mark_present(officer="bo", office="0202", present=True, by=YAN, now=NOW)

    [row] = Presence.objects.all()
    assert (row.officer, row.marked_by) == ("bo", "yan")


def ask(case: tuple[DeclarationId, HoldId], by: Actor = AN, **changes: Any) -> None:
    wanted: dict[str, Any] = {"officers": ("an", "cai"), "ground": "ILL", "why": "bo is ill"}
    act: dict[str, Any] = {"declaration_id": case[0], "hold_id": case[1], "by": by, "now": NOW}
    officers.ask_replacement(**(wanted | changes), **act)


def confirm(case: tuple[DeclarationId, HoldId], by: Actor = YAN) -> None:
    officers.confirm_replacement(declaration_id=case[0], hold_id=case[1], by=by, now=NOW)


def test_others_take_over_on_a_ground_that_the_chief_confirms(
    case: tuple[DeclarationId, HoldId],
) -> None:
    present("an", "bo")
    draw(case)

    ask(case)
    asked = draws([case[1]])[case[1]]
    confirm(case)

    assert set(asked.officers) == {"an", "bo"}
    assert (asked.wanted, asked.wanted_ground, asked.wanted_by) == (("an", "cai"), "ILL", "an")
    row = draws([case[1]])[case[1]]
    assert (set(row.drawn), row.officers, row.why) == ({"an", "bo"}, ("an", "cai"), "bo is ill")
    assert (row.wanted, row.wanted_by, row.replaced_by) == ((), "", "yan")
    [told] = [one for one in entries(case[0]) if one.kind == "OFFICERS_REPLACED"]
    assert (told.by, told.facts["asked_by"], told.facts["ground"]) == ("yan", "an", "ILL")
    assert [one.hold_id for one in replacements(viewer=AN, since=NOW)] == [case[1]]


def test_what_is_wrong_with_a_replacement_is_told_all_at_once(
    case: tuple[DeclarationId, HoldId],
) -> None:
    present("an", "bo")
    draw(case)

    with pytest.raises(ProblemError) as wrong:
        ask(case, officers=("far", "far"), ground="WHIM", why=" ")

    assert refused(wrong) == ["INS-001", "INS-029", "INS-024", "INS-025"]
    assert draws([case[1]])[case[1]].wanted_by == ""


@pytest.mark.parametrize(
    ("by", "code"),
    [
        (AN, "ACC-001"),
        (officer("zhu", Role.CHIEF, "0101"), "ACC-011"),
        (replace(YAN, person_id=None), "ACC-014"),
        (replace(YAN, name="an"), "INS-031"),
        (replace(YAN, name="cai"), "INS-031"),
    ],
)
def test_a_replacement_is_confirmed_by_a_second_person_who_is_the_chief(
    case: tuple[DeclarationId, HoldId], by: Actor, code: str
) -> None:
    present("an", "bo")
    draw(case)
    ask(case)

    with pytest.raises(ProblemError) as error:
        confirm(case, by)

    assert refused(error) == [code]
    assert set(draws([case[1]])[case[1]].officers) == {"an", "bo"}


def test_the_chief_confirms_nothing_that_nobody_asked_for(
    case: tuple[DeclarationId, HoldId],
) -> None:
    with pytest.raises(ProblemError) as undrawn:
        confirm(case)
    present("an", "bo")
    draw(case)
    with pytest.raises(ProblemError) as unasked:
        confirm(case)

    assert refused(undrawn) == ["INS-023"]
    assert refused(unasked) == ["INS-030"]


def test_nobody_is_replaced_before_somebody_was_drawn(case: tuple[DeclarationId, HoldId]) -> None:
    with pytest.raises(ProblemError) as error:
        ask(case)

    assert refused(error) == ["INS-023"]


def test_those_who_hold_it_in_the_end_stand_in_the_record_and_in_the_outcome(
    case: tuple[DeclarationId, HoldId],
) -> None:
    present("an", "bo")
    draw(case)
    act: dict[str, Any] = {"declaration_id": case[0], "hold_id": case[1], "now": NOW}
    attendance.note_attending(name="Li Si", by=AN, **act)
    commands.start(seals_before="", by=AN, **act)
    before = signing.prepare(seen=Seen(result="as declared"), by=AN, **act)
    signing.sign(sha256=before, by=AN, **act)
    ask(case)
    confirm(case)

    sealed = prepared([case[1]])[case[1]].sha256
    assert sealed != before
    firm = frozenset({heads([case[0]])[case[0]].trader_id})
    party = Actor("party", "", 4, frozenset({Role.TRADER}), firm, own_ids=firm)
    for by in (AN, officer("cai", Role.INSPECTOR, "0202"), party):
        signing.sign(sha256=sealed, by=by, **act)

    assert Outcome.objects.get().officers == ["an", "cai"]
    [told] = [one for one in entries(case[0]) if one.kind == "INSPECTION_RECORDED"]
    assert told.facts["chosen"] == "replaced"


def test_who_is_posted_elsewhere_neither_draws_nor_asks_for_others(
    case: tuple[DeclarationId, HoldId],
) -> None:
    present("an", "bo")
    far = officer("far", Role.INSPECTOR, "0101")

    with pytest.raises(ProblemError) as drawing:
        officers.draw(declaration_id=case[0], hold_id=case[1], by=far, now=NOW)
    draw(case)
    with pytest.raises(ProblemError) as replacing:
        ask(case, by=far)

    assert refused(drawing) == refused(replacing) == ["ACC-011"]
