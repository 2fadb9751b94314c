"""Seal numbers as they are compared, however somebody wrote them."""

import re
from typing import Final
from unicodedata import normalize

_NUMBER: Final = re.compile(r"[\w-]+")


def seal_numbers(*texts: str) -> frozenset[str]:
    """Return the seal numbers in texts, in any order and whatever sets them apart.

    Case and width of the characters do not matter. A number that is written with a space counts as
    two numbers wherever it stands, so that it equals itself.
    """
    return frozenset(_NUMBER.findall(normalize("NFKC", " ".join(texts)).upper()))
