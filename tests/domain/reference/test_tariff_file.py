"""Reading a tariff in the official layout: every row is taken, or told with its reason."""

import csv
from contextlib import suppress
from decimal import Decimal
from io import StringIO
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongguan.domain.reference.rules.tariff_file import COLUMNS, FileRow, read_tariff
from tongguan.kernel.problems import ProblemError

UNITS: Final = frozenset({"035", "006"})
ROW: Final = {
    "hs10": "8482102000",
    "name": "深沟球轴承",
    "general_rate": "0.20",
    "mfn_rate": "0.08",
    "export_rate": "0",
    "consumption_rate": "",
    "vat_rate": "0.13",
    "unit1": "006",
    "unit2": "035",
    "control_codes": "6",
    "declaration_elements": "1品牌类型;2出口享惠情况;3结构类型;",
}


def sheet(*rows: dict[str, str], columns: tuple[str, ...] = COLUMNS) -> bytes:
    """Return a file with these rows."""
    text = StringIO()
    writer = csv.DictWriter(text, columns, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def changed(**cells: str) -> dict[str, str]:
    return {**ROW, **cells}


def test_a_row_becomes_rates_units_and_elements() -> None:
    rows, faults = read_tariff(sheet(ROW), UNITS)

    assert faults == []
    assert rows == [
        FileRow(
            "8482102000",
            "深沟球轴承",
            Decimal("0.20"),
            Decimal("0.08"),
            Decimal(0),
            None,
            Decimal("0.13"),
            "006",
            "035",
            "6",
            "品牌类型;出口享惠情况;结构类型",
        )
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_file_is_read_in_the_encodings_official_tables_come_in(encoding: str) -> None:
    data = sheet(ROW).decode().encode(encoding)

    assert [row.name for row in read_tariff(data, UNITS)[0]] == ["深沟球轴承"]


@pytest.mark.parametrize(
    ("cells", "reason", "value"),
    [
        ({"hs10": "848210"}, "A code has ten digits.", "848210"),
        ({"hs10": "８４８２１０２０００"}, "A code has ten digits.", "８４８２１０２０００"),
        ({"name": " "}, "The name is empty.", ""),
        ({"mfn_rate": "8%"}, "A rate is a share from 0 to 999, with 6 decimals at most.", "8%"),
        ({"mfn_rate": "-1"}, "A rate is a share from 0 to 999, with 6 decimals at most.", "-1"),
        ({"mfn_rate": "NaN"}, "A rate is a share from 0 to 999, with 6 decimals at most.", "NaN"),
        (
            {"vat_rate": "0.1234567"},
            "A rate is a share from 0 to 999, with 6 decimals at most.",
            "0.1234567",
        ),
        ({"unit1": ""}, "The unit is not in the unit table.", ""),
        ({"unit2": "XYZ"}, "The unit is not in the unit table.", "XYZ"),
        ({"name": "名" * 501}, "A cell is longer than a tariff has room for.", "name"),
    ],
)
def test_a_row_at_fault_is_refused_with_its_number_and_reason(
    cells: dict[str, str], reason: str, value: str
) -> None:
    other = changed(hs10="8482103000")

    rows, faults = read_tariff(sheet(other, changed(**cells)), UNITS)

    [told] = [fault.told(str) for fault in faults]
    code = cells.get("hs10", ROW["hs10"])
    assert [row.code for row in rows] == ["8482103000"]
    assert (told["code"], told["pointer"]) == ("REF-020", "#3")
    assert told["detail"] == f"Row 3, code “{code}”: {reason} Found: “{value}”."


def test_a_code_that_stands_twice_is_taken_once() -> None:
    rows, faults = read_tariff(sheet(ROW, ROW), UNITS)

    assert len(rows) == 1
    assert [fault.facts["value"] for fault in faults] == ["#2"]


def test_a_short_row_is_refused() -> None:
    data = sheet(ROW) + "8482103000,短\n".encode()

    _rows, faults = read_tariff(data, UNITS)

    assert [str(fault.facts["reason"]) for fault in faults] == ["short"]


def test_empty_lines_and_further_columns_are_passed_over() -> None:
    data = sheet({**ROW, "remark": "none"}, columns=(*COLUMNS, "remark")) + b"\r\n,,,\r\n"

    rows, faults = read_tariff(data, UNITS)

    assert (len(rows), faults) == (1, [])


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xff\xff\xff",
        b"hs10,name\n8482102000,x\n",
        b"\x00\x01\x02",
        sheet(ROW) + b'"8482103000,never closed',
    ],
)
def test_what_is_no_tariff_is_refused_as_a_whole(data: bytes) -> None:
    with pytest.raises(ProblemError) as refusal:
        read_tariff(data, UNITS)

    assert [fault.problem.code for fault in refusal.value.faults] == ["REF-027"]


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(noise: bytes) -> None:
    for data in (noise, sheet(ROW) + noise):
        with suppress(ProblemError):
            rows, faults = read_tariff(data, UNITS)
            assert len(rows) + len(faults) <= data.count(b"\n") + data.count(b"\r") + 1
