"""Names of things: row ids that sort by time, and numbers with check digits."""

import re
import secrets
import time
from typing import Final, NewType
from unicodedata import category, normalize
from uuid import UUID

DeclarationId = NewType("DeclarationId", UUID)
HoldId = NewType("HoldId", UUID)

DISTRICT_FORM: Final = re.compile(r"[0-9A-Z]{1,8}")
"""The code of a customs district, whatever the codes of its offices look like."""
_SCC_ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_SCC_PLACES: Final = 18
_SCC_WEIGHTS: Final = tuple(pow(3, place, 31) for place in range(17))
_CONTAINER_PLACES: Final = 11
_CONTAINER_VALUES: Final = {
    **{str(digit): digit for digit in range(10)},
    **dict(
        zip(
            "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
            (value for value in range(10, 40) if value % 11),
            strict=False,
        )
    ),
}


def plain_code(text: str) -> str:
    r"""Return a code in its plain form: capitals, no full-width forms, no blanks around it.

    Signs without a width (zero-width blanks, marks of direction) are left out: nobody sees them.

    >>> plain_code(" ８４８２\u200b１０２０００"), plain_code("usd"), plain_code(" ")
    ('8482102000', 'USD', '')
    """
    if not text.isascii():
        text = normalize("NFKC", "".join(sign for sign in text if category(sign) != "Cf"))
        text = normalize("NFKC", text.upper())
    return text.strip().upper()


def plain_number(text: str) -> str:
    """Return the number of a licence, certificate or container in its plain form, without blanks.

    What is registered and what is declared are brought to this one form, so that they meet.

    >>> plain_number(" z2x 0０1 ")
    'Z2X001'
    """
    return "".join(plain_code(text).split())


def new_id() -> UUID:
    """Return an id that sorts by the moment it was made (UUID version 7, RFC 9562).

    Rows inserted together lie together in their index, and no round trip asks a sequence.
    """
    moment = time.time_ns() // 1_000_000
    value = moment << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 0x7 << 76
    return UUID(int=value & ~(0x3 << 62) | 0x2 << 62)


def credit_code_sound(code: str) -> bool:
    """Return whether a unified social credit code ends in its check character.

    Source: GB 32100-2015.
    """
    if len(code) != _SCC_PLACES or any(letter not in _SCC_ALPHABET for letter in code):
        return False
    total = sum(
        _SCC_ALPHABET.index(letter) * weight
        for letter, weight in zip(code, _SCC_WEIGHTS, strict=False)
    )
    return _SCC_ALPHABET[-total % 31] == code[-1]


def credit_code(first: str) -> str:
    """Return a unified social credit code: 17 places and the check character that fits them.

    >>> credit_code("91110113FAKE00013")
    '91110113FAKE00013H'
    """
    total = sum(
        _SCC_ALPHABET.index(letter) * weight
        for letter, weight in zip(first, _SCC_WEIGHTS, strict=True)
    )
    return first + _SCC_ALPHABET[-total % 31]


def container(first: str) -> str:
    """Return a container number: four letters, six digits, and the check digit that fits them.

    >>> container("CSQU305438")
    'CSQU3054383'
    """
    total = sum(_CONTAINER_VALUES[sign] << place for place, sign in enumerate(first))
    return f"{first}{total % 11 % 10}"


def container_sound(number: str) -> bool:
    """Return whether a container number (four letters, seven digits) ends in its check digit.

    Source: ISO 6346.

    >>> container_sound("CSQU3054383")
    True
    """
    if len(number) != _CONTAINER_PLACES or not (number[:4].isalpha() and number[4:].isdigit()):
        return False
    try:
        total = sum(_CONTAINER_VALUES[sign] << place for place, sign in enumerate(number[:10]))
    except KeyError:
        return False
    return total % 11 % 10 == int(number[10])
