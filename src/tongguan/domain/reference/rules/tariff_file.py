"""Reading a tariff in the official layout: every row is sound, or each cell at fault is told."""

import csv
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import takewhile
from typing import Final, NamedTuple
from unicodedata import category

from tongguan.domain.reference import problems
from tongguan.domain.reference.rules.file_reasons import file_reason
from tongguan.kernel import csv_text
from tongguan.kernel.problems import Fault
from tongguan.kernel.text import Term, _

COLUMNS: Final = (
    "hs10",
    "name",
    "general_rate",
    "mfn_rate",
    "export_rate",
    "consumption_rate",
    "vat_rate",
    "unit1",
    "unit2",
    "control_codes",
    "declaration_elements",
)
RATES: Final = ("general_rate", "mfn_rate", "export_rate", "consumption_rate", "vat_rate")
_CODE: Final = re.compile("[0-9]{10}")
_PLAIN: Final = re.compile(r"[0-9]+(\.[0-9]+)?")
_NUMBERED: Final = re.compile(r"^\d+\s*")
GENERAL_BELOW: Final = 3
"""No general rate of the tariff of 2020 is above 270 per cent; no other rate reaches 100 per cent,
and consumption tax cannot: it is part of its own base. Above that, a file states percents; so does
a whole number above 1, for no rate is 200 per cent.
"""
_BELOW: Final = dict.fromkeys(RATES, 1) | {"general_rate": GENERAL_BELOW}
_PLACES: Final = 6
_LONGEST_RATE: Final = 20
MOST_FAULTS: Final = 10_000
_SHOWN: Final = 20
_BOUNDS: Final = csv_text.Bounds(lines=200_000, columns=200)
_CONTROL: Final = frozenset({"Cc", "Cf", "Cs"})
_CONTROLS: Final = re.compile("[0-9A-Za-z]*")
_TEXTS: Final = ("name", "control_codes", "declaration_elements")
_LONGEST: Final = {"name": 500, "control_codes": 30}


class Reason(Term):
    """Why a cell was refused, and what belongs there."""

    CODE = "code", _("A code has ten digits; a leading zero may be lost.")
    NAME = "name", _("The name is empty.")
    NUMBER = (
        "number",
        _(
            "A rate is a plain share of 1 with 6 decimals at most: 0.08 for 8 %. Where the rate is "
            "by quantity, sliding or for a quota, leave the cell empty: an officer assesses it."
        ),
    )
    TOO_HIGH = (
        "too_high",
        _("No rate of the law is that high. Rates are shares of 1: write 8 % as 0.08."),
    )
    VAT = "vat", _("This is no rate of value added tax on the day the tariff begins.")
    ABOVE_GENERAL = "above_general", _("The most-favoured-nation rate is above the general rate.")
    UNIT = "unit", _("The unit is not in the unit table.")
    TWICE = "twice", _("The code stands in an earlier row already.")
    LONG = "long", _("A cell is longer than a tariff has room for.")
    SHORT = "short", _("The row has fewer cells than the first line has names.")
    WIDE = (
        "wide",
        _(
            "The row has more cells than the first line has names: put words that hold a comma in "
            "quotation marks."
        ),
    )
    UNIT_AGAIN = "unit_again", _("The second unit is the first one again: leave it empty.")
    CONTROLS = (
        "controls",
        _("Letters of the controls are plain letters and digits, each once, with nothing between."),
    )
    UNREADABLE = "unreadable", _("A cell holds signs that nobody can read.")


class Refusal(NamedTuple):
    """What is wrong with one cell: its column, why, and what was found there."""

    column: str
    reason: Reason
    value: str


class FileRow(NamedTuple):
    """One sound row: rates as shares of 1, elements joined by semicolons."""

    code: str
    name: str
    general: Decimal | None
    mfn: Decimal | None
    export: Decimal | None
    consumption: Decimal | None
    vat: Decimal | None
    first_unit: str
    second_unit: str
    controls: str
    elements: str


def read_tariff(
    data: bytes, units: Collection[str], vat_rates: Collection[Decimal]
) -> tuple[list[FileRow], list[Fault]]:
    """Return the sound rows of a tariff file, and every cell at fault with its row and column.

    An empty rate stays empty: no rate is known, which is not 0. Reading ends where more than
    `MOST_FAULTS` cells are at fault.

    Args:
        data: CSV in UTF-8 or GB 18030, as the official tables come.
        units: codes of the unit table.
        vat_rates: rates of value added tax on the day the tariff begins, as shares of 1.

    Raises:
        ProblemError: REF-027 this is no tariff at all.
    """
    reader = (cells for _line, cells in csv_text.csv_rows(data, _BOUNDS, _encoding(data)))
    rows: list[FileRow] = []
    faults: list[Fault] = []
    seen: dict[str, int] = {}
    columns: dict[str, list[Decimal]] = {name: [] for name in RATES}
    try:
        names = [name.strip() for name in next(reader, [])]
        missing = [name for name in COLUMNS if name not in names]
        twice = sorted({name for name in names if name and names.count(name) > 1})
        if twice:
            raise problems.FILE_NOT_A_TARIFF.error(reason=f"{', '.join(twice)}: ×2")
        if missing:
            raise problems.FILE_NOT_A_TARIFF.error(reason=f"{', '.join(missing)}: —")
        # A file with so many faults is refused whatever follows.
        sound = takewhile(lambda _row: len(faults) <= MOST_FAULTS, enumerate(reader, start=2))
        for number, values in sound:
            if not any(values):
                continue
            cells = dict(zip(names, values, strict=False))
            code = cells.get("hs10", "").strip()
            length = _length_refused(names, values)
            refused = [length] if length else list(_refused(cells, units, vat_rates, seen))
            for column, reason, value in refused:
                facts = {"row": number, "commodity": code, "column": column, "value": value}
                faults.append(problems.TARIFF_ROW.at(f"#{number}", reason=reason, **facts))
            seen.setdefault(code, number)
            for column, found in columns.items():
                if rate := _rate(cells.get(column, "")):
                    found.append(rate)
            if not refused:
                rows.append(_row(cells))
    except (csv.Error, csv_text.BoundPassedError) as error:
        raise problems.FILE_NOT_A_TARIFF.error(reason=file_reason(error)) from error
    return rows, [*_percents(columns), *faults]


def _percents(columns: Mapping[str, list[Decimal]]) -> Iterator[Fault]:
    """Yield the columns that state percents: most of their rates are too high for shares."""
    for column, rates in columns.items():
        high = sum(rate >= _BELOW[column] for rate in rates)
        if len(rates) > 1 and high * 2 > len(rates):
            facts = {"column": column, "high": high, "count": len(rates)}
            yield problems.COLUMN_OF_PERCENTS.at(f"#{column}", **facts)


def _encoding(data: bytes) -> csv_text.Encoding:
    """Return what a file is written in; what decodes as GB 18030 to no Chinese is neither."""
    written = csv_text.written_in(data)
    if written.encoding is None or not written.chinese:
        raise problems.FILE_NOT_A_TARIFF.error(reason="UTF-8? GB 18030?")
    return written.encoding


def _length_refused(names: Sequence[str], values: Sequence[str]) -> Refusal | None:
    """Return the refusal of a row with another number of cells than the first line has names.

    Empty cells behind the last name are no cells: a spreadsheet leaves them.
    """
    while len(values) > len(names) and not values[-1].strip():
        values = values[:-1]
    if len(values) == len(names):
        return None
    reason = Reason.SHORT if len(values) < len(names) else Reason.WIDE
    return Refusal("", reason, str(len(values)))


def _refused(
    cells: Mapping[str, str],
    units: Collection[str],
    vat_rates: Collection[Decimal],
    seen: Mapping[str, int],
) -> Iterator[Refusal]:
    """Yield what is wrong with a row, cell by cell."""
    text = {name: cells.get(name, "").strip() for name in COLUMNS}
    code = text["hs10"]
    if not _CODE.fullmatch(code):
        yield Refusal("hs10", Reason.CODE, code)
    elif code in seen:
        yield Refusal("hs10", Reason.TWICE, f"#{seen[code]}")
    for name in _TEXTS:
        if any(category(sign) in _CONTROL for sign in text[name]):
            yield Refusal(name, Reason.UNREADABLE, repr(text[name][:_SHOWN]))
    for name, most in _LONGEST.items():
        if len(text[name]) > most:
            yield Refusal(name, Reason.LONG, f"{text[name][:_SHOWN]}…")
    if not text["name"]:
        yield Refusal("name", Reason.NAME, "")
    yield from _codes_refused(text, units)
    yield from _rates_refused(text, vat_rates)


def _codes_refused(text: Mapping[str, str], units: Collection[str]) -> Iterator[Refusal]:
    """Yield what is wrong with the units and the letters of the controls."""
    for name in ("unit1", "unit2"):
        if text[name] not in units and (text[name] or name == "unit1"):
            yield Refusal(name, Reason.UNIT, text[name])
    if text["unit2"] and text["unit2"] == text["unit1"]:
        yield Refusal("unit2", Reason.UNIT_AGAIN, text["unit2"])
    letters = text["control_codes"]
    plain = _CONTROLS.fullmatch(letters) and len(set(letters)) == len(letters)
    if not plain and not any(category(sign) in _CONTROL for sign in letters):  # told already
        yield Refusal("control_codes", Reason.CONTROLS, letters[:_SHOWN])


def _rates_refused(text: Mapping[str, str], vat_rates: Collection[Decimal]) -> Iterator[Refusal]:
    for name in RATES:
        reason = _rate_refused(name, text[name], vat_rates)
        if reason is not None:
            yield Refusal(name, reason, text[name])
    general, mfn = _rate(text["general_rate"]), _rate(text["mfn_rate"])
    if general is not None and mfn is not None and general < mfn < 1:
        yield Refusal("mfn_rate", Reason.ABOVE_GENERAL, f"{mfn} > {general}")


def _rate_refused(name: str, words: str, vat_rates: Collection[Decimal]) -> Reason | None:
    if not words:
        return None
    rate = _rate(words)
    if rate is None:
        return Reason.NUMBER
    if rate >= _BELOW[name] or (rate > 1 and rate == rate.to_integral_value()):
        return Reason.TOO_HIGH
    if name == "vat_rate" and rate not in vat_rates:
        return Reason.VAT
    return None


def _row(cells: Mapping[str, str]) -> FileRow:
    """Return a row in which nothing was refused."""
    text = {name: cells[name].strip() for name in COLUMNS}
    parts = (_NUMBERED.sub("", part) for part in text["declaration_elements"].split(";"))
    return FileRow(
        text["hs10"],
        text["name"],
        _rate(text["general_rate"]),
        _rate(text["mfn_rate"]),
        _rate(text["export_rate"]),
        _rate(text["consumption_rate"]),
        _rate(text["vat_rate"]),
        text["unit1"],
        text["unit2"],
        text["control_codes"],
        ";".join(part for part in parts if part),
    )


def _rate(words: str) -> Decimal | None:
    """Return a plain number, or None for anything else: a sign, a unit, an exponent, nothing."""
    words = words.strip()
    if not _PLAIN.fullmatch(words) or len(words) > _LONGEST_RATE:
        return None
    rate = Decimal(words)
    return rate if rate == round(rate, _PLACES) else None
