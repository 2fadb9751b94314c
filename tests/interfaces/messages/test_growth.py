"""Any document at all: read without an exception, with work that grows as the document does."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from types import FrameType
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.grammar_pieces import DECLARATIONS, XML, Make
from tests.interfaces.messages.reading import reading_of
from tongguan.interfaces.messages.values import Limits
from tongguan.kernel.problems import MOST_TOLD

SMALL: Final = 4_000
"""Beyond all steps, as from lines that are taken to more than are."""
LARGE: Final = 2 * SMALL
CALLS_A_BYTE: Final = 80
"""Work that grows as the document does may still be too much for each piece of it."""


def work_of(data: bytes) -> int:
    """Return how many calls reading a document takes, places and words of its faults among them."""
    return calls_of(partial(told, data))


def calls_of(act: Callable[[], object]) -> int:
    calls = 0

    def count(_frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    with _counting(count):
        act()
    return calls


@contextmanager
def _counting(count: Any) -> Iterator[None]:
    before = sys.getprofile()
    sys.setprofile(count)
    try:
        yield
    finally:
        sys.setprofile(before)


def told(data: bytes) -> list[dict[str, str]]:
    return told_within(data, Limits())


def told_within(data: bytes, limits: Limits) -> list[dict[str, str]]:
    reading = reading_of(data, limits=limits)
    words = [fault.told(str) for fault in reading.faults]
    for one in reading.reads:
        words += [
            {**fault.told(str), "source_path": one.source_path(fault)} for fault in one.faults
        ]
    return words


@pytest.mark.parametrize("name", DECLARATIONS)
def test_twice_the_document_takes_about_twice_the_work(name: str) -> None:
    make: Make = DECLARATIONS[name]
    told(make(SMALL))

    small, large = work_of(make(SMALL)), work_of(make(LARGE))

    assert large < 3 * small + 2_000
    assert large < CALLS_A_BYTE * LARGE


@pytest.mark.parametrize(
    "name", ["WCO items", "WCO classes too often", "WCO goods in items", "WCO amendments"]
)
def test_work_on_a_declaration_stops_where_it_has_too_many_entries(name: str) -> None:
    limits = Limits(lines=20, parts=50)
    make = XML[name]

    small, large = (len(told_within(make(size), limits)) for size in (20 * SMALL, 20 * LARGE))
    few, many = (
        calls_of(partial(told_within, make(size), limits)) for size in (20 * SMALL, 20 * LARGE)
    )

    assert small == large
    assert many < 1.1 * few


@given(
    names=st.lists(st.sampled_from(sorted(DECLARATIONS)), min_size=1, max_size=3),
    sizes=st.lists(st.integers(1, 3_000), min_size=3, max_size=3),
    cut=st.integers(0, 400),
)
@settings(max_examples=100, deadline=None)
def test_no_mixture_of_pieces_raises_or_is_told_without_end(
    names: list[str], sizes: list[int], cut: int
) -> None:
    data = b"".join(DECLARATIONS[name](size) for name, size in zip(names, sizes, strict=False))

    words = told(data[cut:])

    reads = max(1, len(reading_of(data[cut:]).reads))
    assert len(words) <= reads * (MOST_TOLD + 2)
    assert all(len(one) <= 600 for each in words for one in each.values())
