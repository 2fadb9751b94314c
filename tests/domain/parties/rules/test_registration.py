"""Whether an enterprise can be registered as asked."""

from dataclasses import replace

import pytest

from tests.domain.parties.factories import credit_code
from tongguan.domain.parties import problems
from tongguan.domain.parties.rules.registration import check_registration
from tongguan.domain.parties.values import CreditClass, EnterpriseKind, NewEnterprise
from tongguan.kernel.problems import Problem

NEW = NewEnterprise(
    scc=credit_code(1),
    customs_code="1111900001",
    name_zh="示例企业",
    kind=EnterpriseKind.TRADER,
    home_office="0128",
    credit=CreditClass.GENERAL,
)


@pytest.mark.parametrize(
    "new", [NEW, replace(NEW, customs_code=""), replace(NEW, customs_code="1111W60001")]
)
def test_sound_codes_are_taken(new: NewEnterprise) -> None:
    assert list(check_registration(new)) == []


@pytest.mark.parametrize(
    ("new", "problem", "pointer"),
    [
        (replace(NEW, scc=NEW.scc[:-1] + "I"), problems.CREDIT_CODE, "#/scc"),
        (replace(NEW, scc="91110113FAKE00013J"), problems.CREDIT_CODE, "#/scc"),
        (replace(NEW, customs_code="11119"), problems.CUSTOMS_CODE, "#/customs_code"),
        (replace(NEW, customs_code="111190000x"), problems.CUSTOMS_CODE, "#/customs_code"),
        (replace(NEW, home_office="128"), problems.HOME_OFFICE, "#/home_office"),
        (replace(NEW, name_zh=" "), problems.NAME_MISSING, "#/name_zh"),
    ],
)
def test_a_faulty_one_is_refused_at_its_place(
    new: NewEnterprise, problem: Problem, pointer: str
) -> None:
    [fault] = check_registration(new)

    assert (fault.problem, fault.pointer) == (problem, pointer)


def test_all_faults_are_told_at_once() -> None:
    wrong = replace(NEW, scc="", customs_code="x", home_office="", name_zh="")

    assert [fault.problem.code for fault in check_registration(wrong, pointer="#/7")] == [
        "PAR-001",
        "PAR-003",
        "PAR-004",
        "PAR-005",
    ]
