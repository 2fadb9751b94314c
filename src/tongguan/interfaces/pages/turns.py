"""Whose turn it is: the words and the colour, the same everywhere."""

from typing import Final

from tongguan.kernel.text import _

NOBODY: Final = "NOBODY"
WORDS: Final = {
    "TRADER": _("Trader"),
    "CUSTOMS": _("Customs"),
    "CARRIER": _("Carrier"),
    "AGENCY": _("Agency"),
    NOBODY: _("Nothing waits"),
}


def known(turn: object) -> str:
    """Return the code of a turn, NOBODY when there is none.

    Raises:
        LookupError: no such turn.
    """
    code = str(turn) if turn else NOBODY
    if code not in WORDS:
        raise LookupError(f"no such turn: {code}")
    return code
