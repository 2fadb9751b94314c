"""Translation of codes between a channel's lists and ours, as of a day."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Final, Self

from tongguan.kernel.time import in_force

CHANNELS: Final = ("wco", "singlewindow")
_KEPT: Final = 64


@dataclass(frozen=True, slots=True)
class Row:
    """One code of a channel's list and our code for it, through a period."""

    channel: str
    list: str
    code: str
    ours: str
    valid_from: date
    valid_until: date | None
    source: str


@dataclass(frozen=True, slots=True)
class Table:
    """One list of a channel on a day.

    Attributes:
        ours: our code by theirs, where there is one.
        doubtful: our codes by theirs, where there are several.
        theirs: their code by ours, the first of the list where several mean the same.
    """

    ours: Mapping[str, str]
    doubtful: Mapping[str, tuple[str, ...]]
    theirs: Mapping[str, str]


_NONE: Final = Table({}, {}, {})


@dataclass(frozen=True, slots=True)
class Codes:
    """All lists of a channel on a day."""

    lists: Mapping[str, Table]

    def table(self, name: str) -> Table:
        """Return a list by name; an unknown one translates nothing."""
        return self.lists.get(name, _NONE)


class Translation:
    """The rows of all channels; `on` gives what holds on a day."""

    def __init__(self, rows: Iterable[Row]) -> None:
        """Take rows in the order in which codes are preferred on writing."""
        self._rows: Final = tuple(rows)
        self._on: dict[tuple[str, date], Codes] = {}

    @classmethod
    @lru_cache(maxsize=1)
    def shipped(cls) -> Self:
        """Return the tables that come with the product."""
        return cls(row for name in CHANNELS for row in _rows(name))

    def on(self, channel: str, day: date) -> Codes:
        """Return the lists of a channel on a day; kept, for a batch shares its day."""
        key = (channel, day)
        found = self._on.get(key)
        if found is None:
            if len(self._on) > _KEPT:
                self._on.clear()
            found = self._on[key] = self._codes(channel, day)
        return found

    def _codes(self, channel: str, day: date) -> Codes:
        lists: dict[str, list[Row]] = defaultdict(list)
        for row in self._rows:
            if row.channel == channel and in_force(row, day):
                lists[row.list].append(row)
        return Codes({name: _table(rows) for name, rows in lists.items()})


def _table(rows: list[Row]) -> Table:
    choices: dict[str, list[str]] = defaultdict(list)
    theirs: dict[str, str] = {}
    for row in rows:
        choices[row.code].append(row.ours)
        theirs.setdefault(row.ours, row.code)
    return Table(
        ours={code: ours[0] for code, ours in choices.items() if len(ours) == 1},
        doubtful={code: tuple(ours) for code, ours in choices.items() if len(ours) > 1},
        theirs=theirs,
    )


def _rows(channel: str) -> Iterable[Row]:
    path = files(__package__).joinpath(f"{channel}.csv")
    for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines()):
        yield Row(
            channel=channel,
            list=row["list"],
            code=row["code"],
            ours=row["ours"],
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_until=_day(row["valid_until"]),
            source=row["source"],
        )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
