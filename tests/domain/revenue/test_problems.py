"""The refusals and words of this room: in both languages, no code twice."""

import pytest

from tests.domain.words import chinese, places, problems_of
from tongguan.domain import revenue
from tongguan.domain.revenue import problems
from tongguan.domain.revenue.notes import Note
from tongguan.domain.revenue.rules.catalogue import RULES
from tongguan.domain.revenue.values import Tax
from tongguan.kernel.problems import Problem

ALL = tuple(problems_of(problems))
CHINESE = chinese(revenue)


@pytest.mark.parametrize("problem", ALL, ids=lambda problem: problem.code)
def test_a_refusal_speaks_both_languages(problem: Problem) -> None:
    for words in (problem.title, problem.detail, problem.remedy):
        assert CHINESE[words]
        assert places(CHINESE[words]) == places(words)


def test_no_code_is_used_twice() -> None:
    codes = [problem.code for problem in ALL]

    assert len(set(codes)) == len(codes)
    assert all("REV-001" <= code <= "REV-099" for code in codes)


def test_taxes_notes_and_formulas_speak_both_languages() -> None:
    words = [term.label for kind in (Tax, Note) for term in kind]
    for rule in RULES.values():
        words += [rule.title, rule.source, *(figure.words for figure in rule.inputs)]

    assert all(CHINESE[one] for one in words)
