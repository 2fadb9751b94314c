"""The code tables of the channels, and the catalogue of what the gateway refuses."""

from datetime import date
from importlib.resources import files
from string import Formatter
from typing import Final

import pytest
from babel.messages.pofile import read_po

from tests.interfaces.messages.reading import DAY, TABLES
from tongguan.interfaces.messages import problems
from tongguan.interfaces.messages.translation.tables import Row, Translation
from tongguan.kernel.problems import Problem

CATALOGUE: Final = [value for value in vars(problems).values() if isinstance(value, Problem)]


def row(ours: str, since: str, until: str | None = None) -> Row:
    """Return a row for the code X of one list."""
    end = date.fromisoformat(until) if until else None
    return Row("wco", "unit", "X", ours, date.fromisoformat(since), end, "a law")


def test_a_code_means_what_it_meant_on_the_day() -> None:
    tables = Translation([row("001", "2010-01-01", "2018-08-01"), row("002", "2018-08-01")])

    found = {
        day: tables.on("wco", date.fromisoformat(day)).table("unit").ours.get("X")
        for day in ("2009-12-31", "2018-07-31", "2018-08-01")
    }

    assert found == {"2009-12-31": None, "2018-07-31": "001", "2018-08-01": "002"}


def test_a_code_with_two_meanings_on_one_day_is_doubtful() -> None:
    table = Translation([row("001", "2010-01-01"), row("002", "2010-01-01")]).on("wco", DAY)

    assert table.table("unit").ours == {}
    assert table.table("unit").doubtful == {"X": ("001", "002")}


def test_a_list_that_nobody_has_translates_nothing() -> None:
    assert TABLES.on("wco", DAY).table("colours").ours == {}
    assert TABLES.on("nobody", DAY).table("unit").ours == {}


def test_the_lists_of_a_day_are_made_once_and_not_kept_without_end() -> None:
    tables = Translation([row("001", "2010-01-01")])

    first = tables.on("wco", DAY)

    assert tables.on("wco", DAY) is first
    for day in range(1, 29):
        for month in range(1, 13):
            tables.on("wco", date(2026, month, day))
    assert tables.on("wco", DAY) is not first


@pytest.mark.parametrize(
    ("channel", "name", "code", "ours"),
    [
        ("wco", "country", "DE", "DEU"),
        ("wco", "country", "CN", "CHN"),
        ("wco", "unit", "KGM", "035"),
        ("wco", "unit", "TNE", "070"),
        ("wco", "package", "CT", "22"),
        ("wco", "transport", "4", "5"),
        ("wco", "terms", "CFR", "2"),
        ("wco", "tax", "A00", "DUTY"),
        ("singlewindow", "country", "142", "CHN"),
        ("singlewindow", "currency", "142", "CNY"),
        ("singlewindow", "country", "110", "HKG"),
        ("singlewindow", "currency", "110", "HKD"),
        ("singlewindow", "country", "326", "NOR"),
        ("singlewindow", "package", "2", "22"),
        ("singlewindow", "container", "S", "21"),
    ],
)
def test_codes_have_the_counterparts_that_law_gives(
    channel: str, name: str, code: str, ours: str
) -> None:
    assert TABLES.on(channel, DAY).table(name).ours[code] == ours


@pytest.mark.parametrize("code", ["3", "5"])
def test_an_old_packing_of_any_material_has_no_single_counterpart(code: str) -> None:
    assert len(TABLES.on("singlewindow", DAY).table("package").doubtful[code]) > 1


def test_no_two_refusals_share_a_code() -> None:
    codes = [problem.code for problem in CATALOGUE]

    assert len(codes) == len(set(codes)) > 50
    assert all(code.startswith("MSG-0") for code in codes)


def test_every_refusal_has_words_in_both_languages_with_the_same_facts() -> None:
    path = files("tongguan.interfaces.messages").joinpath("locale/zh_Hans/LC_MESSAGES/django.po")
    with path.open("rb") as lines:
        catalogue = read_po(lines)

    for problem in CATALOGUE:
        for english in (problem.title, problem.detail, problem.remedy):
            message = catalogue.get(english)
            assert message is not None, english
            assert message.string, english
            assert names(str(message.string)) == names(english), english


def names(words: str) -> set[str]:
    """Return the facts that a sentence names."""
    return {name for _, name, _, _ in Formatter().parse(words) if name}
