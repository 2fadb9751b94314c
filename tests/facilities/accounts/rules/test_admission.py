"""What can be granted: names of accounts, and postings bound as their role asks."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.facilities.accounts.factories import EMPLOYER, MONDAY
from tongguan.facilities.accounts import problems
from tongguan.facilities.accounts.rules.admission import check_name, check_posting, check_words
from tongguan.facilities.accounts.values import NewPosting, Post, Role

REVIEWER = NewPosting(Role.REVIEWER, office="0202")


@pytest.mark.parametrize("name", ["wang.fang", "li-qiang_2", "0a"])
def test_a_name_of_small_letters_digits_and_marks_can_be_used(name: str) -> None:
    assert list(check_name(name)) == []


@pytest.mark.parametrize(
    "name", ["", "a", "Wang", "王芳", "client:erp", ".wang", "a" * 61, "system"]
)
def test_another_name_cannot_be_used(name: str) -> None:
    assert list(check_name(name)) == [problems.NAME_FORM.at("#/username", name=name)]


@pytest.mark.parametrize(
    "posting",
    [
        REVIEWER,
        NewPosting(Role.COORDINATOR),
        NewPosting(Role.RISK_ANALYST, district="02"),
        NewPosting(Role.RISK_ANALYST, district="N"),
        NewPosting(Role.GATE, site="0202-01"),
        NewPosting(Role.BROKER, employer=EMPLOYER),
        NewPosting(Role.ADMINISTRATOR),
    ],
)
def test_a_posting_that_names_what_its_role_asks_for_can_be_granted(posting: NewPosting) -> None:
    assert list(check_posting(posting, now=MONDAY)) == []


@pytest.mark.parametrize(
    "posting",
    [
        NewPosting(Role.GATE),
        NewPosting(Role.GATE, site="0202-01", office="0202"),
        NewPosting(Role.BROKER),
        NewPosting(Role.BROKER, employer=EMPLOYER, site="0202-01"),
        NewPosting(Role.ADMINISTRATOR, office="0202"),
        NewPosting(Role.REVIEWER, office="0202", employer=EMPLOYER),
        NewPosting(Role.REVIEWER, office="0202", district="02"),
    ],
)
def test_a_posting_bound_otherwise_is_refused(posting: NewPosting) -> None:
    [fault] = check_posting(posting, now=MONDAY)

    assert fault == problems.NOT_BOUND.at("#", role=posting.role, bound=posting.role.post)


def test_nobody_acts_for_an_enterprise_as_what_it_is_not_registered_as() -> None:
    carrier = replace(EMPLOYER, kind=Role.CARRIER, roles=frozenset({Role.CARRIER, Role.TRADER}))

    assert list(check_posting(NewPosting(Role.TRADER, employer=carrier), now=MONDAY)) == []
    [fault] = check_posting(NewPosting(Role.BROKER, employer=carrier), now=MONDAY)

    facts = {"enterprise": EMPLOYER.code, "kind": Role.CARRIER, "role": Role.BROKER}
    assert fault == problems.OTHER_TRADE.at("#/role", **facts)


def test_every_role_says_what_it_is_bound_to() -> None:
    assert {role.post for role in Role} == set(Post)


def test_nobody_is_posted_as_the_system_itself() -> None:
    [fault] = check_posting(NewPosting(Role.SYSTEM), now=MONDAY)

    assert fault == problems.NOT_GRANTED.at("#/role", role=Role.SYSTEM)


def test_all_faults_of_a_posting_are_told_at_once() -> None:
    wrong = NewPosting(Role.REVIEWER, office="02X", district="n", valid_until=MONDAY)

    faults = list(check_posting(wrong, now=MONDAY, pointer="#/postings/3"))

    assert [(fault.problem.code, fault.pointer) for fault in faults] == [
        ("ACC-006", "#/postings/3"),
        ("ACC-007", "#/postings/3/office"),
        ("ACC-007", "#/postings/3/district"),
        ("ACC-008", "#/postings/3/valid_until"),
    ]


def test_a_posting_may_end_by_itself_later() -> None:
    posting = replace(REVIEWER, valid_until=MONDAY + timedelta(days=1))

    assert list(check_posting(posting, now=MONDAY)) == []


@pytest.mark.parametrize("words", ["王芳", "Wang Fang", "王\u3000芳", "O’Brien-Li"])
def test_a_name_in_signs_that_are_seen_can_be_used(words: str) -> None:
    assert list(check_words(words, "#/name_zh")) == []


@pytest.mark.parametrize("words", ["a\nb", "a\x1b[2J", "\u202eb", "a\u2066b", "a\x85b", "a\u200bb"])
def test_a_name_with_a_sign_that_nobody_sees_is_refused(words: str) -> None:
    [fault] = check_words(words, "#/name_zh")

    assert fault.problem is problems.NAME_SIGN


@pytest.mark.parametrize("words", ["", "  ", "\u3000\u200b"])
def test_a_name_that_is_empty_is_refused_where_it_is_needed(words: str) -> None:
    assert list(check_words(words, "#/label")) == [problems.NAME_EMPTY.at("#/label")]
    assert list(check_words("", "#/name_en", required=False)) == []
