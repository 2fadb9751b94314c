"""Who replaces an officer of an inspection is drawn too, and anyone entitled can draw again."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec import json

from tests.domain.holding import officer
from tests.domain.inspection.drawing import (
    AN,
    NOW,
    PEOPLE,
    YAN,
    admit,
    ask,
    confirm,
    draw,
    held,
    inspected,
    leave,
    present,
    refused,
    unlike,
)
from tests.domain.risk.cases import trader
from tests.domain.risk.examples import AUDITOR
from tests.domain.risk.test_verifier import verify
from tongguan.domain.declarations.queries import heads
from tongguan.domain.inspection import attendance, commands, officers, signing
from tongguan.domain.inspection.choices import chosen_on, drawn_again
from tongguan.domain.inspection.duty import Chosen
from tongguan.domain.inspection.models import OfficerChoice
from tongguan.domain.inspection.queries import (
    draws,
    prepared,
    replacements,
)
from tongguan.domain.inspection.values import Seen
from tongguan.domain.risk.models import Outcome
from tongguan.domain.risk.publication import open_sets, publish
from tongguan.domain.risk.published import export
from tongguan.facilities.accounts.values import Actor, NewPosting, Role
from tongguan.facilities.ledger.queries import entries
from tongguan.kernel.identifiers import DeclarationId, HoldId
from tongguan.kernel.problems import ProblemError

pytestmark = pytest.mark.django_db(transaction=True)
CAI = officer("cai", Role.INSPECTOR, "0202")


def test_a_substitute_is_drawn_of_those_on_duty_when_the_chief_confirms_it(
    case: tuple[DeclarationId, HoldId],
) -> None:
    present("an", "bo")
    draw(case)
    leave("bo")
    ask(case)
    asked = held(case)
    present("cai", "ding")

    take = confirm(case)

    assert set(asked.officers) == {"an", "bo"}
    assert (asked.wanted_for, asked.wanted, asked.wanted_by) == (("bo",), (), "an")
    row = held(case)
    assert set(row.officers) == {"an", *take}
    assert (row.why, row.replaced_by, row.wanted_by, row.named) == ("bo is ill", "yan", "", ())
    first, second = row.choices
    assert [one.officer for one in first.candidates] == ["an", "bo"]
    assert [one.officer for one in second.candidates] == ["cai", "ding"]
    assert (second.how, second.chosen, second.in_place_of) == (Chosen.DRAWN, take, ("bo",))
    assert (second.ground, second.asked_by, second.by) == ("ILL", "an", "yan")
    assert row.drawn_of == (2, 2)
    assert [drawn_again(one, now=NOW) for one in row.choices] == [first.chosen, second.chosen]
    [told] = [one for one in entries(case[0]) if one.kind == "OFFICERS_REPLACED"]
    assert (told.by, told.facts["asked_by"], told.facts["ground"]) == ("yan", "an", "ILL")
    assert (told.facts["chosen"], told.facts["candidates"]) == ("drawn", "2")
    assert [one.hold_id for one in replacements(viewer=AN, since=NOW)] == [case[1]]


def test_each_of_those_left_is_drawn_as_a_substitute(db: None) -> None:
    for name in PEOPLE:
        admit(name, NewPosting(Role.INSPECTOR, office="0202"))
    firm, often = trader(), Counter[str]()
    for _ in range(40):
        present("an", "bo")
        leave("cai", "ding")
        case = inspected(firm)
        draw(case)
        leave("bo")
        ask(case)
        present("cai", "ding")
        often.update(confirm(case))

    # 20 of each are expected; 5 is almost five standard deviations below.
    assert sorted(often) == ["cai", "ding"]
    assert min(often.values()) >= 5


def test_both_are_replaced_by_two_who_are_drawn(case: tuple[DeclarationId, HoldId]) -> None:
    present("an", "bo")
    draw(case)
    present("cai", "ding")
    leave("an", "bo")
    ask(case, absent=["an", "bo"])

    assert set(confirm(case)) == {"cai", "ding"} == set(held(case).officers)


def test_a_chief_who_marked_others_confirms_no_draw_and_confirms_who_is_named(
    case: tuple[DeclarationId, HoldId],
) -> None:
    present("an", "bo")
    draw(case)
    officers.mark_present(officer="bo", office="0202", present=False, by=YAN, now=NOW)
    present("cai", "ding")
    ask(case)
    with pytest.raises(ProblemError) as error:
        confirm(case)
    untouched = held(case).officers
    ask(case, ground="SKILL", named=["ding"])

    assert refused(error) == ["INS-046"]
    assert set(untouched) == {"an", "bo"}
    assert confirm(case) == ("ding",)


def test_nobody_comes_back_by_another_draw(case: tuple[DeclarationId, HoldId]) -> None:
    present("an", "bo")
    draw(case)
    ask(case, ground="INTEREST")
    present("cai")
    assert confirm(case) == ("cai",)
    ask(case, absent=["cai"], ground="INTEREST")

    with pytest.raises(ProblemError) as error:
        confirm(case)
    present("ding")

    assert refused(error) == ["INS-045"]
    assert confirm(case) == ("ding",)
    row = held(case)
    assert (row.drawn_of, [one.round for one in row.choices]) == ((2, 1, 1), [0, 1, 2])


def test_who_confirms_is_not_drawn(case: tuple[DeclarationId, HoldId]) -> None:
    both = replace(YAN, name="cai", roles=frozenset({Role.CHIEF, Role.INSPECTOR}))
    present("an", "bo", "cai", "ding")
    drawn = draw(case)
    gone = next(name for name in drawn if name != "cai")
    if "cai" in drawn:
        both = replace(both, name=next(name for name in PEOPLE if name not in drawn))
    ask(case, absent=[gone], ground="INTEREST", by=YAN)

    [take] = confirm(case, both)

    assert take not in {*drawn, both.name}


def test_on_the_ground_of_special_knowledge_somebody_is_named_as_an_exception(
    case: tuple[DeclarationId, HoldId],
) -> None:
    present("an", "bo", "ding")
    drawn = draw(case)
    gone, stays = drawn
    named = next(name for name in PEOPLE if name not in drawn)
    ask(case, by=YAN, absent=[gone], ground="SKILL", named=[named], why="live animals")
    chief = replace(YAN, name="zhou")

    assert confirm(case, chief) == (named,)

    row = held(case)
    assert row.officers == (named, stays)
    assert (row.named, row.choices[-1].how, row.drawn_of) == ((named,), Chosen.NAMED, (3,))
    [told] = [one for one in entries(case[0]) if one.kind == "OFFICERS_REPLACED"]
    assert told.facts["chosen"] == "named"


def test_what_is_wrong_with_a_replacement_is_told_all_at_once(
    case: tuple[DeclarationId, HoldId],
) -> None:
    present("an", "bo")
    draw(case)

    wrong: list[tuple[dict[str, Any], list[str]]] = [
        ({"absent": ["cai"], "ground": "WHIM", "why": " "}, ["INS-042", "INS-029", "INS-024"]),
        ({"absent": []}, ["INS-042"]),
        ({}, ["INS-044"]),
        ({"ground": "AWAY"}, ["INS-044"]),
        ({"ground": "INTEREST", "named": ["cai"]}, ["INS-043"]),
        ({"ground": "SKILL"}, ["INS-001"]),
        ({"ground": "SKILL", "named": ["an"]}, ["INS-001", "INS-047"]),
        ({"ground": "SKILL", "named": ["cai"], "by": CAI}, ["INS-047"]),
        ({"ground": "SKILL", "named": ["bo"]}, ["INS-001"]),
        ({"ground": "SKILL", "named": ["cai", "cai"]}, ["INS-001"]),
        ({"ground": "SKILL", "named": ["far"]}, ["INS-025"]),
    ]
    for changes, codes in wrong:
        with pytest.raises(ProblemError) as error:
            ask(case, **changes)
        assert refused(error) == codes
    assert held(case).wanted_by == ""


def test_who_is_on_duty_again_is_not_replaced_as_ill(case: tuple[DeclarationId, HoldId]) -> None:
    present("an", "bo", "cai")
    gone, _stays = draw(case)
    leave(gone)
    ask(case, absent=[gone], by=YAN)
    present(gone)

    with pytest.raises(ProblemError) as error:
        confirm(case, replace(YAN, name="zhou"))

    assert refused(error) == ["INS-044"]
    assert gone in held(case).officers


@pytest.mark.parametrize(
    ("by", "code"),
    [
        (AN, "ACC-001"),
        (officer("zhu", Role.CHIEF, "0101"), "ACC-011"),
        (replace(YAN, person_id=None), "ACC-014"),
        (replace(YAN, name="an"), "INS-031"),
        (replace(YAN, name="bo"), "INS-031"),
    ],
)
def test_a_replacement_is_confirmed_by_a_second_person_who_is_the_chief(
    case: tuple[DeclarationId, HoldId], by: Actor, code: str
) -> None:
    present("an", "bo")
    draw(case)
    leave("bo")
    ask(case)
    present("cai")

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
    leave("bo")
    ask(case)
    present("cai")
    confirm(case)

    sealed = prepared([case[1]])[case[1]].sha256
    assert sealed != before
    firm = frozenset({heads([case[0]])[case[0]].trader_id})
    party = Actor("party", "", 4, frozenset({Role.TRADER}), firm, own_ids=firm)
    for by in (AN, officer("cai", Role.INSPECTOR, "0202"), party):
        signing.sign(sha256=sealed, by=by, **act)

    assert set(Outcome.objects.get().officers) == {"an", "cai"}
    [told] = [one for one in entries(case[0]) if one.kind == "INSPECTION_RECORDED"]
    assert (told.facts["chosen"], told.facts["candidates"]) == ("drawn", "2 1")


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


def test_the_ledger_tells_every_choice_and_finds_a_candidate_who_was_added(
    case: tuple[DeclarationId, HoldId],
) -> None:
    present("an", "bo")
    draw(case)
    leave("bo")
    ask(case)
    present("cai")
    confirm(case)
    assert unlike() == []

    row = OfficerChoice.objects.get(round=0)
    row.candidates = [*row.candidates, row.candidates[0] | {"officer": "ding"}]
    row.save()

    [found] = unlike()
    assert (found.table, found.column) == ("inspection_officerchoice", "rest")


def test_the_verifier_draws_officers_again_and_finds_one_who_was_put_in(
    case: tuple[DeclarationId, HoldId], tmp_path: Path
) -> None:
    day = NOW.date()
    publish(now=NOW - timedelta(days=1))
    present("an", "bo", "cai")
    gone, _stays = draw(case)
    ask(case, by=YAN, absent=[gone], ground="INTEREST")
    present("ding")
    confirm(case, replace(YAN, name="zhou"))
    assert export(day, chosen_on(day)).officers == ()
    publish(now=NOW + timedelta(days=1))
    open_sets(day=day, by=AUDITOR, now=NOW + timedelta(days=1))
    told = json.encode(export(day, chosen_on(day)))

    code, lines = verify(told, tmp_path)

    assert (code, lines[-1]) == (
        0,
        "officers: 2 draws, 0 of them of no more than were drawn; 0 times named by hand",
    )
    for tamper in (_put_in, _late_mark, _another_office, _left_out):
        found = json.decode(told)
        tamper(found["officers"])
        code, lines = verify(found, tmp_path)
        assert (code, len(lines)) == (1, 3)


def _put_in(choices: list[dict[str, Any]]) -> None:
    one = choices[1]
    others = {row["officer"] for row in one["candidates"]} - set(one["chosen"])
    one["chosen"] = [min(others)]


def _late_mark(choices: list[dict[str, Any]]) -> None:
    choices[0]["candidates"][0]["marked_at"] = "2026-11-20T03:00:01Z"


def _another_office(choices: list[dict[str, Any]]) -> None:
    choices[0]["candidates"][0]["office"] = "0203"


def _left_out(choices: list[dict[str, Any]]) -> None:
    first = choices[0]
    first["candidates"] = [
        row for row in first["candidates"] if row["officer"] != first["chosen"][0]
    ]
