"""Seal numbers as they are compared, however somebody wrote them."""

import re
from typing import Final

from tongguan.kernel.spelling import plain_signs

_NUMBER: Final = re.compile(r"[\w-]+")


def seal_numbers(*texts: str) -> frozenset[str]:
    """Return the seal numbers in texts, in any order and whatever sets them apart.

    Case and width of the characters do not matter, nor signs that nobody sees. A number that is
    written with a space counts as two numbers wherever it stands, so that it equals itself.
    """
    plain = (plain_signs(part) for text in texts for part in text.split())
    return frozenset(_NUMBER.findall(" ".join(plain).upper()))
