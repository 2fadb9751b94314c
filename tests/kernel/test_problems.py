"""How many faults are told: the first, and the number of the rest."""

from http import HTTPStatus
from typing import Final

from tongguan.kernel.problems import (
    MORE,
    MORE_WARNINGS,
    MOST_TOLD,
    Fault,
    Faults,
    Problem,
    ProblemError,
    first_of,
)

WRONG: Final = Problem("TST-001", HTTPStatus.BAD_REQUEST, "wrong", "{value}", "mend")
ODD: Final = Problem("TST-002", HTTPStatus.BAD_REQUEST, "odd", "odd", "look", warning=True)


def test_of_many_faults_the_first_are_told_and_the_rest_is_counted() -> None:
    told = first_of(WRONG.at(f"#/{number}", value="") for number in range(5_000))

    assert len(told) == MOST_TOLD + 1
    assert [one.pointer for one in told[:2]] == ["#/0", "#/1"]
    assert told[-1] == Fault(MORE, "", {"count": 4_000})


def test_no_refusal_is_lost_behind_warnings() -> None:
    told = first_of([ODD.at("")] * 3_000 + [WRONG.at("#/a", value="")])

    assert [one.problem for one in told[-2:]] == [WRONG, MORE_WARNINGS]
    assert told[-1].facts == {"count": 2_000}


def test_faults_that_were_counted_once_are_counted_on() -> None:
    first = first_of([WRONG.at("", value="")] * 1_500)

    told = first_of([*first, *first])

    assert told[-1] == Fault(MORE, "", {"count": 2_000})


def test_a_list_of_faults_stays_short_while_it_is_filled() -> None:
    faults = Faults(most=10)
    for number in range(100):
        faults.append(WRONG.at("", value=number))

    assert (len(faults), faults.more, faults.full) == (10, 90, True)


def test_every_refusal_tells_no_more_than_is_told() -> None:
    error = ProblemError(*[WRONG.at("", value="")] * 2_000)

    assert len(error.faults) == MOST_TOLD + 1


def test_facts_and_places_are_cut_where_nobody_would_read_them() -> None:
    told = WRONG.at("#/" + "a" * 10_000, value="b" * 10_000).told(str)

    assert max(map(len, told.values())) == 400


def test_what_has_no_form_is_told_as_a_mark() -> None:
    told = WRONG.at("#/a\0", value="\ud800 \u202e\nb").told(str)

    assert told["pointer"] == "#/a�"
    assert told["detail"] == "� �\nb"
