"""Entries of the ledger as they travel."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

HOUSE: Final = UUID("00000000-0000-8000-8000-000000000001")
"""The chain of acts that belong to no declaration: profiles, postings, parameters."""


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One act: its place in its chain, who did it, what it says, and its seals."""

    chain: UUID
    number: int
    kind: str
    at: datetime
    by: str
    facts: dict[str, str]
    previous: bytes
    hash: bytes

    @property
    def seal(self) -> str:
        """Return the hash as people compare it."""
        return self.hash.hex()


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An act to be entered on a chain that begins with it."""

    chain: UUID
    kind: str
    facts: dict[str, str]


@dataclass(frozen=True, slots=True)
class Verified:
    """What a check of the ledger found: chains and entries read, and where chains are broken."""

    chains: int
    entries: int
    broken: tuple[tuple[UUID, int], ...]
