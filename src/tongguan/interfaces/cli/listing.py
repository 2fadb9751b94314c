"""What commands that list share: each thing as words, or as a row of JSON."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import click
from django.utils.timezone import localtime
from django.utils.translation import gettext

from tongguan.kernel.text import _

from .admitting import line

Told = tuple[str, dict[str, Any]]
"""Something as words, of one line or more, and the same as a row."""

past_option = click.option(
    "--all", "with_past", is_flag=True, help=_("Those too that were let go, or have ended.")
)


def tell(all_told: Iterator[Told], *, as_json: bool) -> bool:
    """Write what there is, and return whether there was anything."""
    found = False
    for words, row in all_told:
        found = True
        if as_json:
            line(row)
        else:
            click.echo(words)
    return found


def withdrawn_words(at: datetime | None) -> list[str]:
    """Return the words that say when something was withdrawn; none where it was not."""
    if at is None:
        return []
    return [gettext("withdrawn {day}").format(day=f"{localtime(at):%Y-%m-%d %H:%M}")]
