"""Whether the words of parameters stand in the tables they name, and rates among those of law."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from decimal import Decimal
from itertools import chain
from typing import Final

from tongguan.domain.reference import problems
from tongguan.domain.reference.rules.parameters import VAT_PARAMETERS
from tongguan.domain.reference.values import Codes, Region, Tariff
from tongguan.kernel.problems import Fault
from tongguan.kernel.time import Dated, DatedValue, Timeline, in_force

Timelines = Mapping[str, Timeline[DatedValue]]
LEVY_PARAMETERS: Final = ("levy_full", "levy_shares", "levy_stated")
CLASSES: Final = "credit_classes"
OF_CODES: Final = {
    "contract_needed": "supervision_modes",
    "record_needed": "supervision_modes",
    "levy_full": "levy_modes",
    "levy_shares": "levy_modes",
    "levy_stated": "levy_modes",
    "port_bound_permits": "permit_documents",
}
"""Parameters whose words are codes, with the table of codes that has them."""


def check_parameters(
    timelines: Timelines, codes: Codes, region: Region, tariff: Tariff
) -> Iterator[Fault]:
    """Yield what is wrong between the parameters of a pack and its tables.

    Args:
        timelines: the parameters by name.
        codes: the code tables.
        region: sites and modes, whatever the day.
        tariff: the lines of the pack.
    """
    yield from _words(timelines, codes, region)
    yield from _classes_of_modes(timelines, region)
    yield from _levy_modes(timelines, codes)
    yield from _vat(timelines, tariff)


def _words(timelines: Timelines, codes: Codes, region: Region) -> Iterator[Fault]:
    """Yield each word of a parameter that its table does not have."""
    tables: dict[str, tuple[Collection[str], str]] = {
        name: (codes.tables[table], f"codes/{table}.csv") for name, table in OF_CODES.items()
    }
    tables["sites_without_reports"] = (region.dated_sites, "sites.csv")
    tables["two_step_classes"] = (_classes(timelines), CLASSES)
    for name, (known, other) in tables.items():
        for row, word in _each_word(timelines, name):
            if word not in known:
                facts = {"name": name, "day": row.valid_from, "value": word, "other": other}
                yield problems.PARAMETER_REFERS.at(f"parameters#{name}", **facts)


def _classes_of_modes(timelines: Timelines, region: Region) -> Iterator[Fault]:
    """Yield each credit class of a mode that was never given."""
    known = _classes(timelines)
    for row in region.modes:
        for word in sorted((row.trader_classes | row.broker_classes) - known):
            facts = {"name": f"modes.csv {row.code}", "value": word, "other": CLASSES}
            yield problems.PARAMETER_REFERS.at("modes.csv", day=row.valid_from, **facts)


def _levy_modes(timelines: Timelines, codes: Codes) -> Iterator[Fault]:
    """Yield each levy mode that does not mean one thing on some day."""
    listed = {name: [*_each_word(timelines, name)] for name in LEVY_PARAMETERS}
    rows = [row for words in listed.values() for row, _word in words]
    for mode, dated in sorted(codes.tables["levy_modes"].items()):
        for day in _borders([*rows, *dated], since=min(one.valid_from for one in dated)):
            if not any(in_force(one, day) for one in dated):
                continue
            count = sum(
                word == mode and in_force(row, day) for row, word in chain(*listed.values())
            )
            if count != 1:
                facts = {"day": day, "mode": mode, "count": count}
                yield problems.LEVY_MODE_MEANING.at("parameters#levy_full", **facts)
                break


def _vat(timelines: Timelines, tariff: Tariff) -> Iterator[Fault]:
    """Yield each rate of VAT that `vat_rates` does not list on some day it holds."""
    law = timelines.get("vat_rates")
    if law is None:
        return
    held: list[tuple[str, str, str, Dated]] = [
        (name, f"parameters#{name}", row.value, row)
        for name in VAT_PARAMETERS
        for row in (timelines[name].rows if name in timelines else ())
    ]
    named: list[tuple[str, str, str, Dated]] = [
        (code, "tariff.csv", str(line.vat), line)
        for code, lines in tariff.lines.items()
        for line in lines
        if line.vat is not None
    ]
    told: set[str] = set()
    for name, at, rate, row in (*held, *named):
        for day in _borders([row, *law.rows], since=row.valid_from):
            known = law.find(day)
            if known is None or not in_force(row, day) or name in told:
                continue
            if Decimal(rate) not in map(Decimal, known.value.split()):
                told.add(name)
                yield problems.VAT_UNKNOWN.at(at, name=name, rate=rate, day=day)


def _borders(rows: Collection[Dated], *, since: date) -> list[date]:
    """Return the days on which something begins or ends, not before a day."""
    days = {row.valid_from for row in rows}
    days |= {row.valid_until for row in rows if row.valid_until is not None}
    return sorted(day for day in days | {since} if day >= since)


def _classes(timelines: Timelines) -> frozenset[str]:
    """Return all credit classes that were ever given."""
    return frozenset(word for _row, word in _each_word(timelines, CLASSES))


def _each_word(timelines: Timelines, name: str) -> Iterator[tuple[DatedValue, str]]:
    """Yield the words of a parameter with their rows; of a pair, what stands before the colon."""
    for row in timelines[name].rows if name in timelines else ():
        for word in row.value.split():
            yield row, word.partition(":")[0]
