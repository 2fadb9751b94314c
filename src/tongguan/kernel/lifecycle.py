"""A lifecycle as a table: which act leads from which state to which, and by whom."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum
from typing import Generic, TypeVar

S = TypeVar("S", bound=Enum)
A = TypeVar("A", bound=Enum)
B = TypeVar("B", bound=Enum)


@dataclass(frozen=True, slots=True)
class Move(Generic[A, S, B]):
    """One row of the table: `act` leads from `source` to `target`, done by `by`."""

    act: A
    source: S
    target: S
    by: B


@dataclass(frozen=True)
class Lifecycle(Generic[A, S, B]):
    """The whole table. A dead end, an unreachable state or a doubtful row is refused at import."""

    initial: S
    final: frozenset[S]
    moves: tuple[Move[A, S, B], ...]

    def __post_init__(self) -> None:
        """Refuse a table that cannot be walked.

        Raises:
            ValueError: two rows for one act and state, a state nobody reaches, or one that
                is neither final nor left.
        """
        keys = [(move.act, move.source) for move in self.moves]
        if len(set(keys)) != len(keys):
            raise ValueError("two rows for one act and state")
        reached = {self.initial}
        while grown := {m.target for m in self.moves if m.source in reached} - reached:
            reached |= grown
        states = set(type(self.initial))
        if states - reached:
            raise ValueError(f"never reached: {states - reached}")
        left = {move.source for move in self.moves}
        if stuck := states - left - self.final:
            raise ValueError(f"dead ends: {stuck}")
        if moving := self.final & left:
            raise ValueError(f"final, yet left: {moving}")

    def move(self, act: A, state: S) -> Move[A, S, B] | None:
        """Return the row for an act in a state, or None where the act is not possible."""
        for row in self.moves:
            if row.act is act and row.source is state:
                return row
        return None

    def acts(self, state: S, *, by: Collection[B]) -> tuple[A, ...]:
        """Return what these may do in a state, in the order of the table."""
        return tuple(row.act for row in self.moves if row.source is state and row.by in by)
