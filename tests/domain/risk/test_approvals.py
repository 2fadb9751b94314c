"""Criteria by two people: proposed, approved, suspended, ended; every wording kept."""

from datetime import timedelta
from decimal import Decimal

import pytest
from msgspec import structs

from tests.domain.risk.cases import codes, in_force
from tests.domain.risk.examples import AUDITOR, CHU, DAY, NOON, REVIEWER, WEI, profile, share, when
from tests.domain.risk.learning.invented import trained
from tongguan.domain.risk import active, approvals, commands, problems, queries
from tongguan.domain.risk.criteria import Criterion, Kind, ModelCard, Policy
from tongguan.domain.risk.models import Change, CriterionVersion, ModelFile
from tongguan.domain.risk.values import CriterionState
from tongguan.facilities.accounts import problems as accounts
from tongguan.facilities.announcements.models import Announcement
from tongguan.facilities.ledger.models import Entry
from tongguan.kernel.problems import Problem, ProblemError

pytestmark = pytest.mark.django_db
WINE = structs.replace(profile(when("line.commodity", "prefix", "2204"), name="Wine"), id=0)


def propose(*found: Criterion) -> tuple[Criterion, ...]:
    return approvals.propose(criteria=found or (WINE,), by=CHU, now=NOON)


def approve(*ids: int) -> int:
    return approvals.approve(kind=Kind.PROFILE, ids=ids or (1,), by=WEI, now=NOON)


def names() -> list[str]:
    return [one.name for one in active.active_set(DAY).profiles]


def told() -> list[str]:
    found = Entry.objects.exclude(kind="CRITERIA_COMMITTED").order_by("number")
    return list(found.values_list("kind", flat=True))


def problem(refusal: pytest.ExceptionInfo[ProblemError]) -> Problem:
    return refusal.value.faults[0].problem


def test_a_profile_acts_once_a_second_person_has_approved_it() -> None:
    [made] = propose()
    assert names() == []

    stamp = approve(made.id)

    assert names() == ["Wine"]
    assert active.latest_stamp() == stamp
    assert told() == ["CRITERIA_PROPOSED", "CRITERIA_APPROVED"]
    assert Announcement.objects.get().kind == "CriteriaChanged"


def test_nobody_approves_what_he_proposed() -> None:
    propose()

    with pytest.raises(ProblemError) as refusal:
        approvals.approve(kind=Kind.PROFILE, ids=[1], by=CHU, now=NOON)

    assert problem(refusal) is problems.SECOND_PERSON
    assert names() == []
    assert not Change.objects.exists()


@pytest.mark.parametrize("by", [AUDITOR, REVIEWER])
def test_only_analysts_write_criteria(by: object) -> None:
    with pytest.raises(ProblemError) as refusal:
        approvals.propose(criteria=[WINE], by=by, now=NOON)  # type: ignore[arg-type]

    assert problem(refusal) is accounts.NOT_POSTED
    assert not CriterionVersion.objects.exists()


def test_what_cannot_be_used_is_refused_with_every_fault_and_nothing_is_kept() -> None:
    with pytest.raises(ProblemError) as refusal:
        propose(profile(when("colour", "is", "red")), profile(name=""))

    assert [fault.pointer for fault in refusal.value.faults] == ["#/0/conditions/0", "#/1/name"]
    assert not CriterionVersion.objects.exists()
    assert told() == []


def test_another_wording_acts_in_the_place_of_the_first_and_both_are_kept() -> None:
    [first] = in_force(WINE)

    [second] = propose(structs.replace(first, name="Wine and spirits"))
    assert names() == ["Wine"]
    approve(second.id)

    assert codes([first, second]) == [(1, 1), (1, 2)]
    assert names() == ["Wine and spirits"]
    assert [row.state for row in queries.criteria(Kind.PROFILE)] == [
        CriterionState.REPLACED,
        CriterionState.ACTIVE,
    ]


def test_a_wording_that_waits_is_replaced_by_the_next_one_proposed() -> None:
    [first] = propose()

    propose(structs.replace(first, name="Wine, better"))
    approve(first.id)

    assert names() == ["Wine, better"]
    assert [row.state for row in queries.criteria(Kind.PROFILE)] == [
        CriterionState.REFUSED,
        CriterionState.ACTIVE,
    ]


def test_what_was_refused_never_acts() -> None:
    [made] = propose()

    approvals.refuse(kind=Kind.PROFILE, id=made.id, why="too broad", by=WEI, now=NOON)

    assert names() == []
    with pytest.raises(ProblemError) as refusal:
        approve(made.id)
    assert problem(refusal) is problems.NOTHING_WAITS


def test_one_person_suspends_at_once_and_another_resumes() -> None:
    [made] = in_force(WINE)

    approvals.suspend(kind=Kind.PROFILE, id=made.id, why="hits everything", by=CHU, now=NOON)
    assert names() == []
    [row] = queries.criteria(Kind.PROFILE, [made.id])
    assert (row.state, row.why) == (CriterionState.SUSPENDED, "hits everything")

    with pytest.raises(ProblemError) as refusal:
        approvals.resume(kind=Kind.PROFILE, id=made.id, by=CHU, now=NOON)
    assert problem(refusal) is problems.SECOND_PERSON
    approvals.resume(kind=Kind.PROFILE, id=made.id, by=WEI, now=NOON)
    assert names() == ["Wine"]


def test_what_ended_is_not_resumed() -> None:
    [made] = in_force(WINE)

    approvals.end(kind=Kind.PROFILE, id=made.id, why="found nothing", by=CHU, now=NOON)

    assert names() == []
    assert queries.criteria(Kind.PROFILE)[0].state is CriterionState.ENDED
    with pytest.raises(ProblemError) as resumed:
        approvals.resume(kind=Kind.PROFILE, id=1, by=WEI, now=NOON)
    with pytest.raises(ProblemError) as suspended:
        approvals.suspend(kind=Kind.PROFILE, id=1, why="", by=WEI, now=NOON)
    with pytest.raises(ProblemError) as again:
        approvals.end(kind=Kind.PROFILE, id=1, why="", by=WEI, now=NOON)
    assert problem(resumed) is problems.NOT_SUSPENDED
    assert problem(suspended) is problem(again) is problems.NOT_IN_FORCE


def test_a_suspended_profile_can_be_ended() -> None:
    in_force(WINE)
    approvals.suspend(kind=Kind.PROFILE, id=1, why="", by=CHU, now=NOON)

    approvals.end(kind=Kind.PROFILE, id=1, why="", by=CHU, now=NOON)

    assert queries.criteria(Kind.PROFILE)[0].state is CriterionState.ENDED


def test_a_number_nobody_gave_is_refused() -> None:
    with pytest.raises(ProblemError) as refusal:
        propose(structs.replace(WINE, id=7))

    assert problem(refusal) is problems.UNKNOWN_CRITERION
    assert not CriterionVersion.objects.exists()


def test_many_are_proposed_and_approved_as_one_act() -> None:
    made = propose(*[structs.replace(WINE, name=f"profile {number}") for number in range(30)])

    approve(*[one.id for one in made])

    assert len(names()) == 30
    assert told() == ["CRITERIA_PROPOSED", "CRITERIA_APPROVED"]
    approved = Entry.objects.get(kind="CRITERIA_APPROVED").facts
    assert approved["count"] == "30"
    assert approved["criteria"].endswith("profile 20 v1, …")


def test_a_set_is_told_as_of_any_day_and_any_place_in_the_log() -> None:
    in_force(WINE)
    stamp = active.latest_stamp()
    in_force(structs.replace(WINE, name="Later", valid_from=DAY + timedelta(days=2)))
    in_force(structs.replace(WINE, name="Beer"))
    approvals.end(kind=Kind.PROFILE, id=1, why="", by=CHU, now=NOON)

    assert names() == ["Beer"]
    assert [one.name for one in active.active_set(DAY, stamp).profiles] == ["Wine"]
    day_after = active.active_set(DAY + timedelta(days=2))
    assert [one.name for one in day_after.profiles] == ["Later", "Beer"]
    assert day_after.version != active.active_set(DAY).version


def test_shares_and_the_policy_are_approved_like_profiles() -> None:
    in_force(
        share("scan", "0.1", id=0, mode="transit"),
        Policy(name="Forty a day", exploration=Decimal("0.01")),
    )

    found = active.active_set(DAY)

    assert found.policy.name == "Forty a day"
    assert [(one.treatment, one.id) for one in found.shares if one.id] == [("scan", 1)]
    assert {one.credit for one in found.shares if not one.id} >= {"general", "discredited"}


def test_a_model_is_proposed_with_the_hash_of_what_is_kept() -> None:
    card = ModelCard(name="first", sha256="", data_sha256="d", learned_until=DAY)

    made = approvals.keep_model(content=trained().dump(), card=card, by=CHU, now=NOON)

    assert (made.id, made.version, len(made.sha256)) == (1, 1, 64)
    assert queries.criteria(Kind.MODEL)[0].state is CriterionState.WAITING
    with pytest.raises(ProblemError) as refusal:
        approvals.propose(criteria=[structs.replace(card, sha256="0" * 64)], by=CHU, now=NOON)
    assert problem(refusal) is problems.MODEL_UNKNOWN


def test_bytes_that_are_no_model_are_not_kept() -> None:
    card = ModelCard(name="first", sha256="", data_sha256="d", learned_until=DAY)

    with pytest.raises(ProblemError) as refusal:
        approvals.keep_model(content=b"trees", card=card, by=CHU, now=NOON)

    assert problem(refusal) is problems.MODEL_UNREADABLE
    assert not ModelFile.objects.exists()


def test_who_reads_profiles_stands_in_the_ledger_and_others_read_none() -> None:
    in_force(WINE)

    [row] = commands.consult(kind=Kind.PROFILE, by=AUDITOR, now=NOON)

    assert row.criterion.name == "Wine"
    entry = Entry.objects.filter(kind="CRITERIA_READ").get()
    assert (entry.by, entry.facts["ids"], entry.facts["count"]) == ("jiang", "all", "1")
    with pytest.raises(ProblemError) as refusal:
        commands.consult(kind=Kind.PROFILE, by=REVIEWER, now=NOON)
    assert problem(refusal) is accounts.NOT_POSTED
