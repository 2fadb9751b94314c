"""Why a file of a region cannot be read, in words that are translated."""

import csv
import re
from tomllib import TOMLDecodeError
from typing import Final

from tongguan.kernel.csv_text import BoundPassedError
from tongguan.kernel.text import Phrase, _

Unreadable = UnicodeDecodeError | TOMLDecodeError | BoundPassedError | csv.Error
_PLACE: Final = re.compile(r"\(at line (\d+), column (\d+)\)")

_QUOTATION: Final = _("a quotation mark in a cell is not doubled, or not closed")
_LONG: Final = _("a cell is too long")


def file_reason(error: Unreadable) -> Phrase:
    """Return what an error of a codec or a parser says of a file.

    >>> file_reason(TOMLDecodeError("Invalid value (at line 3, column 5)")).facts
    {'line': '3', 'column': '5'}
    """
    if isinstance(error, UnicodeDecodeError):
        return Phrase(_("byte {at} is not UTF-8"), {"at": error.start + 1})
    if isinstance(error, BoundPassedError):
        return Phrase(
            _("row {row} passes a bound of {most}"), {"row": error.row, "most": error.most}
        )
    if isinstance(error, csv.Error):
        return Phrase(_LONG if str(error).startswith("field larger") else _QUOTATION)
    found = _PLACE.search(str(error))
    if found is None:
        return Phrase(_("the file ends too early"))
    words = _("line {line}, column {column} is not written as TOML has it")
    return Phrase(words, {"line": found[1], "column": found[2]})
