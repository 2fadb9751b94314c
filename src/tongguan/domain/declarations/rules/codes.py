"""Codes have to stand in their list on the day. Source: the code tables of GACC."""

from collections.abc import Callable, Sequence
from datetime import date
from operator import attrgetter
from typing import Final

from tongguan.domain.declarations import problems
from tongguan.domain.declarations.rules.fields import (
    CONTAINER_SIZE,
    DOCUMENT_KIND,
    HEADER,
    LINE,
    PERMIT_KIND,
    PERMIT_UNIT,
    TABLES,
    Field,
)
from tongguan.domain.declarations.rules.lists import Codes, Lists
from tongguan.domain.declarations.values import Line, Quantity, Submission
from tongguan.domain.reference.values import Snapshot
from tongguan.kernel.problems import Fault

# fmt: off
_HEADER_CODES: Final = (
    ("transport.mode", TABLES["transport_modes"]),
    ("place.port", TABLES["domestic_ports"]),
    ("countries.trading", TABLES["countries"]),
    ("countries.dispatch", TABLES["countries"]),
    ("countries.destination", TABLES["countries"]),
    ("ports.departure", TABLES["foreign_ports"]),
    ("ports.call", TABLES["foreign_ports"]),
    ("terms", TABLES["delivery_terms"]),
    ("packages.kind", TABLES["packaging"]),
    ("regime.supervision", TABLES["supervision_modes"]),
    ("regime.levy", TABLES["levy_natures"]),
    ("invoice.currency", TABLES["currencies"]),
)
_LINE_CODES: Final = (
    ("quantity.unit", TABLES["units"]),
    ("first.unit", TABLES["units"]),
    ("second.unit", TABLES["units"]),
    ("currency", TABLES["currencies"]),
    ("origin", TABLES["countries"]),
    ("destination", TABLES["countries"]),
    ("region", TABLES["domestic_regions"]),
    ("levy_mode", TABLES["levy_modes"]),
)
# fmt: on


class Coded:
    """Fields that hold codes, each with its table, read in one step."""

    __slots__ = ("_fields", "_get", "_names")

    def __init__(self, fields: Sequence[tuple[Field, Field]]) -> None:
        """Take at least two fields."""
        self._fields: Final = fields
        self._get: Final = attrgetter(*(field.path for field, _ in fields))
        self._names: Final = tuple(table.path for _, table in fields)

    def unknown(self, of: object, tables: dict[str, Codes]) -> list[tuple[Field, Field, str]]:
        """Return the fields whose code is not in its table, with the code."""
        codes = self._get(of)
        for code, name in zip(codes, self._names, strict=True):
            if code not in tables[name]:
                break
        else:
            return []
        return [
            (field, table, code)
            for (field, table), code in zip(self._fields, codes, strict=True)
            if code not in tables[table.path]
        ]


_HEADER: Final = Coded([(HEADER[path], table) for path, table in _HEADER_CODES])
_LINE: Final = Coded([(LINE[path], table) for path, table in _LINE_CODES])


def check(
    submission: Submission, reference: Snapshot, lists: Lists, day: date, faults: list[Fault]
) -> None:
    """Tell every code that is not in its list on the day, with the new one for an old one."""
    tables = lists.tables
    found: list[tuple[str, Field, Field, str]] = [
        (field.pointer, field, table, code)
        for field, table, code in _HEADER.unknown(submission, tables)
    ]
    for index, line in enumerate(submission.lines):
        for field, table, code in _LINE.unknown(line, tables):
            found.append((field.on(index), field, table, code))
        if line.permits or line.documents:
            _papers(line, f"#/lines/{index}", tables, found)
    if submission.containers:
        sizes, table = tables["container_sizes"], TABLES["container_sizes"]
        for index, container in enumerate(submission.containers):
            if container.size not in sizes:
                at = f"#/containers/{index}/size"
                found.append((at, CONTAINER_SIZE, table, container.size or ""))
    _papers(submission, "#", tables, found)
    for at, field, table, code in found:
        faults.append(_fault(at, field, table, code, current=reference.codes.current, day=day))


def _papers(
    of: Submission | Line,
    at: str,
    tables: dict[str, Codes],
    found: list[tuple[str, Field, Field, str]],
) -> None:
    for name, kinds, field, table in (
        ("documents", [one.kind for one in of.documents], DOCUMENT_KIND, "attached_documents"),
        ("permits", [one.kind for one in of.permits], PERMIT_KIND, "permit_documents"),
    ):
        known = tables[table]
        for index, kind in enumerate(kinds):
            if kind not in known:
                place = f"{at}/{name}/{index}/kind"
                found.append((place, field, TABLES[table], kind or ""))
    for index, permit in enumerate(of.permits):
        if permit.quantity is None or permit.quantity == Quantity():
            continue
        unit = permit.quantity.unit or ""
        if not unit or unit not in tables["units"]:
            place = f"{at}/permits/{index}/quantity/unit"
            found.append((place, PERMIT_UNIT, TABLES["units"], unit))


def _fault(
    at: str,
    field: Field,
    table: Field,
    code: str,
    *,
    current: Callable[[str, str, date], str | None],
    day: date,
) -> Fault:
    new = current(table.path, code, day)
    if new is not None:
        return problems.OLD_CODE.at(at, field=field, code=code, table=table, new=new)
    return problems.UNKNOWN_CODE.at(at, field=field, code=code, table=table, day=day)
