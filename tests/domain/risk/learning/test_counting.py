"""Sums by key, as of a day and in the end, are those that plain counting gives."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tongguan.domain.risk.rules.learning.counting import Sums, before

_KEYS = st.lists(st.integers(1, 12), min_size=1, max_size=60)


@given(_KEYS, st.data())
def test_what_happened_before_a_day_is_what_plain_counting_finds(
    keys: list[int], data: st.DataObject
) -> None:
    days = [data.draw(st.integers(700, 706)) for _ in keys]
    known = [day + data.draw(st.integers(0, 3)) for day in days]
    values = [data.draw(st.integers(0, 1)) for _ in keys]

    found = before(
        np.array(keys, dtype=np.uint64),
        np.array(days),
        np.array(keys, dtype=np.uint64),
        np.array(known),
        np.array(values, dtype=np.float64)[:, None],
    )

    for row, (key, day) in enumerate(zip(keys, days, strict=True)):
        earlier = [
            value
            for other, at, value in zip(keys, known, values, strict=True)
            if other == key and at < day
        ]
        assert found[row].tolist() == [len(earlier), sum(earlier)]


def test_where_nothing_happened_all_sums_are_nothing() -> None:
    keys = np.array([1, 2], dtype=np.uint64)
    none = np.array([], dtype=np.uint64)

    found = before(keys, np.array([1, 2]), none, np.array([], dtype=np.int64), np.zeros((0, 2)))

    assert found.tolist() == [[0, 0, 0], [0, 0, 0]]


@given(st.lists(st.integers(1, 2**64 - 1), max_size=80), st.integers(1, 5))
def test_sums_are_found_again_by_their_keys_and_by_no_others(keys: list[int], width: int) -> None:
    values = np.arange(len(keys) * width, dtype=np.float64).reshape(-1, width)
    coded = np.array(keys, dtype=np.uint64)
    sums = Sums.of(coded, values)

    found = sums.find(np.append(coded, np.uint64(0)))

    for place, key in enumerate(keys):
        assert found[place].tolist() == values[[one == key for one in keys]].sum(0).tolist()
    others = [key ^ 1 for key in keys if key ^ 1 not in keys and key != 1]
    assert not sums.find(np.array(others, dtype=np.uint64)).any()
    again = Sums(*sums.listed())
    assert (again.find(coded) == found[: len(keys)]).all()
