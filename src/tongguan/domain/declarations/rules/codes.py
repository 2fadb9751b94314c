"""Codes have to stand in their list on the day. Source: the code tables of GACC."""

from collections.abc import Sequence
from datetime import date
from operator import attrgetter
from typing import Final

from tongguan.domain.declarations import problems
from tongguan.domain.declarations.rules.fields import (
    DOCUMENT_KIND,
    HEADER,
    LINE,
    PERMIT_KIND,
    TABLES,
    Field,
)
from tongguan.domain.declarations.rules.lists import Codes, Lists
from tongguan.domain.declarations.values import Submission
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


def check(submission: Submission, lists: Lists, day: date, faults: list[Fault]) -> None:
    """Tell every code that is not in its list on the day."""
    tables = lists.tables
    for field, table, code in _HEADER.unknown(submission, tables):
        at = field.pointer
        faults.append(problems.UNKNOWN_CODE.at(at, field=field, code=code, table=table, day=day))
    for index, line in enumerate(submission.lines):
        for field, table, code in _LINE.unknown(line, tables):
            at = field.on(index)
            fault = problems.UNKNOWN_CODE.at(at, field=field, code=code, table=table, day=day)
            faults.append(fault)
    if submission.documents or submission.permits:
        _papers(submission, tables, day, faults)


def _papers(
    submission: Submission, tables: dict[str, Codes], day: date, faults: list[Fault]
) -> None:
    known, table = tables["attached_documents"], TABLES["attached_documents"]
    for index, document in enumerate(submission.documents):
        if document.kind not in known:
            at, code = f"#/documents/{index}/kind", document.kind
            field = DOCUMENT_KIND
            faults.append(
                problems.UNKNOWN_CODE.at(at, field=field, code=code, table=table, day=day)
            )
    known, table = tables["permit_documents"], TABLES["permit_documents"]
    for index, permit in enumerate(submission.permits):
        if permit.kind not in known:
            at, code = f"#/permits/{index}/kind", permit.kind
            faults.append(
                problems.UNKNOWN_CODE.at(at, field=PERMIT_KIND, code=code, table=table, day=day)
            )
