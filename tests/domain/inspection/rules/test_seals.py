"""Seals that were found are compared with those that the manifest lists."""

import pytest

from tongguan.domain.inspection import problems
from tongguan.domain.inspection.rules.seals import faults
from tongguan.domain.inspection.values import Finding

LISTED = ("SA1", "CN 0042", "HL-7")


def codes(before: str, finding: str = "", *, moved: bool = False) -> list[str]:
    return [fault.problem.code for fault in faults(finding, before, LISTED, moved=moved)]


@pytest.mark.parametrize(
    "before",
    [
        "SA1, CN 0042, HL-7",
        "hl-7 sa1\ncn 0042",
        "ＳＡ１，ＣＮ　００４２；ＨＬ－７",
        "SA1/HL-7、CN 0042",
    ],
)
def test_the_same_seals_are_the_same_however_they_are_written(before: str) -> None:
    assert codes(before) == []


@pytest.mark.parametrize(
    "before",
    ["", "none", "无", "SA1 HL-7", "SA1 CN 0042 HL-7 SB2", "SA1 CN 0043 HL-7", "SA1 CN 0042 HL7"],
)
def test_other_seals_are_not_as_declared(before: str) -> None:
    assert codes(before) == [problems.SEALS_DIFFER.code]


@pytest.mark.parametrize("finding", [one for one in Finding if one is not Finding.NONE])
def test_any_finding_may_be_recorded_under_other_seals(finding: Finding) -> None:
    assert codes("SB2", str(finding)) == []


def test_goods_moved_under_other_seals_are_compared_where_the_movement_ends() -> None:
    assert codes("TRANSIT9", moved=True) == []


def test_without_listed_seals_nothing_is_compared() -> None:
    assert list(faults("", "SB2", (), moved=False)) == []
