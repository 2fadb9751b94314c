"""Codes with their names, as law and region have them on a day."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from tongguan.domain.declarations.values import Mode
from tongguan.domain.reference.queries import snapshot
from tongguan.interfaces.pages.shapes import Coded
from tongguan.kernel.text import _

MODES: Final = {
    Mode.PORT: _("Port clearance"),
    Mode.TRANSIT: _("Transit"),
    Mode.LOCAL_DECLARED: _("Declared locally, released at the port"),
    Mode.LOCAL_RELEASED: _("Declared and released locally"),
    Mode.REGIONAL: _("Regional integration"),
}
FLOWS: Final = {"import": _("Import"), "export": _("Export")}


def office(code: str, day: date) -> Coded:
    """Return a customs office; a code that nobody knows stands alone."""
    found = snapshot().region.office(code, day)
    return Coded(code) if found is None else Coded(code, found.name_zh, found.name_en)


def offices(codes: Iterable[str], day: date) -> Mapping[str, Coded]:
    """Return these offices by code."""
    return {code: office(code, day) for code in set(codes)}


def site(code: str) -> Coded | None:
    """Return a control site, as last known; None where none is named."""
    if not code:
        return None
    found = snapshot().region.site(code)
    return Coded(code) if found is None else Coded(code, found.name_zh, found.name_en)


def coded(table: str, code: str | None, day: date) -> Coded | None:
    """Return a code of a code list with its names; None where none is declared."""
    if not code:
        return None
    found = snapshot().codes.row(table, code, day)
    return Coded(code) if found is None else Coded(code, found.name_zh, found.name_en)


def commodity(code: str | None, day: date) -> Coded | None:
    """Return a commodity with its name in the tariff; None where none is declared."""
    if not code:
        return None
    found = snapshot().tariff.line(code, day)
    shown = dotted(code)
    return Coded(shown) if found is None else Coded(shown, found.name, found.name_en)


def dotted(code: str) -> str:
    """Return a ten-digit commodity code as people read it; others as they are.

    >>> dotted("8471300000")
    '8471.30.00.00'
    """
    if len(code) != 10 or not code.isdigit():
        return code
    return ".".join((code[:4], code[4:6], code[6:8], code[8:]))
