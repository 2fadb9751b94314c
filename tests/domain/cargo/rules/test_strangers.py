"""Sheets of strangers: what they cost, what they are told, and what other programs write."""

import codecs
from collections.abc import Iterable

import pytest

from tests.domain.cargo.rules.test_sheets import HEADING, SOUND, refused, taken
from tests.domain.cargo.rules.workbooks import (
    MAIN,
    book,
    goods,
    headings,
    number,
    row,
    sheet,
)
from tongguan.domain.cargo.reading import read_manifest
from tongguan.domain.cargo.rules.cell_text import LONGEST_TEXT
from tongguan.kernel.problems import ProblemError

CHINESE = HEADING.replace("bill", "提运单号").replace("consignee", "收货人")
NAMED = SOUND.replace("EXAMPLE,", "示例贸易有限公司,")


def shared_text(words: str, *, column: str = "J", rows: Iterable[int] = (2,)) -> bytes:
    """Return a workbook in which one shared text stands in a column of many rows."""
    cells = ((at, f'<c r="{column}{at}" t="s"><v>0</v></c>') for at in rows)
    return book(
        sheet(headings(), *(goods(at, **{column: cell}) for at, cell in cells)),
        strings=f'<si><t xml:space="preserve">{words}</t></si>',
    )


def first_words(raw: bytes) -> tuple[str, str]:
    with pytest.raises(ProblemError) as refusal:
        read_manifest(raw)
    fault = refusal.value.faults[0]
    return fault.problem.code, fault.told(str)["detail"]


@pytest.mark.parametrize("sign", ["[", "0", "#,"])
def test_a_number_format_longer_than_a_program_writes_is_refused(sign: str) -> None:
    raw = book(sheet(headings(), goods(2)), formats=[sign * 60_000])

    assert first_words(raw)[0] == "CAR-075"
    assert "numFmt 164" in first_words(raw)[1]


def test_the_longest_number_format_is_judged_once_for_all_its_cells() -> None:
    cells = (goods(at, I=number(f"I{at}", "3", 1)) for at in range(2, 402))
    raw = book(sheet(headings(), *cells), formats=["[" * 255])

    assert refused(raw)[0] == ("CAR-061", "I2")


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ("[h]:mm", "CAR-062"),
        ('"day" 0', "CAR-061"),
        ("[Red]0", None),
        ('[$-804]yyyy"年"', "CAR-062"),
        ("\\d0", "CAR-061"),
    ],
)
def test_a_format_of_days_is_told_from_words_and_colours(form: str, code: str | None) -> None:
    raw = book(sheet(headings(), goods(2, I=number("I2", "3", 1))), formats=[form])

    if code is None:
        assert str(taken(raw).bills[0].gross) == "3"
    else:
        assert refused(raw) == [(code, "I2")]


@pytest.mark.parametrize("column", ["G", "J", "L", "M"])
def test_a_text_longer_than_a_cell_holds_is_refused_at_its_cell(column: str) -> None:
    raw = shared_text(" " + "x" * LONGEST_TEXT, column=column)

    assert refused(raw) == [("CAR-076", f"{column}2")]


def test_a_long_text_that_many_cells_share_counts_in_each_of_them() -> None:
    raw = shared_text(" " + "s " * 16_000, column="M", rows=range(2, 500))

    assert refused(raw) == [("CAR-018", "M314")]


def test_a_csv_is_held_to_the_same_length_of_a_cell() -> None:
    for length in (LONGEST_TEXT + 1, 140_000):
        raw = f"{HEADING}\n{SOUND.replace('EXAMPLE,', 'x' * length + ',')}".encode()
        assert refused(raw)[0][0] == "CAR-076"


def test_more_number_formats_than_programs_keep_are_refused() -> None:
    raw = book(sheet(headings(), goods(2)), formats=(f"0.{at}" for at in range(4_001)))

    assert refused(raw)[0][0] == "CAR-018"


def test_more_relations_than_parts_are_refused() -> None:
    related = "".join(f'<Relationship Id="x{at}" Target="a"/>' for at in range(2_001))
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts = {"_rels/.rels": f'<Relationships xmlns="{package}">{related}</Relationships>'}

    assert refused(book(sheet(headings()), parts=parts))[0][0] == "CAR-018"


def test_of_many_overlapping_hidden_columns_each_filled_one_is_told_once() -> None:
    spans = "".join(f'<col min="{at}" max="{at + 3}" hidden="1"/>' for at in (9, 1, 2, 1))
    raw = book(sheet(headings(), goods(2), before=f"<cols>{spans}</cols>"))

    told = [place for code, place in refused(raw) if code == "CAR-074"]
    assert told == ["A", "B", "C", "D", "E", "I", "J", "K", "L"]


def test_a_heading_that_stands_in_every_column_is_told_at_each_but_the_first() -> None:
    cells = {chr(65 + at): "bill" for at in range(20)}

    told = refused(book(sheet(row(1, **cells))))
    assert told[:2] == [("CAR-066", "B1"), ("CAR-066", "C1")]
    assert len([code for code, _place in told if code == "CAR-066"]) == 19


@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_a_sheet_is_read_whatever_sign_separates_its_cells(separator: str) -> None:
    text = f"{HEADING}\n{SOUND}"

    assert taken(text.replace(",", separator).encode()) == taken(text.encode())


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"%PDF-1.7\n...", "It is a PDF."),
        (codecs.BOM_UTF16_LE + HEADING.encode("utf-16-le"), "It is text in UTF-16."),
        (codecs.BOM_UTF16_BE + HEADING.encode("utf-16-be"), "It is text in UTF-16."),
        (b" \n<?xml version='1.0'?><Manifest/>", "It is XML or HTML."),
        (HEADING.encode("utf-16-le"), "It is neither a workbook nor text"),
    ],
)
def test_a_file_of_another_sort_is_told_what_it_seems_to_be(raw: bytes, words: str) -> None:
    code, detail = first_words(raw)

    assert (code, detail[: len(words)]) == ("CAR-006", words)


def test_doubled_byte_order_marks_do_no_harm() -> None:
    text = f"{HEADING}\n{SOUND}".encode()

    assert taken(codecs.BOM_UTF8 * 2 + text) == taken(text)


def test_places_are_those_of_the_rows_that_a_program_shows() -> None:
    broken = SOUND.replace("EXAMPLE,", '"EXAMPLE\nLTD",').replace("B1", "B0")
    raw = f"{HEADING}\n{broken}\n\n{SOUND.replace('3050', 'x')}".encode()

    assert ("CAR-015", "I4") in refused(raw)


def test_a_quotation_mark_that_does_not_close_is_told_with_its_row() -> None:
    assert refused(f'{HEADING}\n{SOUND}\n"M1'.encode()) == [("CAR-075", "3")]


@pytest.mark.parametrize(("first", "second"), [("gb18030", "utf-8"), ("utf-8", "gb18030")])
def test_lines_in_two_encodings_are_refused(first: str, second: str) -> None:
    raw = f"{CHINESE}\n".encode(first) + NAMED.encode(second)

    assert first_words(raw) == (
        "CAR-006",
        "Some lines are written in UTF-8 and others are not. Save it as UTF-8.",
    )


def test_rare_signs_under_a_chinese_heading_are_told_of() -> None:
    line = SOUND.replace("EXAMPLE,", "東亞貿易運輸有限責任總會社聯營處" * 6 + ",")
    _found, warnings = read_manifest(f"{CHINESE}\n{line}".encode("gb18030"))

    assert [one.problem.code for one in warnings] == ["CAR-070"]


def test_a_decimal_comma_is_told_that_the_sign_is_a_point() -> None:
    line = SOUND.replace("3050", '"16440,00"')
    with pytest.raises(ProblemError) as refusal:
        read_manifest(f"{HEADING}\n{line}".encode())

    assert "behind a point and not a comma" in refusal.value.faults[0].told(str)["remedy"]


@pytest.mark.parametrize(
    ("column", "words", "sign"),
    [
        ("G", "-", "-"),
        ("G", "N/A", "N/A"),
        ("G", "..", "."),
        ("G", "B1²", "U+00B2 SUPERSCRIPT TWO"),
        ("G", "\ufb011", "U+FB01 LATIN SMALL LIGATURE FI"),
        ("L", "tba", "TBA"),
        ("L", "XMPU000001\u2462", "U+2462 CIRCLED DIGIT THREE"),
        ("M", "S1 无", "无"),
    ],
)
def test_what_is_no_number_of_its_kind_is_refused_with_what_is_wrong(
    column: str, words: str, sign: str
) -> None:
    cells = {"L": "XMPU0000013", "M": "S1", column: words}
    with pytest.raises(ProblemError) as refusal:
        read_manifest(book(sheet(headings(), goods(2, **cells))))

    [fault] = refusal.value.faults
    told = fault.told(str)
    assert (told["code"], told["detail"].split(":")[0]) == ("CAR-015", f"{column}2")
    assert f"“{sign}”" in told["remedy"]


def test_styles_without_end_are_refused() -> None:
    many = f'<styleSheet xmlns="{MAIN}"><cellXfs>{"<xf/>" * 65_001}</cellXfs></styleSheet>'

    assert refused(book(sheet(headings()), parts={"xl/styles.xml": many}))[0][0] == "CAR-018"
