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
    Field,
)
from tongguan.domain.declarations.rules.lists import Codes, Lists
from tongguan.domain.declarations.values import Submission
from tongguan.kernel.problems import Fault
from tongguan.kernel.text import Term, _


class Table(Term):
    """The code lists, by the words people know them under."""

    ATTACHED_DOCUMENTS = "attached_documents", _("attached documents")
    CONTAINER_SIZES = "container_sizes", _("container sizes")
    COUNTRIES = "countries", _("countries")
    CURRENCIES = "currencies", _("currencies")
    DELIVERY_TERMS = "delivery_terms", _("terms of delivery")
    DOMESTIC_PORTS = "domestic_ports", _("domestic ports")
    DOMESTIC_REGIONS = "domestic_regions", _("domestic regions")
    FOREIGN_PORTS = "foreign_ports", _("foreign ports")
    LEVY_MODES = "levy_modes", _("levy modes")
    LEVY_NATURES = "levy_natures", _("natures of levy")
    PACKAGING = "packaging", _("packaging")
    PERMIT_DOCUMENTS = "permit_documents", _("permit documents")
    SUPERVISION_MODES = "supervision_modes", _("supervision modes")
    TRANSPORT_MODES = "transport_modes", _("transport modes")
    UNITS = "units", _("units")


# fmt: off
_HEADER_CODES: Final = (
    ("transport.mode", Table.TRANSPORT_MODES),
    ("place.port", Table.DOMESTIC_PORTS),
    ("countries.trading", Table.COUNTRIES),
    ("countries.dispatch", Table.COUNTRIES),
    ("countries.destination", Table.COUNTRIES),
    ("ports.departure", Table.FOREIGN_PORTS),
    ("ports.call", Table.FOREIGN_PORTS),
    ("terms", Table.DELIVERY_TERMS),
    ("packages.kind", Table.PACKAGING),
    ("regime.supervision", Table.SUPERVISION_MODES),
    ("regime.levy", Table.LEVY_NATURES),
    ("invoice.currency", Table.CURRENCIES),
)
_LINE_CODES: Final = (
    ("quantity.unit", Table.UNITS),
    ("first.unit", Table.UNITS),
    ("second.unit", Table.UNITS),
    ("currency", Table.CURRENCIES),
    ("origin", Table.COUNTRIES),
    ("destination", Table.COUNTRIES),
    ("region", Table.DOMESTIC_REGIONS),
    ("levy_mode", Table.LEVY_MODES),
)
# fmt: on


class Coded:
    """Fields that hold codes, each with its table, read in one step."""

    __slots__ = ("_fields", "_get", "_names")

    def __init__(self, fields: Sequence[tuple[Field, Table]]) -> None:
        """Take at least two fields."""
        self._fields: Final = fields
        self._get: Final = attrgetter(*(field.path for field, _ in fields))
        self._names: Final = tuple(table.value for _, table in fields)

    def unknown(self, of: object, tables: dict[str, Codes]) -> list[tuple[Field, Table, str]]:
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
            if code not in tables[table.value]
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
    known, table = tables["attached_documents"], Table.ATTACHED_DOCUMENTS
    for index, document in enumerate(submission.documents):
        if document.kind not in known:
            at, code = f"#/documents/{index}/kind", document.kind
            field = DOCUMENT_KIND
            faults.append(
                problems.UNKNOWN_CODE.at(at, field=field, code=code, table=table, day=day)
            )
    known, table = tables["permit_documents"], Table.PERMIT_DOCUMENTS
    for index, permit in enumerate(submission.permits):
        if permit.kind not in known:
            at, code = f"#/permits/{index}/kind", permit.kind
            faults.append(
                problems.UNKNOWN_CODE.at(at, field=PERMIT_KIND, code=code, table=table, day=day)
            )
