"""What a cell says for a field: the value that people see in it, or why that is not known.

A spreadsheet keeps numbers as binary fractions of 15 digits and shows them through a number format:
a code that was typed as a number may have lost zeros or digits, a mass may be shown in tonnes.
Sources: ECMA-376 Part 1, 18.8.30 and 18.8.31 (number formats); IEEE 754 binary64.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from math import isfinite
from typing import Final

from tongguan.domain.cargo import problems
from tongguan.domain.cargo.rules.fields import Field, Take
from tongguan.domain.cargo.rules.worksheet import Cell, Kind
from tongguan.kernel.numbers import typed_number
from tongguan.kernel.problems import Problem
from tongguan.kernel.text import Phrase, _

DIGITS: Final = 15
"""So many digits of a number a spreadsheet keeps."""
_STORED: Final = re.compile(r"-?[0-9]{1,40}(?:\.[0-9]{1,40})?(?:[eE][+-]?[0-9]{1,3})?")
_ZEROS: Final = re.compile(r"0+")
_FRACTION: Final = re.compile(r"\.([#0?]*)")
_UNROUNDED: Final = frozenset({"general", "g/通用格式", "@"})
_AS_THEY_ARE: Final = frozenset({"general", "g/通用格式", "@", "#", "0"})
_PADDING: Final = re.compile(
    r"\[(?:red|black|blue|green|white|yellow|cyan|magenta|color ?[0-9]{1,2}|\$-[0-9a-f]{1,8})\]"
    r"|_.|\*.|\\ |\" *\"| ",
    re.IGNORECASE,
)
"""Colours, languages, blanks: what a format adds beside the number."""
_QUANTITY: Final = re.compile(
    r"[#0?]+(?:,[#0?]+)*(?:\.[#0?]+)?(?:\" ?(?:kg|千克|公斤)\")?", re.IGNORECASE
)
_BESIDE: Final = re.compile(r'"[^"]*"|\[(?!hh?\]|mm?\]|ss?\])[^\[\]]*\]', re.IGNORECASE)
"""Phrase, colours and conditions, but not the hours, minutes and seconds of a time that passed."""
_DATE: Final = re.compile(r"(?<![_\\])[dmhys]", re.IGNORECASE)
_HIDES: Final = re.compile(r"[^;]*;[^;]*;[^;]*;(?![^;]*@)[^;]*")
_ROUNDED: Final = re.compile(r"[0-9](?:[.,][0-9]+)?[eE]\+[0-9]{1,3}")
_ERRORS: Final = re.compile(
    r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA|#+)"
)
_WORDS: Final = {
    Kind.BOOLEAN: _("a truth value"),
    Kind.ERROR: _("an error"),
    Kind.DATE: _("a date or time"),
}
_QUANTITIES: Final = frozenset({Take.WHOLE, Take.MASS})

Refusal = tuple[Problem, dict[str, object]]


def read_cell(cell: Cell, field: Field) -> str | Decimal | Refusal:
    """Return what a cell says for a field, as JSON would have it, or its problem with its facts."""
    if cell.kind is Kind.TEXT:
        return _text(cell, field)
    if cell.kind is Kind.NUMBER:
        return _number(cell, field)
    if cell.kind is Kind.FORMULA:
        return problems.NO_VALUE, {}
    return problems.NOT_A_TEXT, {"field": field, "what": Phrase(_WORDS[cell.kind])}


def _number(cell: Cell, field: Field) -> str | Decimal | Refusal:
    if cell.format is None:
        return _shown_otherwise(cell, field)
    if _shows(cell.format).date:
        return problems.NOT_A_TEXT, {"field": field, "what": Phrase(_WORDS[Kind.DATE])}
    if not _STORED.fullmatch(cell.text) or not isfinite(float(cell.text)):
        facts = {"field": field, "value": cell.text[:40], "wanted": Phrase(field.wanted)}
        return problems.WRONG, facts
    # 0.1 + 0.2 is kept as 0.30000000000000004; its shortest form is what was typed.
    number = Decimal(f"{float(cell.text):.{DIGITS}g}")
    return (
        _quantity(cell, field, number) if field.take in _QUANTITIES else _code(cell, field, number)
    )


def _text(cell: Cell, field: Field) -> str | Decimal | Refusal:
    """Return a text as it stands; a number that was typed into a cell of text is read as one."""
    if cell.format is None or _shows(cell.format).other_text:
        return _shown_otherwise(cell, field)
    if _ERRORS.fullmatch(cell.text):
        return problems.NOT_A_TEXT, {"field": field, "what": Phrase(_WORDS[Kind.ERROR])}
    if field.take in _QUANTITIES:
        number = typed_number(cell.text)
        return cell.text if number is None else number
    if _ROUNDED.fullmatch(cell.text):
        return problems.KEPT_AS_NUMBER, {"field": field, "value": cell.text[:40]}
    return cell.text


def _code(cell: Cell, field: Field, number: Decimal) -> str | Refusal:
    """Return a whole number as a code, with the zeros that its format shows before it."""
    if number != number.to_integral_value() or not 0 <= number < Decimal(10) ** DIGITS:
        return problems.KEPT_AS_NUMBER, {"field": field, "value": cell.text[:40]}
    form = _shows(cell.format or "").shape
    if form.casefold() in _AS_THEY_ARE:
        return str(int(number))
    if _ZEROS.fullmatch(form) and len(form) <= field.most:
        return str(int(number)).zfill(len(form))
    return _shown_otherwise(cell, field)


def _quantity(cell: Cell, field: Field, number: Decimal) -> Decimal | Refusal:
    """Return a number whose format shows it as it is: not rounded, no per cent, no other unit."""
    form = _shows(cell.format or "").shape
    if form.casefold() in _UNROUNDED:
        return number
    if _QUANTITY.fullmatch(form):
        places = len(_FRACTION.findall(form)[0]) if "." in form else 0
        if number == round(number, places):
            return number
    return _shown_otherwise(cell, field)


@dataclass(frozen=True, slots=True)
class _Shows:
    """What a number format does.

    Attributes:
        shape: how it shows a number above zero, without what it adds beside it.
        date: whether it shows a number as a date or a time.
        other_text: whether it shows a text otherwise than it stands.
    """

    shape: str
    date: bool
    other_text: bool


@lru_cache(4096)
def _shows(code: str) -> _Shows:
    """Return what a format does; a workbook names a few, and its cells name them again and again.

    Cost: linear, and formats have 255 signs at the most.
    """
    first, whole = code.split(";", 1)[0], code.casefold()
    return _Shows(
        shape=_PADDING.sub("", first),
        date=_DATE.search(_BESIDE.sub("", first)) is not None,
        other_text=("@" in whole and whole != "@") or _HIDES.fullmatch(whole) is not None,
    )


def _shown_otherwise(cell: Cell, field: Field) -> Refusal:
    facts = {"field": field, "value": cell.text[:40], "form": (cell.format or "?")[:40]}
    return problems.SHOWN_OTHERWISE, facts
