"""Reading a tariff in the official layout: every row is sound, or each cell at fault is told."""

import csv
from contextlib import suppress
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongguan.domain.reference.rules.tariff_file import (
    COLUMNS,
    MOST_FAULTS,
    FileRow,
    Reason,
    read_tariff,
)
from tongguan.kernel.problems import Fault, ProblemError

UNITS: Final = frozenset({"035", "006"})
VAT_RATES: Final = frozenset(map(Decimal, ("0", "0.03", "0.09", "0.13")))
FAULT: Final = "39-tariff-rate-in-percent"
ROW: Final = {
    "hs10": "8482102000",
    "name": "深沟球轴承",
    "general_rate": "0.20",
    "mfn_rate": "0.08",
    "export_rate": "0",
    "consumption_rate": "0",
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


def read(data: bytes) -> tuple[list[FileRow], list[Fault]]:
    return read_tariff(data, UNITS, VAT_RATES)


def refusals(faults: list[Fault]) -> list[tuple[object, ...]]:
    """Return row, column and reason of each fault."""
    return [(one.facts.get("row"), one.facts["column"], one.facts.get("reason")) for one in faults]


def test_a_row_becomes_rates_units_and_elements() -> None:
    rows, faults = read(sheet(ROW))

    assert faults == []
    assert rows == [
        FileRow(
            "8482102000",
            "深沟球轴承",
            Decimal("0.20"),
            Decimal("0.08"),
            Decimal(0),
            Decimal(0),
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

    assert [row.name for row in read(data)[0]] == ["深沟球轴承"]


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"hs10": "848210"}, Reason.CODE),
        ({"hs10": "201100090"}, Reason.CODE),
        ({"hs10": "８４８２１０２０００"}, Reason.CODE),
        ({"name": " "}, Reason.NAME),
        ({"mfn_rate": "8%"}, Reason.NUMBER),
        ({"mfn_rate": "@3.5元/升"}, Reason.NUMBER),
        ({"mfn_rate": "1.3元/千克"}, Reason.NUMBER),
        ({"mfn_rate": "滑准税"}, Reason.NUMBER),
        ({"mfn_rate": "-0.1"}, Reason.NUMBER),
        ({"mfn_rate": "+0.1"}, Reason.NUMBER),
        ({"mfn_rate": "1e-2"}, Reason.NUMBER),
        ({"mfn_rate": "0,08"}, Reason.NUMBER),
        ({"mfn_rate": "０.０８"}, Reason.NUMBER),
        ({"mfn_rate": "NaN"}, Reason.NUMBER),
        ({"mfn_rate": "Infinity"}, Reason.NUMBER),
        ({"mfn_rate": "0." + "0" * 5_000 + "1"}, Reason.NUMBER),
        ({"vat_rate": "0.1234567"}, Reason.NUMBER),
        ({"general_rate": "20"}, Reason.TOO_HIGH),
        ({"general_rate": "3"}, Reason.TOO_HIGH),
        ({"mfn_rate": "8"}, Reason.TOO_HIGH),
        ({"mfn_rate": "1"}, Reason.TOO_HIGH),
        ({"export_rate": "30"}, Reason.TOO_HIGH),
        ({"consumption_rate": "9"}, Reason.TOO_HIGH),
        ({"consumption_rate": "1"}, Reason.TOO_HIGH),
        ({"consumption_rate": "1.00"}, Reason.TOO_HIGH),
        ({"vat_rate": "13"}, Reason.TOO_HIGH),
        ({"vat_rate": "0.17"}, Reason.VAT),
        ({"general_rate": "2"}, Reason.TOO_HIGH),
        ({"general_rate": "2.00"}, Reason.TOO_HIGH),
        ({"mfn_rate": "0.3"}, Reason.ABOVE_GENERAL),
        ({"name": "深沟\0球轴承"}, Reason.UNREADABLE),
        ({"name": "深沟\x1b球轴承"}, Reason.UNREADABLE),
        ({"control_codes": "6\0"}, Reason.UNREADABLE),
        ({"declaration_elements": "1品牌\0类型;"}, Reason.UNREADABLE),
        ({"unit1": ""}, Reason.UNIT),
        ({"unit2": "XYZ"}, Reason.UNIT),
        ({"name": "名" * 501}, Reason.LONG),
        ({"unit2": "006"}, Reason.UNIT_AGAIN),
        ({"control_codes": "A B"}, Reason.CONTROLS),
        ({"control_codes": "AAB"}, Reason.CONTROLS),
        ({"control_codes": "Ａ"}, Reason.CONTROLS),
        ({"control_codes": "A/B"}, Reason.CONTROLS),
        ({"control_codes": "A\u200b"}, Reason.UNREADABLE),
        ({"name": "轴承\u202e"}, Reason.UNREADABLE),
        ({"name": "\u200b"}, Reason.UNREADABLE),
        ({"hs10": "8482.102000"}, Reason.CODE),
        ({"hs10": "8.4821E+09"}, Reason.CODE),
        ({"mfn_rate": ".08"}, Reason.NUMBER),
        ({"mfn_rate": "8."}, Reason.NUMBER),
        ({"mfn_rate": "free"}, Reason.NUMBER),
        ({"mfn_rate": "0.9999999"}, Reason.NUMBER),
    ],
)
def test_a_cell_at_fault_is_refused_with_its_row_column_and_reason(
    cells: dict[str, str], reason: Reason
) -> None:
    others = [changed(hs10=f"84821030{at:02}") for at in range(3)]

    rows, faults = read(sheet(*others, changed(**cells)))

    [column] = cells
    assert [row.code for row in rows] == [row["hs10"] for row in others]
    assert refusals(faults) == [(5, column, reason)]
    assert [fault.problem.code for fault in faults] == ["REF-020"]


def test_a_general_rate_of_nothing_is_below_any_most_favoured_rate() -> None:
    _rows, faults = read(sheet(changed(general_rate="0")))

    assert refusals(faults) == [(2, "mfn_rate", Reason.ABOVE_GENERAL)]
    assert read(sheet(changed(general_rate="0", mfn_rate="0")))[1] == []
    assert read(sheet(changed(general_rate="1")))[1] == []


@pytest.mark.parametrize("name", ["mfn_rate", "declaration_elements", "hs10"])
def test_a_column_that_stands_twice_makes_no_tariff(name: str) -> None:
    lines = sheet(ROW).decode().splitlines()
    data = "\n".join((f"{lines[0]},{name}", f"{lines[1]},0.01")).encode()

    with pytest.raises(ProblemError) as refusal:
        read(data)

    [fault] = refusal.value.faults
    assert (fault.problem.code, fault.facts["reason"]) == ("REF-027", f"{name}: ×2")


@pytest.mark.parametrize(("end", "reason"), [(",ingredient", Reason.WIDE), (",,x", Reason.WIDE)])
def test_a_row_with_more_cells_than_columns_is_refused(end: str, reason: Reason) -> None:
    data = sheet(ROW).decode().rstrip() + end

    assert refusals(read(data.encode())[1]) == [(2, "", reason)]


def test_a_row_that_lacks_a_cell_of_any_column_is_refused_and_empty_cells_behind_are_none() -> None:
    head, row = sheet(ROW).decode().splitlines()

    short = f"{head},remark\n{row}\n".encode()
    behind = f"{head}\n{row},,\n".encode()

    assert refusals(read(short)[1]) == [(2, "", Reason.SHORT)]
    assert read(behind)[1] == []


def test_a_refused_cell_is_told_with_what_belongs_there() -> None:
    [fault] = read(sheet(ROW, changed(hs10="8482103000", mfn_rate="8%")))[1]

    assert fault.told(str)["detail"] == (
        "Row 3, code “8482103000”, column “mfn_rate”: A rate is a plain share of 1 with 6 decimals "
        "at most: 0.08 for 8 %. Where the rate is by quantity, sliding or for a quota, leave the "
        "cell empty: an officer assesses it. Found: “8%”."
    )


def test_all_cells_at_fault_of_a_row_are_told_at_once() -> None:
    row = changed(general_rate="20", mfn_rate="8 %", vat_rate="13", unit1="?")

    _rows, faults = read(sheet(ROW, changed(hs10="8482103000"), {**row, "hs10": "8482104000"}))

    assert refusals(faults) == [
        (4, "unit1", Reason.UNIT),
        (4, "general_rate", Reason.TOO_HIGH),
        (4, "mfn_rate", Reason.NUMBER),
        (4, "vat_rate", Reason.TOO_HIGH),
    ]


def test_a_column_of_percents_is_told_as_such_before_its_rows() -> None:
    codes = ("8482102000", "8482103000", "8482104000")
    rows = [changed(hs10=code, general_rate="20", mfn_rate="8", vat_rate="13") for code in codes]

    _rows, faults = read(sheet(*rows))

    percents = [fault for fault in faults if fault.problem.code == "REF-070"]
    assert faults[: len(percents)] == percents
    assert [fault.facts for fault in percents] == [
        {"column": column, "high": 3, "count": 3}
        for column in ("general_rate", "mfn_rate", "vat_rate")
    ]
    assert len(faults) == len(percents) + 9


def test_the_highest_rates_of_the_law_are_taken() -> None:
    row = changed(
        general_rate="2.70",
        mfn_rate="0.65",
        export_rate="0.50",
        consumption_rate="0.56",
        vat_rate="0.130",
    )

    rows, faults = read(sheet(row))

    assert faults == []
    assert (rows[0].general, rows[0].consumption) == (Decimal("2.70"), Decimal("0.56"))


@pytest.mark.parametrize("rate", ["general", "mfn", "export", "consumption", "vat"])
def test_an_empty_rate_stays_unknown_and_is_not_0(rate: str) -> None:
    [row], faults = read(sheet(changed(**{f"{rate}_rate": " "})))

    assert faults == []
    assert getattr(row, rate) is None


def test_the_examples_of_percents_and_lost_zeros_are_refused(shared_data: Path) -> None:
    folder = shared_data.parent / "faults" / FAULT
    if not folder.is_dir():
        pytest.skip(f"no documents of {FAULT}")

    percents = read((folder / "tariff.csv").read_bytes())
    lost_zero = read((folder / "lost-zero.csv").read_bytes())

    assert (percents[0], lost_zero[0]) == ([], [])
    assert refusals(lost_zero[1]) == [(2, "hs10", Reason.CODE)]
    assert [one for one in refusals(percents[1]) if one[0] is not None] == [
        (2, "general_rate", Reason.TOO_HIGH),
        (2, "mfn_rate", Reason.TOO_HIGH),
        (2, "consumption_rate", Reason.TOO_HIGH),
        (2, "vat_rate", Reason.TOO_HIGH),
        (3, "consumption_rate", Reason.TOO_HIGH),
    ]


def test_a_code_that_stands_twice_is_taken_once() -> None:
    rows, faults = read(sheet(ROW, ROW))

    assert len(rows) == 1
    assert [fault.facts["value"] for fault in faults] == ["#2"]


def test_a_short_row_is_refused() -> None:
    data = sheet(ROW) + "8482103000,短\n".encode()

    _rows, faults = read(data)

    assert [str(fault.facts["reason"]) for fault in faults] == ["short"]


def test_empty_lines_and_further_columns_are_passed_over() -> None:
    data = sheet({**ROW, "remark": "none"}, columns=(*COLUMNS, "remark")) + b"\r\n,,,\r\n"

    rows, faults = read(data)

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
        read(data)

    assert [fault.problem.code for fault in refusal.value.faults] == ["REF-027"]


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(noise: bytes) -> None:
    for data in (noise, sheet(ROW) + noise):
        with suppress(ProblemError):
            rows, faults = read(data)
            told = {fault.facts["row"] for fault in faults if "row" in fault.facts}
            assert len(rows) + len(told) <= data.count(b"\n") + data.count(b"\r") + 1


@pytest.mark.parametrize(
    "raw",
    [
        b",".join([b"a"] * 1_000_000),
        b"\n" * 1_000_000,
        sheet(changed(name="Müller Frères")).decode().encode("cp1252", "ignore"),
    ],
    ids=["headings", "line ends", "Windows-1252"],
)
def test_what_is_no_tariff_is_refused_as_soon_as_it_shows(raw: bytes) -> None:
    with pytest.raises(ProblemError) as refusal:
        read(raw)

    assert [one.problem.code for one in refusal.value.faults] == ["REF-027"]


def test_reading_ends_where_very_many_cells_are_at_fault() -> None:
    data = sheet(*[changed(unit1="x", mfn_rate="8,0")] * (MOST_FAULTS // 2))

    _rows, faults = read(data)

    assert MOST_FAULTS < len(faults) < MOST_FAULTS + 5
