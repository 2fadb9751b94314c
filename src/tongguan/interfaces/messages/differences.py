"""What one declaration says and another does not: value by value, with pointers."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

import msgspec

from tongguan.domain.declarations.values import Submission


def lost(before: Submission, after: Submission | None) -> Iterator[str]:
    """Walk the pointers of the values of one declaration that another lacks or has otherwise.

    Numbers are the same where they are equal; what the other says beyond it does not count.
    """
    yield from _lost(_plain(before), _plain(after), "#")


def _plain(submission: Submission | None) -> object:
    return msgspec.to_builtins(submission, builtin_types=(Decimal,))


def _lost(before: object, after: object, pointer: str) -> Iterator[str]:
    if isinstance(before, Mapping):
        other = after if isinstance(after, Mapping) else {}
        for name, value in before.items():
            yield from _lost(value, other.get(name), f"{pointer}/{name}")
    elif isinstance(before, Sequence) and not isinstance(before, str):
        others = after if isinstance(after, Sequence) and not isinstance(after, str) else ()
        for index, value in enumerate(before):
            other_value = others[index] if index < len(others) else None
            yield from _lost(value, other_value, f"{pointer}/{index}")
    elif before != after:
        yield pointer
