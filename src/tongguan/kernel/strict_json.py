"""JSON of strangers: decoded within bounds of size and depth; doubled members are found.

The reader counts values and depth by itself before anything is decoded, so that the same document
is refused alike whatever the interpreter's limits are. Numbers are handed over as they were
written: none is rounded, and none is too long.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from itertools import chain
from types import MappingProxyType
from typing import Any, Final

from tongguan.kernel.json_reasons import LAST_COMMA, json_reason
from tongguan.kernel.text import Phrase

DEEPEST: Final = 32
MOST_VALUES: Final = 150_000
# What is not closed reaches to the end, so that no sign is looked at twice.
_STRING: Final = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)', re.DOTALL)
_TEXTS: Final = 10_000
_CHUNK: Final = re.compile(
    rb'(?:[^"]*+"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)){1,%d}+|[^"]++' % _TEXTS, re.DOTALL
)
"""So many texts at once are passed over, and what stands between them."""
_BETWEEN_MARKS: Final = bytes(set(range(256)) - set(b"[]{},"))
_OPENING: Final = frozenset(b"[{")
_CLOSING: Final = frozenset("]}")
_JSON_BLANKS: Final = " \t\n\r"
_COMMA: Final = ord(",")
_BOM: Final = "\ufeff"
_NONE: Final[Mapping[str, int]] = MappingProxyType({})
_NO_WORDS: Final = Phrase("")


class Wrong(Enum):
    """Why JSON cannot be read."""

    BYTES = "bytes"
    SYNTAX = "syntax"
    DEPTH = "depth"
    SIZE = "size"
    OBJECTS = "objects"


class JsonError(ValueError):
    """JSON that cannot be read: why, and where.

    Attributes:
        wrong: the kind of trouble.
        line, column: where it is, from 1; 0 where it is the whole that is too much.
        words: what is the matter; of trouble with the syntax only.
    """

    def __init__(
        self, wrong: Wrong, *, line: int = 0, column: int = 0, words: Phrase = _NO_WORDS
    ) -> None:
        """Take the kind, the place and the words."""
        super().__init__(words.label or wrong.value)
        self.wrong = wrong
        self.line = line
        self.column = column
        self.words = words


class Number(str):
    """A number as it was written, `1e999` and ten thousand digits among them."""

    __slots__ = ()


class Members(dict[str, Any]):
    """The members of an object; `doubled` counts each name that stands more than once."""

    __slots__ = ("doubled",)

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        """Take names and values as they stand; of a doubled name the last value stays."""
        super().__init__(pairs)
        self.doubled: Mapping[str, int] = _NONE
        if len(self) < len(pairs):
            self.doubled = _doubled(pairs)


def _doubled(pairs: list[tuple[str, Any]]) -> Mapping[str, int]:
    """Return how often each name stands that stands more than once."""
    times: dict[str, int] = {}
    for name, _value in pairs:
        times[name] = times.get(name, 0) + 1
    return {name: count for name, count in times.items() if count > 1}


def decode(
    data: bytes,
    *,
    deepest: int = DEEPEST,
    most: int = MOST_VALUES,
    objects: int | None = None,
    number: Callable[[str], Any] = Number,
) -> Any:
    """Return what JSON says: `Members`, lists, texts, numbers as `number` makes them, true, false.

    Args:
        data: the bytes as received, in UTF-8, with a byte-order mark or without.
        deepest: how many levels of lists and objects are taken.
        most: how many values are taken.
        objects: how many of them may be objects.
        number: makes something of a number as it was written, NaN and Infinity among them.

    Raises:
        JsonError: it is no JSON, too deep, or too much.

    Cost: 30 ns a byte.
    """
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        line, column = place_of(data, error.start)
        raise JsonError(Wrong.BYTES, line=line, column=column) from None
    measure(data, deepest=deepest, most=most, objects=objects)
    try:
        return json.loads(
            text.removeprefix(_BOM),
            object_pairs_hook=Members,
            parse_int=number,
            parse_float=number,
            parse_constant=number,
        )
    except json.JSONDecodeError as error:
        raise _refused(error) from None


def _refused(error: json.JSONDecodeError) -> JsonError:
    """Return what the parser says; a last comma is told alike whatever the interpreter.

    Before Python 3.13 the parser points behind the comma and expects a value or a name there.
    """
    line, column, words = error.lineno, error.colno, json_reason(error.msg)
    before = error.doc[: error.pos].rstrip(_JSON_BLANKS)
    if error.doc[error.pos : error.pos + 1] in _CLOSING and before.endswith(","):
        comma = len(before) - 1
        line, column = before.count("\n") + 1, comma - before.rfind("\n")
        words = LAST_COMMA
    return JsonError(Wrong.SYNTAX, line=line, column=column, words=words)


def measure(
    data: bytes,
    *,
    deepest: int,
    most: int,
    objects: int | None = None,
    items: int | None = None,
) -> None:
    """Count the values of JSON and how deep they stand, as far as the bounds and no farther.

    Args:
        data: JSON, or what says that it is.
        deepest: how many levels of lists and objects are taken.
        most: how many values are taken; with `items`, in each item of the outermost list.
        objects: how many of all values may be objects.
        items: how many items of the outermost list are taken.

    Raises:
        JsonError: it is too deep, or too much.
    """
    depth = values = found = 0
    # A value has two texts at most: its own, and its name.
    chunks = None if items is not None else 2 * most // _TEXTS + 2
    for mark in chain.from_iterable(_marks(data, chunks, objects)):
        if mark in _OPENING:
            depth += 1
            values += 1
            if depth > deepest:
                raise JsonError(Wrong.DEPTH)
        elif mark != _COMMA:
            depth -= 1
        elif depth == 1 and items is not None:
            values, found = 0, found + 1
            if found >= items:
                raise JsonError(Wrong.SIZE)
        else:
            values += 1
        if values > most:
            raise JsonError(Wrong.SIZE)


def _marks(data: bytes, chunks: int | None, objects: int | None) -> Iterator[bytes]:
    """Walk the signs that part the values of JSON, chunk by chunk."""
    begun = 0
    for number, chunk in enumerate(_CHUNK.finditer(data)):
        if number == chunks:
            raise JsonError(Wrong.SIZE)
        marks = _STRING.sub(b"", chunk[0]).translate(None, _BETWEEN_MARKS)
        begun += marks.count(b"{")
        if objects is not None and begun > objects:
            raise JsonError(Wrong.OBJECTS)
        yield marks


def place_of(data: bytes, offset: int) -> tuple[int, int]:
    """Return line and column of a byte, from 1."""
    return data.count(b"\n", 0, offset) + 1, offset - data.rfind(b"\n", 0, offset)


def doubled_in(value: object, pointer: str = "#") -> Iterator[tuple[str, str, int]]:
    """Walk the members that stand more than once: JSON pointer, name, how often."""
    if isinstance(value, list):
        for at, item in enumerate(value):
            if isinstance(item, (dict, list)):
                yield from doubled_in(item, f"{pointer}/{at}")
    elif isinstance(value, Members):
        for name, count in value.doubled.items():
            yield f"{pointer}/{escaped(name)}", name, count
        for name, member in value.items():
            if isinstance(member, (dict, list)):
                yield from doubled_in(member, f"{pointer}/{escaped(name)}")


def escaped(name: str, most: int = 80) -> str:
    """Return a name as it stands in a JSON pointer, cut where it is absurdly long."""
    if len(name) > most:
        name = f"{name[: most - 1]}…"
    return name.replace("~", "~0").replace("/", "~1")
