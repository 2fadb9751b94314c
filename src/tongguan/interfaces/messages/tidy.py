"""Absent is absent: a part that says nothing is left out, so that one content has one form."""

from functools import lru_cache
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import fields, replace

S = TypeVar("S", bound=Struct)


def tidied(value: S) -> S:
    """Return a struct whose parts are left out where they equal what stands for nothing.

    Cost: 1 µs.
    """
    changes = {
        name: blank
        for name, blank in _blanks(type(value))
        if (found := getattr(value, name)) is not blank and found == blank
    }
    return replace(value, **changes) if changes else value


@lru_cache(maxsize=64)
def _blanks(kind: type[Struct]) -> tuple[tuple[str, Struct], ...]:
    return tuple(
        (info.name, info.default) for info in fields(kind) if isinstance(info.default, Struct)
    )
