"""Which code tells which fact: a table, made once. No code is a state here.

Source: published code lists of the single window and of the WCO profile; the rows marked as ours
are a reading of this project.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final

from tongguan.interfaces.messages.receipts.facts import Fact

NOTE_ONLY: Final = "NOTE"


@dataclass(frozen=True, slots=True)
class Way:
    """How one fact is told.

    Attributes:
        channel: the single window's code; `NOTE` for words without a code; empty for nothing.
        function: the function code of a WCO response; empty for nothing.
        statement: a code beside it that tells facts of one function apart.
        status: a status code beside it.
    """

    kind: str
    mark: str
    channel: str
    function: str
    statement: str
    status: str
    words_en: str
    words_zh: str
    source: str


@dataclass(frozen=True, slots=True)
class Code:
    """One code of a list, in both languages."""

    code: str
    words_en: str
    words_zh: str
    source: str


@lru_cache(maxsize=1)
def ways() -> tuple[Way, ...]:
    """Return the whole table, the usual way of telling a fact first."""
    return tuple(Way(**row) for row in _rows("projection"))


def way_of(fact: Fact) -> Way:
    """Return how a fact is told; a mark that the table lacks for it counts for nothing.

    Raises:
        LookupError: no row tells facts of that kind.
    """
    usual = None
    for way in ways():
        if way.kind != fact.kind:
            continue
        if way.mark == fact.mark:
            return way
        usual = usual or way
    if usual is None:
        raise LookupError(f"no answer tells {fact.kind}")
    return usual


@lru_cache(maxsize=1)
def channel_codes() -> dict[str, Code]:
    """Return every code of the single window by itself, those that are never written too."""
    return {row["code"]: _code(row) for row in _rows("channels")}


@lru_cache(maxsize=1)
def function_codes() -> dict[str, Code]:
    """Return every function code of a WCO response by itself."""
    return {row["code"]: _code(row) for row in _rows("functions")}


def _code(row: dict[str, str]) -> Code:
    return Code(row["code"], row["words_en"], row["words_zh"], row["source"])


def _rows(name: str) -> Iterable[dict[str, str]]:
    path = files(__package__).joinpath(f"{name}.csv")
    return csv.DictReader(path.read_text(encoding="utf-8").splitlines())
