"""From a thought to a profile that acts: tried while it is written, approved by another person."""

import time
from typing import Any

import pytest
from django.test import Client

from tests.interfaces.scene import declared, lodged
from tests.interfaces.workbench.risk.scene import Desk
from tongguan.domain.risk.criteria import Kind
from tongguan.domain.risk.queries import criteria, selection_of
from tongguan.domain.risk.values import CriterionState
from tongguan.kernel.identifiers import DeclarationId

NEW = "/desk/risk/profiles/new"
TYPED: dict[str, Any] = {
    "name": "Bearings from Germany",
    "field": ["line.commodity", "line.origin"],
    "operator": ["prefix", "is"],
    "operands": ["8482", "Germany"],
    "treatment": "full",
    "place": "port",
    "share": "100",
    "priority": "7",
    "reason": "goods",
    "instruction": "Look at the marks.",
    "district": "",
    "owner": "0202",
    "valid_from": "",
    "valid_until": "",
}


def proposed(client: Client, **changes: Any) -> Any:
    return client.post(NEW, {**TYPED, **changes, "act": "propose"})


def newest() -> Any:
    return criteria(Kind.PROFILE)[-1]


def met(id_: DeclarationId, profile: int) -> bool:
    selection = selection_of(id_)
    assert selection is not None
    return any(one.source == "profile" and one.criterion == profile for one in selection.reasons)


def test_what_is_proposed_and_approved_acts_on_what_is_lodged_a_second_later(desk: Desk) -> None:
    one, other = desk.signed_in("analyst"), desk.signed_in("analyst2")
    lodged(declared("BEFORE", containers=()))

    answer = proposed(one)
    row = newest()
    assert answer.url == f"/desk/risk/profiles/{row.criterion.id}"
    assert row.state is CriterionState.WAITING
    other.post(f"/desk/risk/decide/profile/{row.criterion.id}", {"act": "approve"})
    approved, count = time.monotonic(), 0
    while time.monotonic() - approved < 1:
        count += 1
        lodged(declared(f"MEANWHILE-{count}", containers=()))
    found = lodged(declared("AFTER", containers=()))

    assert met(found, row.criterion.id)
    assert newest().state is CriterionState.ACTIVE


def test_names_that_were_typed_become_codes(desk: Desk) -> None:
    proposed(desk.signed_in("analyst"), operands=["84.82", "德国"])

    first, second = newest().criterion.conditions
    assert (first.operands, second.operands) == (("8482",), ("DEU",))


def test_nobody_approves_what_he_proposed_and_is_told_why(desk: Desk) -> None:
    client = desk.signed_in("analyst")
    proposed(client)
    id_ = newest().criterion.id

    page = client.get(f"/desk/risk/profiles/{id_}").content.decode()
    client.post(f"/desk/risk/decide/profile/{id_}", {"act": "approve"})

    assert 'value="approve"' not in page
    assert "You proposed it yourself: another analyst decides on it." in page
    assert newest().state is CriterionState.WAITING


def test_a_refusal_comes_with_its_reason_and_leaves_what_is_in_force(desk: Desk) -> None:
    one, other = desk.signed_in("analyst"), desk.signed_in("analyst2")
    path = f"/desk/risk/profiles/{desk.profile}"
    one.post(f"{path}/edit", {**TYPED, "act": "propose"})

    page = other.get(path).content.decode()
    other.post(f"/desk/risk/decide/profile/{desk.profile}", {"act": "refuse", "reason": "too wide"})

    assert "condition removed" in page
    assert "<del>Everything declared at Xingang</del> → " in page
    states = {row.criterion.version: row.state for row in criteria(Kind.PROFILE, [desk.profile])}
    assert states == {1: CriterionState.ACTIVE, 2: CriterionState.REFUSED}


def test_one_person_suspends_at_once_and_another_resumes(desk: Desk) -> None:
    one, other = desk.signed_in("analyst"), desk.signed_in("analyst2")
    act, path = f"/desk/risk/decide/profile/{desk.profile}", f"/desk/risk/profiles/{desk.profile}"

    def state() -> CriterionState:
        return criteria(Kind.PROFILE, [desk.profile])[-1].state

    one.post(act, {"act": "suspend", "reason": "it floods the sites"})
    suspended = state()
    page = one.get(path).content.decode()
    one.post(act, {"act": "resume"})
    still = state()
    other.post(act, {"act": "resume"})

    assert (suspended, still) == (CriterionState.SUSPENDED, CriterionState.SUSPENDED)
    assert "You suspended it yourself: another analyst resumes it." in page
    assert "it floods the sites" in page
    assert state() is CriterionState.ACTIVE


@pytest.mark.parametrize(
    ("changes", "place", "words"),
    [
        ({"name": ""}, "f-name", "it needs a name of at most 200 characters"),
        ({"share": "0"}, "f-share", "the share is not between 0 and 1"),
        ({"share": "much"}, "f-share", "it is not a number"),
        ({"priority": "1.5"}, "f-priority", "it is not a whole number"),
        ({"valid_from": "2026-05-05", "valid_until": "2026-05-05"}, "f-valid_until",
         "it ends before it begins"),
        ({"owner": "9999"}, "f-owner", "there is no such office"),
        ({"field": ["", "line.value_per_kg"], "operator": ["", "at_least"],
          "operands": ["", "dear"]}, "f-conditions-1", "an operand is not a number"),
        ({"field": ["overseas", "flow"], "operator": ["watched", "is"], "operands": ["A", ""]},
         "f-conditions-0", "a watched name is too short to be recognised"),
    ],
)  # fmt: skip
def test_a_fault_is_told_at_its_field_and_nothing_typed_is_lost(
    desk: Desk, changes: dict[str, Any], place: str, words: str
) -> None:
    before = len(criteria(Kind.PROFILE))

    answer = proposed(desk.signed_in("analyst"), **{"instruction": "Keep this.", **changes})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'id="{place}-problem"' in page
    assert words in page.split(f'id="{place}-problem"')[1][:300]
    assert f'href="#{place}"' in page
    assert "Keep this." in page
    assert len(criteria(Kind.PROFILE)) == before


def test_faults_are_told_in_chinese_too(desk: Desk) -> None:
    page = proposed(desk.signed_in("analyst", "zh-hans"), share="0").content.decode()

    assert "the share is not between" not in page


def test_a_trial_tells_what_it_would_have_hit_and_keeps_what_was_typed(desk: Desk) -> None:
    client = desk.signed_in("analyst")

    tried = client.post(f"{NEW}/trial", TYPED).content.decode()
    again = client.get(NEW).content.decode()
    client.post(f"{NEW}/discard")
    anew = client.get(NEW).content.decode()

    assert "Tried on all 3 declarations." in tried
    assert tried.count('class="number"') == 3
    assert "1 <small>/ 3</small>" in tried
    assert "Bearings from Germany" in again
    assert "This is what you typed before and did not propose." in again
    assert "Bearings from Germany" not in anew


def test_an_editor_that_was_only_opened_keeps_nothing(desk: Desk) -> None:
    client = desk.signed_in("analyst")

    client.post(f"{NEW}/trial?first", TYPED)

    assert "This is what you typed before" not in client.get(NEW).content.decode()


def test_what_cannot_be_tried_is_told_instead(desk: Desk) -> None:
    broken = {**TYPED, "operands": ["", "DEU"]}

    tried = desk.signed_in("analyst").post(f"{NEW}/trial", broken).content.decode()

    assert "It cannot be tried yet:" in tried
    assert "an operand is missing" in tried


def test_rows_come_and_go_and_keep_what_they_hold(desk: Desk) -> None:
    client = desk.signed_in("analyst")

    more = client.post(NEW, {**TYPED, "act": "add"}).content.decode()
    less = client.post(NEW, {**TYPED, "act": "remove-0"}).content.decode()

    assert more.count('class="condition"') == 3
    assert less.count('class="condition"') == 1
    assert "8482" not in less
    assert "DEU 德国 Germany" in " ".join(less.replace("\n", " ").split()) or "德国" in less


def test_another_field_brings_the_operators_that_fit_it(desk: Desk) -> None:
    client = desk.signed_in("analyst")
    typed = {**TYPED, "field": ["line.commodity", "line.value_per_kg"]}

    row = client.post("/desk/risk/profiles/row/1", typed).content.decode()

    assert 'value="at_least"' in row
    assert 'value="prefix"' not in row
    assert client.post("/desk/risk/profiles/row/9", typed).status_code == 404


def test_a_profile_ends_by_itself_after_the_days_of_the_region(desk: Desk) -> None:
    page = desk.signed_in("analyst").get(NEW)

    values = page.context["values"]
    assert values["valid_until"] > values["valid_from"]


def test_a_share_and_a_policy_are_proposed_and_approved_alike(desk: Desk) -> None:
    one, other = desk.signed_in("analyst"), desk.signed_in("analyst2")
    share = {"kind": "share", "treatment": "sample", "share": "12.5", "credit": "general"}
    policy = {
        "kind": "policy",
        "name": "Carefully",
        "review_from": "0.5",
        "inspect_from": "",
        "exploration": "2",
        "treatment": "sample",
        "budget": "40",
    }

    one.post("/desk/risk/shares", share)
    one.post("/desk/risk/shares", policy)
    refused = one.post("/desk/risk/shares", {**policy, "exploration": "200"})
    for kind in ("share", "policy"):
        id_ = criteria(Kind(kind))[-1].criterion.id
        other.post(f"/desk/risk/decide/{kind}/{id_}", {"act": "approve"})

    page = other.get("/desk/risk/shares").content.decode()
    assert refused.status_code == 422
    assert "12.5%" in page
    assert "Carefully" in page
    assert "never" in page
    assert not other.get("/desk/risk/shares").context["waiting"]


def test_the_end_of_a_profile_is_proposed_by_one_press(desk: Desk) -> None:
    one, other = desk.signed_in("analyst"), desk.signed_in("analyst2")

    one.post(f"/desk/risk/profiles/{desk.profile}/retire")
    waits = criteria(Kind.PROFILE, [desk.profile])[-1]
    other.post(f"/desk/risk/decide/profile/{desk.profile}", {"act": "approve"})

    assert waits.state is CriterionState.WAITING
    assert criteria(Kind.PROFILE, [desk.profile])[-1].criterion.valid_until is not None
