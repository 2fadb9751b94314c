"""One way in for answers: whichever format they are in."""

from datetime import date
from typing import Final

from tongguan.interfaces.messages.receipts import problems, singlewindow, wco_read
from tongguan.interfaces.messages.receipts.facts import Receipt
from tongguan.interfaces.messages.recognise import first_words
from tongguan.interfaces.messages.translation.tables import Translation
from tongguan.interfaces.messages.values import Limits
from tongguan.interfaces.messages.xml import parse
from tongguan.kernel.problems import ProblemError

_LIMITS: Final = Limits()


def read_receipt(
    data: bytes, *, tables: Translation, day: date, limits: Limits = _LIMITS
) -> Receipt:
    """Return what an answer tells: a single-window receipt or a WCO response.

    Raises:
        ProblemError: MSG-004 to MSG-023 it cannot be read, MSG-081 it is no answer we know.
    """
    parsed = parse(data, limits)
    if parsed.root is None:
        raise ProblemError(*parsed.faults)
    taxes = tables.on("wco", day).table("tax")
    receipt = singlewindow.read(parsed.root) or wco_read.read(parsed.root, taxes)
    if receipt is None:
        raise problems.NOT_A_RECEIPT.error(seen=first_words(data))
    return receipt
