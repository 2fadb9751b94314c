"""What a model learns from: declarations as facts, in time order, with what was found and when."""

import csv
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from heapq import heappop, heappush
from pathlib import Path
from typing import Any, Final

from msgspec.structs import fields, replace

from tongguan.domain.risk.facts import Facts, LineFacts
from tongguan.domain.risk.rules.replay import Replay, placed
from tongguan.domain.risk.rules.sightings import HEADING

_CENT: Final = Decimal("0.01")
_SHARE: Final = Decimal("0.0001")
_HUNDRED: Final = Decimal(100)
_FLAGS: Final = {
    **dict.fromkeys(("1", "y", "yes", "true"), True),
    **dict.fromkeys(("0", "n", "no", "false"), False),
}


class ExamplesError(ValueError):
    """A file that cannot be used; says which row or column, and why."""


@dataclass(frozen=True, slots=True)
class Example:
    """One declaration as it was accepted, and what came of it.

    Attributes:
        day: local day of acceptance.
        facts: as they stood then.
        found: whether a treatment found something; None where nobody looked.
        known: day on which that came in; a later day may use it. None as `found` is.
        revenue: duty and taxes at stake, in CNY.
    """

    day: date
    facts: Facts
    found: bool | None
    known: date | None
    revenue: Decimal


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column of a file is what.

    Attributes:
        day: column of the day of acceptance, ISO 8601.
        label: column of the finding; empty where nobody looked.
        known: column of the day on which the finding came in; without, the day of acceptance.
        number: column that rows of one declaration share; without, a row is a declaration.
        facts: column by member of the facts; those of lines begin with `line.`.
        percent: members that the file states in per cent, and the facts as shares of 1.
    """

    day: str
    label: str
    facts: Mapping[str, str]
    known: str = ""
    number: str = ""
    percent: frozenset[str] = frozenset({"line.rate"})


# fmt: off
_SHORT: Final = {
    "goods": "line.commodity", "origin": "line.origin", "departure": "dispatch",
    "rate": "line.rate", "tax": "line.preference", "mass": "line.net_kg", "price": "line.value",
    "importer": "trader", "seller": "overseas", "office": "declared",
}
"""Names that a mapping may use in place of a member of the facts."""
KCS: Final = Columns(
    day="Date",
    label="Fraud",
    facts={
        "line.commodity": "HS6 Code", "line.origin": "Country of Origin", "line.rate": "Tax Rate",
        "line.preference": "Tax Type", "line.net_kg": "Net Mass", "line.value": "Item Price",
        "line.use": "Import Use", "dispatch": "Country of Departure", "declared": "Office ID",
        "kind": "Process Type", "supervision": "Import Type", "levy": "Payment Type",
        "transport": "Mode of Transport", "declarant": "Declarant ID", "trader": "Importer ID",
        "overseas": "Seller ID", "vessel": "Courier ID",
    },
)
"""The public synthetic set of the Korea Customs Service."""
# fmt: on

_HEAD_TYPES: Final = {one.name: one.type for one in fields(Facts)}
_LINE_TYPES: Final = {f"line.{one.name}": one.type for one in fields(LineFacts)}
_TYPES: Final[Mapping[str, Any]] = _HEAD_TYPES | _LINE_TYPES
# Worked out from the others, or from what came before: a file cannot state them.
_GIVEN: Final = frozenset({"format", "lines", "line_count"})


def read_columns(name: str) -> Columns:
    """Return the mapping `kcs`, or the one that a TOML file writes.

    The file names a column a line: `date` and `label`, perhaps `known` and `number`, and members
    of the facts, `trader = "Importer"` or `"line.use" = "Use"`; `percent = ["line.rate"]`.

    Raises:
        ExamplesError: a name is missing, or not that of a fact.
    """
    if name == "kcs":
        return KCS
    told = tomllib.loads(Path(name).read_text())
    try:
        day, label = told.pop("date"), told.pop("label")
    except KeyError as error:
        raise ExamplesError(f"{name}: no {error}") from error
    known, number = told.pop("known", ""), told.pop("number", "")
    percent = frozenset(told.pop("percent", ("line.rate",)))
    members = {_SHORT.get(key, key): column for key, column in told.items()}
    wrong = sorted(key for key in members if key not in _TYPES or key in _GIVEN)
    if wrong:
        raise ExamplesError(f"{name}: no fact is called {', '.join(wrong)}")
    return Columns(day, label, members, known, number, percent)


def read_examples(paths: Iterable[Path], columns: Columns, *, label: str = "") -> list[Example]:
    """Read files of labelled declarations, earliest first, each with the history before it.

    Args:
        paths: CSV files in UTF-8.
        columns: which column is what.
        label: the column of findings, whatever its case, if not that of the mapping.

    Raises:
        ExamplesError: a column is missing, or a row holds no day or number where one is needed.

    Cost: 5 s for 37,000 rows.
    """
    found: dict[object, _Row] = {}
    for path in paths:
        for row in _rows(path, columns, label or columns.label):
            first = found.setdefault(row.number, row)
            if first is not row:
                first.join(row)
    return list(with_history(_example(row) for row in sorted(found.values(), key=_day)))


def with_history(examples: Iterable[Example]) -> Iterator[Example]:
    """Yield examples, which come in order of their days, with the history before each."""
    replay = Replay()
    waiting: list[tuple[date, str]] = []
    for one in examples:
        while waiting and waiting[0][0] < one.day:
            replay.found(*heappop(waiting))
        facts = placed(one.facts, replay.history(one.day))
        replay.add(one.day, facts)
        if one.found and one.known is not None:
            heappush(waiting, (one.known, one.facts.trader or ""))
        yield Example(one.day, facts, one.found, one.known, one.revenue)


@dataclass(slots=True)
class _Row:
    """What a row of a file says, its lines still to be joined by those of the same number."""

    day: date
    number: object
    head: dict[str, Any]
    lines: list[dict[str, Any]]
    found: bool | None
    known: date | None

    def join(self, other: "_Row") -> None:
        """Add the lines of another row; the declaration is at fault if one of its lines is."""
        self.lines += other.lines
        if other.found is not None and other.known is not None:
            self.found = bool(self.found) or other.found
            self.known = max(self.known or other.known, other.known)


def _day(row: _Row) -> date:
    return row.day


def _rows(path: Path, columns: Columns, label: str) -> Iterator[_Row]:
    with path.open(encoding="utf-8-sig", newline="") as text:
        reader = csv.DictReader(text)
        names = reader.fieldnames or ()
        chosen = next((one for one in names if one.lower() == label.lower()), None)
        wanted = {columns.day, *columns.facts.values(), columns.known, columns.number} - {""}
        missing = sorted(wanted - set(names)) + ([] if chosen else [label])
        if missing:
            raise ExamplesError(f"{path}: no column {', '.join(missing)}")
        for place, row in enumerate(reader, start=2):
            try:
                yield _row(row, columns, str(chosen), (path, place))
            except (ValueError, LookupError, InvalidOperation) as error:
                raise ExamplesError(f"{path}, row {place}: {error}") from error


def _row(row: Mapping[str, str], columns: Columns, label: str, place: object) -> _Row:
    day = date.fromisoformat(row[columns.day][:10])
    head: dict[str, Any] = {}
    line: dict[str, Any] = {}
    for member, column in columns.facts.items():
        fact = _fact(row[column].strip(), _TYPES[member], member in columns.percent)
        if member.startswith("line."):
            line[member.removeprefix("line.")] = fact
        else:
            head[member] = fact
    found = float(row[label]) > 0 if row[label].strip() else None
    known = None
    if found is not None:
        told = row[columns.known].strip() if columns.known else ""
        known = date.fromisoformat(told[:10]) if told else day
    number = row[columns.number] if columns.number else place
    return _Row(day, number, head, [line], found, known)


def _fact(text: str, type_: Any, percent: bool) -> Any:
    if not text:
        return () if type_ == tuple[str, ...] else None
    if type_ == Decimal | None:
        number = Decimal(text)
        return number / _HUNDRED if percent else number
    if type_ == tuple[str, ...]:
        return tuple(text.split())
    if type_ == bool | None:
        return _FLAGS[text.lower()]
    return int(float(text)) if type_ == int | None else text


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
