"""The refusals of this room: in both languages, no code twice, each with an example."""

import pytest

from tests.domain.declarations.rules.examples import EXAMPLES
from tests.domain.words import chinese, places, problems_of
from tongguan.domain import declarations
from tongguan.domain.declarations import problems
from tongguan.domain.declarations.rules.fields import HEADER, LINE, TABLES
from tongguan.kernel.problems import Problem

ALL = tuple(problems_of(problems))
CHINESE = chinese(declarations)
ELSEWHERE = range(120, 170)
"""Problems that need more than the declaration: see the tests of counterparts and of modes."""
WITH_OTHER_LAW = {f"DEC-{number:03}" for number in (90, 91, 180, 181, 182, 183)}


@pytest.mark.parametrize("problem", ALL, ids=lambda problem: problem.code)
def test_a_refusal_speaks_both_languages(problem: Problem) -> None:
    for words in (problem.title, problem.detail, problem.remedy):
        assert CHINESE[words]
        assert places(CHINESE[words]) == places(words)


def test_no_code_is_used_twice() -> None:
    codes = [problem.code for problem in ALL]

    assert len(set(codes)) == len(codes)
    assert all("DEC-001" <= code <= "DEC-199" for code in codes)


def test_every_refusal_of_form_has_an_example() -> None:
    shown = {problem.code for problem, _, _ in EXAMPLES} | WITH_OTHER_LAW
    formal = {problem.code for problem in ALL if int(problem.code[4:]) not in ELSEWHERE}

    assert formal == shown


def test_fields_and_lists_have_names_in_both_languages() -> None:
    for field in (*HEADER.values(), *LINE.values(), *TABLES.values()):
        assert CHINESE[field.label]
