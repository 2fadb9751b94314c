"""CSV of strangers is read row by row within bounds, in the encoding it is written in."""

import csv
from io import BytesIO

import pytest

from tongguan.kernel.csv_text import (
    BoundPassedError,
    Bounds,
    Encoding,
    Passed,
    csv_rows,
    doubled,
    written_in,
)

SMALL = Bounds(lines=3, columns=2, line=20)


def rows(text: str, bounds: Bounds = SMALL) -> list[tuple[int, list[str]]]:
    return list(csv_rows(text.encode(), bounds))


def test_rows_come_with_the_line_they_end_at() -> None:
    assert rows('a,b\r\n"1\n2",3') == [(1, ["a", "b"]), (3, ["1\n2", "3"])]


def test_a_mark_of_utf_8_is_no_part_of_the_first_heading() -> None:
    assert rows("\ufeffa,b") == [(1, ["a", "b"])]


@pytest.mark.parametrize(
    ("text", "bound", "row"),
    [
        ("\n\n\n\n", Passed.LINES, 4),
        ("a\na,b,c", Passed.COLUMNS, 2),
        ("a\n" + "b" * 21, Passed.LINE, 2),
        ('"\n\n\n\n', Passed.LINES, 4),
    ],
)
def test_reading_ends_where_a_bound_is_passed(text: str, bound: Passed, row: int) -> None:
    with pytest.raises(BoundPassedError) as refusal:
        rows(text)

    assert (refusal.value.bound, refusal.value.row) == (bound, row)


def test_no_more_of_a_file_is_read_than_is_asked_for() -> None:
    file = BytesIO(b"a,b\n" * 1_000_000)

    next(csv_rows(file, Bounds(lines=10, columns=2)))

    assert file.tell() < 100_000


def test_quotation_marks_that_do_not_close_are_told() -> None:
    with pytest.raises(csv.Error):
        rows('"a')


@pytest.mark.parametrize(
    ("raw", "encoding", "chinese"),
    [
        ("示例".encode(), Encoding.UTF_8, True),
        ("示例".encode("gb18030"), Encoding.GB_18030, True),
        ("Müller Frères Câble".encode("cp1252"), Encoding.GB_18030, False),
        (b"\xff\xff", None, True),
        (b"\x81", None, True),
    ],
)
def test_what_bytes_are_written_in_is_found_out(
    raw: bytes, encoding: Encoding | None, chinese: bool
) -> None:
    found = written_in(raw)

    assert (found.encoding, found.chinese) == (encoding, chinese)


def test_a_sign_cut_by_a_piece_of_reading_is_whole() -> None:
    raw = b"a" * 65_535 + "示例".encode("gb18030")

    assert written_in(raw) == written_in("示例".encode("gb18030"))


def test_headings_that_stand_twice_are_found() -> None:
    assert doubled(["a", "b", "a", "", "", "a"]) == ["a"]
