"""One sheet while it is read: its filled cells, what is hidden, and what is merged.

Source: ECMA-376 Part 1, 18.3.1 (rows, columns, cells, merged cells) and 18.18.11 (cell types).
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from tongguan.domain.cargo import problems
from tongguan.domain.cargo.rules.cell_text import LONGEST_TEXT, CellText
from tongguan.kernel.problems import Fault
from tongguan.kernel.text import Phrase, _

MAINS: Final = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
LAST_ROW: Final = 1_048_576
LAST_COLUMN: Final = 16_384
MOST_RANGES: Final = 1_000
MOST_PIECES: Final = 10_000
"""So many differently formatted pieces the text of one cell may have; a cell has at most 32,767
characters."""
_CELL: Final = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_RANGE: Final = re.compile(r"([A-Z]{1,3}[1-9][0-9]{0,6})(?::([A-Z]{1,3}[1-9][0-9]{0,6}))?")
_YES: Final = frozenset({"1", "true", "on"})
_BROKEN: Final = _("What the file says here cannot be.")


class Kind(Enum):
    """What a cell holds."""

    TEXT = "text"
    NUMBER = "number"
    BOOLEAN = "boolean"
    ERROR = "error"
    DATE = "date"
    FORMULA = "formula"


@dataclass(frozen=True, slots=True)
class Cell:
    """A filled cell: what it holds, as it is stored, and the number format that shows it.

    `format` is None where the file names a format that it does not have.
    """

    kind: Kind
    text: str
    format: str | None = "General"


@dataclass(frozen=True, slots=True)
class Row:
    """The filled cells of a row, by column from 0, and whether the row is hidden."""

    number: int
    cells: Mapping[int, Cell]
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Area:
    """A merged range: its name in the sheet, first and last row, first and last column."""

    name: str
    rows: tuple[int, int]
    columns: tuple[int, int]


@dataclass(slots=True)
class Table:
    """A sheet as far as it was read: rows with filled cells, hidden columns, merged ranges."""

    rows: list[Row] = field(default_factory=list)
    hidden: list[tuple[int, int]] = field(default_factory=list)
    merged: list[Area] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much of a sheet is read: rows with filled cells, filled cells, signs in all of them.

    A text that many cells share is counted in each of them, for each of them is read.
    """

    rows: int
    cells: int
    signs: int


class SheetError(Exception):
    """A sheet that cannot be read at all, with its fault."""

    def __init__(self, fault: Fault) -> None:
        """Take the fault."""
        super().__init__(fault.problem.code)
        self.fault = fault


class Stopped(Exception):  # noqa: N818
    """What was asked of a sheet is known; the rest is not read."""


def unreadable(reason: object) -> SheetError:
    """Return the refusal of a sheet that cannot be read."""
    return SheetError(problems.UNREADABLE.at("#", reason=reason))


def too_large(most: object, what: str, place: str = "#") -> SheetError:
    """Return the refusal of a sheet that passes a bound, and where it does."""
    facts = {"most": most, "what": Phrase(what), "place": place}
    return SheetError(problems.TOO_LARGE.at("#", **facts))


def too_long(place: str) -> Fault:
    """Return the refusal of a text that no cell of a spreadsheet program can hold."""
    return problems.TEXT_TOO_LONG.at("#", place=place, most=LONGEST_TEXT)


def broken(place: str, reason: str = _BROKEN) -> SheetError:
    """Return the refusal of a workbook that says at a place what cannot be."""
    return SheetError(problems.BROKEN.at("#", place=place[:20], reason=Phrase(reason)))


def letters(column: int) -> str:
    """Return how a sheet names a column, counted from 0.

    >>> letters(0), letters(25), letters(26), letters(16383)
    ('A', 'Z', 'AA', 'XFD')
    """
    found = ""
    column += 1
    while column:
        column, sign = divmod(column - 1, 26)
        found = chr(65 + sign) + found
    return found


def elements(spaces: Sequence[str], *names: str) -> dict[str, str]:
    """Return the short names of elements by what the parser calls them in each name space."""
    return {f"{space} {name}": name for space in spaces for name in names}


class SheetReader:
    """The handlers that take one sheet from the parser.

    Args:
        strings: the shared strings of the workbook, None for one that is too long.
        formats: the number format of each style.
        bounds: how much is read.
        first_only: stop at the first filled cell.
    """

    def __init__(
        self,
        strings: Sequence[str | None],
        formats: Sequence[str | None],
        bounds: Bounds,
        *,
        first_only: bool = False,
    ) -> None:
        """Begin before the first row."""
        self.table = Table()
        self._strings, self._formats = strings, formats
        self._bounds, self._first_only = bounds, first_only
        self._count = self._signs = self._row = self._spans = 0
        self._column = -1
        self._hidden = self._all_hidden = False
        self._cells: dict[int, Cell] = {}
        self._type, self._style, self._formula = "n", "0", False
        self._value = CellText()
        self._taking = self._ruby = False
        self._pieces = 0
        starts: dict[str, Callable[[Mapping[str, str]], None]] = {
            "row": self._row_starts,
            "c": self._cell_starts,
            "f": self._formula_starts,
            "v": self._value_starts,
            "t": self._piece_starts,
            "rPh": self._ruby_starts,
            "col": self._columns,
            "sheetFormatPr": self._defaults,
            "mergeCell": self._merged,
        }
        ends: dict[str, Callable[[], None]] = {
            "v": self._words_end,
            "t": self._words_end,
            "rPh": self._ruby_ends,
            "c": self._cell_ends,
            "row": self._row_ends,
        }
        self._starts = {name: starts[known] for name, known in _NAMES.items()}
        self._ends = {name: ends[known] for name, known in _NAMES.items() if known in ends}

    def start(self, name: str, given: Mapping[str, str]) -> None:
        """Take the start of an element."""
        take = self._starts.get(name)
        if take is not None:
            take(given)

    def end(self, name: str) -> None:
        """Take the end of an element."""
        take = self._ends.get(name)
        if take is not None:
            take()

    def text(self, words: str) -> None:
        """Take text."""
        if self._taking and not self._ruby:
            self._value.add(words)

    def _row_starts(self, given: Mapping[str, str]) -> None:
        number = _number(given.get("r", str(self._row + 1)), LAST_ROW)
        if number is None or number <= self._row:
            raise broken(given.get("r", ""))
        self._row, self._column, self._cells = number, -1, {}
        hidden = given.get("hidden")
        self._hidden = self._all_hidden if hidden is None else hidden in _YES
        self._hidden |= _is_zero(given.get("ht", ""))

    def _row_ends(self) -> None:
        if not self._cells:
            return
        if len(self.table.rows) >= self._bounds.rows:
            raise too_large(self._bounds.rows - 1, _("rows"), str(self._row))
        self.table.rows.append(Row(self._row, self._cells, self._hidden))

    def _cell_starts(self, given: Mapping[str, str]) -> None:
        place = given.get("r")
        if place is None:
            column: int | None = self._column + 1
        else:
            found = _place(place)
            column = found[1] if found is not None and found[0] == self._row else None
        if column is None or not self._column < column < LAST_COLUMN:
            raise broken(place or str(self._row))
        self._column = column
        self._type, self._style = given.get("t", "n"), given.get("s", "0")
        self._formula, self._pieces = False, 0
        self._value.clear()

    def _formula_starts(self, _given: Mapping[str, str]) -> None:
        self._formula = True

    def _piece_starts(self, _given: Mapping[str, str]) -> None:
        self._pieces += 1
        if self._pieces > MOST_PIECES:
            raise broken(self._here())
        self._taking = True

    def _value_starts(self, _given: Mapping[str, str]) -> None:
        if self._value.filled:  # a cell has one value; two would be read as one
            raise broken(self._here())
        self._taking = True

    def _words_end(self) -> None:
        self._taking = False

    def _ruby_starts(self, _given: Mapping[str, str]) -> None:
        self._ruby = True

    def _ruby_ends(self) -> None:
        self._ruby = False

    def _cell_ends(self) -> None:
        cell = self._cell()
        if cell is None:
            return
        self._count += 1
        self._signs += len(cell.text)
        if self._count > self._bounds.cells:
            raise too_large(self._bounds.cells, _("cells"), self._here())
        if self._signs > self._bounds.signs:
            raise too_large(self._bounds.signs, _("signs of texts"), self._here())
        self._cells[self._column] = cell
        if self._first_only:
            self.table.rows.append(Row(self._row, self._cells))
            raise Stopped

    def _cell(self) -> Cell | None:
        """Return the cell that ends, or None where nothing stands in it."""
        kind, words = _KINDS.get(self._type), self._value.text()
        if kind is None:
            raise broken(self._here())
        if self._type == "s" and words:
            at = _number(words, len(self._strings), least=0)
            if at is None or at >= len(self._strings):
                raise broken(self._here())
            words = self._strings[at]
        if words is None:
            raise SheetError(too_long(self._here()))
        if not words:
            waits = self._formula and self._type != "str"
            return Cell(Kind.FORMULA, "") if waits else None
        style = _number(self._style, len(self._formats), least=0)
        if style is None or style >= len(self._formats):
            reason = _("The cell has a style that the workbook does not have.")
            raise broken(self._here(), reason)
        return Cell(kind, words, self._formats[style])

    def _columns(self, given: Mapping[str, str]) -> None:
        first = _number(given.get("min", ""), LAST_COLUMN)
        last = _number(given.get("max", ""), LAST_COLUMN)
        self._spans += 1
        if first is None or last is None or self._spans > LAST_COLUMN:
            raise broken("A")
        hidden = given.get("hidden") in _YES or _is_zero(given.get("width", ""))
        if hidden:
            self.table.hidden.append((first - 1, last - 1))

    def _defaults(self, given: Mapping[str, str]) -> None:
        self._all_hidden = given.get("zeroHeight") in _YES

    def _merged(self, given: Mapping[str, str]) -> None:
        name = given.get("ref", "")
        found = _RANGE.fullmatch(name)
        first = _place(found[1]) if found else None
        last = _place(found[2] or found[1]) if found else None
        if first is None or last is None:
            raise broken(name)
        if first != last:
            if len(self.table.merged) >= MOST_RANGES:
                raise too_large(MOST_RANGES, _("merged ranges"), name)
            area = Area(name, (first[0], last[0]), (first[1], last[1]))
            self.table.merged.append(area)

    def _here(self) -> str:
        return f"{letters(self._column)}{self._row}"


def _place(name: str) -> tuple[int, int] | None:
    """Return the row, from 1, and the column, from 0, that a name such as B7 means."""
    found = _CELL.fullmatch(name)
    if found is None:
        return None
    column = 0
    for sign in found[1]:
        column = column * 26 + ord(sign) - 64
    row = int(found[2])
    return (row, column - 1) if row <= LAST_ROW and column <= LAST_COLUMN else None


def _number(text: str, most: int, least: int = 1) -> int | None:
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        return None
    return int(text) if least <= int(text) <= most else None


def _is_zero(measure: str) -> bool:
    return bool(measure) and not measure.strip("0.")


_KINDS: Final[Mapping[str, Kind]] = {
    "s": Kind.TEXT,
    "str": Kind.TEXT,
    "inlineStr": Kind.TEXT,
    "n": Kind.NUMBER,
    "b": Kind.BOOLEAN,
    "e": Kind.ERROR,
    "d": Kind.DATE,
}
_NAMES: Final = elements(
    MAINS, "row", "c", "f", "v", "t", "rPh", "col", "sheetFormatPr", "mergeCell"
)
