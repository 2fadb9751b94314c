"""Reading a tariff in the official layout: every row is taken, or told with its reason."""

import csv
import re
from collections.abc import Collection, Mapping
from decimal import Decimal, InvalidOperation
from io import StringIO
from typing import Final, NamedTuple

from tongguan.domain.reference import problems
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
_CODE: Final = re.compile("[0-9]{10}")
_NUMBERED: Final = re.compile(r"^\d+\s*")
_MOST: Final = Decimal(999)
_PLACES: Final = 6
_LONGEST: Final = {"name": 500, "control_codes": 30}


class Reason(Term):
    """Why a row was refused."""

    CODE = "code", _("A code has ten digits.")
    NAME = "name", _("The name is empty.")
    RATE = "rate", _("A rate is a share from 0 to 999, with 6 decimals at most.")
    UNIT = "unit", _("The unit is not in the unit table.")
    TWICE = "twice", _("The code stands in an earlier row already.")
    LONG = "long", _("A cell is longer than a tariff has room for.")
    SHORT = "short", _("The row has fewer cells than the first line has names.")


class _RefusedError(Exception):
    """A row that stays out: why, and the words it is about."""

    def __init__(self, reason: Reason, value: str) -> None:
        super().__init__(reason)
        self.reason, self.value = reason, value


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


def read_tariff(data: bytes, units: Collection[str]) -> tuple[list[FileRow], list[Fault]]:
    """Return the sound rows of a tariff file, and why each of the others was refused.

    Args:
        data: CSV in UTF-8 or GB 18030, as the official tables come.
        units: codes of the unit table.

    Raises:
        ProblemError: REF-027 this is no tariff at all.
    """
    reader = csv.reader(StringIO(_decoded(data), newline=""), strict=True)
    rows: list[FileRow] = []
    faults: list[Fault] = []
    seen: dict[str, int] = {}
    try:
        names = [name.strip() for name in next(reader, [])]
        missing = [name for name in COLUMNS if name not in names]
        if missing:
            raise problems.FILE_NOT_A_TARIFF.error(reason=f"{', '.join(missing)}: —")
        for number, values in enumerate(reader, start=2):
            if not any(values):
                continue
            cells = dict(zip(names, values, strict=False))
            code = cells["hs10"].strip()
            try:
                row = _row(cells, units, seen)
            except _RefusedError as why:
                at = f"#{number}"
                facts = {"row": number, "commodity": code, "reason": why.reason, "value": why.value}
                faults.append(problems.TARIFF_ROW.at(at, **facts))
                continue
            seen[code] = number
            rows.append(row)
    except csv.Error as error:
        raise problems.FILE_NOT_A_TARIFF.error(reason=str(error)) from error
    return rows, faults


def _decoded(data: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise problems.FILE_NOT_A_TARIFF.error(reason="UTF-8? GB 18030?")


def _row(cells: dict[str, str], units: Collection[str], seen: Mapping[str, int]) -> FileRow:
    if len(cells) < len(COLUMNS):
        raise _RefusedError(Reason.SHORT, str(len(cells)))
    text = {name: cells.get(name, "").strip() for name in COLUMNS}
    if not _CODE.fullmatch(text["hs10"]):
        raise _RefusedError(Reason.CODE, text["hs10"])
    if text["hs10"] in seen:
        raise _RefusedError(Reason.TWICE, f"#{seen[text['hs10']]}")
    for name, most in _LONGEST.items():
        if len(text[name]) > most:
            raise _RefusedError(Reason.LONG, name)
    if not text["name"]:
        raise _RefusedError(Reason.NAME, "")
    for unit in (text["unit1"], *filter(None, (text["unit2"],))):
        if unit not in units:
            raise _RefusedError(Reason.UNIT, unit)
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
    if not words:
        return None
    try:
        rate = Decimal(words)
    except InvalidOperation:
        raise _RefusedError(Reason.RATE, words) from None
    if not (rate.is_finite() and 0 <= rate <= _MOST and rate == round(rate, _PLACES)):
        raise _RefusedError(Reason.RATE, words)
    return rate
