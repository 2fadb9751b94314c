"""Numbers, days and moments that people type: read as they are meant, or not at all."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tongguan.kernel.numbers import LONGEST, typed_day, typed_moment, typed_number, typed_whole


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("16440", "16440"), ("16,440.00", "16440.00"), ("16 440.5", "16440.5"),
        ("1,234,567", "1234567"), ("16\u00a0440", "16440"), ("16\u202f440", "16440"),
        ("１６，４４０．００", "16440.00"), ("１６\u3000４４０", "16440"), (" 42\t", "42"),
        ("0.5", "0.5"), ("-3", "-3"), ("000", "0"), ("12345.678901", "12345.678901"),
    ],
)  # fmt: skip
def test_a_number_is_read_as_people_write_it(text: str, number: str) -> None:
    assert typed_number(text) == Decimal(number)


@pytest.mark.parametrize(
    "text",
    [
        "16440,00", "1 000,5", "1.000,5", "1,00", "1,0000", "12,34,567", "1,234 567", "0,500",
        "012,345", ",5", ".5", "5.", "1,", "1..2", "1.2.3", "1e3", "1E+17", "1_000", "+5", "--5",
        "- 5", "", " ", "NaN", "Infinity", "0x10", "5%", "¥5", "5 kg", "²", "½", "①", "٤٢", "४२",
        "1\n000", "1\t000", "1'000", "1\u200b000", "一千", "9" * (LONGEST + 1), "1  000",
    ],
)  # fmt: skip
def test_what_may_mean_two_numbers_is_none(text: str) -> None:
    assert typed_number(text) is None


@settings(max_examples=60)
@given(st.decimals(min_value=0, max_value=10**15, places=4))
def test_a_number_written_with_separators_is_read_back(number: Decimal) -> None:
    for written in (f"{number:f}", f"{number:,f}", f"{number:,f}".replace(",", " ")):
        assert typed_number(written) == number


@pytest.mark.parametrize(
    ("text", "number"), [("1,250", 1250), ("42", 42), ("42.5", None), ("42.0", None), ("x", None)]
)
def test_a_count_is_a_whole_number(text: str, number: int | None) -> None:
    assert typed_whole(text) == number


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-20", date(2026, 11, 20)), (" ２０２６-11-20 ", date(2026, 11, 20)),
        ("20.11.2026", None), ("11/20/2026", None), ("2026-11-31", None), ("2026-W47-5", None),
        ("20261120", None), ("0001-01-01", None), ("9999-12-31", None), ("2026-11-20T00:00", None),
    ],
)  # fmt: skip
def test_a_day_is_written_one_way(text: str, day: date | None) -> None:
    assert typed_day(text) == day


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-20T14:30", "2026-11-20T06:30:00+00:00"),
        ("2026-11-20 14:30:05", "2026-11-20T06:30:05+00:00"),
        ("2026-11-20T14:30Z", "2026-11-20T14:30:00+00:00"),
        ("2026-11-30 10:00+16:00", "2026-11-29T18:00:00+00:00"),
        ("2026-11-30 10:00-23:59", "2026-12-01T09:59:00+00:00"),
        ("2000-01-01T00:00+23:59", None), ("2199-12-31T23:59-23:59", None),
        ("2026-11-30 10:00+24:00", None),
        ("2026-11-20", None), ("20261120T1430", None), ("2026-11-20T25:00", None),
        ("0001-01-01T00:00", None), ("14:30", None),
    ],
)  # fmt: skip
def test_a_moment_has_a_day_and_a_time(text: str, moment: str | None) -> None:
    found = typed_moment(text)

    assert (found and found.isoformat()) == moment
