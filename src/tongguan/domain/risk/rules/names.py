"""Whether a name resembles one that is watched: by its letter groups, whatever the order of words.

Two names resemble one another when their groups of letters agree by seven tenths (Dice): case,
marks, word order, legal form and a slip or two do not matter. Groups are three letters of a word
with its beginning and end marked; two signs where a word is Chinese.
"""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

KEPT_NAMES: Final = 65_536
_TENTHS: Final = 7
_FIRST_HAN: Final = "\u2e80"
_LEGAL_FORMS: Final = frozenset(
    {"CO", "LTD", "LIMITED", "GMBH", "AG", "INC", "LLC", "SA", "BV", "CORP", "COMPANY", "PTE"}
)
_HAN_FORMS: Final = ("股份有限公司", "有限责任公司", "有限公司", "公司")


@lru_cache(maxsize=KEPT_NAMES)
def groups(name: str) -> frozenset[str]:
    """Return the letter groups of a name, without case, marks and legal form."""
    plain = unicodedata.normalize("NFKC", name).upper()
    found: set[str] = set()
    for word in "".join(sign if sign.isalnum() else " " for sign in plain).split():
        if word in _LEGAL_FORMS:
            continue
        if word[0] >= _FIRST_HAN:
            text, size = f" {_without_form(word)} ", 2
        else:
            text, size = f"  {word} ", 3
        found.update(text[at : at + size] for at in range(len(text) - size + 1))
    return frozenset(found)


def resembles(name: str, watched: Iterable[str]) -> bool:
    """Return whether `name` resembles one of the names.

    >>> resembles("Golden-Harbour Trading Co., Ltd.", ["GOLDEN HARBOR TRADING"])
    True
    """
    own = groups(name)
    return any(
        close(len(own & other), len(own), len(other)) for other in map(groups, watched) if other
    )


def close(common: int, one: int, other: int) -> bool:
    """Return whether names with so many groups, so many of them in common, resemble each other."""
    return 20 * common >= _TENTHS * (one + other)


def least_common(size: int) -> int:
    """Return how many groups a name of so many has in common with any that it resembles."""
    smallest = -(-_TENTHS * size // (20 - _TENTHS))
    return -(-_TENTHS * (size + smallest) // 20)


def contains(text: str, words: Iterable[str]) -> bool:
    """Return whether a text holds one of the words, whatever the case."""
    folded = text.casefold()
    return any(word.casefold() in folded for word in words)


def _without_form(word: str) -> str:
    for form in _HAN_FORMS:
        if word.endswith(form) and word != form:
            return word.removesuffix(form)
    return word
