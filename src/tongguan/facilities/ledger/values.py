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
    """An act to be entered on a chain."""

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
        entries: so many entries are signed by it and all before it; None of an earlier version.
        chains: so many chains have entries that are signed.
        up_to: the number in the table of the last entry that was looked at.
    """

    number: int
    at: datetime
    count: int
    digest: bytes
    previous: bytes
    hash: bytes
    key: bytes
    signature: bytes
    entries: int | None
    chains: int | None
    up_to: int

    @property
    def totals(self) -> tuple[int, int, int] | None:
        """Return what it signs about all entries so far; one of an earlier version does not."""
        if self.entries is None or self.chains is None:
            return None
        return self.entries, self.chains, self.up_to


@dataclass(frozen=True, slots=True)
class Countersignature:
    """That a witness saw a checkpoint follow the last one he saw.

    Attributes:
        witness: his name.
        number: the checkpoint.
        hash: of the checkpoint.
        at: the moment, by his clock.
        key: his public key (Ed25519, 32 bytes).
        signature: over `witnessing.statement`.
    """

    witness: str
    number: int
    hash: bytes
    at: datetime
    key: bytes
    signature: bytes


class Wrong(Term):
    """What can be wrong with the ledger."""

    SEAL = "seal", _("the entry does not fit those before it")
    CUT = "cut", _("an entry that a checkpoint signed is gone")
    REPLACED = "replaced", _("the entry is another one than a checkpoint signed")
    CHECKPOINT = "checkpoint", _("the checkpoint does not fit the one before it, or its heads")
    SIGNATURE = "signature", _("the checkpoint is not signed with a key of this installation")
    MISSING = "missing", _("a checkpoint that is kept elsewhere is gone here, or another one")
    ABSENT = "absent", _("the second place does not have the checkpoint")
    FEWER = "fewer", _("the ledger holds fewer entries or chains than the checkpoint signed")
    TOTALS = "totals", _("the checkpoint counts other entries or chains than it signed")
    WITNESS = "witness", _("a countersignature of the checkpoint is not genuine, or of another one")
    ADOPTED = "adopted", _("the entry adopts rows that its adoption does not allow")


@dataclass(frozen=True, slots=True)
class Flaw:
    """Where the ledger is not as it was written: at an entry of a chain, or at a checkpoint."""

    chain: UUID | None
    number: int
    wrong: Wrong


@dataclass(frozen=True, slots=True)
class Adoption:
    """That somebody had the ledger describe rows which no act described.

    Attributes:
        number: of its entry on the chain of the house.
        at: the moment.
        by: who did it.
        reason: why.
        tables: those that it was for; none of them is adopted again.
        ended: whether it came to its end.
        rows: how many rows of which table were adopted.
    """

    number: int
    at: datetime
    by: str
    reason: str
    tables: tuple[str, ...]
    ended: bool
    rows: dict[str, int]


@dataclass(frozen=True, slots=True)
class Verified:
    """What a check of the ledger found.

    Attributes:
        chains: so many were read.
        entries: so many were read.
        checkpoints: so many were checked; 0 where one chain alone was.
        witnessed: the last checkpoint that a witness countersigned; 0 where there is none.
        unsigned: entries after the last signed one of their chain; the next checkpoint covers them.
        broken: what is wrong, entries first.
        adoptions: by whom rows were adopted that no act described, earliest first.
    """

    chains: int
    entries: int
    checkpoints: int
    unsigned: int
    broken: tuple[Flaw, ...]
    witnessed: int = 0
    adoptions: tuple[Adoption, ...] = ()


@dataclass(frozen=True, slots=True)
class Trust:
    """What whoever checks the ledger knows from elsewhere.

    Attributes:
        keys: public keys whose signatures count.
        exported: checkpoints that are kept elsewhere: number and hash.
        witnesses: public keys whose countersignatures count; none where all are let be.
        copied: number and hash of what a second place has, which is all but the last that may be on
            its way; None where there is no second place.
    """

    keys: Collection[bytes]
    exported: Collection[tuple[int, bytes]] = ()
    witnesses: Collection[bytes] = ()
    copied: Collection[tuple[int, bytes]] | None = None


@dataclass(frozen=True, slots=True)
class Verification:
    """A check of the whole ledger that was kept.

    Attributes:
        at: when it began.
        entries: so many were read.
        checkpoints: so many were checked.
        witnessed: the last checkpoint that a witness countersigned; 0 where there is none.
        adoptions: how often rows were adopted that no act described.
        compared: so many rows were.
        broken: so many faults of the ledger were found.
        differing: so many differences of rows were found.
        first: where the first of them is; empty where there is none.
    """

    at: datetime
    entries: int
    checkpoints: int
    witnessed: int
    adoptions: int
    compared: int
    broken: int
    differing: int
    first: str

    @property
    def is_alarming(self) -> bool:
        """Return whether anything is not as it was written."""
        return bool(self.broken or self.differing)


class Unlike(Term):
    """How a row can differ from what the ledger says."""

    CHANGED = "changed", _("the row is not as its acts left it")
    GONE = "gone", _("the ledger describes a row that is not there")
    UNTOLD = "untold", _("no act wrote this row")
    UNREADABLE = "unreadable", _("what an entry says about rows cannot be read")


@dataclass(frozen=True, slots=True)
class Difference:
    """Where the house is not as the ledger says.

    Attributes:
        unlike: in which way.
        table: the table of the row.
        chain: the declaration; None for a row of the house.
        number: the customs number, where it is known.
        key: which row of the table.
        column: which column; `rest` stands for all that are not compared one by one.
        ledger: what the ledger says.
        row: what the row says.
    """

    unlike: Unlike
    table: str
    chain: UUID | None
    number: str
    key: str
    column: str = ""
    ledger: str = ""
    row: str = ""


@dataclass(frozen=True, slots=True)
class RowRow:
    """One row of a sealed table as it is compared with the ledger."""

    table: str
    chain: UUID | None
    key: str
    columns: dict[str, str]


@dataclass(frozen=True, slots=True)
class Compared:
    """What a comparison of rows with the ledger found.

    Attributes:
        rows: so many were compared.
        counts: how many differ, by table and way.
        listed: the first of them.
    """

    rows: int
    counts: dict[tuple[str, Unlike], int]
    listed: tuple[Difference, ...]

    @property
    def differing(self) -> int:
        """Return how many differences there are."""
        return sum(self.counts.values())
