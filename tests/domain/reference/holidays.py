"""A year of statutory holidays, as a notice would list them."""

from datetime import date

from tongguan.domain.reference.calendar import STATUTORY


def holidays(year: int) -> dict[date, bool]:
    """Return thirteen statutory holidays of a year; those of the lunar calendar are invented."""
    moved = [date(year, 2, day) for day in (6, 7, 8, 9)]
    moved += [date(year, 4, 5), date(year, 6, 9), date(year, 9, 15)]
    return dict.fromkeys([*(date(year, *day) for day in STATUTORY), *moved], False)
