"""The text of one cell of a workbook, gathered from its pieces within a bound."""

import re
from typing import Final

LONGEST_TEXT: Final = 32_767
"""Signs of a cell, as spreadsheet programs allow."""
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")


class CellText:
    """The text of one cell while its pieces come; what is too long is counted and not kept."""

    def __init__(self) -> None:
        """Begin without a piece."""
        self._pieces: list[str] = []
        self._signs = 0

    def clear(self) -> None:
        """Begin the next text."""
        self._pieces, self._signs = [], 0

    @property
    def filled(self) -> bool:
        """Return whether a piece came."""
        return self._signs > 0

    def add(self, piece: str) -> None:
        """Take a piece."""
        self._signs += len(piece)
        if self._signs <= LONGEST_TEXT:
            self._pieces.append(piece)

    def text(self) -> str | None:
        """Return the text without blanks around it, or None where it is too long.

        Signs that a workbook writes as `_x000D_` are what they stand for.
        """
        if self._signs > LONGEST_TEXT:
            return None
        words = "".join(self._pieces)
        if "_x" in words:
            words = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), words)
        return words.strip()
