"""Loaded tariffs laid over the demonstration: which row of a code goes first, and until when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from tongguan.domain.reference.rules.vat import Span, Timelines, inherited, stated, with_vat
from tongguan.domain.reference.values import Tariff, TariffLine

NO_LAW: Final[Timelines] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Release:
    """A loaded tariff: its first day, whether codes that it lacks end then, its lines."""

    valid_from: date
    whole: bool
    lines: Sequence[TariffLine]


def over(
    demonstration: Tariff, releases: Sequence[Release], timelines: Timelines = NO_LAW
) -> Tariff:
    """Return one tariff: of two rows for a day the later release's is taken.

    Rates of VAT follow the law after the first day of a release: rules of `vat`. A row that states
    none has that of the row it stands before.

    Args:
        demonstration: the tariff of the pack.
        releases: in the order in which they were loaded. Of two with the same first day the one
            loaded later goes first. English names are the demonstration's, where it has the code.
        timelines: parameters of the law by name.
    """
    ordered = sorted(releases, key=lambda release: release.valid_from)
    english = {code: dated[-1].name_en for code, dated in demonstration.lines.items()}
    found = dict(demonstration.lines)
    rates: dict[tuple[Decimal, date], tuple[Span, ...]] = {}
    for release in ordered:
        before = found
        if release.whole:
            found = {
                code: _until(dated, release.valid_from) for code, dated in found.items() if dated
            }
        for line in release.lines:
            named = line._replace(name_en=line.name_en or english.get(line.code, ""))
            if line.vat is None:
                spans = inherited(line.valid_from, before.get(line.code, ()))
            else:
                key = line.vat, line.valid_from
                spans = rates.get(key) or stated(*key, timelines)
                rates[key] = spans
            found[line.code] = (*with_vat(named, spans), *found.get(line.code, ()))
    return Tariff({code: dated for code, dated in found.items() if dated})


def _until(dated: tuple[TariffLine, ...], day: date) -> tuple[TariffLine, ...]:
    """Return the rows as they stand where all of them end on a day."""
    return tuple(
        row
        if row.valid_until is not None and row.valid_until <= day
        else row._replace(valid_until=day)
        for row in dated
        if row.valid_from < day
    )
