"""Code tables and parameters as of a day."""

from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongguan.domain.reference.values import CodeRow, Codes, Parameters, name_of
from tongguan.kernel.time import DatedValue, Timeline, in_force

CHANGE: Final = date(2018, 8, 1)
DAYS: Final = st.dates(date(2000, 1, 1), date(2040, 12, 31))


def code(
    code: str, *, legacy: str = "", since: date = date(2014, 1, 1), until: date | None = None
) -> CodeRow:
    return CodeRow(code, f"名{code}", f"name {code}", legacy, since, until, "a test")


CODES: Final = Codes(
    {
        "units": {
            "035": (code("035"),),
            "999": (code("999", until=CHANGE),),
            "007": (code("007", until=CHANGE), code("007", since=date(2020, 1, 1))),
        },
        "countries": {
            "CHN": (code("CHN", legacy="142"),),
            "AAA": (code("AAA", legacy="699"),),
            "BBB": (code("BBB", legacy="699"),),
        },
    }
)


def test_a_code_is_in_force_in_its_time() -> None:
    assert CODES.valid("units", date(2018, 7, 31)) == {"035", "999", "007"}
    assert CODES.valid("units", CHANGE) == {"035"}
    assert CODES.valid("units", date(2020, 1, 1)) == {"035", "007"}
    assert CODES.has("units", "007", date(2020, 1, 1))
    assert CODES.row("units", "007", CHANGE) is None


def test_a_table_that_is_not_there_has_no_codes() -> None:
    assert CODES.valid("colours", CHANGE) == frozenset()
    assert CODES.rows("colours", CHANGE) == ()


def test_rows_come_in_order_of_code() -> None:
    assert [row.code for row in CODES.rows("units", date(2015, 1, 1))] == ["007", "035", "999"]


@pytest.mark.parametrize(
    ("table", "asked", "language", "name"),
    [
        ("units", "035", "zh-hans", "名035"),
        ("units", "035", "en", "name 035"),
        ("units", "999", "en", "name 999"),
        ("units", "12X", "en", "12X"),
    ],
)
def test_a_code_has_a_name_in_either_language_also_when_it_ended(
    table: str, asked: str, language: str, name: str
) -> None:
    assert CODES.name(table, asked, CHANGE, language) == name


def test_a_missing_english_name_gives_way_to_the_chinese_one() -> None:
    row = CodeRow("1", "一", "", "", CHANGE, None, "a test")

    assert name_of(row, "en") == "一"


def test_an_old_code_that_could_mean_two_means_none() -> None:
    assert CODES.current("countries", "142", CHANGE) == "CHN"
    assert CODES.current("countries", "699", CHANGE) is None
    assert CODES.current("countries", "", CHANGE) is None


def test_a_parameter_has_the_value_and_the_source_of_its_day() -> None:
    rate = Parameters(
        {
            "rate": Timeline(
                [
                    DatedValue("0.17", date(2009, 1, 1), date(2018, 5, 1), "Decree 538"),
                    DatedValue("0.16", date(2018, 5, 1), None, "Caishui 32"),
                ]
            ),
            "classes": Timeline([DatedValue("AA A", date(2009, 1, 1), None, "58/2013")]),
            "days": Timeline([DatedValue("15", date(2009, 1, 1), None, "Order 124")]),
        }
    )

    assert rate.decimal("rate", date(2018, 4, 30)) == Decimal("0.17")
    assert rate.row("rate", date(2018, 5, 1)).source == "Caishui 32"
    assert rate.words("classes", CHANGE) == ("AA", "A")
    assert (rate.whole("days", CHANGE), rate.value("days", CHANGE)) == (15, "15")
    with pytest.raises(LookupError):
        rate.value("rate", date(2008, 12, 31))
    with pytest.raises(LookupError):
        rate.value("colour", CHANGE)


@given(st.lists(DAYS, min_size=2, max_size=8, unique=True), DAYS)
def test_on_any_day_at_most_one_row_of_a_timeline_is_in_force(
    bounds: list[date], day: date
) -> None:
    bounds.sort()
    rows = [
        DatedValue(str(place), since, until, "a test")
        for place, (since, until) in enumerate(pairwise(bounds))
    ]

    found = Timeline(rows).find(day)

    assert [found] == [row for row in rows if in_force(row, day)] or (
        found is None and not (bounds[0] <= day < bounds[-1])
    )
