"""Every act that needs two persons takes two persons, both of them in office."""

import ast
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.architecture.source import PACKAGE, files, short, tree
from tests.domain.holding import INSPECTOR
from tests.domain.two_persons import (
    COORDINATOR,
    SCENARIOS,
    Second,
    claim,
    dismiss,
    diversion,
    instruction,
    other,
)
from tongguan.domain.cargo import problems as cargo
from tongguan.domain.coordination import problems as coordination
from tongguan.domain.inspection import problems as inspection
from tongguan.domain.reference import problems as reference
from tongguan.domain.release import problems as release
from tongguan.domain.review import problems as review
from tongguan.domain.risk import problems as risk
from tongguan.facilities.accounts.problems import ACCOUNT_WITHDRAWN, NO_PERSON, NOT_SIGNED_IN
from tongguan.facilities.accounts.two_persons import TwoPersonAct
from tongguan.facilities.accounts.values import Actor
from tongguan.kernel.problems import Problem, ProblemError

pytestmark = pytest.mark.django_db(transaction=True)
SAME = {
    risk.SECOND_PERSON,
    reference.SECOND_PERSON,
    coordination.SECOND_OFFICER,
    release.SECOND_PERSON,
    inspection.SECOND_PERSON,
    inspection.MARKED_OTHERS,
    inspection.SIGNED_ALREADY,
    review.OWN_FINDING,
    review.SAME_OFFICER,
    cargo.OWN_MATTER,
}
"""What somebody is told who did the first part himself."""
COMPARED = {
    "src/tongguan/domain/cargo/commands.py": "a manifest is changed by who sent it",
    "src/tongguan/domain/inspection/holding.py": "the two who were drawn act, and no others",
    "src/tongguan/domain/inspection/officers.py": "a chief marks others; nobody names himself",
    "src/tongguan/domain/inspection/signing.py": "who was drawn signs as an officer",
}
"""Where accounts are compared for another reason than that two persons are needed."""

every_act = pytest.mark.parametrize("act", TwoPersonAct, ids=lambda act: act.name)


def told(error: pytest.ExceptionInfo[ProblemError]) -> Problem:
    return error.value.faults[0].problem


@every_act
def test_the_same_account_does_not_do_both_parts(act: TwoPersonAct) -> None:
    person, first = SCENARIOS[act]
    second = first(person)

    with pytest.raises(ProblemError) as refusal:
        second(person)

    assert told(refusal) in SAME
    second(other(act, person))


@every_act
def test_software_does_the_first_part_only_where_a_carrier_asks(act: TwoPersonAct) -> None:
    person, first = SCENARIOS[act]
    software = replace(person, name="client:robot", person_id=None)

    if act.software_first:
        first(software)
    else:
        with pytest.raises(ProblemError) as refusal:
            first(software)
        assert told(refusal) is NO_PERSON


@every_act
def test_software_never_does_the_second_part(act: TwoPersonAct) -> None:
    person, first = SCENARIOS[act]
    second = first(person)

    with pytest.raises(ProblemError) as refusal:
        second(replace(other(act, person), person_id=None))

    assert told(refusal) is NO_PERSON


@every_act
def test_a_name_given_on_the_command_line_does_not_do_the_first_part(act: TwoPersonAct) -> None:
    person, first = SCENARIOS[act]
    named = replace(person, signed_in=False)

    if act.software_first:
        first(named)
    else:
        with pytest.raises(ProblemError) as refusal:
            first(named)
        assert told(refusal) is NOT_SIGNED_IN


@every_act
def test_a_name_given_on_the_command_line_does_not_do_the_second_part(act: TwoPersonAct) -> None:
    person, first = SCENARIOS[act]
    second = first(person)

    with pytest.raises(ProblemError) as refusal:
        second(replace(other(act, person), signed_in=False))

    assert told(refusal) is NOT_SIGNED_IN


@every_act
def test_a_person_whose_account_was_withdrawn_does_not_do_the_second_part(
    act: TwoPersonAct,
) -> None:
    person, first = SCENARIOS[act]
    second, gone = first(person), other(act, person)
    dismiss(gone)

    with pytest.raises(ProblemError) as refusal:
        second(gone)

    assert told(refusal) is ACCOUNT_WITHDRAWN


@every_act
def test_what_somebody_asked_whose_account_was_withdrawn_is_not_confirmed(
    act: TwoPersonAct,
) -> None:
    person, first = SCENARIOS[act]
    second = first(person)
    dismiss(person)

    if act.stands:
        second(other(act, person))
    elif act is TwoPersonAct.LIFT_INSTRUCTION:
        assert second(other(act, person)) is False
    else:
        with pytest.raises(ProblemError) as refusal:
            second(other(act, person))
        assert told(refusal) is ACCOUNT_WITHDRAWN


def test_a_lifting_asked_by_a_withdrawn_account_is_asked_anew_and_takes_two_others() -> None:
    second = instruction(COORDINATOR)
    dismiss(COORDINATOR)
    anew = replace(COORDINATOR, name="anew", label="anew")

    asked = second(anew)
    with pytest.raises(ProblemError) as refusal:
        second(anew)

    assert asked is False
    assert told(refusal) is coordination.SECOND_OFFICER
    assert second(replace(COORDINATOR, name="third")) is True


@pytest.mark.parametrize("case", [claim, diversion])
def test_who_works_for_a_carrier_decides_nothing_that_concerns_it(
    case: Callable[[Actor], Second],
) -> None:
    second = case(replace(INSPECTOR, name="client:robot", person_id=None))
    concerned = replace(INSPECTOR, own_ids=frozenset(range(1, 10_000)))

    with pytest.raises(ProblemError) as refusal:
        second(concerned)

    assert told(refusal) is cargo.OWN_MATTER
    second(INSPECTOR)


def test_every_act_of_the_table_has_a_case_here_and_its_commands_are_there() -> None:
    assert set(SCENARIOS) == set(TwoPersonAct)
    for act in TwoPersonAct:
        for command in (act.first, act.second):
            module, _colon, name = command.partition(":")
            path = PACKAGE / "domain" / f"{module.replace('.', '/')}.py"
            names = {node.name for node in tree(path).body if isinstance(node, ast.FunctionDef)}
            assert name in names, command


def test_accounts_are_compared_by_the_one_check_alone() -> None:
    found = {
        short(path)
        for path in files("src/tongguan/domain")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Compare)
        if any(ast.unparse(part) == "by.name" for part in (node.left, *node.comparators))
    }

    assert found == set(COMPARED)
