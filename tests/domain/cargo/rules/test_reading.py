"""Manifests read from JSON, workbooks and CSV: whole, or refused with every fault at its place."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from msgspec import json
from openpyxl import Workbook

from tests.domain.cargo.factories import BOXES, MANIFEST, SITE
from tongguan.domain.cargo import problems
from tongguan.domain.cargo.reading import MOST_BYTES, read_manifest
from tongguan.domain.cargo.rules.form import MOST_BILLS
from tongguan.domain.cargo.rules.manifest_json import MOST_OBJECTS
from tongguan.domain.cargo.rules.sheet import MOST_ROWS, MOST_UNPACKED
from tongguan.domain.cargo.values import Manifest, ManifestFunction
from tongguan.kernel.problems import ProblemError

HEAD = {
    "number": "M1",
    "mode": "2",
    "name": "EXAMPLE STAR",
    "voyage": "020W",
    "flow": "import",
    "office": "0202",
}
BILL: dict[str, Any] = {
    "number": "B1",
    "packages": 42,
    "gross": 3050,
    "consignee": "示例",
    "site": SITE,
    "units": [{"id": box, "seals": ["S1"]} for box in BOXES],
}
LOOSE: dict[str, Any] = {"number": "B2", "packages": 1, "gross": "0.5"}
COLUMNS = (
    "舱单号", "进出口", "运输方式", "运输工具名称", "航次号", "进出境关别", "提运单号",
    "件数", "毛重", "收货人", "监管场所", "集装箱号", "封志号",
)  # fmt: skip
ROWS: tuple[tuple[object, ...], ...] = (
    ("M1", "进口", 2, "EXAMPLE STAR", "020W", "0202", "B1", 42, 3050, "示例", SITE, BOXES[0], "S1"),
    ("M1", "进口", 2, "EXAMPLE STAR", "020W", "0202", "B1", 42, 3050, "示例", SITE, BOXES[1], "S1"),
    ("M1", "进口", 2, "EXAMPLE STAR", "020W", "0202", "B2", 1, 0.5, None, None, None, None),
)


def written(**changes: object) -> bytes:
    return json.encode({**HEAD, "bills": [BILL, LOOSE], **changes})


def refused(raw: bytes) -> list[tuple[str, str]]:
    with pytest.raises(ProblemError) as refusal:
        read_manifest(raw)
    return [(fault.problem.code, fault.pointer) for fault in refusal.value.faults]


def told(raw: bytes) -> list[str]:
    with pytest.raises(ProblemError) as refusal:
        read_manifest(raw)
    return [fault.told(str)["detail"] for fault in refusal.value.faults]


def workbook(rows: Sequence[Sequence[object]], *, hide: int | None = None) -> bytes:
    book = Workbook()
    table = book.active
    assert table is not None
    for row in rows:
        table.append(row)
    if hide is not None:
        table.row_dimensions[hide].hidden = True
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def text(rows: Sequence[Sequence[object]]) -> str:
    return "\r\n".join(",".join("" if cell is None else str(cell) for cell in row) for row in rows)


def test_json_is_read() -> None:
    assert read_manifest(written()) == (MANIFEST, ())


@pytest.mark.parametrize("raw", [b" \n" + written(), b"\xef\xbb\xbf" + written()])
def test_what_stands_before_json_does_no_harm(raw: bytes) -> None:
    assert read_manifest(raw)[0] == MANIFEST


@pytest.mark.parametrize(
    "raw",
    [
        workbook([COLUMNS, *ROWS]),
        text([COLUMNS, *ROWS]).encode(),
        text([COLUMNS, *ROWS]).encode("utf-8-sig"),
        text([COLUMNS, *ROWS]).encode("gb18030"),
        text([(), COLUMNS, *ROWS, ()]).encode(),
    ],
    ids=["xlsx", "utf-8", "utf-8 with mark", "gb18030", "empty rows around"],
)
def test_a_sheet_says_the_same_as_json(raw: bytes) -> None:
    assert read_manifest(raw) == (MANIFEST, ())


def test_headings_are_taken_in_english_and_by_name() -> None:
    headings = (
        "Manifest", "flow", "Transport mode", "means of transport", "voyage", "office", "BILL",
        "packages", "gross mass", "consignee", "site", "container", "seals",
    )  # fmt: skip

    assert read_manifest(workbook([headings, *ROWS]))[0] == MANIFEST


def test_the_voyage_may_stand_in_the_first_row_only() -> None:
    later = [(None,) * 6 + row[6:] for row in ROWS[1:]]

    assert read_manifest(workbook([COLUMNS, ROWS[0], *later]))[0] == MANIFEST


def test_a_number_kept_as_a_binary_fraction_is_what_was_typed() -> None:
    row = (*ROWS[2][:8], 0.1 + 0.2, *ROWS[2][9:])

    [bill] = read_manifest(workbook([COLUMNS, row]))[0].bills

    assert bill.gross == Decimal("0.3")


def test_exact_decimals_stay_exact_in_json() -> None:
    raw = written(bills=[LOOSE]).replace(
        b'"0.5"', b"1234567890123.123456".replace(b"123456789", b"1")
    )

    assert read_manifest(raw)[0].bills[0].gross == Decimal("10123.123456")


@pytest.mark.parametrize("mass", ["3050.0", "3050.00", "03050", "3050", 3050, 3050.0])
def test_a_mass_is_the_same_content_with_any_number_of_decimals(mass: str | float) -> None:
    document = b'{"number": "M1", "function": "add", "bills": [{"number": "B1", "packages": 1,'
    raw = document + b'"gross": ' + json.encode(mass) + b"}]}"

    assert json.encode(read_manifest(raw)[0].bills[0].gross) == b'"3050"'


@pytest.mark.parametrize(
    ("sign", "function"),
    [("9", "original"), ("新增", "add"), (5, "replace"), ("Delete", "delete"), ("", "original")],
)
def test_functions_are_read_in_our_words_and_in_the_national_codes(
    sign: object, function: str
) -> None:
    assert read_manifest(written(function=sign))[0].function is ManifestFunction(function)


def test_a_change_names_the_manifest_and_its_bills_only() -> None:
    found, _ = read_manifest(json.encode({"number": "M1", "function": "add", "bills": [LOOSE]}))

    assert (found.number, found.name, found.flow) == ("M1", "", "")


def test_a_deletion_needs_numbers_only() -> None:
    raw = json.encode({"number": "M1", "function": "delete", "bills": [{"number": "B1"}]})

    assert [bill.number for bill in read_manifest(raw)[0].bills] == ["B1"]


def test_a_container_with_another_check_digit_is_told_but_taken() -> None:
    bill = {**LOOSE, "units": [{"id": "xmpu 0000012"}]}

    found, [warning] = read_manifest(written(bills=[bill]))

    assert found.bills[0].units[0].id == "XMPU0000012"
    assert (warning.problem, warning.pointer) == (
        problems.CONTAINER_CHECK,
        "#/bills/0/units/0/id",
    )


@pytest.mark.parametrize(
    ("changes", "faults"),
    [
        ({"number": ""}, [("CAR-014", "#/number")]),
        ({"office": "202"}, [("CAR-015", "#/office")]),
        ({"office": 202}, [("CAR-015", "#/office")]),
        ({"mode": "22"}, [("CAR-015", "#/mode")]),
        ({"flow": "sideways"}, [("CAR-015", "#/flow")]),
        ({"flow": True}, [("CAR-015", "#/flow")]),
        ({"name": "X" * 36}, [("CAR-015", "#/name")]),
        ({"name": "X\u0007"}, [("CAR-015", "#/name")]),
        ({"function": "undo"}, [("CAR-015", "#/function")]),
        ({"extra": 1}, [("CAR-016", "#/extra")]),
        ({"bills": {}}, [("CAR-015", "#/bills")]),
        ({"bills": [3]}, [("CAR-015", "#/bills/0")]),
        ({"bills": [LOOSE, LOOSE]}, [("CAR-013", "#/bills/1/number")]),
        ({"bills": [{**LOOSE, "packages": 0}]}, [("CAR-015", "#/bills/0/packages")]),
        ({"bills": [{**LOOSE, "packages": "1.5"}]}, [("CAR-015", "#/bills/0/packages")]),
        ({"bills": [{**LOOSE, "gross": 0}]}, [("CAR-015", "#/bills/0/gross")]),
        ({"bills": [{**LOOSE, "gross": "NaN"}]}, [("CAR-015", "#/bills/0/gross")]),
        ({"bills": [{**LOOSE, "gross": "1e-7"}]}, [("CAR-015", "#/bills/0/gross")]),
        ({"bills": [{**LOOSE, "gross": "heavy"}]}, [("CAR-015", "#/bills/0/gross")]),
        ({"bills": [{**LOOSE, "units": [3]}]}, [("CAR-015", "#/bills/0/units/0")]),
        ({"bills": [{**LOOSE, "units": "X"}]}, [("CAR-015", "#/bills/0/units")]),
        ({"bills": [{**LOOSE, "units": [{}]}]}, [("CAR-014", "#/bills/0/units/0/id")]),
        (
            {"bills": [{**LOOSE, "units": [{"id": BOXES[0], "seals": [""]}]}]},
            [("CAR-015", "#/bills/0/units/0/seals")],
        ),
    ],
)
def test_a_fault_is_told_at_its_place(
    changes: dict[str, object], faults: list[tuple[str, str]]
) -> None:
    assert refused(written(**changes)) == faults


def test_all_faults_are_told_at_once() -> None:
    faults = refused(written(number="", office="x", bills=[{"number": "B1"}, {"gross": -1}]))

    assert faults == [
        ("CAR-014", "#/number"),
        ("CAR-015", "#/office"),
        ("CAR-014", "#/bills/0/packages"),
        ("CAR-014", "#/bills/0/gross"),
        ("CAR-014", "#/bills/1/number"),
        ("CAR-014", "#/bills/1/packages"),
        ("CAR-015", "#/bills/1/gross"),
    ]


def test_a_fault_in_a_sheet_names_the_cell() -> None:
    row = (*ROWS[2][:8], "heavy", *ROWS[2][9:])

    assert told(workbook([COLUMNS, ROWS[0], row])) == ["I3: gross mass is “heavy”."]


def test_a_field_missing_in_a_sheet_names_the_row() -> None:
    assert told(workbook([COLUMNS, (*ROWS[2][:8], None)])) == ["2: gross mass is missing."]


@pytest.mark.parametrize(
    ("rows", "told_of"),
    [
        (
            [COLUMNS, ROWS[0], ("M2", *ROWS[1][1:])],
            "A3: manifest number is “M2”, but “M1” in an earlier row.",
        ),
        (
            [COLUMNS, ROWS[0], (*ROWS[1][:7], 43, *ROWS[1][8:])],
            "H3: packages is “43”, but “42” in an earlier row.",
        ),
        ([(*COLUMNS, "颜色"), ROWS[0]], "N1: “颜色” is no field of a manifest."),
        (
            [COLUMNS, (*ROWS[0][:7], "=6*7", *ROWS[0][8:])],
            "H2: the cell holds a formula without its result.",
        ),
    ],
)
def test_traps_of_sheets_are_told_not_guessed(
    rows: Sequence[Sequence[object]], told_of: str
) -> None:
    assert told_of in told(workbook(rows))


def test_a_hidden_row_is_not_sent_unseen() -> None:
    assert told(workbook([COLUMNS, *ROWS], hide=3)) == [
        "3: the row is hidden, so you may not know that it would be sent."
    ]


def test_a_bill_without_a_number_is_told_with_its_row() -> None:
    assert told(workbook([COLUMNS, (*ROWS[2][:6], None, *ROWS[2][7:])])) == [
        "2: bill number is missing."
    ]


@pytest.mark.parametrize(
    "raw",
    [
        b'{"bills":' + b"[" * 100_000,
        b"{",
        b"[]",
        b'{"number": "\xff"}',
        b"PK\x03\x04broken",
        b"\xff\xff",
        b"",
        b'a,"b\r',
        b"\x00" * 9,
    ],
)
def test_what_cannot_be_read_is_refused_and_nothing_crashes(raw: bytes) -> None:
    assert {code for code, _ in refused(raw)} <= {
        "CAR-005",
        "CAR-006",
        "CAR-014",
        "CAR-016",
        "CAR-075",
    }


def bomb() -> bytes:
    """Return a workbook of a few kilobytes that unpacks into more than is taken."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as packed:
        for part in range(11):
            packed.writestr(f"xl/{part}.xml", bytes(MOST_UNPACKED // 10))
    return out.getvalue()


def too_many_rows() -> bytes:
    return workbook([COLUMNS, *([("M1",)] * (MOST_ROWS + 1))])


@pytest.mark.parametrize(
    ("made", "pointer"),
    [
        (lambda: b" " * (MOST_BYTES + 1), "#"),
        (lambda: written(bills=[LOOSE] * (MOST_BILLS + 1)), "#/bills"),
        (lambda: written(bills=[{"a": [{}] * MOST_OBJECTS}]), "#"),
        (lambda: text([COLUMNS, *([ROWS[2]] * (MOST_ROWS + 1))]).encode(), "#"),
        (too_many_rows, "#"),
        (bomb, "#"),
    ],
    ids=["bytes", "bills", "objects", "rows of text", "rows of a workbook", "unpacked"],
)
def test_what_is_too_large_is_refused(made: Callable[[], bytes], pointer: str) -> None:
    assert refused(made()) == [("CAR-018", pointer)]


def test_a_container_has_a_hundred_seals_at_the_most() -> None:
    seals = [f"S{number}" for number in range(101)]

    def sealed(count: int) -> bytes:
        unit = {"id": "XMPU0000013", "seals": seals[:count]}
        return written(bills=[{**LOOSE, "units": [unit]}])

    assert read_manifest(sealed(100))[0].bills[0].units[0].seals == tuple(seals[:100])
    assert refused(sealed(101)) == [("CAR-015", "#/bills/0/units/0/seals")]


def test_what_was_read_can_be_sent_again() -> None:
    assert json.decode(json.encode(MANIFEST), type=Manifest) == MANIFEST
