"""The one form in which values of columns are compared, whichever driver or program read them."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

from msgspec import json

LONGEST: Final = 100
"""A longer text is represented by its hash."""

Form = Callable[[Any], str]
_ENCODE: Final = json.Encoder(order="deterministic").encode


def plain(value: object) -> str:
    """Return a value of a column in the one form in which it is compared; nothing is empty."""
    return _FORMS.get(type(value), _other)(value)


def compared(value: object) -> str:
    """Return a value as it is compared: its plain form, or the hash of that where it is long."""
    text = _FORMS.get(type(value), _other)(value)
    return text if len(text) <= LONGEST else _hash_of(text)


def secret(value: object) -> str:
    """Return the hash of a value that is told to nobody; nothing is empty."""
    text = plain(value)
    return _hash_of(text) if text else ""


def document(value: object) -> str:
    """Return a column that holds JSON as it is compared."""
    text = "" if value is None or value == "" else canonical(value)
    return text if len(text) <= LONGEST else _hash_of(text)


def rounded(places: int) -> Form:
    """Return the form of a column that the database rounds to so many decimal places."""
    unit = Decimal(1).scaleb(-places)

    def form(value: Any) -> str:
        if value is None or value == "":
            return ""
        return _number(Decimal(value).quantize(unit, ROUND_HALF_UP))

    return form


def always(text: str) -> Form:
    """Return the form of a column that a writer leaves to the database."""
    return lambda _value: text


def canonical(value: object) -> str:
    """Return JSON, or a value that is kept as JSON, with its keys in order and no spaces."""
    if isinstance(value, str | bytes):
        value = json.decode(value)
    return _ENCODE(value).decode()


def encoded(told: Mapping[str, object]) -> str:
    """Return what is said as JSON with its keys in order."""
    return _ENCODE(told).decode()


def hashed(lines: object) -> str:
    """Return the hash (SHA-256) over texts, in their order."""
    return sha256(_ENCODE(lines)).hexdigest()


def _hash_of(text: str) -> str:
    return "sha256:" + sha256(text.encode()).hexdigest()


def _number(value: Decimal) -> str:
    return f"{value.normalize():f}" if value else "0"


@lru_cache(maxsize=256)
def _moment(value: datetime) -> str:
    # Rows of one act mostly carry one moment. Equal moments of other zones have the same form.
    return value.astimezone(UTC).isoformat(timespec="microseconds")


def _nothing(_value: object) -> str:
    return ""


def _truth(value: object) -> str:
    return str(value).lower()


def _bytes(value: bytes | memoryview) -> str:
    return bytes(value).hex()


def _other(value: object) -> str:
    """Return the form of a value of a type that is derived from one of those known, or a text."""
    for kind, form in _FORMS.items():
        if kind is not str and isinstance(value, kind):
            return form(value)
    return str(value)


_FORMS: Final[dict[type, Form]] = {
    str: str,
    type(None): _nothing,
    Decimal: _number,
    datetime: _moment,
    bool: _truth,
    int: str,
    UUID: str,
    date: str,
    bytes: _bytes,
    memoryview: _bytes,
    list: canonical,
    tuple: canonical,
    dict: canonical,
}
