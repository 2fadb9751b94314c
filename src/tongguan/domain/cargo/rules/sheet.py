"""A manifest as a sheet, .xlsx or CSV: one row a bill and container, headings in either language.

A heading is a field's name, its English words or its Chinese ones. What belongs to the voyage
stands in every row alike; a bill with several containers has a row for each. Source of the traps:
formulas without their result, hidden rows, numbers kept as binary fractions, GB 18030.
"""

import csv
from collections.abc import Iterator, Sequence
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any, Final
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from tongguan.domain.cargo import problems
from tongguan.domain.cargo.rules.fields import BILL, HEAD, UNIT, Field, Words
from tongguan.kernel.problems import Fault
from tongguan.kernel.text import _

MOST_ROWS: Final = 20_000
MOST_UNPACKED: Final = 200 * 1024 * 1024
ZIP: Final = b"PK\x03\x04"

Row = tuple[int, list[Any]]
Part = dict[str, tuple[Field, Any, str]]


class SheetError(Exception):
    """A sheet that cannot be read at all, with its fault."""

    def __init__(self, fault: Fault) -> None:
        """Take the fault."""
        super().__init__(fault.problem.code)
        self.fault = fault


def read_sheet(raw: bytes) -> tuple[dict[str, Any], dict[str, str], list[Fault]]:
    """Return what a sheet says as JSON would, where each part stands in it, and its faults.

    Raises:
        SheetError: it is no workbook and no text, or too large.
    """
    faults: list[Fault] = []
    rows = list(_workbook(raw, faults) if raw.startswith(ZIP) else _text(raw))
    if len(rows) > MOST_ROWS + 1:
        raise SheetError(problems.TOO_LARGE.at("#", most=MOST_ROWS, what=Words(_("rows"))))
    filled = [row for row in rows if any(cell not in {None, ""} for cell in row[1])]
    if not filled:
        raise SheetError(problems.UNREADABLE.at("#", reason=Words(_("The sheet is empty."))))
    columns = _headings(filled[0], faults)
    return *_gather(filled[1:], columns, faults), faults


def _headings(row: Row, faults: list[Fault]) -> list[tuple[str, Field] | None]:
    number, cells = row
    found: list[tuple[str, Field] | None] = []
    for at, cell in enumerate(cells):
        words = str(cell or "").strip()
        known = _COLUMNS.get(words.lower())
        if known is None and words:
            facts = {"place": _place(number, at), "name": words[:60]}
            faults.append(problems.UNKNOWN_FIELD.at("#", **facts))
        found.append(known)
    return found


def _gather(
    rows: Sequence[Row], columns: list[tuple[str, Field] | None], faults: list[Fault]
) -> tuple[dict[str, Any], dict[str, str]]:
    """Return rows as one manifest: the head once, each bill once with all its containers."""
    head: dict[str, Any] = {}
    bills: dict[str, tuple[str, dict[str, Any]]] = {}
    places: dict[str, str] = {}
    for number, cells in rows:
        parts: dict[str, Part] = {"head": {}, "bill": {}, "unit": {}}
        for at, (column, cell) in enumerate(zip(columns, cells, strict=False)):
            if column is not None and cell not in {None, ""}:
                level, field = column
                parts[level][field.name] = (field, cell, _place(number, at))
        _join(head, parts["head"], "#", places, faults)
        key = str(parts["bill"]["number"][1]) if "number" in parts["bill"] else f"row {number}"
        pointer, bill = bills.setdefault(key, (f"#/bills/{len(bills)}", {"units": []}))
        places.setdefault(pointer, _place(number))
        _join(bill, parts["bill"], pointer, places, faults)
        if parts["unit"]:
            under = f"{pointer}/units/{len(bill['units'])}"
            places[under] = _place(number)
            unit: dict[str, Any] = {}
            _join(unit, parts["unit"], under, places, faults)
            bill["units"].append(unit)
    return {**head, "bills": [bill for _, bill in bills.values()]}, places


def _join(
    found: dict[str, Any],
    part: Part,
    pointer: str,
    places: dict[str, str],
    faults: list[Fault],
) -> None:
    for name, (field, cell, place) in part.items():
        first = found.setdefault(name, cell)
        places.setdefault(f"{pointer}/{name}", place)
        if first != cell:
            facts = {"place": place, "field": field, "value": cell, "first": first}
            faults.append(problems.ROWS_DISAGREE.at(f"{pointer}/{name}", **facts))


def _workbook(raw: bytes, faults: list[Fault]) -> Iterator[Row]:
    try:
        with ZipFile(BytesIO(raw)) as packed:
            unpacked = sum(entry.file_size for entry in packed.infolist())
        if unpacked > MOST_UNPACKED:
            facts = {"most": f"{MOST_UNPACKED} B", "what": Words(_("an unpacked workbook"))}
            raise SheetError(problems.TOO_LARGE.at("#", **facts))
        formulas = load_workbook(BytesIO(raw))
        values = load_workbook(BytesIO(raw), data_only=True)
        written = next(sheet for sheet in formulas.worksheets if sheet.sheet_state == "visible")
    except (BadZipFile, InvalidFileException, KeyError, ValueError, SyntaxError, StopIteration):
        reason = Words(_("It is no workbook (.xlsx) that can be opened."))
        raise SheetError(problems.UNREADABLE.at("#", reason=reason)) from None
    if written.max_row > MOST_ROWS + 1:
        raise SheetError(problems.TOO_LARGE.at("#", most=MOST_ROWS, what=Words(_("rows"))))
    computed = values[written.title]
    for number, row in enumerate(written.iter_rows(), start=1):
        cells: list[Any] = []
        for at, cell in enumerate(row):
            value = computed.cell(number, at + 1).value
            if cell.data_type == "f" and value is None:
                faults.append(problems.NO_VALUE.at("#", place=_place(number, at)))
            cells.append(_plain(value))
        if written.row_dimensions[number].hidden and any(cell not in {None, ""} for cell in cells):
            faults.append(problems.HIDDEN.at("#", place=_place(number)))
        yield number, cells


def _text(raw: bytes) -> Iterator[Row]:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = raw.decode("gb18030")
        except UnicodeDecodeError:
            reason = Words(_("It is neither a workbook nor text in UTF-8 or GB 18030."))
            raise SheetError(problems.UNREADABLE.at("#", reason=reason)) from None
    try:
        for number, row in enumerate(csv.reader(StringIO(text, newline="")), start=1):
            yield number, [cell.strip() for cell in row]
    except csv.Error as error:
        raise SheetError(problems.UNREADABLE.at("#", reason=str(error))) from error


def _plain(value: object) -> object:
    # 0.1 + 0.2 is kept as 0.30000000000000004; its shortest form is what was typed.
    return Decimal(f"{value:.15g}") if isinstance(value, float) else value


def _place(row: int, column: int | None = None) -> str:
    return str(row) if column is None else f"{get_column_letter(column + 1)}{row}"


def _columns() -> dict[str, tuple[str, Field]]:
    """Return what stands under each heading; a number is named by what it is a number of."""
    found: dict[str, tuple[str, Field]] = {}
    for level, fields in (("head", HEAD), ("bill", BILL), ("unit", UNIT)):
        for field in fields:
            names = (
                field.headings
                if field.name in {"number", "id"}
                else (
                    field.name,
                    *field.headings,
                )
            )
            found.update(dict.fromkeys(names, (level, field)))
    return found


_COLUMNS: Final = _columns()
