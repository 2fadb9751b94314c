"""A manifest as a sheet, .xlsx or CSV: one row a bill and container, headings in either language.

A heading is a field's name, its English words or its Chinese ones. What belongs to the voyage
stands in every row alike; a bill with several containers has a row for each. Whatever is not read
as it stands is told at its cell: hidden rows and columns, merged cells, second sheets, columns and
rows that stand twice, cells without a heading.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from tongguan.domain.cargo import problems
from tongguan.domain.cargo.rules.cell_text import LONGEST_TEXT
from tongguan.domain.cargo.rules.cells import read_cell
from tongguan.domain.cargo.rules.fields import BILL, HEAD, UNIT, Field, Unread
from tongguan.domain.cargo.rules.package import MOST_UNPACKED
from tongguan.domain.cargo.rules.workbook import MOST_SIGNS, Workbook
from tongguan.domain.cargo.rules.worksheet import (
    Bounds,
    Cell,
    Kind,
    Row,
    SheetError,
    Table,
    broken,
    letters,
    too_large,
    too_long,
    unreadable,
)
from tongguan.kernel import csv_text
from tongguan.kernel.identifiers import BILL as BILL_NUMBER
from tongguan.kernel.problems import Faults
from tongguan.kernel.spelling import MOST, plain_signs
from tongguan.kernel.text import Phrase, _

__all__ = ["MOST_ROWS", "MOST_UNPACKED", "SheetError", "read_sheet"]

MOST_ROWS: Final = 20_000
MOST_CELLS: Final = 500_000
MOST_COLUMNS: Final = 200
_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LINES_A_ROW: Final = 3
"""Empty lines between rows, and line breaks in a cell."""
_LINES: Final = csv_text.Bounds(lines=_LINES_A_ROW * MOST_ROWS, columns=MOST_COLUMNS)
_SEPARATORS: Final = ",;\t|"
"""Programs separate cells by the sign that their country has for it."""
_UTF_16: Final = _("It is text in UTF-16. Save it as CSV UTF-8.")
_STRANGERS: Final = (
    (b"%PDF", _("It is a PDF. Send the sheet itself, as .xlsx or CSV.")),
    (b"\xff\xfe", _UTF_16),
    (b"\xfe\xff", _UTF_16),
)
"""How files begin that are no sheets, and what they are."""
_XML: Final = _("It is XML or HTML. A manifest is sent as JSON, .xlsx or CSV.")
_QUOTATION: Final = _("A quotation mark in a cell is not doubled, or does not close.")

_BOUNDS: Final = Bounds(MOST_ROWS + 1, MOST_CELLS, MOST_SIGNS)

Columns = Mapping[int, tuple[str, Field] | None]
"""What stands under each heading; None where the heading was refused."""
Part = dict[str, tuple[Field, str | Decimal | Unread, str]]


def read_sheet(raw: bytes, faults: Faults) -> tuple[dict[str, Any], dict[str, str]]:
    """Return what a sheet says as JSON would, and where each part stands in it.

    Raises:
        SheetError: it is no workbook and no text, or too large.
    """
    if raw.startswith(_OLE):
        reason = _("It is an old workbook (.xls), or protected by a password. Save it as .xlsx.")
        raise unreadable(Phrase(reason))
    table = _shown_sheet(raw, faults) if raw.startswith(_ZIP) else _text(raw, faults)
    if not table.rows:
        raise unreadable(Phrase(_("The sheet is empty.")))
    headings, *rows = table.rows
    columns = _headings(headings, faults)
    _hidden(table, faults)
    _merged(table, faults)
    return _gather(rows, columns, faults)


def _shown_sheet(raw: bytes, faults: Faults) -> Table:
    """Return the only sheet that is shown and has cells; tell of others that have some."""
    found: tuple[str, Table] | None = None
    for name, hidden, read in Workbook(raw, _BOUNDS).sheets():
        table = read(hidden or found is not None)
        if not table.rows:
            continue
        if hidden:
            faults.append(problems.HIDDEN_SHEET.at("#", second=name))
        elif found is None:
            found = name, table
        else:
            faults.append(problems.SECOND_SHEET.at("#", first=found[0], second=name))
    return Table() if found is None else found[1]


def _text(raw: bytes, faults: Faults) -> Table:
    """Return the rows of a CSV, each by its number as a spreadsheet program shows it."""
    stranger = next((reason for start, reason in _STRANGERS if raw.startswith(start)), "")
    if stranger or raw.lstrip()[:1] == b"<":
        raise unreadable(Phrase(stranger or _XML))
    written = csv_text.written_in(raw)
    if written.encoding is not csv_text.Encoding.UTF_8 and csv_text.holds_utf_8(raw):
        reason = _("Some lines are written in UTF-8 and others are not. Save it as UTF-8.")
        raise unreadable(Phrase(reason))
    if written.encoding is None or b"\0" in raw:
        reason = _("It is neither a workbook nor text in UTF-8 or GB 18030.")
        raise unreadable(Phrase(reason))
    table = Table()
    for row in _filled(_csv_rows(raw, written.encoding)):
        table.rows.append(row)
        if len(table.rows) > MOST_ROWS + 1:
            raise too_large(MOST_ROWS, _("rows"), str(row.number))
    if written.encoding is csv_text.Encoding.GB_18030 and table.rows:
        _prove(written, table.rows[0], faults)
    return table


def _filled(rows: Iterable[list[str]]) -> Iterator[Row]:
    """Yield the rows in which something stands.

    Raises:
        SheetError: what stands in one cannot be read, or passes a bound.
    """
    number = 0
    try:
        for number, cells in enumerate(rows, start=1):
            filled = {
                at: Cell(Kind.TEXT, words)
                for at, cell in enumerate(cells)
                if (words := cell.strip())
            }
            for at, cell in filled.items():
                if len(cell.text) > LONGEST_TEXT:
                    raise SheetError(too_long(_place(number, at)))
            if filled:
                yield Row(number, filled)
    except csv_text.BoundPassedError as error:
        raise too_large(error.most, _PASSED[error.bound], str(number + 1)) from error
    except csv.Error as error:
        if str(error).startswith("field larger"):
            raise SheetError(too_long(str(number + 1))) from error
        raise broken(str(number + 1), _QUOTATION) from error


def _csv_rows(raw: bytes, encoding: csv_text.Encoding) -> Iterator[list[str]]:
    """Yield the rows, separated by the sign between the most headings that are fields."""

    def rows(separator: str) -> Iterator[list[str]]:
        read = csv_text.csv_rows(raw, _LINES, encoding, separator)
        return (cells for _line, cells in read)

    def known(separator: str) -> int:
        try:
            heading = next((cells for cells in rows(separator) if any(cells)), [])
        except (csv_text.BoundPassedError, csv.Error):
            return 0
        return sum(_column(cell) is not None for cell in heading)

    return rows(max(_SEPARATORS, key=known))


def _prove(written: csv_text.Written, headings: Row, faults: Faults) -> None:
    """Tell where nothing proves GB 18030; a Chinese heading does, for it cannot come by chance.

    Raises:
        SheetError: it is something else.
    """
    words = (cell.text for cell in headings.cells.values())
    proven = any(_column(one) is not None and not one.isascii() for one in words)
    if proven and written.chinese:
        return
    if not (proven or written.chinese):
        reason = _("It is not in UTF-8, and read as GB 18030 it is no Chinese. Save it as UTF-8.")
        raise unreadable(Phrase(reason))
    faults.append(problems.ENCODING_SUPPOSED.at("#"))


def _headings(row: Row, faults: Faults) -> Columns:
    found: dict[int, tuple[str, Field] | None] = {}
    seen: set[tuple[str, str]] = set()
    for at, cell in row.cells.items():
        place, known = _place(row.number, at), _column(cell.text)
        if known is None or cell.kind is not Kind.TEXT:
            faults.append(problems.UNKNOWN_FIELD.at("#", place=place, name=cell.text[:60]))
            known = None
        elif (known[0], known[1].name) in seen:
            faults.append(problems.COLUMN_TWICE.at("#", place=place, field=known[1]))
            known = None
        else:
            seen.add((known[0], known[1].name))
        found[at] = known
    return found


def _hidden(table: Table, faults: Faults) -> None:
    """Tell of rows and columns that are hidden although something stands in them."""
    for row in table.rows:
        if row.hidden:
            faults.append(problems.HIDDEN.at("#", place=str(row.number)))
    filled = {at for row in table.rows for at in row.cells}
    spans, last = sorted(table.hidden, reverse=True), -1
    for at in sorted(filled):
        while spans and spans[-1][0] <= at:
            last = max(last, spans.pop()[1])
        if at <= last:
            faults.append(problems.HIDDEN_COLUMN.at("#", place=letters(at)))


def _merged(table: Table, faults: Faults) -> None:
    first, last = table.rows[0].number, table.rows[-1].number
    for area in table.merged:
        if area.rows[0] <= last and area.rows[1] >= first:
            faults.append(problems.MERGED.at("#", place=area.name))


def _gather(
    rows: Iterable[Row], columns: Columns, faults: Faults
) -> tuple[dict[str, Any], dict[str, str]]:
    """Return rows as one manifest: the head once, each bill once with all its containers."""
    head: dict[str, Any] = {}
    bills: dict[str, _Bill] = {}
    places: dict[str, str] = {}
    for row in rows:
        parts = _parts(row, columns, faults)
        _join(head, parts["head"], "#", places, faults)
        named = parts["bill"].get("number")
        key = _key(named[1] if named else None) or f"row {row.number}"
        bill = bills.setdefault(key, _Bill(f"#/bills/{len(bills)}"))
        places.setdefault(bill.pointer, _place(row.number))
        if named is not None and bill.rows and not (bill.boxed and parts["unit"]):
            facts = {"place": named[2], "bill": named[1]}
            faults.append(problems.BILL_REPEATED.at(f"{bill.pointer}/number", **facts))
        bill.rows += 1
        _join(bill.found, parts["bill"], bill.pointer, places, faults)
        if parts["unit"]:
            units = bill.found["units"]
            under = f"{bill.pointer}/units/{len(units)}"
            places[under] = _place(row.number)
            unit: dict[str, Any] = {}
            _join(unit, parts["unit"], under, places, faults)
            units.append(unit)
        else:
            bill.boxed = False
    return {**head, "bills": [bill.found for bill in bills.values()]}, places


class _Bill:
    """A bill while its rows are joined; `boxed` while each of them names a container."""

    def __init__(self, pointer: str) -> None:
        self.pointer = pointer
        self.found: dict[str, Any] = {"units": []}
        self.rows = 0
        self.boxed = True


def _parts(row: Row, columns: Columns, faults: Faults) -> dict[str, Part]:
    """Return what the cells of a row say of voyage, bill and container; others are told."""
    parts: dict[str, Part] = {"head": {}, "bill": {}, "unit": {}}
    for at, cell in row.cells.items():
        place = _place(row.number, at)
        if at not in columns:
            faults.append(problems.NO_HEADING.at("#", place=place, value=cell.text[:60]))
        column = columns.get(at)
        if column is None:
            continue
        level, field = column
        read = read_cell(cell, field)
        value = Unread.UNREAD if isinstance(read, tuple) else read
        if isinstance(read, tuple):
            problem, facts = read
            faults.append(problem.at("#", place=place, **facts))
        parts[level][field.name] = (field, value, place)
    return parts


def _join(
    found: dict[str, Any],
    part: Part,
    pointer: str,
    places: dict[str, str],
    faults: Faults,
) -> None:
    for name, (field, value, place) in part.items():
        first = found.setdefault(name, value)
        places.setdefault(f"{pointer}/{name}", place)
        if not _same(first, value):
            facts = {"place": place, "field": field, "value": value, "first": first}
            faults.append(problems.ROWS_DISAGREE.at(f"{pointer}/{name}", **facts))


def _key(number: object) -> str:
    """Return the number of a bill as bills are told apart; empty where it is not known."""
    return BILL_NUMBER.plain(number) if isinstance(number, str) else ""


def _same(first: object, value: object) -> bool:
    if first == value or Unread.UNREAD in {first, value}:
        return True
    if isinstance(first, str) and isinstance(value, str):
        if max(len(first), len(value)) > MOST:  # the first is read again with each row
            return False
        return plain_signs(first).upper() == plain_signs(value).upper()
    return False


def _column(words: str) -> tuple[str, Field] | None:
    return _COLUMNS.get(" ".join(words.lower().split()))


def _place(row: int, column: int | None = None) -> str:
    return str(row) if column is None else f"{letters(column)}{row}"


def _columns() -> Iterator[tuple[str, tuple[str, Field]]]:
    """Yield what stands under each heading; a number is named by what it is a number of."""
    for level, fields in (("head", HEAD), ("bill", BILL), ("unit", UNIT)):
        for field in fields:
            own = () if field.name in {"number", "id"} else (field.name,)
            for name in (*own, *field.headings):
                yield name, (level, field)


_COLUMNS: Final = dict(_columns())
_PASSED: Final[Mapping[csv_text.Passed, str]] = {
    csv_text.Passed.LINES: _("lines"),
    csv_text.Passed.COLUMNS: _("columns"),
    csv_text.Passed.LINE: _("characters of a line"),
}
