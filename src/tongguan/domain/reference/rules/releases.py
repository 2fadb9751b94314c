"""Loaded tariffs laid over the demonstration: which row of a code goes first, and until when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tongguan.domain.reference.values import Tariff, TariffLine


@dataclass(frozen=True, slots=True)
class Release:
    """A loaded tariff: its first day, whether codes that it lacks end then, its lines."""

    valid_from: date
    whole: bool
    lines: Sequence[TariffLine]


def over(demonstration: Tariff, releases: Sequence[Release]) -> Tariff:
    """Return one tariff: of two rows for a day the later release's is taken.

    Args:
        demonstration: the tariff of the pack.
        releases: in the order in which they were loaded. Of two with the same first day the one
            loaded later goes first. English names are the demonstration's, where it has the code.
    """
    ordered = sorted(releases, key=lambda release: release.valid_from)
    english = {code: dated[-1].name_en for code, dated in demonstration.lines.items()}
    found = dict(demonstration.lines)
    for release in ordered:
        if release.whole:
            found = {
                code: _until(dated, release.valid_from) for code, dated in found.items() if dated
            }
        for line in release.lines:
            named = line._replace(name_en=line.name_en or english.get(line.code, ""))
            found[line.code] = (named, *found.get(line.code, ()))
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
