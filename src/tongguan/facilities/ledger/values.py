"""Entries and checkpoints of the ledger as they travel."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from tongguan.kernel.text import Term, _

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


@dataclass(frozen=True, slots=True, order=True)
class HeadRow:
    """How far a chain had come at a checkpoint: the number and hash of its last entry."""

    chain: UUID
    number: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class CheckpointRow:
    """A signed statement of how far all chains had come that moved since the one before.

    Attributes:
        number: from 1, without gaps.
        at: the moment of signing.
        count: so many heads.
        digest: hash over the heads, in order of chain.
        previous: hash of the checkpoint before.
        hash: seals number, moment, count and digest to the checkpoint before.
        key: the public key (Ed25519, 32 bytes) it was signed with.
        signature: over the hash.
    """

    number: int
    at: datetime
    count: int
    digest: bytes
    previous: bytes
    hash: bytes
    key: bytes
    signature: bytes


class Wrong(Term):
    """What can be wrong with the ledger."""

    SEAL = "seal", _("the entry does not fit those before it")
    CUT = "cut", _("an entry that a checkpoint signed is gone")
    REPLACED = "replaced", _("the entry is another one than a checkpoint signed")
    CHECKPOINT = "checkpoint", _("the checkpoint does not fit the one before it, or its heads")
    SIGNATURE = "signature", _("the checkpoint is not signed with a key of this installation")
    MISSING = "missing", _("a checkpoint that was exported earlier is gone, or another one")


@dataclass(frozen=True, slots=True)
class Flaw:
    """Where the ledger is not as it was written: at an entry of a chain, or at a checkpoint."""

    chain: UUID | None
    number: int
    wrong: Wrong


@dataclass(frozen=True, slots=True)
class Verified:
    """What a check of the ledger found.

    Attributes:
        chains: so many were read.
        entries: so many were read.
        checkpoints: so many were checked; 0 where one chain alone was.
        unsigned: entries after the last signed one of their chain; the next checkpoint covers them.
        broken: what is wrong, entries first.
    """

    chains: int
    entries: int
    checkpoints: int
    unsigned: int
    broken: tuple[Flaw, ...]


@dataclass(frozen=True, slots=True)
class Trust:
    """What whoever checks the ledger knows from elsewhere.

    Attributes:
        keys: public keys whose signatures count.
        exported: checkpoints that an earlier export held: number and hash.
    """

    keys: Collection[bytes]
    exported: Collection[tuple[int, bytes]] = ()
