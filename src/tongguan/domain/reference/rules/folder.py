"""Reading the files of a region pack; every fault is told with file, row and column."""

import csv
import re
import tomllib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from hashlib import sha256
from io import StringIO
from pathlib import Path
from typing import Any, Final, TypeVar

from tongguan.domain.reference import problems
from tongguan.domain.reference.rules.file_reasons import file_reason
from tongguan.domain.reference.rules.wanted import Wanted
from tongguan.kernel.csv_text import doubled
from tongguan.kernel.problems import Fault, Problem
from tongguan.kernel.time import Dated, Timeline

T = TypeVar("T", bound=Dated)
V = TypeVar("V")

DATED: Final = ("valid_from", "valid_until", "source")
SETTINGS: Final = "region.toml"
_PLAIN: Final = re.compile(r"-?[0-9]{1,30}(?:\.[0-9]{1,30})?|NaN|-?Infinity")
NAMES: Final = ("name_zh", "name_en")
LEAST_REPEATED: Final = 3
"""A shorter code, such as 1, may well stand in a name; a longer one does not."""


class Folder:
    """One pack while it is read: its files, and every fault so far.

    Attributes:
        faults: in the order they were met.
        read: files that were read, as paths below the pack.
    """

    def __init__(self, path: Path) -> None:
        """Take the folder; nothing is read yet."""
        self.path = path
        self.faults: list[Fault] = []
        self.read: set[str] = set()
        self._seal = sha256()

    @property
    def version(self) -> str:
        """Return the hash of all that was read."""
        return self._seal.hexdigest()[:16]

    def files(self, below: str) -> list[str]:
        """Return the tables in a folder of the pack, by name."""
        return [f"{below}/{path.name}" for path in sorted((self.path / below).glob("*.csv"))]

    def settings(self) -> dict[str, Any]:
        """Return what `region.toml` says."""
        text = self._text(SETTINGS, needed=True)
        try:
            return tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            self.note(problems.UNREADABLE, SETTINGS, file=SETTINGS, reason=file_reason(error))
            return {}

    def text(self, file: str) -> str:
        """Return a file that need not be there; nothing where it is not."""
        return self._text(file, needed=False)

    def table(
        self,
        file: str,
        columns: tuple[str, ...],
        make: Callable[["Row"], T],
        *,
        keys: int | Callable[["Row"], tuple[str, ...]] = 1,
        optional: Collection[str] = (),
        needed: bool = True,
    ) -> dict[tuple[str, ...], tuple[T, ...]]:
        """Return the sound rows of a table by their first `keys` columns, earliest first.

        Args:
            file: below the pack.
            columns: that have to be there, besides validity and source.
            make: makes what a row says; a row that meets a fault on the way is left out.
            keys: how many columns name one thing, or what returns its name; two rows of it may not
                be in force on one day.
            optional: further columns that may be there.
            needed: whether the file has to be there.
        """
        found: dict[tuple[str, ...], list[T]] = {}
        places: dict[int, int] = {}
        for row in self._rows(file, (*columns, *DATED), optional, needed=needed):
            before = len(self.faults)
            made = make(row)
            if len(self.faults) == before:
                if isinstance(keys, int):
                    key = tuple(row.words(column) for column in columns[:keys])
                else:
                    key = keys(row)
                found.setdefault(key, []).append(made)
                places[id(made)] = row.number
        return {key: self._in_order(file, key, rows, places) for key, rows in found.items()}

    def note(self, problem: Problem, place: str, **facts: object) -> None:
        """Keep a fault."""
        self.faults.append(problem.at(place, **facts))

    def _in_order(
        self, file: str, key: tuple[str, ...], rows: list[T], places: dict[int, int]
    ) -> tuple[T, ...]:
        kept: list[T] = []
        for row in sorted(rows, key=lambda row: row.valid_from):
            try:
                Timeline([*kept, row], gaps=True)
            except ValueError:
                number, name = places[id(row)], " ".join(key)
                at = f"{file}#{number}"
                day = row.valid_from
                self.note(problems.OVERLAP, at, file=file, row=number, key=name, day=day)
            else:
                kept.append(row)
        return tuple(kept)

    def _rows(
        self, file: str, columns: tuple[str, ...], optional: Collection[str], *, needed: bool
    ) -> Iterator["Row"]:
        text = self._text(file, needed=needed)
        if not text:
            return
        reader = csv.reader(StringIO(text, newline=""), strict=True)
        try:
            names = [name.strip() for name in next(reader)]
            if not self._named(file, names, columns, optional):
                return
            for cells in reader:
                if not any(cells):
                    continue
                number = reader.line_num
                if len(cells) != len(names):
                    facts = {
                        "file": file,
                        "row": number,
                        "cells": len(cells),
                        "columns": len(names),
                    }
                    self.note(problems.ROW_LENGTH, f"{file}#{number}", **facts)
                    continue
                yield Row(self, file, number, dict(zip(names, cells, strict=True)))
        except csv.Error as error:
            self.note(problems.UNREADABLE, file, file=file, reason=file_reason(error))

    def _named(
        self, file: str, names: list[str], columns: tuple[str, ...], optional: Collection[str]
    ) -> bool:
        """Return whether all columns are there; note what is missing, unknown or there twice."""
        missing = [name for name in columns if name not in names]
        for name in doubled(names):
            self.note(problems.UNREADABLE, file, file=file, reason=f"{name}: ×2")
        for name in missing:
            self.note(problems.COLUMN_MISSING, file, file=file, column=name)
        for name in names:
            if name not in columns and name not in optional:
                self.note(problems.COLUMN_UNKNOWN, file, file=file, column=name)
        return not missing

    def _text(self, file: str, *, needed: bool) -> str:
        path = self.path / file
        if not path.is_file():
            if needed:
                self.note(problems.FILE_MISSING, file, file=file)
            return ""
        self.read.add(file)
        data = path.read_bytes()
        self._seal.update(f"{file} {len(data)} ".encode())
        self._seal.update(data)
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            self.note(problems.UNREADABLE, file, file=file, reason=file_reason(error))
            return ""


class Row:
    """One row while it is read; a wrong value is noted, and something stands in for it."""

    def __init__(self, folder: Folder, file: str, number: int, cells: dict[str, str]) -> None:
        """Take the cells as they were read."""
        self._folder, self._file, self._cells = folder, file, cells
        self.number = number

    def words(self, column: str) -> str:
        """Return a cell's text; a column that is not there is empty."""
        return self._cells.get(column, "").strip()

    def needed(self, column: str) -> str:
        """Return a cell's text, which may not be empty."""
        words = self.words(column)
        if not words:
            self.note(problems.CELL_EMPTY, column=column)
        return words

    def names(self) -> tuple[str, str]:
        """Return both names; neither may be empty, nor repeat the code that it names."""
        code = self.words("code")
        if any(_repeats(self.words(column), code) for column in NAMES):
            self.note(problems.NAME_IS_CODE, code=code)
        return self.needed("name_zh"), self.needed("name_en")

    def split(self, column: str) -> tuple[str, ...]:
        """Return the words of a cell."""
        return tuple(self.words(column).split())

    def number_in(self, column: str, least: int, most: int) -> Decimal:
        """Return a cell's number, which has to lie between two others."""
        found = self._read(column, _number, Wanted.NUMBER)
        if found is None:
            return Decimal(least)
        if not (found.is_finite() and least <= found <= most):
            facts = {"value": self.words(column), "least": least, "most": most}
            self.note(problems.OUT_OF_RANGE, column=column, **facts)
        return found

    def share(self, column: str, *, below: int = 1) -> Decimal | None:
        """Return a rate as a share of 1, below a number, or None where the cell is empty."""
        if not self.words(column):
            return None
        found = self.number_in(column, 0, below)
        if found == below:
            self.note(problems.OUT_OF_RANGE, column=column, value=found, least=0, most=below)
        return found

    def yes(self, column: str) -> bool:
        """Return a cell that says yes or no."""
        return self.among(column, {"yes": True, "no": False}.__getitem__, Wanted.YES_NO) or False

    def among(self, column: str, known: Callable[[str], V], wanted: Wanted) -> V | None:
        """Return a cell's value of a closed list; `wanted` says what it may be."""
        return self._read(column, known, wanted)

    def all_among(self, column: str, known: Callable[[str], V], wanted: Wanted) -> frozenset[V]:
        """Return the values of a closed list that a cell's words name."""
        found = set()
        for word in self.split(column):
            try:
                found.add(known(word))
            except (ValueError, KeyError):
                self.note(problems.VALUE_WRONG, column=column, value=word, wanted=wanted)
        return frozenset(found)

    def dated(self) -> tuple[date, date | None, str]:
        """Return validity and source."""
        since = self._read("valid_from", date.fromisoformat, Wanted.DAY) or date.min
        until = None
        if self.words("valid_until"):
            until = self._read("valid_until", date.fromisoformat, Wanted.DAY)
            if until is not None and until <= since:
                self.note(problems.ENDS_FIRST, since=since, until=until)
        if not any(sign.isalpha() for sign in self.words("source")):
            self.note(problems.NO_SOURCE)
        return since, until, self.words("source")

    def belongs(self, words: str, known: Collection[str], other: str) -> None:
        """Note a code that another table of the pack does not have."""
        if words not in known:
            self.note(problems.UNKNOWN, value=words, other=other)

    def refers(
        self,
        words: str,
        known: Mapping[str, Sequence[Dated]],
        other: str,
        *,
        since: date = date.min,
    ) -> None:
        """Note a code that another table does not have, or not on some day of this row.

        Args:
            words: the code.
            known: the rows of the other table by code.
            other: its name.
            since: days before do not count.
        """
        self.belongs(words, known, other)
        if words not in known:
            return
        try:
            day = max(date.fromisoformat(self.words("valid_from")), since)
            until = date.fromisoformat(self.words("valid_until") or date.max.isoformat())
        except ValueError:
            return  # told where the row is dated
        for row in sorted(known[words], key=lambda row: row.valid_from):
            if row.valid_from <= day and (row.valid_until is None or day < row.valid_until):
                day = row.valid_until or date.max
        if day < until:
            self.note(problems.NOT_IN_FORCE, value=words, other=other, day=day)

    def note(self, problem: Problem, **facts: object) -> None:
        """Keep a fault of this row."""
        at = f"{self._file}#{self.number}"
        self._folder.note(problem, at, file=self._file, row=self.number, **facts)

    def _read(self, column: str, read: Callable[[str], V], wanted: Wanted) -> V | None:
        value = self.words(column)
        try:
            return read(value)
        except (ValueError, KeyError):
            self.note(problems.VALUE_WRONG, column=column, value=value, wanted=wanted)
            return None


def _number(words: str) -> Decimal:
    """Return a plain number, without exponent or separators; what is not finite is out of range.

    Raises:
        ValueError: it is none.
    """
    if not _PLAIN.fullmatch(words):
        raise ValueError(words)
    return Decimal(words)


def _repeats(name: str, code: str) -> bool:
    """Return whether a name is its code, or has a code with digits as one of its words.

    A code of letters may well be a word: LAO is Lao PDR.
    """
    if not code or name.casefold() == code.casefold():
        return bool(code)
    words = re.findall(r"[^\W_]+", name.casefold())
    return len(code) >= LEAST_REPEATED and not code.isalpha() and code.casefold() in words
