"""One group of a message: its values by name, read with a word on what is wrong and where."""

import re
from abc import ABC, abstractmethod
from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import Final

from tongguan.interfaces.messages import problems
from tongguan.interfaces.messages.translation.tables import Table
from tongguan.kernel.problems import Fault, Faults, Problem
from tongguan.kernel.spelling import narrow
from tongguan.kernel.time import written_day

_DECIMAL: Final = re.compile(r"[-+]?[0-9]{1,19}(?:\.[0-9]{0,12})?")
_WHOLE: Final = re.compile(r"[0-9]{1,12}(?:\.0*)?")
_CENTS: Final = 2
_COUNT: Final = 9
_FLAGS: Final = {"0": False, "1": True}


class Notes:
    """What comes to light while reading: faults; and, where asked for, places.

    Attributes:
        faults: the first of them, and how many more there are.
        places: canonical path to place in the document.
        repeated: how many groups of elements stand behind another of their kind.
        most: how many of these are taken.
        foreign: whether a namespace that is not known was told: once is enough.
    """

    __slots__ = ("faults", "foreign", "most", "places", "repeated")

    def __init__(self, places: dict[str, str] | None = None, *, most: int = 0) -> None:
        """Collect faults, and places too where a dictionary for them is given."""
        self.faults = Faults()
        self.places = places
        self.foreign = False
        self.most = most
        self.repeated = 0

    def count_repeated(self) -> bool:
        """Count one more group that stands behind another; return whether that is too many."""
        self.repeated += 1
        return self.repeated > self.most

    def fault(self, problem: Problem, pointer: str, place: str, **facts: object) -> None:
        """Note a fault at a canonical path and at its place in the document."""
        self.faults.append(problem.at(pointer, place=place, **facts))

    def enough(self) -> bool:
        """Count one more refusal where as many are noted as are told; nobody asks for its place."""
        faults = self.faults
        if faults.more:
            faults.more += 1
            return True
        return self.places is not None  # who asks for places was told the faults before


def once(faults: Faults) -> tuple[Fault, ...]:
    """Return faults without those that were noted again at the same place."""
    seen: set[tuple[str, object]] = set()
    found = []
    for fault in faults.told():
        key = (fault.problem.code, fault.facts.get("place"))
        if key not in seen:
            found.append(fault)
        seen.add(key)
    return tuple(found)


class Block(ABC):
    """The values of one group by name. `base` is the canonical path of what is read from it."""

    __slots__ = ("base", "nested", "notes", "values")

    def __init__(self, values: dict[str, str], notes: Notes, base: str = "#/") -> None:
        """Take the values as they stand, blanks and all."""
        self.values = values
        self.notes = notes
        self.base = base
        self.nested: dict[str, str] | None = None

    @abstractmethod
    def place(self, name: str = "") -> str:
        """Return the place of the group, or of one of its values."""

    def stands(self, field: str, name: str = "") -> None:
        """Note that what is read into `field` stands here, where places are asked for."""
        places = self.notes.places
        if places is not None:
            places.setdefault((self.base + field).rstrip("/"), self.place(name))

    def fault(self, problem: Problem, name: str, field: str, **facts: object) -> None:
        """Note a fault of one value."""
        self.notes.fault(problem, self.base + field, self.place(name), name=name, **facts)

    def text(self, name: str, field: str) -> str | None:
        """Return words as they stand, without the blanks around them."""
        if self.notes.places is not None:
            self.stands(field, name)
        value = self.values.get(name)
        if not value or not (value := value.strip()):
            if self.nested and name in self.nested:
                self._refuse_nested(name, self.nested.pop(name), field)
            return None
        return value

    def code(self, name: str, field: str) -> str | None:
        """Return a code, full-width letters and digits made plain."""
        if self.notes.places is not None:
            self.stands(field, name)
        value = self.values.get(name)
        if not value or not (value := value.strip()):
            if self.nested and name in self.nested:
                self._refuse_nested(name, self.nested.pop(name), field)
            return None
        return value if value.isascii() else plain(value)

    def _refuse_nested(self, name: str, inner: str, field: str) -> None:
        """Note that an element stands where a value is read, so that no value is lost."""
        place = self.place(name)
        facts = {"name": inner, "within": place}
        self.notes.fault(problems.UNKNOWN_ELEMENT, self.base + field, place, **facts)

    def mark(self, name: str) -> str:
        """Return a mark to compare, plain and without blanks around it; "" where absent."""
        value = self.values.get(name)
        return plain(value) if value else ""

    def flag(self, name: str, field: str) -> bool | None:
        """Return a mark of 0 or 1; another one is a fault."""
        value = self.code(name, field)
        if value is None or value in _FLAGS:
            return None if value is None else _FLAGS[value]
        self.fault(problems.NOT_LISTED, name, field, value=value, allowed="0, 1")
        return None

    def number(self, name: str, field: str, *, money: bool = False) -> Decimal | None:
        """Return a decimal number; zeros at its end are dropped, of money behind the cents."""
        value = self.code(name, field)
        if value is None:
            return None
        if not _DECIMAL.fullmatch(value):
            self.fault(problems.NOT_A_NUMBER, name, field, value=value)
            return None
        return Decimal(trimmed(value, _CENTS if money else 0))

    def whole(self, name: str, field: str) -> int | None:
        """Return a whole number."""
        value = self.code(name, field)
        if value is None:
            return None
        if not _WHOLE.fullmatch(value):
            self.fault(problems.NOT_A_NUMBER, name, field, value=value)
            return None
        return int(value.partition(".")[0])

    def day(self, name: str, field: str) -> date | None:
        """Return a day, from `20200607`, `2020-06-07` or a moment, as it is in the law's zone."""
        value = self.code(name, field)
        if value is None:
            return None
        with suppress(ValueError):
            return written_day(value)
        self.fault(problems.NOT_A_DATE, name, field, value=value)
        return None

    def translated(self, name: str, field: str, table: Table) -> str | None:
        """Return our code for the sender's; none, or more than one, is a fault."""
        value = self.code(name, field)
        return None if value is None else self.counterpart(value, name, field, table)

    def counterpart(self, value: str, name: str, field: str, table: Table) -> str | None:
        """Return our code for a value of theirs; none, or more than one, is a fault."""
        found = table.ours.get(value)
        if found is not None:
            return found
        choices = table.doubtful.get(value)
        if choices:
            facts = {"value": value, "choices": ", ".join(choices)}
            self.fault(problems.SEVERAL_TRANSLATIONS, name, field, **facts)
        else:
            self.fault(problems.NO_TRANSLATION, name, field, value=value)
        return None


def counted(text: str) -> int | None:
    """Return a count as it stands in a document, None where it is none or absurdly long."""
    text = plain(text)
    return int(text) if text.isdecimal() and len(text) <= _COUNT else None


def plain(value: str) -> str:
    """Return a code with full-width signs made plain and no blanks around it."""
    return narrow(value).strip()


def trimmed(value: str, places: int) -> str:
    """Return a number without zeros at its end, but for so many places behind the point."""
    head, point, tail = value.partition(".")
    if not point:
        return value
    kept = tail.rstrip("0").ljust(min(places, len(tail)), "0")
    return f"{head}.{kept}" if kept else head
