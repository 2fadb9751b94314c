"""Rows with names in two languages, and the row of several that is in force."""

from datetime import date
from typing import Protocol

from tongguan.kernel.time import D, in_force


class Named(Protocol):
    """What has a name in both languages; the English one may be empty."""

    @property
    def name_zh(self) -> str:
        """Return the Chinese name."""
        ...

    @property
    def name_en(self) -> str:
        """Return the English name."""
        ...


def name_of(row: Named, language: str) -> str:
    """Return a name in a language as Django writes it, `zh-hans` or `en`; English may be missing.

    Pages and messages ask for names here, so that a missing one falls back the same way.
    """
    if language.startswith("zh"):
        return row.name_zh
    return row.name_en or row.name_zh


def last_in_force(rows: tuple[D, ...], day: date) -> D | None:
    """Return the row in force on a day, the last of several, or None."""
    for row in reversed(rows):
        if in_force(row, day):
            return row
    return None
