"""Labelled declarations as columns, in time order; a mapping says which column is what."""

import csv
import tomllib
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Names
from dataclasses import dataclass
from datetime import date
from math import isfinite
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from tongguan.domain.risk import problems
from tongguan.domain.risk.rules.learning.examples import KCS as COLUMNS
from tongguan.domain.risk.rules.learning.examples import Columns, ExamplesError, read_columns

Floats = npt.NDArray[np.float64]

_RATE: Final = "line.rate"
_WORDS: Final = {
    **dict.fromkeys(("y", "yes", "true"), 1.0),
    **dict.fromkeys(("n", "no", "false"), 0.0),
}


@dataclass(frozen=True, slots=True)
class Mapping:
    """Which column of a file is what; empty where the file does not hold it.

    Attributes:
        date: day of the declaration, ISO 8601.
        label: whether something was found; empty cells are rows that nobody looked at.
        goods: commodity code.
        origin: country of origin.
        departure: country of departure.
        rate: tax rate, in per cent where `percent`, or as a share of 1.
        tax: type of the tax.
        mass: net mass in kg.
        price: price of the line.
    """

    date: str
    label: str
    goods: str
    origin: str = ""
    departure: str = ""
    rate: str = ""
    tax: str = ""
    mass: str = ""
    price: str = ""
    percent: bool = True

    @property
    def identity(self) -> tuple[str, ...]:
        """Return the columns whose combination says that goods were seen before."""
        told = (self.goods, self.departure, self.origin, self.rate, self.tax, self.mass)
        return tuple(column for column in told if column)

    @property
    def used(self) -> tuple[str, ...]:
        """Return all columns that are read, but for the label."""
        return tuple(column for column in (*self.identity, self.date, self.price) if column)


def _mapping(columns: Columns) -> Mapping:
    facts = columns.facts
    return Mapping(
        date=columns.day,
        label=columns.label,
        goods=facts.get("line.commodity", ""),
        origin=facts.get("line.origin", ""),
        departure=facts.get("dispatch", ""),
        rate=facts.get(_RATE, ""),
        tax=facts.get("line.preference", ""),
        mass=facts.get("line.net_kg", ""),
        price=facts.get("line.value", ""),
        percent=_RATE in columns.percent,
    )


KCS: Final = _mapping(COLUMNS)
"""The public synthetic set of the Korea Customs Service."""


@dataclass(frozen=True)
class Rows:
    """Labelled rows, earliest first.

    Attributes:
        goods, origin, departure, rate, tax: codes as written; the rate in per cent.
        mass: kg. `label`: 1 where something was found. `revenue`: tax at stake in each row.
        identity: the combination of all these but label and revenue; the same again is a repeat.
        keys: the combination that says whether goods were seen before.
    """

    goods: tuple[str, ...]
    origin: tuple[str, ...]
    departure: tuple[str, ...]
    rate: tuple[str, ...]
    tax: tuple[str, ...]
    mass: Floats
    label: Floats
    revenue: Floats
    identity: tuple[tuple[str, ...], ...]
    keys: tuple[tuple[str, ...], ...]

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(self.goods)


def read_mapping(name: str) -> Mapping:
    """Return the mapping `kcs`, or the one that a TOML file writes.

    It is the file that `read_columns` reads; here it must name date, label and goods.

    Raises:
        ProblemError: RSK-062 it is no such file, or a name is missing or unknown.
    """
    try:
        columns = read_columns(name)
    except (ExamplesError, tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise problems.MAPPING_WRONG.error(mapping=name, reason=_reason(error, name)) from error
    named: dict[str, object] = {"date": columns.day, "label": columns.label, **columns.facts}
    if wrong := [key for key, column in named.items() if not isinstance(column, str)]:
        raise problems.MAPPING_WRONG.error(mapping=name, reason=", ".join(wrong))
    mapping = _mapping(columns)
    if missing := [key for key in ("date", "label", "goods") if not getattr(mapping, key)]:
        raise problems.MAPPING_WRONG.error(mapping=name, reason=", ".join(missing))
    return mapping


def read_rows(
    paths: Sequence[Path], mapping: Mapping, *, label: str = "", unseen_by: Sequence[str] = ()
) -> Rows:
    """Read files of labelled rows and put them in time order. Rows without a label are left out.

    Args:
        paths: CSV files in UTF-8.
        mapping: which column is what.
        label: the column of findings, whatever its case, if not that of the mapping.
        unseen_by: columns whose combination says that goods were seen before.

    Raises:
        ProblemError: RSK-061 a file cannot be read, RSK-063 a column is missing, RSK-064 a cell
            holds no number, RSK-065 or no day, RSK-066 the rows hold one outcome only.
    """
    keys = tuple(unseen_by) or mapping.identity
    found: list[_Row] = []
    for path in paths:
        try:
            found += _read(path, mapping, label or mapping.label, keys)
        except (UnicodeDecodeError, csv.Error, OSError) as error:
            reason = _reason(error, str(path))
            raise problems.ROWS_UNREADABLE.error(file=path, reason=reason) from error
    found.sort(key=_day)
    positive = sum(row.label > 0 for row in found)
    if not 0 < positive < len(found):
        files = ", ".join(str(path) for path in paths)
        raise problems.ONE_OUTCOME.error(files=files, rows=len(found), found=positive)
    return Rows(
        goods=tuple(row.goods for row in found),
        origin=tuple(row.origin for row in found),
        departure=tuple(row.departure for row in found),
        rate=tuple(row.rate for row in found),
        tax=tuple(row.tax for row in found),
        mass=np.array([row.mass for row in found]),
        label=np.array([row.label for row in found]),
        revenue=np.array([row.revenue for row in found]),
        identity=tuple(row.identity for row in found),
        keys=tuple(row.key for row in found),
    )


@dataclass(frozen=True, slots=True)
class _Row:
    day: date
    goods: str
    origin: str
    departure: str
    rate: str
    tax: str
    mass: float
    label: float
    revenue: float
    identity: tuple[str, ...]
    key: tuple[str, ...]


def _day(row: _Row) -> date:
    return row.day


def _read(path: Path, mapping: Mapping, label: str, keys: Sequence[str]) -> Iterator[_Row]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        columns = reader.fieldnames or ()
        chosen = next((one for one in columns if one.lower() == label.lower()), "")
        missing = sorted({*mapping.used, *keys} - set(columns)) + ([] if chosen else [label])
        if missing:
            raise problems.COLUMNS_MISSING.error(file=path, columns=", ".join(missing))
        for number, told in enumerate(reader, start=2):
            row = {name: (told[name] or "").strip() for name in columns}
            if row[chosen]:
                yield _row(_Cells(path, number, row), mapping, chosen, keys)


@dataclass(frozen=True, slots=True)
class _Cells:
    """The cells of one row, and where it stands. A column without a name is empty."""

    path: Path
    number: int
    row: Names[str, str]

    def text(self, column: str) -> str:
        return self.row[column] if column else ""

    def figure(self, column: str) -> float:
        text = self.text(column) or "0"
        try:
            figure = float(text)
        except ValueError:
            figure = _WORDS.get(text.lower(), float("nan"))
        if not isfinite(figure):
            raise problems.NOT_A_NUMBER.error(
                file=self.path, row=self.number, column=column, value=text
            )
        return figure

    def day(self, column: str) -> date:
        try:
            return date.fromisoformat(self.text(column)[:10])
        except ValueError as error:
            raise problems.NOT_A_DAY.error(
                file=self.path, row=self.number, column=column, value=self.text(column)
            ) from error


def _row(cells: _Cells, mapping: Mapping, label: str, keys: Sequence[str]) -> _Row:
    share = cells.figure(mapping.rate) / (100 if mapping.percent else 1)
    rate = cells.text(mapping.rate)
    return _Row(
        day=cells.day(mapping.date),
        goods=cells.text(mapping.goods).zfill(6),
        origin=cells.text(mapping.origin),
        departure=cells.text(mapping.departure),
        rate=rate if mapping.percent else str(round(share * 100, 4)),
        tax=cells.text(mapping.tax),
        mass=cells.figure(mapping.mass),
        label=float(cells.figure(label) > 0),
        revenue=cells.figure(mapping.price) * share,
        identity=tuple(cells.text(name) for name in mapping.identity),
        key=tuple(cells.text(name) for name in keys),
    )


def _reason(error: Exception, place: str) -> str:
    """Return what an error says, without the place it repeats."""
    told = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return told.removeprefix(f"{place}: ")
