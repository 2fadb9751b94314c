"""Loaded tariffs over the demonstration: which row stands on which day."""

from datetime import date
from decimal import Decimal
from typing import Final

import pytest

from tests.domain.law import line
from tongguan.domain.reference.rules.releases import Release, over
from tongguan.domain.reference.values import Tariff, TariffLine

APRIL: Final = date(2020, 4, 1)
JULY: Final = date(2020, 7, 1)
DEMONSTRATION: Final = Tariff(
    {"1111111111": (line("1111111111", name_en="one"),), "2222222222": (line("2222222222"),)}
)


def loaded(code: str, mfn: str, since: date) -> TariffLine:
    return line(code, mfn=Decimal(mfn), valid_from=since, demonstration=False)


def mfn(tariff: Tariff, code: str, day: date) -> str | None:
    found = tariff.line(code, day)
    return None if found is None else str(found.mfn)


def test_a_release_stands_before_the_demonstration_from_its_first_day_on() -> None:
    tariff = over(
        DEMONSTRATION, [Release(APRIL, whole=False, lines=[loaded("1111111111", "0.01", APRIL)])]
    )

    assert mfn(tariff, "1111111111", date(2020, 3, 31)) == "0.08"
    assert mfn(tariff, "1111111111", APRIL) == "0.01"
    assert mfn(tariff, "2222222222", APRIL) == "0.08"


def test_a_loaded_line_keeps_the_english_name_and_is_no_demonstration() -> None:
    tariff = over(
        DEMONSTRATION, [Release(APRIL, whole=False, lines=[loaded("1111111111", "0.01", APRIL)])]
    )

    found = tariff.line("1111111111", APRIL)
    assert found is not None
    assert (found.name_en, found.demonstration) == ("one", False)


def test_a_whole_release_ends_the_codes_it_lacks() -> None:
    first = Release(APRIL, whole=True, lines=[loaded("1111111111", "0.01", APRIL)])
    second = Release(JULY, whole=True, lines=[loaded("3333333333", "0.03", JULY)])

    tariff = over(DEMONSTRATION, [first, second])

    assert mfn(tariff, "2222222222", date(2020, 3, 31)) == "0.08"
    assert mfn(tariff, "2222222222", APRIL) is None
    assert mfn(tariff, "1111111111", date(2020, 6, 30)) == "0.01"
    assert mfn(tariff, "1111111111", JULY) is None
    assert mfn(tariff, "3333333333", JULY) == "0.03"


@pytest.mark.parametrize("turned", [False, True])
def test_the_day_of_a_release_counts_not_the_order_of_loading(*, turned: bool) -> None:
    early = Release(APRIL, whole=False, lines=[loaded("1111111111", "0.01", APRIL)])
    late = Release(JULY, whole=False, lines=[loaded("1111111111", "0.02", JULY)])

    tariff = over(DEMONSTRATION, [late, early] if turned else [early, late])

    assert mfn(tariff, "1111111111", date(2020, 6, 30)) == "0.01"
    assert mfn(tariff, "1111111111", JULY) == "0.02"


def test_of_two_releases_for_one_day_the_later_loaded_stands() -> None:
    wrong = Release(APRIL, whole=False, lines=[loaded("1111111111", "0.01", APRIL)])
    right = Release(APRIL, whole=False, lines=[loaded("1111111111", "0.02", APRIL)])

    assert mfn(over(DEMONSTRATION, [wrong, right]), "1111111111", APRIL) == "0.02"


def test_a_whole_release_leaves_rows_that_ended_before_as_they_were() -> None:
    ended = line("1111111111", valid_until=date(2019, 1, 1))
    later = line("1111111111", valid_from=JULY)
    tariff = over(Tariff({"1111111111": (later, ended)}), [Release(APRIL, whole=True, lines=[])])

    assert tariff.lines["1111111111"] == (ended,)


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("1111", ["1111111111"]),
        ("ONE", ["1111111111"]),
        ("222", ["1111111111", "2222222222"]),
        ("", ["1111111111", "2222222222"]),
        ("9", []),
    ],
)
def test_lines_are_found_by_code_and_by_name(words: str, codes: list[str]) -> None:
    tariff = Tariff(
        {
            **DEMONSTRATION.lines,
            "1111111111": (line("1111111111", name="222 件", name_en="One"),),
            "4444444444": (line("4444444444", valid_until=APRIL),),
        }
    )

    assert [row.code for row in tariff.search(words, JULY)] == codes
    assert len(tariff.search("", JULY, limit=1)) == 1
