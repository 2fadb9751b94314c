"""Reading a tariff in the official layout: every row is taken, or told with its reason."""

import csv
import re
from decimal import Decimal, InvalidOperation
from typing import Final, NamedTuple

from tongguan.domain.reference import problems
from tongguan.kernel.problems import Fault

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
_CODE: Final = re.compile(r"\d{10}")
_NUMBERED: Final = re.compile(r"^\d+\s*")
_MOST: Final = Decimal(999)


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


def read_tariff(text: str) -> tuple[list[FileRow], list[Fault]]:
    """Return the sound rows of a tariff file, and why each of the others was refused."""
    reader = csv.DictReader(text.splitlines())
    missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
    if missing:
        return [], [problems.COLUMN_MISSING.at("", file="tariff", column=name) for name in missing]
    rows: list[FileRow] = []
    faults: list[Fault] = []
    seen: dict[str, int] = {}
    for number, cells in enumerate(reader, start=2):
        code = (cells["hs10"] or "").strip()
        try:
            row = _row(code, cells, seen)
        except (ValueError, InvalidOperation) as error:
            reason = str(error) if isinstance(error, ValueError) else "a rate is no number"
            faults.append(
                problems.TARIFF_ROW.at(f"#{number}", row=number, commodity=code, reason=reason)
            )
            continue
        seen[code] = number
        rows.append(row)
    return rows, faults


def _row(code: str, cells: dict[str, str], seen: dict[str, int]) -> FileRow:
    if code in seen:
        raise ValueError(f"the code stands in row {seen[code]} already")
    if not _CODE.fullmatch(code):
        raise ValueError("a code has ten digits")
    name = (cells["name"] or "").strip()
    if not name:
        raise ValueError("the name is empty")
    first = (cells["unit1"] or "").strip()
    if not first:
        raise ValueError("the first unit is empty")
    parts = (_NUMBERED.sub("", part) for part in (cells["declaration_elements"] or "").split(";"))
    return FileRow(
        code,
        name,
        _rate(cells["general_rate"]),
        _rate(cells["mfn_rate"]),
        _rate(cells["export_rate"]),
        _rate(cells["consumption_rate"]),
        _rate(cells["vat_rate"]),
        first,
        (cells["unit2"] or "").strip(),
        (cells["control_codes"] or "").strip(),
        ";".join(part for part in parts if part),
    )


def _rate(text: str | None) -> Decimal | None:
    words = (text or "").strip()
    if not words:
        return None
    rate = Decimal(words)
    if not 0 <= rate <= _MOST:
        raise ValueError(f"{words} is no rate")
    return rate
