"""Names beside the codes that conditions test, and the fields by group."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from django.utils.translation import gettext, pgettext

from tongguan.domain.declarations.values import Flow, Mode
from tongguan.domain.parties.queries import known
from tongguan.domain.parties.values import CreditClass
from tongguan.domain.reference.queries import snapshot
from tongguan.domain.risk.fields import Field, Scope
from tongguan.interfaces.pages.shapes import Coded
from tongguan.kernel.identifiers import (
    BILL,
    COMMODITY,
    CONTAINER,
    CURRENCY,
    ENTERPRISE,
    LICENCE,
    MEASURE,
    SITE,
)
from tongguan.kernel.text import _

LONGEST: Final = 10
_OFFICES: Final = frozenset(
    {Field.DECLARED, Field.GOODS, Field.PAYMENT, Field.INSPECTION, Field.TRADER_OFFICE}
)
_ENTERPRISES: Final = frozenset({Field.TRADER, Field.DECLARANT})
_CREDITS: Final = frozenset({Field.CREDIT, Field.DECLARANT_CLASS})
_TABLES: Final[Mapping[Field, str]] = {
    Field.PORT: "domestic_ports",
    Field.TRANSPORT: "transport_modes",
    Field.TERMS: "delivery_terms",
    Field.SUPERVISION: "supervision_modes",
    Field.LEVY: "levy_natures",
    Field.TRADING: "countries",
    Field.DISPATCH: "countries",
    Field.DESTINATION: "countries",
    Field.DEPARTURE: "foreign_ports",
    Field.CALL: "foreign_ports",
    Field.PACKAGE_KIND: "packaging",
    Field.DOCUMENTS: "attached_documents",
    Field.PERMITS: "permit_documents",
    Field.ORIGIN: "countries",
    Field.TO: "countries",
    Field.UNIT: "units",
    Field.CURRENCY: "currencies",
    Field.LEVY_MODE: "levy_modes",
    Field.LINE_PERMITS: "permit_documents",
}
_WORDS: Final[Mapping[Field, Mapping[str, str]]] = {
    Field.FLOW: {Flow.IMPORT.value: _("import"), Flow.EXPORT.value: _("export")},
    Field.MODE: {
        Mode.PORT.value: _("Port clearance"),
        Mode.TRANSIT.value: _("Transit"),
        Mode.LOCAL_DECLARED.value: _("Declared locally, released at the port"),
        Mode.LOCAL_RELEASED.value: _("Declared and released locally"),
        Mode.REGIONAL.value: _("Regional integration"),
    },
}
_MONEY: Final = frozenset(
    {Field.TOTAL_VALUE, Field.PAYABLE, Field.DUTY_SHARE, Field.NET_SHARE, Field.PACKAGE_VALUE}
)
_GROUPS: Final = (
    (_("Goods, line by line"), Field.COMMODITY, None),
    (_("Parties"), Field.TRADER, Field.OVERSEAS),
    (_("What happened before"), Field.FIRST_TRADER, Field.FINDINGS),
    (_("Value and duty"), Field.TOTAL_VALUE, Field.PACKAGE_VALUE),
    (_("Way, offices and places"), Field.FLOW, Field.BILL),
    (_("Declaration as a whole"), Field.TERMS, Field.REMARKS),
)
"""Groups of neighbouring fields, each from one to another; the first one holds all of lines."""


def grouped() -> list[tuple[str, list[Field]]]:
    """Return the fields by group, in the order that lists offer them."""
    fields = list(Field)
    found = []
    for words, first, last in _GROUPS:
        end = len(fields) if last is None else fields.index(last) + 1
        found.append((words, [*fields[fields.index(first) : end]]))
    found[3][1].append(Field.LINE_COUNT)
    return found


def coded(field: Field, codes: Sequence[str], day: date) -> list[Coded]:
    """Return the operands of a condition with their names, where there are any."""
    if field in _ENTERPRISES:
        firms = known(codes, day).answer()
        return [
            Coded(code, firms[code].name_zh, firms[code].name_en) if code in firms else Coded(code)
            for code in codes
        ]
    return [_coded(field, code, day) for code in codes]


_KINDS: Final = {
    Field.TRADER: ENTERPRISE,
    Field.OWNER: ENTERPRISE,
    Field.DECLARANT: ENTERPRISE,
    Field.SITE: SITE,
    Field.BILL: BILL,
    Field.RECORD: LICENCE,
    Field.CONTAINERS: CONTAINER,
    Field.COMMODITY: COMMODITY,
    Field.CURRENCY: CURRENCY,
    Field.UNIT: MEASURE,
}
"""Fields whose operands are identifiers."""


def resolved(field: Field, typed: str, day: date) -> str:
    """Return the code of what was typed: a code, or a name in either language."""
    wanted = typed.strip()
    folded = wanted.casefold()
    for code, *others in _choices(field, day):
        if folded in {code.casefold(), *(one.casefold() for one in others if one)}:
            return code
    return wanted


def spelled(field: Field, code: str) -> str:
    """Return an operand in the one spelling that declarations are compared in."""
    return _KINDS[field].plain(code) if field in _KINDS else code


def _coded(field: Field, code: str, day: date) -> Coded:
    law = snapshot()
    if field in _OFFICES:
        office = law.region.office(code, day)
        return Coded(code, office.name_zh, office.name_en) if office else Coded(code)
    if field is Field.SITE:
        site = law.region.site(code)
        return Coded(code, site.name_zh, site.name_en) if site else Coded(code)
    if field is Field.DISTRICTS:
        district = law.region.district(code, day)
        return Coded(code, district.name_zh, district.name_en) if district else Coded(code)
    if field is Field.COMMODITY:
        line = law.tariff.line(code, day) if len(code) == LONGEST else None
        return Coded(code, line.name, line.name_en) if line else Coded(code)
    if field in _TABLES:
        row = law.codes.row(_TABLES[field], code, day)
        return Coded(code, row.name_zh, row.name_en) if row else Coded(code)
    return Coded(code, *_worded(field, code))


def _worded(field: Field, code: str) -> tuple[str, str]:
    """Return a code in words of the reader's language, as the one name it has."""
    if field in _CREDITS:
        found = next((one for one in CreditClass if one.value == code), None)
        words = "" if found is None else gettext(found.label)
    else:
        known_words = _WORDS.get(field, {}).get(code, "")
        words = gettext(known_words) if known_words else ""
    return "", words


def _choices(field: Field, day: date) -> list[tuple[str, ...]]:
    law = snapshot()
    if field in _OFFICES:
        return [(row.code, row.name_zh, row.name_en) for row in law.region.offices(day)]
    if field is Field.SITE:
        return [(row.code, row.name_zh, row.name_en) for row in law.region.sites(day)]
    if field is Field.DISTRICTS:
        return [(row.code, row.name_zh, row.name_en) for row in law.region.districts]
    if field in _CREDITS:
        return [(one.value, gettext(one.label)) for one in CreditClass]
    if field in _TABLES:
        rows = law.codes.rows(_TABLES[field], day)
        return [(row.code, row.name_zh, row.name_en) for row in rows]
    return [(code, gettext(words)) for code, words in _WORDS.get(field, {}).items()]


def choices(field: Field, day: date) -> list[Coded]:
    """Return the codes of a short list to choose from, with their names; none for others."""
    rows = _choices(field, day)
    if field in _CREDITS or field in _WORDS:
        return [Coded(row[0], "", row[1]) for row in rows]
    return [Coded(*row) for row in rows]


def of_line(field: Field) -> str:
    """Return the words of a field; those of lines say so."""
    words = gettext(field.label)
    if field.scope is Scope.LINE:
        return pgettext("a field of a line", "line: {field}").format(field=words)
    return words
