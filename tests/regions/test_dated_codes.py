"""Codes, names and shares of the first region on the days on which they changed."""

from datetime import date, timedelta

import pytest

from tests.regions.test_jingjinji import PACK
from tongguan.domain.reference.rules.pack import read_pack
from tongguan.domain.reference.values import Snapshot


@pytest.fixture(scope="module")
def region() -> Snapshot:
    found, faults = read_pack(PACK)
    assert faults == ()
    return found


@pytest.mark.parametrize(
    ("code", "before", "since"),
    [
        ("9610", date(2014, 2, 9), date(2014, 2, 10)),
        ("1210", date(2014, 7, 31), date(2014, 8, 1)),
        ("1239", date(2016, 11, 30), date(2016, 12, 1)),
    ],
)
def test_modes_of_e_commerce_are_valid_from_when_they_came_to_be(
    region: Snapshot, code: str, before: date, since: date
) -> None:
    assert not region.codes.has("supervision_modes", code, before)
    assert region.codes.has("supervision_modes", code, since)


@pytest.mark.parametrize("code", ["0139", "3039"])
def test_modes_that_are_gone_were_valid_before_2018(region: Snapshot, code: str) -> None:
    assert region.codes.has("supervision_modes", code, date(2014, 1, 1))
    assert region.codes.has("supervision_modes", code, date(2017, 12, 31))
    assert not region.codes.has("supervision_modes", code, date(2018, 1, 1))


@pytest.mark.parametrize(
    ("table", "code", "old", "until", "new"),
    [
        ("supervision_modes", "3010", "货样广告品A", date(2018, 1, 1), "货样广告品"),
        ("levy_natures", "802", "扶贫慈善", date(2016, 4, 1), "慈善捐赠"),
    ],
)
def test_a_code_has_the_name_of_its_day(
    region: Snapshot, table: str, code: str, old: str, until: date, new: str
) -> None:
    names = {}
    for day in (date(2014, 1, 1), until - timedelta(days=1), until):
        row = region.codes.row(table, code, day)
        assert row is not None
        names[day] = row.name_zh

    assert list(names.values()) == [old, old, new]


@pytest.mark.parametrize(
    ("best", "ordinary", "day"),
    [
        ("AA", "B", date(2014, 7, 1)),
        ("advanced", "general", date(2014, 12, 1)),
        ("advanced", "general", date(2026, 3, 31)),
        ("advanced", "general", date(2026, 4, 1)),
        ("certified", "general", date(2026, 4, 1)),
    ],
)
def test_the_best_classes_are_selected_less_than_a_fifth_as_often_as_the_ordinary(
    region: Snapshot, best: str, ordinary: str, day: date
) -> None:
    for share in ("random_documents_", "random_goods_"):
        read = region.parameters.decimal

        assert read(share + best, day) * 5 < read(share + ordinary, day)
