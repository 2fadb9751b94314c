"""Reading code tables, parameters, tariff, exchange rates and measures of a pack."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any, Final

from tongguan.domain.reference import problems
from tongguan.domain.reference.calendar import Calendar
from tongguan.domain.reference.rules.calendar_file import read_days
from tongguan.domain.reference.rules.exchange import fixing_day
from tongguan.domain.reference.rules.folder import SETTINGS, Folder, Row
from tongguan.domain.reference.rules.parameters import is_share
from tongguan.domain.reference.rules.tariff_file import GENERAL_BELOW
from tongguan.domain.reference.rules.wanted import Wanted
from tongguan.domain.reference.values import (
    BY_ORIGIN,
    CodeRow,
    Codes,
    Exchange,
    ExchangeRow,
    Levy,
    LevyMatrix,
    LevyRow,
    Measure,
    Measures,
    Tariff,
    TariffLine,
)
from tongguan.kernel.time import DatedValue, Timeline

TABLES: Final = (
    "attached_documents",
    "container_sizes",
    "countries",
    "currencies",
    "delivery_terms",
    "domestic_ports",
    "domestic_regions",
    "foreign_ports",
    "levy_modes",
    "levy_natures",
    "packaging",
    "permit_documents",
    "supervision_modes",
    "transport_modes",
    "units",
)
"""Code tables that declarations are checked against; a pack has each."""
SHARE_MOST: Final = 5
"""No duty on goods of one origin reaches five times their value: above, a row states percents."""
HOLIDAYS: Final = "holidays.csv"
_CODE: Final = re.compile("[0-9]{10}")
_TARIFF: Final = (
    "code",
    "name_zh",
    "name_en",
    "general",
    "mfn",
    "export",
    "consumption",
    "vat",
    "first_unit",
    "second_unit",
    "controls",
    "elements",
)


def read_calendar(folder: Folder, settings: Mapping[str, Any]) -> Calendar:
    """Return the national calendar with later notices and the pack's own days."""
    stated = settings.get("calendar", {})
    exceptions: dict[date, bool] = {}
    for name, worked in (("worked", True), ("free", False)):
        days = stated.get(name, []) if isinstance(stated, Mapping) else None
        if not (isinstance(days, list) and all(type(day) is date for day in days)):
            at = f"{SETTINGS}#calendar"
            key = f"calendar.{name}"
            folder.note(problems.SETTING_WRONG, at, file=SETTINGS, name=key, wanted=Wanted.DAYS)
            continue
        for day in sorted(exceptions.keys() & set(days)):
            folder.note(problems.DAY_TWICE, f"{SETTINGS}#calendar", file=SETTINGS, day=day)
        exceptions |= dict.fromkeys(days, worked)
    own = Calendar(exceptions)
    if not (text := folder.text(HOLIDAYS)):
        return own
    days, faults = read_days(text, file=HOLIDAYS, known=own)
    folder.faults += faults
    return own.with_announced({day: row.worked for day, row in days.items()})


def read_codes(folder: Folder) -> Codes:
    """Return all code tables, those that declarations need and any others."""
    needed = [f"codes/{name}.csv" for name in TABLES]
    others = [file for file in folder.files("codes") if file not in needed]
    columns = ("code", "name_zh", "name_en", "legacy_code")
    found = {
        file.removeprefix("codes/").removesuffix(".csv"): folder.table(file, columns, _code)
        for file in (*needed, *others)
    }
    return Codes(
        {name: {code: rows for (code,), rows in table.items()} for name, table in found.items()}
    )


def read_exchange(folder: Folder, calendar: Calendar, codes: Codes) -> Exchange:
    """Return the monthly rates, each with the day it was taken from."""
    known = codes.tables["currencies"]

    def rate(row: Row) -> ExchangeRow:
        currency = row.needed("currency")
        row.refers(currency, known, "codes/currencies.csv")
        amount = row.number_in("rate", 0, 1_000_000)
        since, until, source = row.dated()
        if not amount:
            row.note(problems.OUT_OF_RANGE, column="rate", value=amount, least=0, most=1_000_000)
        for column, day in (("valid_from", since), ("valid_until", until)):
            if day is not None and day.day != 1:
                row.note(problems.VALUE_WRONG, column=column, value=day, wanted=Wanted.MONTH)
        fixed = fixing_day(since, calendar) if since > date.min else None
        return ExchangeRow(currency, amount, since, until, source, fixed)

    rows = folder.table("exchange.csv", ("currency", "rate"), rate)
    for (name,), dated in rows.items():
        for earlier, later in pairwise(dated):
            if earlier.valid_until != later.valid_from:
                facts = {"currency": name, "day": earlier.valid_until, "until": later.valid_from}
                folder.note(problems.RATE_GAP, "exchange.csv", file="exchange.csv", **facts)
    return Exchange({name: Timeline(dated, gaps=True) for (name,), dated in rows.items()})


def read_tariff(
    folder: Folder, parameters: Mapping[str, Timeline[DatedValue]], codes: Codes
) -> tuple[Tariff, frozenset[str]]:
    """Return the demonstration tariff, and the parameters that its lines name.

    A cell `vat` may name a parameter: then the line has that rate, as it was on each day.
    """
    units = codes.tables["units"]
    lines: dict[str, list[TariffLine]] = {}
    named: set[str] = set()

    def line(row: Row) -> TariffLine:
        for unit in filter(None, (row.needed("first_unit"), row.words("second_unit"))):
            row.refers(unit, units, "codes/units.csv")
        rates = parameters.get(row.words("vat"))
        if rates is not None:
            named.add(row.words("vat"))
            if not all(is_share(rate.value) for rate in rates.rows):
                facts = {"value": row.words("vat"), "wanted": Wanted.RATES}
                row.note(problems.VALUE_WRONG, column="vat", **facts)
                rates = None
        stated = None if row.words("vat") in parameters else row.share("vat")
        made = _line(row, stated)
        lines.setdefault(made.code, []).extend(_through_the_years(made, rates))
        return made

    sound = folder.table("tariff.csv", _TARIFF, line, needed=False)
    return Tariff({code: tuple(lines[code]) for (code,) in sound}), frozenset(named)


def read_measures(folder: Folder, codes: Codes) -> Measures:
    """Return what is levied by quantity, and on goods of one origin."""

    def measure(row: Row) -> Measure:
        levy = row.among("levy", Levy, Wanted.LEVY) or Levy.DUTY
        unit, origin = row.words("unit"), row.words("origin")
        if levy in BY_ORIGIN:
            row.refers(origin, codes.tables["countries"], "codes/countries.csv")
        else:
            row.refers(unit, codes.tables["units"], "codes/units.csv")
        each = row.number_in("each", 1, 1_000_000) if row.words("each") else Decimal(1)
        rate = row.number_in("rate", 0, SHARE_MOST if levy in BY_ORIGIN else 1_000_000)
        code = row.among("commodity", _ten_digits, Wanted.CODE) or ""
        return Measure(code, levy, origin, rate, unit, each, *row.dated())

    columns = ("commodity", "levy", "origin", "rate", "unit", "each")
    rows = folder.table("measures.csv", columns, measure, keys=3, needed=False)
    return Measures(
        {(code, Levy(levy), origin): dated for (code, levy, origin), dated in rows.items()}
    )


def read_levies(folder: Folder, codes: Codes) -> LevyMatrix:
    """Return which levy modes fit which nature of levy; a pack without the table grants none."""
    natures, modes, supervisions = (
        codes.tables[table] for table in ("levy_natures", "levy_modes", "supervision_modes")
    )

    def fitting(row: Row) -> LevyRow:
        nature = row.needed("nature")
        row.refers(nature, natures, "codes/levy_natures.csv")
        for mode in row.split("levy_modes"):
            row.belongs(mode, modes, "codes/levy_modes.csv")
        for supervision in row.split("supervision"):
            row.belongs(supervision, supervisions, "codes/supervision_modes.csv")
        of, fit = frozenset(row.split("supervision")), frozenset(row.split("levy_modes"))
        return LevyRow(nature, of, fit, *row.dated())

    columns = ("nature", "supervision", "levy_modes")
    rows = folder.table("levy_matrix.csv", columns, fitting, needed=False)
    return LevyMatrix({nature: dated for (nature,), dated in rows.items()})


def _code(row: Row) -> CodeRow:
    zh, en = row.names()
    return CodeRow(row.needed("code"), zh, en, row.words("legacy_code"), *row.dated())


def _line(row: Row, vat: Decimal | None) -> TariffLine:
    general, mfn = row.share("general", below=GENERAL_BELOW), row.share("mfn")
    if general is not None and mfn is not None and mfn > general:
        row.note(problems.OUT_OF_RANGE, column="mfn", value=mfn, least=0, most=general)
    return TariffLine(
        row.among("code", _ten_digits, Wanted.CODE) or "",
        row.needed("name_zh"),
        row.words("name_en"),
        general,
        mfn,
        row.share("export"),
        row.share("consumption"),
        vat,
        row.words("first_unit"),
        row.words("second_unit") or None,
        row.words("controls"),
        tuple(part for part in row.words("elements").split(";") if part),
        *row.dated(),
        demonstration=True,
    )


def _ten_digits(words: str) -> str:
    if _CODE.fullmatch(words) is None:
        raise ValueError(words)
    return words


def _through_the_years(
    line: TariffLine, rates: Timeline[DatedValue] | None
) -> Sequence[TariffLine]:
    """Return a line once for each rate of VAT that was in force through its own validity."""
    if rates is None:
        return [line]
    found = []
    for rate in rates.rows:
        since = max(line.valid_from, rate.valid_from)
        ends = [day for day in (line.valid_until, rate.valid_until) if day is not None]
        until = min(ends, default=None)
        if until is None or since < until:
            dated = line._replace(
                vat=Decimal(rate.value),
                valid_from=since,
                valid_until=until,
                source=f"{line.source}; {rate.source}",
            )
            found.append(dated)
    return found
