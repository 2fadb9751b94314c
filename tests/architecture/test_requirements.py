"""The list of requirements is true: every number once, each state proven by tests that run."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import pytest

TESTS: Final = Path(__file__).parents[1]
LIST: Final = TESTS.parent / "docs" / "requirements.md"
DOMAIN: Final = TESTS.parents[1] / "shared" / "domain.md"
COUNT: Final = 100
NUMBER: Final = re.compile(r"[A-Z]{3}-[0-9]{2}")
PROOF: Final = re.compile(r"`([a-z0-9_/]+\.py)::(test_[a-z0-9_]+)`")
LEFT_OUT: Final = {"skip", "skipif", "xfail"}


class Requirement(NamedTuple):
    """One row of the list."""

    number: str
    text: str
    state: str
    lacking: str
    proofs: tuple[tuple[str, str], ...]


def requirements() -> list[Requirement]:
    """Return the rows of the list, in its order."""
    rows = []
    for line in LIST.read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and NUMBER.fullmatch(cells[0]):
            number, text, state, lacking, proofs = cells
            found = tuple((file, test) for file, test in PROOF.findall(proofs))
            rows.append(Requirement(number, text, state, lacking, found))
    return rows


@cache
def marks_by_test(file: str) -> dict[str, set[str]]:
    """Return the tests of a file with the marks that stand on each."""
    tree = ast.parse((TESTS / file).read_text("utf-8"))
    return {
        node.name: set(_marks(node))
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def _marks(node: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[str]:
    for decorator in node.decorator_list:
        called = decorator.func if isinstance(decorator, ast.Call) else decorator
        if isinstance(called, ast.Attribute):
            yield called.attr


def test_every_requirement_stands_once() -> None:
    numbers = [row.number for row in requirements()]

    assert len(numbers) == len(set(numbers)) == COUNT


@pytest.mark.skipif(not DOMAIN.is_file(), reason="the requirements are not beside the project")
def test_no_requirement_is_left_out() -> None:
    asked = re.findall(r"^- ([A-Z]{3}-[0-9]{2}) ", DOMAIN.read_text("utf-8"), re.MULTILINE)

    assert {row.number for row in requirements()} == set(asked)


def test_a_state_is_built_partly_or_not() -> None:
    assert {row.state for row in requirements()} <= {"built", "partly", "not"}


def test_what_is_built_is_proven_and_what_is_not_says_what_is_lacking() -> None:
    unproven = [row.number for row in requirements() if row.state != "not" and not row.proofs]
    silent = [row.number for row in requirements() if row.state != "built" and not row.lacking]
    boasting = [row.number for row in requirements() if row.state == "built" and row.lacking]

    assert (unproven, silent, boasting) == ([], [], [])


@pytest.mark.parametrize("row", requirements(), ids=lambda row: row.number)
def test_each_named_test_exists_and_runs(row: Requirement) -> None:
    for file, test in row.proofs:
        assert (TESTS / file).is_file(), file
        assert test in marks_by_test(file), f"{file} has no {test}"
        assert not marks_by_test(file)[test] & LEFT_OUT, f"{test} may be left out"


def test_the_sums_are_those_of_the_rows() -> None:
    states = [row.state for row in requirements()]
    told = {state: states.count(state) for state in ("built", "partly", "not")}

    assert "{built} built, {partly} partly, {not} not".format(**told) in LIST.read_text("utf-8")
