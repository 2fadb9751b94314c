"""Who may do what, and in what capacity."""

import pytest

from tongguan.facilities.accounts import problems
from tongguan.facilities.accounts.rules.capacity import capacity
from tongguan.facilities.accounts.rules.duties import require, require_at
from tongguan.facilities.accounts.values import SYSTEM, Actor, Role
from tongguan.kernel.problems import ProblemError

REVIEWER = Actor("li.qiang", "李强", roles=frozenset({Role.REVIEWER}), offices=frozenset({"0202"}))


def test_one_of_the_roles_is_enough() -> None:
    require(REVIEWER, Role.INSPECTOR, Role.REVIEWER)


def test_the_system_may_do_what_any_role_may() -> None:
    require(SYSTEM, Role.INSPECTOR)
    require_at(SYSTEM, office="0101")


def test_another_role_is_refused_and_told_whose_duty_it_is() -> None:
    with pytest.raises(ProblemError) as refusal:
        require(REVIEWER, Role.BANK, Role.REVENUE)

    [fault] = refusal.value.faults
    assert fault.problem is problems.NOT_POSTED
    assert fault.told(str)["detail"] == "This is for: bank / revenue officer."


def test_an_officer_acts_at_offices_that_his_postings_cover() -> None:
    require_at(REVIEWER, office="0202")

    with pytest.raises(ProblemError) as refusal:
        require_at(REVIEWER, office="0101", site="0101-01")

    assert refusal.value.faults == (problems.ELSEWHERE.at("", place="0101 0101-01"),)


def test_who_reviews_for_many_and_inspects_at_one_office_inspects_nowhere_else() -> None:
    posts = frozenset({(Role.REVIEWER, "0202"), (Role.REVIEWER, "0101"), (Role.INSPECTOR, "0101")})
    roles, offices = (frozenset(column) for column in zip(*posts, strict=True))
    both = Actor("wang.fang", "王芳", roles=roles, offices=offices, posts=posts)

    require_at(both, Role.INSPECTOR, office="0101")
    require_at(both, Role.REVIEWER, office="0202")
    with pytest.raises(ProblemError):
        require_at(both, Role.INSPECTOR, office="0202")


def test_somebody_without_postings_is_nowhere() -> None:
    with pytest.raises(ProblemError):
        require_at(Actor("nobody", ""))


@pytest.mark.parametrize(
    ("home", "posted", "told"),
    [
        ("0202", {"0202"}, "0202"),
        ("0401", {"0202"}, "0401 at 0202"),
        ("0401", {"0202", "0101"}, "0401 at 0101, 0202"),
        ("0210", {""}, "0210 at region"),
        ("0201", {"02"}, "0201 at 02"),
        ("", {"0202"}, "0202"),
        ("0202", set(), ""),
    ],
)
def test_an_officer_posted_elsewhere_acts_in_two_identities(
    home: str, posted: set[str], told: str
) -> None:
    assert capacity(home, posted) == told
