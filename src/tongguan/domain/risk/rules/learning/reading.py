"""Files of labelled declarations as examples; a mapping says which column is what."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import zip_longest
from pathlib import Path
from typing import Any, Final

from msgspec.structs import replace

from tongguan.domain.risk import problems
from tongguan.domain.risk.facts import Facts, LineFacts
from tongguan.domain.risk.rules.learning.columns import FACTS, Columns, reason
from tongguan.domain.risk.rules.learning.examples import Example, with_history
from tongguan.domain.risk.rules.sightings import HEADING
from tongguan.kernel import csv_text
from tongguan.kernel.time import written_day

Key = tuple[str, ...]

IDENTITY: Final = (
    "line.commodity", "dispatch", "line.origin", "line.rate", "line.preference", "line.net_kg",
)  # fmt: skip
"""Facts whose combination is taken for the same goods, sent in the same way."""
_BOUNDS: Final = csv_text.Bounds(lines=10_000_000, columns=1_000)
_CENT: Final = Decimal("0.01")
_NUMBER: Final = re.compile(
    r"[+-]?(?:[0-9]{1,30}(?:\.[0-9]{0,40})?|\.[0-9]{1,40})(?:[eE][+-]?[0-9]{1,2})?"
)
_SHARE: Final = Decimal("0.0001")
_HUNDRED: Final = Decimal(100)
_FLAGS: Final = {
    **dict.fromkeys(("1", "y", "yes", "true"), True),
    **dict.fromkeys(("0", "n", "no", "false"), False),
}


@dataclass(frozen=True, slots=True)
class Labelled:
    """Declarations to learn from or to judge on, earliest first, without the history before each.

    Attributes:
        examples: some perhaps without a finding or none: nobody looked.
        identities: of the lines of each, the combination that makes them a repeat.
        keys: of the lines of each, the combination that says whether goods were seen before.
    """

    examples: tuple[Example, ...]
    identities: tuple[tuple[Key, ...], ...]
    keys: tuple[tuple[Key, ...], ...]

    def __len__(self) -> int:
        """Return how many declarations there are."""
        return len(self.examples)


def read_examples(paths: Iterable[Path], columns: Columns, *, label: str = "") -> list[Example]:
    """Read files of labelled declarations, earliest first, each with the history before it.

    Args:
        paths: CSV files in UTF-8.
        columns: which column is what.
        label: the column of findings, whatever its case, if not that of the mapping.

    Raises:
        ProblemError: RSK-061 a file cannot be read, RSK-063 a column is missing; a cell holds
            RSK-064 no number, RSK-065 no day, RSK-070 neither yes nor no, where one is needed.

    Cost: 5 s for 37,000 rows.
    """
    return list(with_history(map(_example, _declared(paths, columns, label, ()))))


def read_labelled(
    paths: Sequence[Path], columns: Columns, *, label: str = "", unseen_by: Sequence[str] = ()
) -> Labelled:
    """Read files of labelled declarations to learn from or to judge on.

    Args:
        paths: CSV files in UTF-8.
        columns: which column is what.
        label: the column of findings, whatever its case, if not that of the mapping.
        unseen_by: columns whose combination says that goods were seen before; without, those of
            `IDENTITY` that the mapping names.

    Raises:
        ProblemError: as `read_examples`; RSK-066 all that was looked at ended alike.
    """
    rows = _declared(paths, columns, label, tuple(unseen_by))
    looked = [row.found for row in rows if row.found is not None]
    if not 0 < sum(looked) < len(looked):
        files = ", ".join(map(str, paths))
        raise problems.ONE_OUTCOME.error(files=files, rows=len(looked), found=sum(looked))
    return Labelled(
        examples=tuple(map(_example, rows)),
        identities=tuple(tuple(row.identities) for row in rows),
        keys=tuple(tuple(row.keys) for row in rows),
    )


@dataclass(slots=True)
class _Row:
    """What a row of a file says, its lines still to be joined by those of the same number."""

    day: date
    number: object
    head: dict[str, Any]
    lines: list[dict[str, Any]]
    found: bool | None
    known: date | None
    identities: list[Key]
    keys: list[Key]

    def join(self, other: "_Row") -> None:
        """Add the lines of another row; the declaration is at fault if one of its lines is."""
        self.lines += other.lines
        self.identities += other.identities
        self.keys += other.keys
        if other.found is not None and other.known is not None:
            self.found = bool(self.found) or other.found
            self.known = max(self.known or other.known, other.known)


def _day(row: _Row) -> date:
    return row.day


def _declared(paths: Iterable[Path], columns: Columns, label: str, keys: Key) -> list[_Row]:
    """Return a row a declaration, earliest first."""
    found: dict[object, _Row] = {}
    for path in paths:
        try:
            for row in _rows(path, columns, label or columns.label, keys):
                first = found.setdefault(row.number, row)
                if first is not row:
                    first.join(row)
        except (UnicodeDecodeError, csv.Error, csv_text.BoundPassedError, OSError) as error:
            told = reason(error, str(path))
            raise problems.ROWS_UNREADABLE.error(file=path, reason=told) from error
    return sorted(found.values(), key=_day)


def _rows(path: Path, columns: Columns, label: str, keys: Key) -> Iterator[_Row]:
    with path.open("rb") as file:
        reader = (cells for _line, cells in csv_text.csv_rows(file, _BOUNDS))
        names = next(reader, [])
        if twice := csv_text.doubled(names):
            raise problems.ROWS_UNREADABLE.error(file=path, reason=f"{', '.join(twice)}: ×2")
        chosen = next((one for one in names if one.lower() == label.lower()), "")
        wanted = {columns.day, *columns.facts.values(), columns.known, columns.number, *keys} - {""}
        missing = sorted(wanted - set(names)) + ([] if chosen else [label])
        if missing:
            raise problems.COLUMNS_MISSING.error(file=path, columns=", ".join(missing))
        filled = (cells for cells in reader if cells)
        for place, cells in enumerate(filled, start=2):
            told = zip_longest(names, cells[: len(names)], fillvalue="")
            row = {name: cell.strip() for name, cell in told}
            yield _row(_Cells(path, place, row), columns, chosen, keys)


@dataclass(frozen=True, slots=True)
class _Cells:
    """The cells of one row, and where it stands."""

    path: Path
    number: int
    row: Mapping[str, str]

    def day(self, column: str) -> date:
        try:
            return written_day(self.row[column])
        except ValueError as error:
            raise problems.NOT_A_DAY.error(**self._at(column)) from error

    def found(self, column: str) -> bool | None:
        text = self.row[column].lower()
        if not text:
            return None
        return _FLAGS[text] if text in _FLAGS else self._number(column) > 0

    def fact(self, member: str, column: str, percent: bool) -> Any:
        text, type_ = self.row[column], FACTS[member]
        if not text:
            return () if type_ == tuple[str, ...] else None
        if type_ == Decimal | None:
            number = self._number(column)
            return number / _HUNDRED if percent else number
        if type_ == int | None:
            number = self._number(column)
            if number != number.to_integral_value():
                raise problems.NOT_A_NUMBER.error(**self._at(column))
            return int(number)
        if type_ == tuple[str, ...]:
            return tuple(text.split())
        if type_ == bool | None:
            if text.lower() not in _FLAGS:
                raise problems.NOT_A_FLAG.error(**self._at(column))
            return _FLAGS[text.lower()]
        return text

    def all(self, columns: Iterable[str]) -> Key:
        return tuple(self.row[column] for column in columns)

    def _number(self, column: str) -> Decimal:
        text = self.row[column]
        if not _NUMBER.fullmatch(text):
            raise problems.NOT_A_NUMBER.error(**self._at(column))
        return Decimal(text)

    def _at(self, column: str) -> dict[str, object]:
        told = self.row[column]
        return {"file": self.path, "row": self.number, "column": column, "value": told}


def _row(cells: _Cells, columns: Columns, label: str, keys: Key) -> _Row:
    day = cells.day(columns.day)
    head: dict[str, Any] = {}
    line: dict[str, Any] = {}
    for member, column in columns.facts.items():
        fact = cells.fact(member, column, member in columns.percent)
        if member.startswith("line."):
            line[member.removeprefix("line.")] = fact
        else:
            head[member] = fact
    found = cells.found(label)
    known = None
    if found is not None:
        told = columns.known and cells.row[columns.known]
        known = cells.day(columns.known) if told else day
    number = cells.row[columns.number] if columns.number else (cells.path, cells.number)
    identity = cells.all(columns.facts[one] for one in IDENTITY if one in columns.facts)
    key = cells.all(keys) if keys else identity
    return _Row(day, number, head, [line], found, known, [identity], [key])


def _example(row: _Row) -> Example:
    head = Facts(**row.head)
    lines = tuple(_line(line, place, head) for place, line in enumerate(row.lines, start=1))
    value = sum((line.value for line in lines if line.value is not None), Decimal(0))
    owed = sum((_duty(line) for line in lines), Decimal(0))
    payable = owed.quantize(_CENT) if head.payable is None else head.payable
    masses = [line.net_kg for line in lines if line.net_kg is not None]
    net = sum(masses, Decimal(0)) if head.net_kg is None and masses else head.net_kg
    route = f"{head.departure}>{head.goods}" if head.departure and head.goods else head.route
    same = head.declarant == head.trader if head.declarant and head.trader else None
    facts = replace(
        head,
        route=route,
        net_kg=net,
        self_declared=same if head.self_declared is None else head.self_declared,
        total_value=value if head.total_value is None else head.total_value,
        payable=payable,
        duty_share=(payable / value).quantize(_SHARE) if value else None,
        net_share=(net / head.gross_kg).quantize(_SHARE) if net and head.gross_kg else None,
        value_per_package=(value / head.packages).quantize(_CENT) if head.packages else None,
        line_count=len(lines),
        lines=lines,
    )
    return Example(row.day, facts, row.found, row.known, payable)


def _line(told: Mapping[str, Any], place: int, head: Facts) -> LineFacts:
    line = LineFacts(**told)
    value, kg, quantity = line.value, line.net_kg, line.quantity
    commodity = line.commodity
    return replace(
        line,
        number=line.number or place,
        commodity=commodity.zfill(HEADING) if commodity else None,
        value_per_kg=(value / kg).quantize(_CENT) if kg and value is not None else None,
        value_per_unit=(
            (value / quantity).quantize(_CENT) if quantity and value is not None else None
        ),
        origin_differs=(line.origin != head.dispatch if line.origin and head.dispatch else None),
    )


def _duty(line: LineFacts) -> Decimal:
    return (line.value or Decimal(0)) * (line.rate or Decimal(0))
