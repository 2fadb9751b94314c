"""Which names resemble one another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongguan.domain.risk.rules.names import close, groups, least_common, resembles

ALIKE = [
    ("Golden-Harbour Trading Co., Ltd.", "GOLDEN HARBOR TRADING"),
    ("Trading Golden Harbour", "Golden Harbour Trading GmbH"),
    ("ＧＯＬＤＥＮ Harbour trading", "golden harbour trading inc"),
    ("天津海河国际贸易有限公司", "天津海河国际贸易股份有限公司"),
    ("天津海河国际贸易有限公司", "天津海河国际贸易"),
]
DIFFERENT = [
    ("Golden Harbour Trading", "Silver Harbour Shipping"),
    ("天津海河国际贸易有限公司", "北京长城电子有限公司"),
    ("Acme", "Acne Studios Holding"),
    ("", "Golden Harbour"),
    ("Co., Ltd.", "Golden Harbour"),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_case_marks_order_legal_form_and_a_slip_do_not_matter(one: str, other: str) -> None:
    assert resembles(one, [other])
    assert resembles(other, [one])


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_other_names_are_others(one: str, other: str) -> None:
    assert not resembles(one, [other])


def test_a_watch_list_of_names_is_met_by_any_of_them() -> None:
    assert resembles("Golden Harbour Trading", ["Acme Steel", "Golden Harbor Trading Ltd"])
    assert not resembles("Golden Harbour Trading", ["Acme Steel", "公司"])


def test_a_name_made_of_its_legal_form_alone_keeps_it() -> None:
    assert groups("公司") == {" 公", "公司", "司 "}


@given(one=st.integers(1, 60), other=st.integers(1, 60))
def test_names_that_resemble_each_other_have_the_least_in_common(one: int, other: int) -> None:
    for common in range(min(one, other) + 1):
        if close(common, one, other):
            assert common >= least_common(one)
