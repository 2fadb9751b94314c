"""What stands in the cells of a sheet: the value that people see, or a refusal at the cell."""

from decimal import Decimal
from pathlib import Path
from zipfile import ZIP_BZIP2

import pytest

from tests.domain.cargo.rules.workbooks import (
    COLUMNS,
    MAIN,
    book,
    goods,
    headings,
    number,
    row,
    sheet,
)
from tongguan.domain.cargo.reading import read_manifest
from tongguan.domain.cargo.values import Manifest
from tongguan.kernel.problems import MOST_TOLD, ProblemError

FAULTS = Path(__file__).parents[5] / "shared" / "faults"
HEADING = ",".join(COLUMNS)
SOUND = "M1,import,2,EXAMPLE STAR,020W,0202,B1,42,3050,EXAMPLE,0202-01"
shared = pytest.mark.skipif(not FAULTS.is_dir(), reason="the shared inputs are not here")


def taken(raw: bytes) -> Manifest:
    found, warnings = read_manifest(raw)
    assert not warnings
    return found


def refused(raw: bytes) -> list[tuple[str, str]]:
    """Return code and first words of each fault, which name the cell."""
    with pytest.raises(ProblemError) as refusal:
        read_manifest(raw)
    faults = refusal.value.faults
    return [(one.problem.code, one.told(str)["detail"].split(": ")[0]) for one in faults]


def with_cell(**cells: str) -> bytes:
    """Return a sound sheet with other cells in its second row; styles 1 to 9 as below."""
    return book(sheet(headings(), goods(2, **cells)), formats=FORMATS)


FORMATS = (
    "00000000000", "0000000", "0%", '0.000" t"', "yyyy-mm-dd", "0.00E+00", "#,##0.00_ ", "0,",
    "000-0000", ";;;", "0",
)  # fmt: skip
ZEROS, SEVEN, PERCENT, TONNES, DAY, ROUNDED, COMMAS, THOUSANDS, PARTED, NOTHING, WHOLE = range(
    1, 12
)


@shared
@pytest.mark.parametrize(
    ("file", "bill", "seals"),
    [
        ("manifest.xlsx", "02012345675", []),
        ("seal.xlsx", "02012345676", [("0012345",)]),
    ],
)
def test_zeros_that_a_number_format_shows_are_read(
    file: str, bill: str, seals: list[tuple[str, ...]]
) -> None:
    [found] = taken((FAULTS / "13-leading-zero-format" / file).read_bytes()).bills

    assert (found.number, [unit.seals for unit in found.units]) == (bill, seals)


@shared
@pytest.mark.parametrize(
    ("file", "faults"),
    [
        ("14-long-number/manifest.xlsx", [("CAR-060", "A2"), ("CAR-060", "G2")]),
        (
            "15-second-sheet/manifest.xlsx",
            [("CAR-063", "“Sheet” and “page 2” both have rows; a manifest is one sheet.")],
        ),
    ],
)
def test_what_a_sheet_lost_or_hides_is_refused(file: str, faults: list[tuple[str, str]]) -> None:
    assert refused((FAULTS / file).read_bytes()) == faults


@shared
def test_bytes_of_windows_1252_are_not_read_as_chinese() -> None:
    [(code, words)] = refused((FAULTS / "16-cp1252-csv" / "manifest.csv").read_bytes())

    assert (code, words[:22]) == ("CAR-006", "It is not in UTF-8, an")


@shared
def test_the_wrong_check_digit_is_a_warning() -> None:
    found, warnings = read_manifest((FAULTS / "42-manifest-warnings/manifest.json").read_bytes())

    assert [one.problem.code for one in warnings] == ["CAR-017"]
    assert len(found.bills) == 1


@pytest.mark.parametrize(
    ("cells", "bill"),
    [
        ({"G": number("G2", "2012345675", ZEROS)}, "02012345675"),
        ({"G": number("G2", "12", SEVEN)}, "0000012"),
        ({"G": number("G2", "123456789012345")}, "123456789012345"),
        ({"G": "102020261116000123"}, "102020261116000123"),
        ({"G": '<c r="G2" t="str"><f>"B"&amp;2</f><v>B2</v></c>'}, "B2"),
        ({"G": '<c r="G2" t="inlineStr"><is><r><t>B</t></r><r><t>2</t></r></is></c>'}, "B2"),
    ],
)
def test_a_code_is_read_as_it_is_shown(cells: dict[str, str], bill: str) -> None:
    assert taken(with_cell(**cells)).bills[0].number == bill


@pytest.mark.parametrize(
    ("cells", "gross"),
    [
        ({"I": number("I2", "1500.5", COMMAS)}, "1500.5"),
        ({"I": number("I2", "0.30000000000000004")}, "0.3"),
        ({"I": "16,440.00"}, "16440.00"),
        ({"I": "１６４４０"}, "16440"),
        ({"I": '<c r="I2"><f>2*3</f><v>6</v></c>'}, "6"),
        ({"I": number("I2", "1500", WHOLE)}, "1500"),
    ],
)
def test_a_quantity_is_read_as_it_is_shown(cells: dict[str, str], gross: str) -> None:
    assert taken(with_cell(**cells)).bills[0].gross == Decimal(gross)


@pytest.mark.parametrize(
    ("cells", "code", "place"),
    [
        ({"G": number("G2", "1000000000000000")}, "CAR-060", "G2"),
        ({"G": number("G2", "1.5")}, "CAR-060", "G2"),
        ({"G": number("G2", "-5")}, "CAR-060", "G2"),
        ({"G": "1.02E+17"}, "CAR-060", "G2"),
        ({"G": number("G2", "1200000", ROUNDED)}, "CAR-061", "G2"),
        ({"G": number("G2", "1234567", PARTED)}, "CAR-061", "G2"),
        ({"G": number("G2", "46000", DAY)}, "CAR-062", "G2"),
        ({"I": number("I2", "1500.5", WHOLE)}, "CAR-061", "I2"),
        ({"H": '<c r="H2"><v>3</v><v>4</v></c>'}, "CAR-075", "H2"),
        ({"H": '<c r="H2" t="inlineStr"><is><t>3</t></is><v>4</v></c>'}, "CAR-075", "H2"),
        (
            {"G": f'<c r="G2" t="inlineStr"><is>{"<t>a</t>" * 10_001}</is></c>'},
            "CAR-075",
            "G2",
        ),
        ({"G": '<c r="G2" t="b"><v>1</v></c>'}, "CAR-062", "G2"),
        ({"G": '<c r="G2" t="e"><v>#N/A</v></c>'}, "CAR-062", "G2"),
        ({"G": '<c r="G2" t="d"><v>2026-11-20</v></c>'}, "CAR-062", "G2"),
        ({"G": "#REF!"}, "CAR-062", "G2"),
        ({"G": "######"}, "CAR-062", "G2"),
        ({"G": '<c r="G2"><f>6*7</f></c>'}, "CAR-020", "G2"),
        ({"G": '<c r="G2" t="inlineStr" s="10"><is><t>B</t></is></c>'}, "CAR-061", "G2"),
        ({"I": number("I2", "3.05", TONNES)}, "CAR-061", "I2"),
        ({"I": number("I2", "0.5", PERCENT)}, "CAR-061", "I2"),
        ({"I": number("I2", "3050000", THOUSANDS)}, "CAR-061", "I2"),
        ({"I": number("I2", "3050", NOTHING)}, "CAR-061", "I2"),
        ({"I": number("I2", "46000", DAY)}, "CAR-062", "I2"),
        ({"I": number("I2", "1e999")}, "CAR-015", "I2"),
        ({"I": number("I2", "nan")}, "CAR-015", "I2"),
        ({"I": "16440,00"}, "CAR-015", "I2"),
        ({"I": "1 000,5"}, "CAR-015", "I2"),
        ({"I": "3050 kg"}, "CAR-015", "I2"),
        ({"H": number("H2", "41.6")}, "CAR-015", "H2"),
        ({"J": "M\ufffdller"}, "CAR-015", "J2"),
        ({"N": "x"}, "CAR-067", "N2"),
        ({"G": number("G2", "5", 99)}, "CAR-075", "G2"),
        ({"G": '<c r="G2" t="s"><v>7</v></c>'}, "CAR-075", "G2"),
        ({"G": '<c r="G9" t="n"><v>7</v></c>'}, "CAR-075", "G9"),
    ],
)
def test_what_is_not_what_people_see_is_refused_at_its_cell(
    cells: dict[str, str], code: str, place: str
) -> None:
    assert refused(with_cell(**cells)) == [(code, place)]


def test_all_cells_at_fault_are_told_at_once() -> None:
    raw = with_cell(F=number("F2", "46000", DAY), G=number("G2", "1e15"), I="x", N="x")

    assert refused(raw) == [
        ("CAR-062", "F2"), ("CAR-060", "G2"), ("CAR-067", "N2"), ("CAR-015", "I2"),
    ]  # fmt: skip


def test_a_hidden_row_or_column_is_not_sent_unseen() -> None:
    columns = '<cols><col min="7" max="8" hidden="1"/><col min="20" max="30" hidden="1"/></cols>'
    hidden = goods(2).replace('<row r="2">', '<row r="2" hidden="1">')
    flat = goods(3).replace('<row r="3">', '<row r="3" ht="0" customHeight="1">')

    assert refused(book(sheet(headings(), hidden, flat, before=columns))) == [
        ("CAR-021", "2"), ("CAR-021", "3"), ("CAR-074", "G"), ("CAR-074", "H"),
    ]  # fmt: skip


def test_rows_are_hidden_where_the_sheet_hides_all_that_say_nothing_else() -> None:
    before = '<sheetFormatPr defaultRowHeight="15" zeroHeight="1"/>'
    shown = headings().replace('<row r="1">', '<row r="1" hidden="0">')

    assert refused(book(sheet(shown, goods(2), before=before))) == [("CAR-021", "2")]


@pytest.mark.parametrize("merged", ["G2:G3", "A1:B1", "A1:XFD1048576"])
def test_merged_cells_are_refused_whatever_their_size(merged: str) -> None:
    after = f'<mergeCells><mergeCell ref="{merged}"/><mergeCell ref="A9:B9"/></mergeCells>'

    assert refused(book(sheet(headings(), goods(2), goods(3), after=after))) == [
        ("CAR-065", merged)
    ]


def test_an_empty_sheet_beside_the_manifest_does_no_harm() -> None:
    raw = book(sheet(), sheet(headings(), goods(2)), sheet(row(1)))

    assert [bill.number for bill in taken(raw).bills] == ["B2"]


def test_a_hidden_sheet_is_told_of_and_not_read() -> None:
    raw = book(sheet(headings(), goods(2)), sheet(goods(3)), states={2: "veryHidden"})

    found, warnings = read_manifest(raw)

    assert [one.problem.code for one in warnings] == ["CAR-064"]
    assert len(found.bills) == 1


def test_a_column_that_stands_twice_is_refused_at_its_heading() -> None:
    columns = (*COLUMNS[:11], "Bill", "提运单号")

    assert refused(book(sheet(headings(columns), goods(2)))) == [
        ("CAR-066", "L1"), ("CAR-066", "M1"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ((goods(2, G="B1"), goods(3, G="B1")), ("CAR-013", "G3")),
        ((goods(2, G="B1"), goods(3, G=" b1 ", L="XMPU0000013")), ("CAR-013", "G3")),
        (
            (goods(2, G="B1", L="XMPU0000013"), goods(3, G="B1", L="xmpu 0000013")),
            ("CAR-068", "L3"),
        ),
        (
            (
                goods(2, G="B1", L="XMPU0000013", M="S1"),
                goods(3, G="B2", L="XMPU0000013", M="S2"),
            ),
            ("CAR-069", "M3"),
        ),
        ((goods(2, G="B1", L="XMPU0000013"), goods(3, G="B1", L="XMPU0000029", I="7")),
         ("CAR-019", "I3")),
    ],
)  # fmt: skip
def test_rows_that_say_something_twice_are_refused(
    rows: tuple[str, ...], fault: tuple[str, str]
) -> None:
    assert refused(book(sheet(headings(), *rows))) == [fault]


def test_a_container_of_two_bills_is_taken_when_its_seals_agree() -> None:
    first = goods(2, G="B1", L="XMPU0000013", M="S1 S2")
    second = goods(3, G="B2", L="XMPU0000013", M="s2, S1")

    bills = taken(book(sheet(headings(), first, second))).bills

    assert [unit.id for bill in bills for unit in bill.units] == ["XMPU0000013"] * 2


@pytest.mark.parametrize(
    "raw",
    [
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        book(sheet(headings(), goods(2)), packing=ZIP_BZIP2),
        book(sheet(headings(), goods(2)), kind="chartsheet"),
        book(sheet(headings(), goods(2)), parts={"xl/workbook.xml": "<workbook"}),
        book(sheet(headings(), goods(2)), parts={"xl/styles.xml": "<!DOCTYPE a><a/>"}),
        book(
            sheet(headings(), goods(2)),
            parts={"xl/worksheets/sheet1.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'},
        ),
        book(sheet(headings(), goods(2)), parts={"_rels/.rels": "<Relationships/>"}),
        book(parts={"xl/workbook.xml": f'<workbook xmlns="{MAIN}"><sheet name="a"/></workbook>'}),
        book(sheet(headings(), goods(2)))[:-30],
        book(sheet(headings(), goods(2))).replace(b"worksheets/sheet1", b"worksheets/sheet9"),
    ],
    ids=[
        "password", "packing", "chart", "broken", "type in styles", "entity", "no workbook",
        "no sheet", "cut", "no part",
    ],
)  # fmt: skip
def test_a_workbook_that_cannot_be_opened_is_refused(raw: bytes) -> None:
    assert [code for code, _words in refused(raw)] == ["CAR-006"]


@pytest.mark.parametrize(
    ("text", "encoding", "codes"),
    [
        (f"{HEADING}\n{SOUND.replace('EXAMPLE,', '示例公司,')}", "gb18030", ["CAR-070"]),
        (f"{HEADING}\n{SOUND.replace('EXAMPLE,', '示例公司,')}", "utf-8", []),
        (f"{HEADING.replace('bill', '提运单号')}\n{SOUND}", "gb18030", []),
    ],
)
def test_text_whose_encoding_nothing_proves_is_told(
    text: str, encoding: str, codes: list[str]
) -> None:
    assert [one.problem.code for one in read_manifest(text.encode(encoding))[1]] == codes


@pytest.mark.parametrize("name", ["Müller Frères", "GROßE STRAßE", "Señor Ibáñez", "Škoda Žďár"])
def test_names_in_other_encodings_are_refused(name: str) -> None:
    encoding = "cp1250" if "Š" in name else "cp1252"
    raw = f"{HEADING}\n{SOUND.replace('EXAMPLE,', f'{name},')}".encode(encoding)

    assert [code for code, _words in refused(raw)] == ["CAR-006"]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (SOUND.replace("3050", '"16440,00"'), ("CAR-015", "I2")),
        (SOUND.replace("B1", "1.02E+17"), ("CAR-060", "G2")),
        (SOUND.replace("B1", "#N/A"), ("CAR-062", "G2")),
        (f"{SOUND},,,x", ("CAR-067", "N2")),
        (f"{SOUND}\n{SOUND}", ("CAR-013", "G3")),
    ],
)
def test_a_cell_of_text_is_held_to_the_same(line: str, fault: tuple[str, str]) -> None:
    assert refused(f"{HEADING}\n{line}".encode()) == [fault]


def test_of_very_many_faults_the_first_are_told_and_the_rest_counted() -> None:
    rows = [SOUND.replace("B1", f"B{at}").replace("3050", "x") for at in range(3_000)]

    faults = refused("\n".join((HEADING, *rows)).encode())

    assert len(faults) == MOST_TOLD + 1
    assert faults[-1] == ("GEN-001", "2000 more faults were found and are not listed.")


def test_members_that_stand_twice_in_json_are_refused_at_their_place() -> None:
    raw = b'{"number":"M1","number":"M2","bills":[{"number":"B1","gross":1,"gross":2}]}'

    with pytest.raises(ProblemError) as refusal:
        read_manifest(raw)

    twice = [one.pointer for one in refusal.value.faults if one.problem.code == "CAR-071"]
    assert twice == ["#/number", "#/bills/0/gross"]


@pytest.mark.parametrize(
    "value", ["1e999", "1e-999", "9" * 5_000, "NaN", "-1", '"1e3"', '"1,000"', '"\\u0000"', "[[]]"]
)
def test_a_number_beyond_all_bounds_is_refused_in_json(value: str) -> None:
    raw = f'{{"number":"M1","bills":[{{"number":"B1","packages":1,"gross":{value}}}]}}'

    with pytest.raises(ProblemError) as refusal:
        read_manifest(raw.encode())

    assert {one.problem.code for one in refusal.value.faults} <= {"CAR-006", "CAR-014", "CAR-015"}


def test_the_wrong_type_of_one_value_hides_no_other_fault() -> None:
    raw = b'{"number":{},"flow":1,"bills":[[],{"number":"B1","packages":"x","gross":[],"units":5}]}'

    with pytest.raises(ProblemError) as refusal:
        read_manifest(raw)

    at = {one.pointer for one in refusal.value.faults}
    assert at >= {"#/number", "#/flow", "#/bills/0", "#/bills/1/packages", "#/bills/1/units"}
